import { FontSizeOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction, useCoreEvent, useQuery } from '../../app/use-call.ts'
import { useJobs } from '../../state/jobs.ts'
import { useReading } from '../../state/reading.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

const FOLLOW_AFTER_MS = 1_500

/** How far a volume's reading has come; follows what is read meanwhile. */
function useVolumeReading(volumeId: string) {
  const counts = useQuery('recognition.ofVolume', { volumeId })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useCoreEvent('changed', ({ what }) => {
    if (what !== 'recognition' || timer.current !== undefined) return
    timer.current = setTimeout(() => {
      timer.current = undefined
      counts.reload()
    }, FOLLOW_AFTER_MS)
  })
  return counts.data
}

/** Has the pages of a volume read now: those left, or all of them again. Absent where pages cannot be read at all. */
export function ReadVolume({ volumeId }: { readonly volumeId: string }) {
  const { t } = useTranslation('recognition')
  const { message } = App.useApp()
  const counts = useVolumeReading(volumeId)
  const unavailable = useReading((store) => store.status?.unavailable ?? null)
  const openDrawer = useJobs((store) => store.openDrawer)
  const run = useAction(async (again: boolean) => {
    const { jobId } = await call('recognition.run', { volumeId, again })
    void message.success(t('run.started'))
    openDrawer(jobId)
  })
  const start = (again: boolean) => {
    run.run(again).catch((error: unknown) => console.warn('reading not started', error))
  }
  if (unavailable !== null || counts === undefined) return null
  const { read, waiting, failed } = counts
  if (read + waiting + failed === 0) return null
  const left = waiting + failed
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            ...(left === 0 ? [] : [{ key: 'left', label: t('run.left', { count: left }) }]),
            ...(read === 0 ? [] : [{ key: 'again', label: t('run.again') }]),
          ],
          onClick: ({ key }) => start(key === 'again'),
        }}
      >
        <Button icon={<FontSizeOutlined aria-hidden="true" />} loading={run.busy} aria-haspopup="menu">
          {t('run.do')}
        </Button>
      </Dropdown>
      <ErrorNotice error={run.error} />
    </>
  )
}
