import { WarningOutlined } from '@ant-design/icons'
import { Select, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'

export type RowTablePreview = OutputOf<'intake.readTable'>
export type ColumnMapping = NonNullable<RowTablePreview['mapping']>

const FIELDS = [
  'order',
  'title',
  'pageRange',
  'firstPage',
  'lastPage',
  'date',
  'documentNumber',
  'responsible',
  'remark',
  'volumeKind',
  'book',
] as const satisfies readonly (keyof ColumnMapping)[]

interface RowTableProps {
  readonly preview: RowTablePreview
  readonly mapping: ColumnMapping | undefined
  readonly onMapping: (mapping: ColumnMapping | undefined) => void
}

/** The catalogue table as read: which column means what, what is wrong on which line, and the first rows. */
export function RowTable({ preview, mapping, onMapping }: RowTableProps) {
  const { t } = useTranslation('intake')
  const known = mapping ?? preview.mapping ?? { title: '' }
  const choose = (field: (typeof FIELDS)[number], header: string | undefined) => {
    const next: ColumnMapping = { ...known, title: known.title }
    if (header === undefined) {
      if (field === 'title') next.title = ''
      else delete next[field]
    } else next[field] = header
    onMapping(next)
  }
  const meaning = (header: string) => FIELDS.find((field) => known[field] === header)
  return (
    <div className="intake-table">
      <p className="intake-list-sum">
        <b>{t('table.rows', { count: preview.rowCount })}</b>
        <span className="muted">{t('table.encoding', { encoding: preview.encoding.toUpperCase() })}</span>
        {preview.problems.length > 0 && (
          <span className="intake-problem">
            <WarningOutlined /> {t('table.problemCount', { count: preview.problems.length })}
          </span>
        )}
      </p>
      <div className="intake-mapping">
        {FIELDS.map((field) => (
          <label key={field} htmlFor={`column-${field}`}>
            <span data-needed={field === 'title' ? '' : undefined}>{t(`table.field.${field}`)}</span>
            <Select
              id={`column-${field}`}
              size="small"
              allowClear
              value={known[field] === '' ? undefined : known[field]}
              status={field === 'title' && known.title === '' ? 'error' : ''}
              placeholder={t('table.noColumn')}
              options={preview.headers
                .filter((header) => header !== '')
                .map((header) => ({ value: header, label: header }))}
              onChange={(header: string | undefined) => choose(field, header)}
            />
          </label>
        ))}
      </div>
      {known.title === '' && <p className="intake-problem">{t('table.titleNeeded')}</p>}
      {preview.problems.length > 0 && (
        <ul className="intake-table-problems" aria-label={t('table.problems')}>
          {preview.problems.slice(0, 200).map((problem) => (
            <li key={`${problem.line} ${problem.column} ${problem.code}`}>
              <WarningOutlined />
              <b>{t('table.line', { line: problem.line })}</b>
              {problem.column !== '' && <span>{problem.column}</span>}
              <span>{t(`table.problem.${problem.code}`, problem.code)}</span>
            </li>
          ))}
        </ul>
      )}
      <Table
        size="small"
        pagination={false}
        scroll={{ x: 'max-content' }}
        rowKey={(row) => row.key}
        columns={preview.headers.map((header, column) => {
          const field = meaning(header)
          return {
            key: column,
            title: (
              <>
                {header}
                <div className="intake-meaning">{field === undefined ? '—' : t(`table.field.${field}`)}</div>
              </>
            ),
            render: (_value: unknown, row: { cells: readonly string[] }) => row.cells[column] ?? '',
          }
        })}
        dataSource={preview.sample.map((cells, index) => ({ key: index, cells }))}
      />
    </div>
  )
}
