// biome-ignore-all lint/a11y/useSemanticElements: rows placed by transform cannot be rows of a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the cells hold fields, which take the focus
import { DeleteOutlined } from '@ant-design/icons'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Button } from 'antd'
import { type KeyboardEvent, memo, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../shared/contract/index.ts'
import { ListCell } from './list-cell.tsx'
import { findingsByRow, type ListLine, listLines, type RowFindings } from './list-findings.ts'
import { ElectronicOnly, Said, Whole } from './list-said.tsx'
import { type DraftRow, emptyRow, LIST_FIELDS, type ListField, spread, withRowToType } from './paper-draft.ts'

interface ListTableProps {
  readonly rows: readonly DraftRow[]
  readonly compared: OutputOf<'paperCatalogue.get'>
  readonly readOnly: boolean
  readonly onRows: (rows: readonly DraftRow[]) => void
}

const ROW_HEIGHT = 34
/** A cell far down is drawn before it can take the focus. */
const FRAMES_TO_WAIT = 20

const cellId = (rowKey: string, field: ListField) => `${rowKey}|${field}`

/** The paper's 卷内目录 as a table to type in, with what the electronic catalogue says otherwise below each cell. */
export function ListTable({ rows, compared, readOnly, onRows }: ListTableProps) {
  const { t } = useTranslation('lists')
  const scroller = useRef<HTMLDivElement>(null)
  const shown = useMemo(
    () => (readOnly ? rows.filter(({ saved }) => saved !== null) : rows),
    [rows, readOnly],
  )
  const lines = useMemo(() => listLines(shown, compared), [shown, compared])
  const found = useMemo(() => findingsByRow(compared.findings), [compared.findings])
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => lineKey(lines[index], index),
    overscan: 16,
  })
  const linesNow = useRef(lines)
  linesNow.current = lines
  const frame = useRef(0)
  useEffect(() => () => cancelAnimationFrame(frame.current), [])
  const goTo = (row: DraftRow | undefined, field: ListField) => {
    cancelAnimationFrame(frame.current)
    if (row === undefined) return
    let left = FRAMES_TO_WAIT
    const look = () => {
      const cell = scroller.current?.querySelector<HTMLTextAreaElement>(
        `[data-cell="${cellId(row.key, field)}"]`,
      )
      if (cell != null) {
        cell.focus()
        cell.select()
        return
      }
      const at = linesNow.current.findIndex((line) => line.kind === 'row' && line.row.key === row.key)
      if (at >= 0) virtualizer.scrollToIndex(at)
      left -= 1
      if (left > 0) frame.current = requestAnimationFrame(look)
    }
    look()
  }

  const remove = (key: string) => {
    const at = rows.findIndex((row) => row.key === key)
    const left = withRowToType(rows.filter((row) => row.key !== key))
    onRows(left)
    goTo(left[Math.min(at, left.length - 1)], 'title')
  }
  // Rows that did not change are not drawn again: what they call is always the same.
  const does = useRef<RowDoes>(undefined)
  const now: RowDoes = {
    change: (key, field, text) =>
      onRows(
        withRowToType(
          rows.map((row) => (row.key === key ? { ...row, cells: { ...row.cells, [field]: text } } : row)),
        ),
      ),
    pasted: (key, field, text) => onRows(spread(rows, key, field, text)),
    remove,
    key: (event, key, field) => {
      if (event.nativeEvent.isComposing || event.altKey) return
      const command = event.ctrlKey || event.metaKey
      const at = rows.findIndex((row) => row.key === key)
      if (event.key === 'Enter' && command) {
        const added = emptyRow()
        onRows([...rows.slice(0, at + 1), added, ...rows.slice(at + 1)])
        goTo(added, LIST_FIELDS[0])
      } else if (event.key === 'Delete' && command) remove(key)
      else if (event.key === 'ArrowUp' || (event.key === 'Enter' && event.shiftKey)) goTo(rows[at - 1], field)
      else if (event.key === 'ArrowDown' || event.key === 'Enter') goTo(rows[at + 1], field)
      else return
      event.preventDefault()
    },
  }
  does.current = now
  const stable = useMemo<RowDoes>(
    () => ({
      change: (...given) => does.current?.change(...given),
      pasted: (...given) => does.current?.pasted(...given),
      remove: (key) => does.current?.remove(key),
      key: (...given) => does.current?.key(...given),
    }),
    [],
  )
  return (
    <div
      ref={scroller}
      className="list-table"
      role="table"
      aria-label={t('table')}
      aria-rowcount={lines.length + 1}
    >
      <div role="rowgroup" className="list-head">
        <div role="row" className="list-line">
          <span role="columnheader" className="list-place">
            <span className="visually-hidden">{t('place')}</span>
          </span>
          {LIST_FIELDS.map((field) => (
            <span key={field} role="columnheader">
              {t(`field.${field}`)}
            </span>
          ))}
          <span role="columnheader">
            <span className="visually-hidden">{t('row-do')}</span>
          </span>
        </div>
      </div>
      <div role="rowgroup" className="list-body" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const line = lines[item.index]
          if (line === undefined) return null
          return (
            <div
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              role="row"
              aria-rowindex={item.index + 2}
              className="list-room"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {line.kind === 'electronic' ? (
                <div role="cell">
                  <ElectronicOnly finding={line.finding} />
                </div>
              ) : (
                <PaperLine
                  row={line.row}
                  place={line.place}
                  findings={line.row.saved === null ? undefined : found.get(line.row.saved)}
                  readOnly={readOnly}
                  isLast={line.place === shown.length - 1}
                  does={stable}
                />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function lineKey(line: ListLine | undefined, index: number): string | number {
  if (line === undefined) return index
  return line.kind === 'row' ? line.row.key : `electronic ${line.finding.itemId ?? index}`
}

/** What can be done in a row. */
interface RowDoes {
  readonly change: (key: string, field: ListField, text: string) => void
  readonly pasted: (key: string, field: ListField, text: string) => void
  readonly remove: (key: string) => void
  readonly key: (event: KeyboardEvent, key: string, field: ListField) => void
}

interface PaperLineProps {
  readonly row: DraftRow
  readonly place: number
  readonly findings: RowFindings | undefined
  readonly readOnly: boolean
  /** The empty row to go on in. */
  readonly isLast: boolean
  readonly does: RowDoes
}

const PaperLine = memo(function PaperLine(props: PaperLineProps) {
  const { row, place, findings, readOnly, isLast, does } = props
  const { t } = useTranslation('lists')
  return (
    <>
      <div className="list-line" data-found={findings === undefined ? undefined : ''}>
        <span role="rowheader" className="list-place figures">
          {place + 1}
        </span>
        {LIST_FIELDS.map((field) => {
          const finding = findings?.cells.get(field)
          const saying = finding === undefined ? undefined : `said-${row.key}-${field}`
          return (
            <span key={field} role="cell" data-found={finding === undefined ? undefined : ''}>
              <ListCell
                id={cellId(row.key, field)}
                label={t('cell', { field: t(`field.${field}`), row: place + 1 })}
                value={row.cells[field]}
                readOnly={readOnly}
                describedBy={saying}
                onChange={(text) => does.change(row.key, field, text)}
                onKeyDown={(event) => does.key(event, row.key, field)}
                onPaste={(event) => {
                  const text = event.clipboardData.getData('text/plain')
                  if (readOnly || !/[\t\n]/.test(text.trim())) return
                  event.preventDefault()
                  does.pasted(row.key, field, text)
                }}
              />
              {finding !== undefined && (
                <span id={saying} className="list-said">
                  <Said finding={finding} />
                </span>
              )}
            </span>
          )
        })}
        <span role="cell">
          {!readOnly && !isLast && (
            <Button
              type="text"
              size="small"
              tabIndex={-1}
              icon={<DeleteOutlined aria-hidden="true" />}
              aria-label={t('remove-row', { row: place + 1 })}
              onClick={() => does.remove(row.key)}
            />
          )}
        </span>
      </div>
      {findings?.whole.map((finding) => (
        <p key={finding.field} className="list-whole">
          <Whole finding={finding} />
        </p>
      ))}
    </>
  )
})
