import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** A register as a table: its heads by the area's words, its rows as they are given. */
export function BackupTable({
  columns,
  children,
}: {
  readonly columns: readonly string[]
  readonly children: ReactNode
}) {
  const { t } = useTranslation('backup')
  return (
    <table className="plain-table backup-table">
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {t(`column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}
