import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../shared/contract/index.ts'

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

/** How the reading of pages is spoken of. */
export function useReadingWords() {
  const { t, i18n } = useTranslation('recognition')
  return useMemo(() => {
    const count = new Intl.NumberFormat(i18n.language)
    const duration = (seconds: number) => {
      if (seconds < MINUTE) return t('time.under-a-minute')
      if (seconds < HOUR) return t('time.minutes', { count: Math.round(seconds / MINUTE) })
      if (seconds < 2 * DAY) return t('time.hours', { count: Math.round(seconds / HOUR) })
      return t('time.days', { count: Math.round(seconds / DAY) })
    }
    return {
      count: (value: number) => count.format(value),
      duration,
      /** 识别 剩余 312 页 · 约 6 分钟 */
      left: ({ pagesLeft, secondsLeft }: OutputOf<'recognition.status'>) =>
        [
          t('left', { count: count.format(pagesLeft) }),
          ...(secondsLeft === null ? [] : [t('about', { time: duration(secondsLeft) })]),
        ].join(' · '),
      /** 99 %, never 100 % for what is not certain. */
      percent: (confidence: number) => t('percent', { percent: Math.floor(confidence * 100) }),
    }
  }, [i18n.language, t])
}
