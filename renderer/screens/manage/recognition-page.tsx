import { Alert, Descriptions, Radio, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { call } from '../../app/client.ts'
import { askReading, useReadingWatch } from '../../app/reading-watch.ts'
import { useAction } from '../../app/use-call.ts'
import { type ReadingStatus, useReading } from '../../state/reading.ts'
import { useMay, useSignedIn } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { useReadingWords } from '../../widgets/reading-words.ts'
import { UnreadPages } from './unread-pages.tsx'

type Mode = OutputOf<'recognition.status'>['mode']

/** 识别: what was read, what is left, what could not be read and why, and whether pages are read at all. */
export function RecognitionPage() {
  const { t } = useTranslation('recognition')
  useReadingWatch(true)
  const { status, error } = useReading()
  const mayRun = useMay('recognition.run')
  const { compartments } = useSignedIn()
  if (status === undefined && error !== undefined)
    return <ErrorNotice error={error} onRetry={() => void askReading()} />
  if (status === undefined) return <Skeleton active paragraph={{ rows: 6 }} />
  return (
    <div className="manage-page">
      {status.unavailable !== null && (
        <Alert
          type="warning"
          showIcon
          className="gate-note"
          title={t(`unavailable.${status.unavailable}.title`)}
          description={
            <>
              <p>{t('unavailable.safe')}</p>
              <p>{t(`unavailable.${status.unavailable}.next`)}</p>
            </>
          }
        />
      )}
      <p className="muted">{t('intro')}</p>
      {compartments.length === 0 ? <p>{t('paused.locked-out')}</p> : <Figures status={status} />}
      <ModeChoice mode={status.mode} />
      {mayRun && <UnreadPages count={status.pagesFailed} />}
      <h2>{t('engine.title')}</h2>
      <p className="muted">{t('engine.text')}</p>
      <Descriptions
        bordered
        column={1}
        items={[
          { key: 'engine', label: t('engine.engine'), children: <code>{status.engine}</code> },
          { key: 'model', label: t('engine.model'), children: <code>{status.model}</code> },
          {
            key: 'state',
            label: t('engine.state'),
            children: t(`engine.states.${status.unavailable ?? 'sound'}`),
          },
        ]}
      />
    </div>
  )
}

function Figures({ status }: { readonly status: ReadingStatus }) {
  const { t } = useTranslation('recognition')
  const words = useReadingWords()
  const now =
    status.pagesLeft === 0
      ? t('nothing-left')
      : status.pausedFor === null
        ? t('reading-now')
        : t(`paused.${status.pausedFor}`)
  const time = status.secondsLeft === null ? t('time.unknown') : words.duration(status.secondsLeft)
  const rows = [
    ['now', now],
    ['read', words.count(status.pagesRead)],
    ['waiting', words.count(status.pagesLeft)],
    ...(status.pagesLeft === 0 ? [] : ([['time', time]] as const)),
    ['failed', words.count(status.pagesFailed)],
  ] as const
  return (
    <Descriptions
      bordered
      column={1}
      items={rows.map(([key, text]) => ({
        key,
        label: t(`figures.${key}`),
        children: <span className="figures">{text}</span>,
      }))}
    />
  )
}

function ModeChoice({ mode }: { readonly mode: Mode }) {
  const { t } = useTranslation('recognition')
  const mayEdit = useMay('settings.edit')
  const change = useAction(async (wanted: Mode) => {
    useReading.getState().put(await call('recognition.setMode', { mode: wanted }))
  })
  return (
    <section>
      <h2>{t('mode.title')}</h2>
      {mayEdit ? (
        <Radio.Group
          className="reading-modes"
          aria-label={t('mode.title')}
          value={mode}
          disabled={change.busy}
          onChange={({ target }) => {
            change.run(target.value as Mode).catch((error: unknown) => console.warn('not changed', error))
          }}
        >
          {(['idle', 'off'] as const).map((one) => (
            <Radio key={one} value={one}>
              {t(`mode.${one}.name`)}
              <span className="muted"> {t(`mode.${one}.text`)}</span>
            </Radio>
          ))}
        </Radio.Group>
      ) : (
        <p>
          {t(`mode.${mode}.name`)}
          <span className="muted"> {t('mode.read-only')}</span>
        </p>
      )}
      <ErrorNotice error={change.error} />
    </section>
  )
}
