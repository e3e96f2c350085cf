import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { OutputOf } from '../../../../shared/contract/index.ts'

type Months = OutputOf<'differences.statistics'>['byMonth']

interface MonthChartProps {
  readonly months: Months
  readonly addressOf: (month: string) => string
}

const HEIGHT = 120

/** Found and closed by month, side by side, with the rate below; a month leads to what was found in it. */
export function MonthChart({ months, addressOf }: MonthChartProps) {
  const { t, i18n } = useTranslation('statistics')
  const most = Math.max(1, ...months.flatMap(({ found, closed }) => [found, closed]))
  const one = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 })
  const height = (count: number) => `${(HEIGHT * count) / most}px`
  return (
    <section className="statistics-part statistics-months" aria-label={t('months')}>
      <h3>{t('months')}</h3>
      <p className="month-legend muted">
        <span className="month-sign is-found" aria-hidden="true" /> {t('found')}
        <span className="month-sign is-closed" aria-hidden="true" /> {t('closed')}
      </p>
      {months.length === 0 ? (
        <p className="muted">{t('nothing')}</p>
      ) : (
        <ol>
          {months.map(({ month, found, closed, pages }) => (
            <li key={month}>
              <Link to={addressOf(month)}>
                <span className="visually-hidden">{t('month-words', { month, found, closed, pages })}</span>
                <span className="month-bars" style={{ height: HEIGHT + 22 }} aria-hidden="true">
                  <span className="month-bar is-found figures" style={{ height: height(found) }}>
                    <span>{found}</span>
                  </span>
                  <span className="month-bar is-closed figures" style={{ height: height(closed) }}>
                    <span>{closed}</span>
                  </span>
                </span>
                <span className="figures month-name" aria-hidden="true">
                  {month}
                </span>
                <span className="figures muted month-rate" aria-hidden="true">
                  {pages === 0 ? '—' : t('per-thousand', { rate: one.format((found / pages) * 1000) })}
                </span>
              </Link>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
