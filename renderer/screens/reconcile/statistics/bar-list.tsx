import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

export interface Bar {
  readonly key: string
  readonly label: string
  readonly count: number
  /** Per 1,000 pages; left out where it says nothing. */
  readonly rate?: number
  readonly to: string
}

interface BarListProps {
  readonly title: string
  readonly bars: readonly Bar[]
  /** How rates are printed. */
  readonly rateWords: (rate: number) => string
}

/** Counts as bars, longest first; each line leads to its rows in the register. */
export function BarList({ title, bars, rateWords }: BarListProps) {
  const { t } = useTranslation('statistics')
  const most = Math.max(1, ...bars.map(({ count }) => count))
  return (
    <section className="statistics-part" aria-label={title}>
      <h3>{title}</h3>
      {bars.length === 0 ? (
        <p className="muted">{t('nothing')}</p>
      ) : (
        <ul>
          {bars.map(({ key, label, count, rate, to }) => (
            <li key={key}>
              <Link to={to}>
                <span className="bar-label">{label}</span>
                <span className="bar-count figures">
                  {count}
                  {rate !== undefined && <small>{rateWords(rate)}</small>}
                </span>
                <span className="bar-room" aria-hidden="true">
                  <span className="bar" style={{ width: `${(100 * count) / most}%` }} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
