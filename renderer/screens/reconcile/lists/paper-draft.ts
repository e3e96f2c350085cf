import type { OutputOf } from '../../../../shared/contract/index.ts'

export type PaperCatalogue = NonNullable<OutputOf<'paperCatalogue.get'>['catalogue']>
export type PaperRow = PaperCatalogue['rows'][number]
export type ListField = keyof PaperRow

/** The columns of a 卷内目录, in the order in which they are typed. */
export const LIST_FIELDS = [
  'order',
  'title',
  'documentNumber',
  'responsible',
  'date',
  'pages',
  'remark',
] as const satisfies readonly ListField[]

/** A row being typed; `saved` is its place among the rows that were compared last. */
export interface DraftRow {
  readonly key: string
  readonly saved: number | null
  readonly cells: PaperRow
}

export interface Draft extends Omit<PaperCatalogue, 'rows'> {
  readonly rows: readonly DraftRow[]
}

const NO_CELLS: PaperRow = {
  ...{ order: '', title: '', documentNumber: '', responsible: '' },
  ...{ date: '', pages: '', remark: '' },
}
const NO_NOTE: PaperCatalogue['note'] = {
  ...{ itemCount: null, pageCount: null, situation: '' },
  ...{ filedBy: '', checkedBy: '', filedOn: '' },
}
const NO_COVER: PaperCatalogue['cover'] = {
  ...{ caseNumber: '', cause: '', parties: '', handler: '', acceptedOn: '', closedOn: '' },
  ...{ retention: '', archiveNumber: '', secrecy: '', pageCount: null, bookCount: null },
}

export const emptyRow = (cells: Partial<PaperRow> = {}): DraftRow => ({
  key: crypto.randomUUID(),
  saved: null,
  cells: { ...NO_CELLS, ...cells },
})

export const isBlank = ({ cells }: DraftRow): boolean =>
  LIST_FIELDS.every((field) => cells[field].trim() === '')

/** A table to type in always has an empty row at its end. */
export function withRowToType(rows: readonly DraftRow[]): readonly DraftRow[] {
  const last = rows.at(-1)
  return last !== undefined && isBlank(last) ? rows : [...rows, emptyRow()]
}

/** What was kept, to go on with; rows that stood before keep their keys, so that the cursor stays. */
export function draftOf(kept: PaperCatalogue | null, before?: Draft): Draft {
  const rows = (kept?.rows ?? []).map((cells, at) => ({
    key: before?.rows[at]?.key ?? crypto.randomUUID(),
    saved: at,
    cells,
  }))
  return {
    rows: withRowToType(rows),
    note: kept?.note ?? NO_NOTE,
    cover: kept?.cover ?? NO_COVER,
    countedPages: kept?.countedPages ?? null,
  }
}

/** What is sent: rows in which something stands, without blanks round the words. */
export function catalogueOf({ rows, note, cover, countedPages }: Draft): PaperCatalogue {
  return {
    rows: rows
      .filter((row) => !isBlank(row))
      .map(
        ({ cells }) =>
          Object.fromEntries(LIST_FIELDS.map((field) => [field, cells[field].trim()])) as unknown as PaperRow,
      ),
    note: trimmed(note),
    cover: trimmed(cover),
    countedPages,
  }
}

function trimmed<T extends object>(fields: T): T {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value]),
  ) as T
}

/** The rows of a draft count as compared, in the order in which they were sent. */
export function asCompared(draft: Draft): Draft {
  let at = -1
  return {
    ...draft,
    rows: draft.rows.map((row) => {
      if (isBlank(row)) return { ...row, saved: null }
      at += 1
      return { ...row, saved: at }
    }),
  }
}

/** Cells pasted into a cell go to the right and down from there, as in a spreadsheet. */
export function spread(
  rows: readonly DraftRow[],
  rowKey: string,
  field: ListField,
  text: string,
): readonly DraftRow[] {
  const first = rows.findIndex(({ key }) => key === rowKey)
  const column = LIST_FIELDS.indexOf(field)
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n')
  const next = [...rows]
  for (const [down, line] of lines.entries()) {
    const at = first + down
    const row = next[at] ?? emptyRow()
    const pasted = line
      .split('\t')
      .slice(0, LIST_FIELDS.length - column)
      .map((cell, right) => [LIST_FIELDS[column + right], cell.trim().slice(0, MOST_CHARACTERS)])
    next[at] = { ...row, cells: { ...row.cells, ...Object.fromEntries(pasted) } }
  }
  return withRowToType(next)
}

/** Of a cell, as the contract takes it. */
export const MOST_CHARACTERS = 300

/** Counts and names read from the scan stand where nothing was typed. */
export function withNote(
  typed: PaperCatalogue['note'],
  read: PaperCatalogue['note'],
): PaperCatalogue['note'] {
  return {
    itemCount: typed.itemCount ?? read.itemCount,
    pageCount: typed.pageCount ?? read.pageCount,
    situation: typed.situation || read.situation,
    filedBy: typed.filedBy || read.filedBy,
    checkedBy: typed.checkedBy || read.checkedBy,
    filedOn: typed.filedOn || read.filedOn,
  }
}
