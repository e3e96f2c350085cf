import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Duty } from '../../../../shared/contract/backup.ts'
import type { OutputOf } from '../../../../shared/contract/index.ts'
import { type CalendarDay, calendarWeeks } from './calendar-days.ts'

interface BackupCalendarProps {
  readonly history: OutputOf<'backup.overview'>['history']
  readonly duties: readonly Duty[]
}

const KINDS = ['backup', 'verify', 'drill', 'inspection'] as const
/** 2024-01-01 was a Monday. */
const A_MONDAY = new Date(2024, 0, 1)

/** What ran, what was verified and what is due, day by day. */
export function BackupCalendar({ history, duties }: BackupCalendarProps) {
  const { t, i18n } = useTranslation('backup')
  const [back, setBack] = useState(0)
  const now = new Date()
  const month = new Date(now.getFullYear(), now.getMonth() + back, 1)
  const weeks = calendarWeeks(month, history, duties, now)
  const monthName = new Intl.DateTimeFormat(i18n.language, { year: 'numeric', month: 'long' }).format(month)
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'narrow' })
  const weekdayLong = new Intl.DateTimeFormat(i18n.language, { weekday: 'long' })
  return (
    <section className="backup-part" aria-label={t('calendar.label')}>
      <header className="backup-calendar-head">
        <h2>{t('calendar.label')}</h2>
        <Button
          type="text"
          icon={<LeftOutlined aria-hidden="true" />}
          aria-label={t('calendar.before')}
          onClick={() => setBack(back - 1)}
        />
        <span className="figures" aria-live="polite">
          {monthName}
        </span>
        <Button
          type="text"
          icon={<RightOutlined aria-hidden="true" />}
          aria-label={t('calendar.after')}
          disabled={back >= 3}
          onClick={() => setBack(back + 1)}
        />
        {back !== 0 && <Button onClick={() => setBack(0)}>{t('calendar.today')}</Button>}
      </header>
      <table className="backup-calendar">
        <caption className="visually-hidden">{monthName}</caption>
        <thead>
          <tr>
            {Array.from({ length: 7 }, (_, at) => {
              const day = new Date(A_MONDAY.getTime() + at * 86_400_000)
              return (
                <th key={day.getTime()} scope="col" abbr={weekdayLong.format(day)}>
                  {weekday.format(day)}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]?.date.getTime()}>
              {week.map((day) => (
                <DayCell key={day.date.getTime()} day={day} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="backup-legend muted">
        {KINDS.map((kind) => (
          <span key={kind}>
            <span className="day-mark" aria-hidden="true">
              {t(`calendar.short.${kind}`)}
            </span>{' '}
            {t(`history.${kind}`)}
          </span>
        ))}
        <span>
          <span className="day-mark is-unsound" aria-hidden="true">
            {t('calendar.short.backup')}!
          </span>{' '}
          {t('calendar.unsound')}
        </span>
        <span>
          <span className="day-due" aria-hidden="true">
            {t('calendar.due')}
          </span>{' '}
          {t('calendar.due-text')}
        </span>
      </p>
    </section>
  )
}

function DayCell({ day }: { readonly day: CalendarDay }) {
  const { t } = useTranslation('backup')
  const classes = [day.inMonth ? '' : 'is-outside', day.today ? 'is-today' : ''].filter((name) => name !== '')
  return (
    <td className={classes.join(' ')} {...(day.today ? { 'aria-current': 'date' as const } : {})}>
      <span className="figures day-number">{day.date.getDate()}</span>
      <span className="day-marks">
        {day.done.map(({ kind, sound, count }) => (
          <span
            key={kind}
            className={sound ? 'day-mark' : 'day-mark is-unsound'}
            data-kind={kind}
            title={t(sound ? 'calendar.sound-title' : 'calendar.unsound-title', {
              kind: t(`history.${kind}`),
              count,
            })}
          >
            <span aria-hidden="true">
              {t(`calendar.short.${kind}`)}
              {sound ? '' : '!'}
            </span>
            <span className="visually-hidden">
              {t(sound ? 'calendar.sound-title' : 'calendar.unsound-title', {
                kind: t(`history.${kind}`),
                count,
              })}
            </span>
          </span>
        ))}
      </span>
      {day.due.map(({ kind, late }) => (
        <span key={kind} className={late ? 'day-due is-late' : 'day-due'} title={t(`duty.${kind}`)}>
          {t(`duty-short.${kind}`)}
          <span className="visually-hidden">{t(late ? 'calendar.late' : 'calendar.due')}</span>
        </span>
      ))}
    </td>
  )
}
