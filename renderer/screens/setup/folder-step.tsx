import { FolderOpenOutlined } from '@ant-design/icons'
import { Alert, Button, Form, Input, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction, useQuery, useSettled } from '../../app/use-call.ts'
import { useSession } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { StepButtons } from './step-buttons.tsx'

interface FolderStepProps {
  readonly folder: string
  readonly onNext: (folder: string) => void
  readonly onSignIn: (folder: string) => void
}

/** Where the vault will lie. */
export function FolderStep({ folder, onNext, onSignIn }: FolderStepProps) {
  const { t } = useTranslation('setup')
  const lastVaultFolder = useSession((store) => store.shell?.lastVaultFolder ?? null)
  const [typed, setTyped] = useState(folder)
  const settled = useSettled(typed.trim(), 200)
  const inspection = useQuery('vault.inspectFolder', settled === '' ? undefined : { folder: settled })
  const answer = settled === typed.trim() && !inspection.loading ? inspection.data : undefined
  const usable = answer?.state === 'absent' || answer?.state === 'empty'
  const choose = useAction(async () => {
    const { paths } = await call('shell.chooseFolder', { title: t('folder.choose-title') })
    if (paths[0] !== undefined) setTyped(paths[0])
  })
  const goOn = useAction(async () => {
    const chosen = typed.trim()
    const now = await call('vault.inspectFolder', { folder: chosen })
    if (now.state === 'absent' || now.state === 'empty') onNext(chosen)
    else if (now.state === 'vault') onSignIn(chosen)
    else inspection.reload()
  })
  return (
    <Form layout="vertical" size="middle" onFinish={() => goOn.run()}>
      <h2>{t('folder.title')}</h2>
      <p className="muted">{t('folder.text')}</p>
      <Form.Item label={t('folder.label')} htmlFor="vault-folder">
        <Space.Compact block>
          <Input
            id="vault-folder"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoFocus
            spellCheck={false}
          />
          <Button
            icon={<FolderOpenOutlined aria-hidden="true" />}
            onClick={() => choose.run()}
            loading={choose.busy}
          >
            {t('folder.choose')}
          </Button>
        </Space.Compact>
      </Form.Item>
      <div className="setup-answer" aria-live="polite">
        {usable && <Alert type="success" showIcon title={t(`folder.${answer.state}`)} />}
        {answer?.state === 'occupied' && (
          <Alert type="error" showIcon title={t('folder.occupied')} description={t('folder.occupied-next')} />
        )}
        {answer?.state === 'damaged' && (
          <Alert type="error" showIcon title={t('folder.damaged')} description={t('folder.damaged-next')} />
        )}
        {answer?.state === 'vault' && (
          <Alert
            type="info"
            showIcon
            title={t('folder.vault', { unitName: answer.unitName })}
            description={t('folder.vault-next')}
          />
        )}
      </div>
      <ErrorNotice error={choose.error ?? goOn.error ?? inspection.error} />
      <StepButtons
        next={answer?.state === 'vault' ? t('folder.sign-in') : t('common:next')}
        busy={goOn.busy}
        disabled={!usable && answer?.state !== 'vault'}
      >
        <Button
          size="middle"
          type="link"
          onClick={() => {
            if (lastVaultFolder !== null) onSignIn(lastVaultFolder)
            else useSession.getState().signedOut(null)
          }}
        >
          {t('folder.have-vault')}
        </Button>
      </StepButtons>
    </Form>
  )
}
