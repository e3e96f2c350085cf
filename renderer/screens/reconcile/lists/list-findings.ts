import type { OutputOf } from '../../../../shared/contract/index.ts'
import type { DraftRow, ListField } from './paper-draft.ts'
import { LIST_FIELDS } from './paper-draft.ts'

type Compared = OutputOf<'paperCatalogue.get'>
export type Finding = Compared['findings'][number]

export type ListLine =
  | { readonly kind: 'row'; readonly row: DraftRow; readonly place: number }
  /** A row that only the electronic catalogue has. */
  | { readonly kind: 'electronic'; readonly finding: Finding }

export interface RowFindings {
  readonly cells: ReadonlyMap<ListField, Finding>
  /** About the row as a whole: it stands nowhere else, or in another order. */
  readonly whole: readonly Finding[]
}

const isCell = (field: string): field is ListField =>
  field !== 'order' && LIST_FIELDS.some((known) => known === field)

/** What was found, by the row of the paper that it is about. */
export function findingsByRow(findings: readonly Finding[]): ReadonlyMap<number, RowFindings> {
  const byRow = new Map<number, { readonly cells: Map<ListField, Finding>; readonly whole: Finding[] }>()
  for (const finding of findings) {
    if (finding.paperRow === null) continue
    const found = byRow.get(finding.paperRow)
    const row = found ?? { cells: new Map<ListField, Finding>(), whole: [] as Finding[] }
    if (found === undefined) byRow.set(finding.paperRow, row)
    if (isCell(finding.field)) row.cells.set(finding.field, finding)
    else row.whole.push(finding)
  }
  return byRow
}

/** The paper's rows with what only the electronic catalogue has between them, where it stands there. */
export function listLines(rows: readonly DraftRow[], { pairs, findings }: Compared): readonly ListLine[] {
  const after = new Map<number | null, Finding[]>()
  const standing = new Set(rows.map(({ saved }) => saved))
  for (const finding of findings) {
    if (finding.paperRow !== null || finding.itemId === null || finding.field !== 'row') continue
    const at = pairs.findIndex(({ itemId }) => itemId === finding.itemId)
    const above = pairs
      .slice(0, Math.max(0, at))
      .findLast(({ paperRow }) => paperRow !== null && standing.has(paperRow))
    const place = above?.paperRow ?? null
    after.set(place, [...(after.get(place) ?? []), finding])
  }
  const only = (place: number | null): readonly ListLine[] =>
    (after.get(place) ?? []).map((finding) => ({ kind: 'electronic', finding }))
  return [
    ...only(null),
    ...rows.flatMap((row, place): readonly ListLine[] => [
      { kind: 'row', row, place },
      ...(row.saved === null ? [] : only(row.saved)),
    ]),
  ]
}
