import { Segmented, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { DIFFERENCE_TYPE_INFO } from '../../../../shared/domain/reconcile/difference-type.ts'
import { CAUSE_WORDS, ORIGIN_STAGE_WORDS } from '../../../../shared/domain/reconcile/difference-words.ts'
import { DIFFERENCE_STATES, OPEN_DIFFERENCE_STATES } from '../../../../shared/domain/reconcile/handling.ts'
import { VOLUME_KIND_INFO } from '../../../../shared/domain/volume-kind.ts'
import { useTerm } from '../../../app/terms.ts'
import { useQuery } from '../../../app/use-call.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { filterAddress, type RegisterFilter } from '../register/register-filter.ts'
import { useReconcileChanges } from '../use-checking.ts'
import { BarList } from './bar-list.tsx'
import { MonthChart } from './month-chart.tsx'
import { daysOfMonth, PERIODS, type PeriodName, periodOf, within } from './period.ts'
import './statistics.css'

/** What counts as a difference: a false alarm is none. */
const COUNTED = DIFFERENCE_STATES.filter((state) => state !== 'dismissed')
const MOST_VOLUMES = 20

const register = (filter: Partial<RegisterFilter>) => `/reconcile/register?${filterAddress(filter)}`

/** How much was checked, what was found, where it comes from; every figure leads to its rows. */
export function StatisticsScreen() {
  const { t, i18n } = useTranslation('statistics')
  const term = useTerm()
  const [name, setName] = useState<PeriodName>('all')
  const period = useMemo(() => periodOf(name, new Date()), [name])
  const answer = useQuery('differences.statistics', period)
  useReconcileChanges(undefined, answer.reload)
  const whole = useMemo(() => new Intl.NumberFormat(i18n.language), [i18n.language])
  const one = useMemo(
    () => new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }),
    [i18n.language],
  )
  const { data } = answer
  if (answer.error !== undefined) return <ErrorNotice error={answer.error} onRetry={answer.reload} />
  if (data === undefined) return <Skeleton active paragraph={{ rows: 8 }} />
  const rateWords = (rate: number) => t('per-thousand', { rate: one.format(rate) })
  const ofPages = (count: number) =>
    data.pagesChecked === 0 ? {} : { rate: (count / data.pagesChecked) * 1000 }
  const counted = { ...period, states: [...COUNTED] }
  const tiles: readonly (readonly [string, string, string | null])[] = [
    ['volumes', whole.format(data.volumesChecked), null],
    ['pages', whole.format(data.pagesChecked), null],
    ['differences', whole.format(data.differences), register(counted)],
    ['rate', data.pagesChecked === 0 ? '—' : one.format(data.rate), null],
    ['open', whole.format(data.open), register({ ...period, states: [...OPEN_DIFFERENCE_STATES] })],
    ['overdue', whole.format(data.overdue), register({ ...period, overdue: true })],
  ]
  const volumes = data.byVolume.slice(0, MOST_VOLUMES)
  return (
    <div className="statistics">
      <Segmented<PeriodName>
        aria-label={t('period.label')}
        value={name}
        onChange={setName}
        options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
      />
      <ul className="statistics-tiles">
        {tiles.map(([key, value, to]) => (
          <li key={key} data-warns={key === 'overdue' && data.overdue > 0 ? '' : undefined}>
            {to === null ? (
              <b className="figures">{value}</b>
            ) : (
              <Link to={to} className="figures">
                {value}
              </Link>
            )}
            <span>{t(`tile.${key}`)}</span>
          </li>
        ))}
      </ul>
      <MonthChart
        months={data.byMonth}
        addressOf={(month) => register({ ...counted, ...within(daysOfMonth(month), period) })}
      />
      <div className="statistics-parts">
        <BarList
          title={t('types')}
          rateWords={rateWords}
          bars={data.byType.map(({ type, count }) => ({
            key: type,
            label: `${type} ${term(DIFFERENCE_TYPE_INFO[type])}`,
            count,
            ...ofPages(count),
            to: register({ ...counted, types: [type] }),
          }))}
        />
        <BarList
          title={t('causes')}
          rateWords={rateWords}
          bars={data.byCause.map(({ cause, count }) => ({
            key: cause,
            label: term(CAUSE_WORDS[cause]),
            count,
            ...ofPages(count),
            to: register({ ...counted, causes: [cause] }),
          }))}
        />
        <BarList
          title={t('stages')}
          rateWords={rateWords}
          bars={data.byStage.map(({ stage, count }) => ({
            key: stage,
            label: term(ORIGIN_STAGE_WORDS[stage]),
            count,
            ...ofPages(count),
            to: register({ ...counted, originStages: [stage] }),
          }))}
        />
        <BarList
          title={t('persons')}
          rateWords={rateWords}
          bars={data.byPerson.map(({ person, count }) => ({
            key: person,
            label: person,
            count,
            ...ofPages(count),
            to: register({ ...counted, originPerson: person }),
          }))}
        />
        <BarList
          title={
            data.byVolume.length > volumes.length
              ? t('volumes-first', { count: volumes.length, of: data.byVolume.length })
              : t('volumes')
          }
          rateWords={rateWords}
          bars={volumes.map(({ volumeId, caseNumber, volumeKind, pages, count }) => ({
            key: volumeId,
            label: `${caseNumber} ${term(VOLUME_KIND_INFO[volumeKind])}`,
            count,
            ...(pages === 0 ? {} : { rate: (count / pages) * 1000 }),
            to: register({ ...counted, volumeId }),
          }))}
        />
      </div>
      <p className="muted">{t('how')}</p>
    </div>
  )
}
