// biome-ignore-all lint/a11y/useSemanticElements: rows placed by transform cannot be rows of a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the cells hold fields, which take the focus
import { DeleteOutlined, WarningOutlined } from '@ant-design/icons'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Button } from 'antd'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../shared/contract/index.ts'
import { DIFFERENCE_TYPE_INFO } from '../../../../shared/domain/reconcile/difference-type.ts'
import { useTerm } from '../../../app/terms.ts'
import { ListCell } from './list-cell.tsx'
import { type Finding, findingsByRow, type ListLine, listLines, type RowFindings } from './list-findings.ts'
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
  const [wanted, setWanted] = useState<string>()
  const linesNow = useRef(lines)
  linesNow.current = lines
  useEffect(() => {
    if (wanted === undefined) return
    let frame = 0
    let left = FRAMES_TO_WAIT
    const look = () => {
      const cell = scroller.current?.querySelector<HTMLTextAreaElement>(`[data-cell="${wanted}"]`)
      if (cell != null) {
        cell.focus()
        cell.select()
        setWanted(undefined)
        return
      }
      const at = linesNow.current.findIndex(
        (line) => line.kind === 'row' && wanted.startsWith(`${line.row.key}|`),
      )
      if (at >= 0) virtualizer.scrollToIndex(at)
      left -= 1
      if (left > 0) frame = requestAnimationFrame(look)
    }
    look()
    return () => cancelAnimationFrame(frame)
  }, [wanted, virtualizer])

  const change = (key: string, field: ListField, text: string) =>
    onRows(
      withRowToType(
        rows.map((row) => (row.key === key ? { ...row, cells: { ...row.cells, [field]: text } } : row)),
      ),
    )
  const remove = (key: string) => {
    const at = rows.findIndex((row) => row.key === key)
    const left = withRowToType(rows.filter((row) => row.key !== key))
    onRows(left)
    const next = left[Math.min(at, left.length - 1)]
    if (next !== undefined) setWanted(cellId(next.key, 'title'))
  }
  const onKey = (event: KeyboardEvent, key: string, field: ListField) => {
    if (event.nativeEvent.isComposing || event.altKey) return
    const command = event.ctrlKey || event.metaKey
    const at = rows.findIndex((row) => row.key === key)
    const goTo = (row: DraftRow | undefined) => {
      if (row !== undefined) setWanted(cellId(row.key, field))
    }
    if (event.key === 'Enter' && command) {
      const added = emptyRow()
      onRows([...rows.slice(0, at + 1), added, ...rows.slice(at + 1)])
      setWanted(cellId(added.key, LIST_FIELDS[0]))
    } else if (event.key === 'Delete' && command) remove(key)
    else if (event.key === 'ArrowUp' || (event.key === 'Enter' && event.shiftKey)) goTo(rows[at - 1])
    else if (event.key === 'ArrowDown' || event.key === 'Enter') goTo(rows[at + 1])
    else return
    event.preventDefault()
  }
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
                <ElectronicOnly finding={line.finding} />
              ) : (
                <PaperLine
                  line={line}
                  findings={line.row.saved === null ? undefined : found.get(line.row.saved)}
                  readOnly={readOnly}
                  isLast={line.place === shown.length - 1}
                  onChange={(field, text) => change(line.row.key, field, text)}
                  onPasted={(field, text) => onRows(spread(rows, line.row.key, field, text))}
                  onKey={(event, field) => onKey(event, line.row.key, field)}
                  onRemove={() => remove(line.row.key)}
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

interface PaperLineProps {
  readonly line: Extract<ListLine, { kind: 'row' }>
  readonly findings: RowFindings | undefined
  readonly readOnly: boolean
  /** The empty row to go on in. */
  readonly isLast: boolean
  readonly onChange: (field: ListField, text: string) => void
  readonly onPasted: (field: ListField, text: string) => void
  readonly onKey: (event: KeyboardEvent, field: ListField) => void
  readonly onRemove: () => void
}

function PaperLine({ line, findings, readOnly, isLast, ...does }: PaperLineProps) {
  const { t } = useTranslation('lists')
  const { row, place } = line
  const { onChange, onPasted, onKey, onRemove } = does
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
                onChange={(text) => onChange(field, text)}
                onKeyDown={(event) => onKey(event, field)}
                onPaste={(event) => {
                  const text = event.clipboardData.getData('text/plain')
                  if (readOnly || !/[\t\n]/.test(text.trim())) return
                  event.preventDefault()
                  onPasted(field, text)
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
              onClick={onRemove}
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
}

/** What the electronic side has in this place, and of which type the difference is. */
export function Said({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation('lists')
  return (
    <>
      <WarningOutlined aria-hidden="true" /> {t('electronic')}{' '}
      <span className="list-value">{finding.electronic || t('electronic-empty')}</span>{' '}
      <TypeMark finding={finding} />
    </>
  )
}

function TypeMark({ finding }: { readonly finding: Finding }) {
  const term = useTerm()
  return (
    <span className="list-type" title={term(DIFFERENCE_TYPE_INFO[finding.type])}>
      {finding.type}
    </span>
  )
}

function Whole({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation('lists')
  const term = useTerm()
  return (
    <>
      <WarningOutlined aria-hidden="true" /> {finding.type} {term(DIFFERENCE_TYPE_INFO[finding.type])}
      {finding.field === 'order' &&
        t('order-says', { paper: finding.paper || '—', electronic: finding.electronic || '—' })}
    </>
  )
}

function ElectronicOnly({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation('lists')
  const term = useTerm()
  return (
    <p role="cell" className="list-electronic">
      <WarningOutlined aria-hidden="true" /> {t('only-electronic')} <b>{finding.electronic}</b>{' '}
      <span className="list-type">
        {finding.type} {term(DIFFERENCE_TYPE_INFO[finding.type])}
      </span>
    </p>
  )
}
