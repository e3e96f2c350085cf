import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined } from '@ant-design/icons'
import { Tooltip } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ERROR_CODES } from '../../../shared/errors.ts'
import { useErrorWords } from '../../app/error-words.ts'
import { useCoreEvent, useQuery } from '../../app/use-call.ts'
import { useReadingWords } from '../../widgets/reading-words.ts'

const FOLLOW_AFTER_MS = 1_000

/** How well a page was read: 99 %, with how much is doubtful; or not yet; or why it could not be. */
export function PageReading({ pageId }: { readonly pageId: string }) {
  const { t } = useTranslation('recognition')
  const words = useReadingWords()
  const answer = useQuery('recognition.ofPage', { pageId })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const reading = answer.data?.reading?.pageId === pageId ? answer.data.reading : undefined
  useCoreEvent('changed', ({ what }) => {
    if (what !== 'recognition' || timer.current !== undefined) return
    timer.current = setTimeout(() => {
      timer.current = undefined
      answer.reload()
    }, FOLLOW_AFTER_MS)
  })
  const code = ERROR_CODES.find((known) => known === reading?.code)
  const why = useErrorWords(code === undefined ? undefined : { code, details: {} })
  switch (reading?.state) {
    case undefined:
      return <span>{t('common:none')}</span>
    case 'waiting':
      return (
        <span className="muted">
          <ClockCircleOutlined aria-hidden="true" /> {t('page.waiting')}
        </span>
      )
    case 'failed':
      return (
        <Tooltip title={why === undefined ? reading.code : `${why.title}。${why.next}`}>
          <span>
            <CloseCircleOutlined className="sign-bad" aria-hidden="true" /> {t('page.failed')}
          </span>
        </Tooltip>
      )
    case 'read': {
      const percent = words.percent(reading.confidence ?? 0)
      const doubtful = reading.doubtfulCount ?? 0
      return (
        <span className="figures">
          <CheckCircleOutlined aria-hidden="true" />{' '}
          {reading.lineCount === 0
            ? t('page.no-text')
            : doubtful === 0
              ? t('page.read', { percent })
              : t('page.read-doubtful', { percent, count: doubtful })}
        </span>
      )
    }
  }
}
