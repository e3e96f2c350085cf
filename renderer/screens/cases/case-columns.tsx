import { CheckCircleFilled, ClockCircleOutlined } from '@ant-design/icons'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { RETENTION_LABELS } from '../../../shared/domain/retention.ts'
import { SECRECY_LEVEL_INFO } from '../../../shared/domain/secrecy.ts'
import { useTerm } from '../../app/terms.ts'
import { CaseNumber } from '../../widgets/case-number.tsx'
import type { GridColumn } from '../../widgets/windowed-grid.tsx'
import type { CaseRow } from './use-case-windows.ts'

export const CASE_COLUMN_KEYS = [
  'number',
  'archiveNumber',
  'cause',
  'title',
  'handler',
  'year',
  'typeText',
  'court',
  'status',
  'retention',
  'secrecy',
  'pageCount',
  'acceptedOn',
  'closedOn',
  'updatedAt',
] as const
export type CaseColumnKey = (typeof CASE_COLUMN_KEYS)[number]

export const FIRST_CASE_COLUMNS: readonly CaseColumnKey[] = [
  'number',
  'cause',
  'title',
  'handler',
  'status',
  'retention',
  'pageCount',
  'acceptedOn',
  'closedOn',
]

const figures = (text: string | number | null) => <span className="figures">{text}</span>

/** Every column that the case list can show, in their order. */
export function useCaseColumns(shown: readonly string[]): readonly GridColumn<CaseRow>[] {
  const { t, i18n } = useTranslation('cases')
  const term = useTerm()
  return useMemo(() => {
    const dateTime = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'short', timeStyle: 'short' })
    const count = new Intl.NumberFormat(i18n.language)
    const all: Record<CaseColumnKey, Omit<GridColumn<CaseRow>, 'key' | 'title'>> = {
      number: {
        width: 226,
        sortable: true,
        render: (row) => (
          <Link to={`/cases/${row.id}`} tabIndex={-1}>
            <CaseNumber number={row.number} />
          </Link>
        ),
      },
      archiveNumber: { width: 236, render: (row) => figures(row.archiveNumber) },
      cause: { width: 130, grow: 2, sortable: true, render: (row) => row.cause },
      title: { width: 170, grow: 4, render: (row) => row.title },
      handler: { width: 84, sortable: true, render: (row) => row.handler },
      year: { width: 56, render: (row) => figures(row.year) },
      typeText: { width: 80, render: (row) => row.typeText },
      court: { width: 90, render: (row) => figures(row.court) },
      status: {
        width: 84,
        render: (row) => (
          <span className="case-status">
            {row.status === 'filed' ? (
              <CheckCircleFilled className="sign-good" aria-hidden="true" />
            ) : (
              <ClockCircleOutlined className="sign-care" aria-hidden="true" />
            )}
            {t(`common:status.${row.status}`)}
          </span>
        ),
      },
      retention: {
        width: 76,
        render: (row) => (row.retention === null ? '' : figures(term(RETENTION_LABELS[row.retention]))),
      },
      secrecy: { width: 84, render: (row) => term(SECRECY_LEVEL_INFO[row.secrecy]) },
      pageCount: {
        width: 76,
        align: 'end',
        sortable: true,
        render: (row) => figures(count.format(row.pageCount)),
      },
      acceptedOn: { width: 100, sortable: true, render: (row) => figures(row.acceptedOn) },
      closedOn: { width: 100, sortable: true, render: (row) => figures(row.closedOn) },
      updatedAt: {
        width: 140,
        sortable: true,
        render: (row) => figures(dateTime.format(new Date(row.updatedAt))),
      },
    }
    return CASE_COLUMN_KEYS.filter((key) => key === 'number' || shown.includes(key)).map((key) => ({
      key,
      title: t(`column.${key}`),
      ...all[key],
    }))
  }, [i18n.language, shown, t, term])
}
