import { FilePdfOutlined, PrinterOutlined } from '@ant-design/icons'
import { Alert, Button, Form } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { StepButtons } from './step-buttons.tsx'

interface SharesStepProps {
  readonly shares: readonly OutputOf<'vault.create'>['shares'][number][]
  readonly unitName: string
  readonly onNext: () => void
}

/** An SVG shown as an image runs no script and loads nothing. */
const asImage = (svg: string) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`

/** The recovery key in three shares, on the screen and on paper. */
export function SharesStep({ shares, unitName, onNext }: SharesStepProps) {
  const { t } = useTranslation('setup')
  const [written, setWritten] = useState<{ readonly path: string; readonly fileName: string }>()
  const saveSheet = useAction(async () => {
    const { path } = await call('shell.chooseSaveFile', {
      title: t('shares.save'),
      suggestedName: t('shares.file-name', { unitName }),
    })
    if (path === null) return
    const { fileName } = await call('vault.recoverySheet', { file: path })
    setWritten({ path, fileName })
  })
  const print = useAction(async (path: string) => {
    await call('shell.openWrittenFile', { path })
  })
  return (
    <Form onFinish={onNext}>
      <h2>{t('shares.title')}</h2>
      <p>{t('shares.text')}</p>
      <ol className="shares">
        {shares.map((share) => (
          <li key={share.index} className="share">
            <h3>{t('shares.share', { index: share.index })}</h3>
            <img src={asImage(share.qrSvg)} alt={t('shares.qr', { index: share.index })} />
            <code className="share-text">{share.text}</code>
            <p className="muted">{t(`shares.keeper.${share.index}`)}</p>
          </li>
        ))}
      </ol>
      <div className="setup-answer" aria-live="polite">
        {written === undefined ? (
          <Alert type="warning" showIcon title={t('shares.once')} />
        ) : (
          <Alert
            type="success"
            showIcon
            title={t('shares.written', { fileName: written.fileName })}
            description={t('shares.written-next')}
            action={
              <Button
                icon={<PrinterOutlined aria-hidden="true" />}
                onClick={() => print.run(written.path)}
                loading={print.busy}
              >
                {t('shares.print')}
              </Button>
            }
          />
        )}
      </div>
      <ErrorNotice error={saveSheet.error ?? print.error} />
      <StepButtons next={t('shares.next')}>
        <Button
          size="middle"
          autoFocus
          icon={<FilePdfOutlined aria-hidden="true" />}
          onClick={() => saveSheet.run()}
          loading={saveSheet.busy}
        >
          {t('shares.save')}
        </Button>
      </StepButtons>
    </Form>
  )
}
