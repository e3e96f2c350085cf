import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { MEDIUM_SET_INFO, type MediumSet } from '../../../shared/domain/backup/medium.ts'
import { useTerm } from '../../app/terms.ts'
import { sizeText } from '../../widgets/size-text.ts'

/** `20261123T225133Z-4f2a9c`: when it was made stands in its name. */
export function timeOfSnapshot(id: string): string {
  return id.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z.*$/, '$1-$2-$3T$4:$5:$6.000Z')
}

/** Whole days between two times by the calendar where the person is. */
export function calendarDays(from: Date, to: Date): number {
  const midnight = (day: Date) => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()
  return Math.round((midnight(to) - midnight(from)) / 86_400_000)
}

/** How times, sizes and sets are spoken of. */
export function useBackupWords() {
  const { t, i18n } = useTranslation('backup')
  const term = useTerm()
  return useMemo(() => {
    const number = new Intl.NumberFormat(i18n.language)
    const two = (value: number) => String(value).padStart(2, '0')
    const day = (iso: string) => {
      const at = new Date(iso)
      return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
    }
    const time = (iso: string) => {
      const at = new Date(iso)
      return `${day(iso)} ${two(at.getHours())}:${two(at.getMinutes())}`
    }
    /** To the second: two backups may well be made within one minute. */
    const moment = (iso: string) => `${time(iso)}:${two(new Date(iso).getSeconds())}`
    const ago = (iso: string | null) => {
      if (iso === null) return t('ago.never')
      const days = calendarDays(new Date(iso), new Date())
      return days < 0 ? t('ago.ahead') : t('ago.days', { days, context: days < 2 ? String(days) : '' })
    }
    const until = (iso: string | null) => {
      if (iso === null) return ''
      const days = calendarDays(new Date(), new Date(iso))
      return days < 0
        ? t('until.late', { days: -days })
        : t('until.in', { count: days, days, context: days === 0 ? '0' : '' })
    }
    return {
      day,
      time,
      moment,
      ago,
      until,
      count: (value: number) => number.format(value),
      size: (bytes: number | null) => (bytes === null ? t('common:none') : sizeText(bytes, i18n.language)),
      set: (set: MediumSet) => `${set} ${term(MEDIUM_SET_INFO[set])}`,
    }
  }, [i18n.language, t, term])
}
