import { EyeOutlined, PauseCircleOutlined, SyncOutlined, WarningOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { useReading } from '../state/reading.ts'
import { useMay } from '../state/session.ts'
import { useReadingWords } from '../widgets/reading-words.ts'
import { useReadingWatch } from './reading-watch.ts'

/** While pages wait to be read: how many, and how long that will take. Leads to what there is to know of it. */
export function ReadingProgress() {
  const { t } = useTranslation('recognition')
  const words = useReadingWords()
  const may = useMay('recognition.run')
  useReadingWatch(may)
  const status = useReading((store) => store.status)
  if (!may || status === undefined || status.pagesLeft === 0) return null
  const icon = status.reading ? (
    <SyncOutlined spin aria-hidden="true" />
  ) : status.pausedFor === 'unavailable' ? (
    <WarningOutlined aria-hidden="true" />
  ) : status.pausedFor === 'off' ? (
    <PauseCircleOutlined aria-hidden="true" />
  ) : (
    <EyeOutlined aria-hidden="true" />
  )
  const why = status.pausedFor === null ? t('reading-now') : t(`paused.${status.pausedFor}`)
  return (
    <Tooltip title={why}>
      <Button type="text" className="top-bar-button" icon={icon} href="#/manage/recognition">
        {words.left(status)}
      </Button>
    </Tooltip>
  )
}
