import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../shared/contract/index.ts'

export type Watermark = NonNullable<OutputOf<'pages.watermark'>['watermark']>

const MINUTE_MS = 60_000

function minuteWords(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}

function useMinute(): string {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), MINUTE_MS)
    return () => clearInterval(timer)
  }, [])
  return minuteWords(now)
}

interface WatermarkProps {
  readonly mark: Watermark
}

/** Slanting words over the stage, unless the image has them in its pixels. Lets every press through. */
export function WatermarkOverlay({ mark }: WatermarkProps) {
  const time = useMinute()
  const pattern = useId()
  if (mark.drawn) return null
  const who = [mark.name, mark.staffNumber].filter((part) => part !== '').join(' ')
  return (
    <svg className="viewer-watermark" aria-hidden="true" data-testid="viewer-watermark">
      <defs>
        <pattern
          id={pattern}
          width="420"
          height="150"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(-30)"
        >
          <text x="8" y="52">{`${who} ${time}`}</text>
          <text x="150" y="128">
            {mark.caseNumber}
          </text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${pattern})`} />
    </svg>
  )
}

/** Under the stage: who reads what, when, where and for what, and until when. */
export function WatermarkFoot({ mark }: WatermarkProps) {
  const { t } = useTranslation('viewer')
  const time = useMinute()
  const parts = [
    [mark.name, mark.staffNumber].filter((part) => part !== '').join(' '),
    time,
    mark.machine,
    mark.caseNumber,
    mark.purpose,
    ...(mark.untilAt === null ? [] : [t('watermark.until', { time: minuteWords(new Date(mark.untilAt)) })]),
  ]
  return (
    <div className="viewer-watermark-foot" role="note" aria-label={t('watermark.label')}>
      {parts.map((part) => (
        <span key={part}>{part}</span>
      ))}
    </div>
  )
}
