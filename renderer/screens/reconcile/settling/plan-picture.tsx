import { Table } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Plan } from './plan-words.ts'

type Picture = Pick<Plan, 'before' | 'after' | 'catalogueChanges'>
type PlannedPage = Plan['before'][number]

/** A sign for each change, so that colour carries nothing alone. */
const SIGNS: Readonly<Record<PlannedPage['change'], string>> = {
  none: '',
  inserted: '+',
  replaced: '↻',
  moved: '⇄',
  rotated: '⤾',
  removed: '×',
  'moved-in': '→',
  renumbered: '#',
}
/** So many cells are drawn together or, while out of sight, not at all. */
const CELLS_A_ROW = 50

function rowsOf(pages: readonly PlannedPage[]): readonly (readonly PlannedPage[])[] {
  return Array.from({ length: Math.ceil(pages.length / CELLS_A_ROW) }, (_, row) =>
    pages.slice(row * CELLS_A_ROW, (row + 1) * CELLS_A_ROW),
  )
}

function Ribbon({ title, pages }: { readonly title: string; readonly pages: readonly PlannedPage[] }) {
  const { t } = useTranslation('settling')
  return (
    <div className="plan-ribbon">
      <h4>{title}</h4>
      <div className="plan-cells" role="img" aria-label={t('plan.ribbon', { title, count: pages.length })}>
        {rowsOf(pages).map((row) => (
          <div className="plan-cells-row" key={row[0]?.pageId ?? row[0]?.paperPageId ?? row[0]?.position}>
            {row.map((page) => (
              <span
                key={page.pageId ?? page.paperPageId ?? page.position}
                className={`plan-cell is-${page.change}`}
                title={t(`change.${page.change}`, {
                  position: page.position,
                  number: page.printedNumber || '—',
                })}
              >
                {SIGNS[page.change]}
                <small>{page.printedNumber || '·'}</small>
              </span>
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

/** The whole volume before and after a plan, page by page, and what it writes in the catalogue. */
export function PlanPicture({ before, after, catalogueChanges }: Picture) {
  const { t } = useTranslation('settling')
  const used = [...new Set([...before, ...after].map(({ change }) => change))].filter(
    (change) => change !== 'none',
  )
  return (
    <div className="plan-picture">
      <Ribbon title={t('plan.before', { count: before.length })} pages={before} />
      <Ribbon
        title={t('plan.after', { count: after.filter(({ change }) => change !== 'removed').length })}
        pages={after}
      />
      <ul className="plan-legend">
        {used.map((change) => (
          <li key={change}>
            <span className={`plan-cell is-${change}`} aria-hidden="true">
              {SIGNS[change]}
            </span>
            {t(`legend.${change}`)}
          </li>
        ))}
      </ul>
      {catalogueChanges.length > 0 && (
        <Table
          size="small"
          pagination={false}
          rowKey={({ row, field }) => `${row} ${field}`}
          dataSource={[...catalogueChanges]}
          columns={[
            {
              title: t('plan.row'),
              dataIndex: 'row',
              width: '28%',
              // 备考表 is no row of the catalogue: it has its name in the screen's language.
              render: (row: string, { field }) => (field === 'note' ? t('notes') : row),
            },
            {
              title: t('plan.field'),
              dataIndex: 'field',
              width: '16%',
              render: (field: string) => t(`field.${field}`, { defaultValue: field }),
            },
            { title: t('plan.was'), dataIndex: 'before', render: (value: string) => value || '—' },
            { title: t('plan.will'), dataIndex: 'after', render: (value: string) => value || '—' },
          ]}
        />
      )}
    </div>
  )
}
