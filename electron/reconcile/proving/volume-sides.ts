import { type Json, jsonDigest } from '../../canonical-json.ts'
import type { Catalogue } from '../../catalogue/index.ts'
import { number, text } from '../../catalogue/index.ts'

/** A page as a report names it. */
export interface ProvenPage {
  readonly id: string
  /** Number of its book in the volume. */
  readonly book: number
  readonly item: string
  readonly position: number
  readonly printed: string
  readonly kind: string
  readonly version: string
  readonly versionNumber: number
  readonly sha256: string
  readonly turn: number
}

export interface ProvenItem {
  readonly id: string
  readonly sequence: number
  readonly title: string
  readonly documentNumber: string
  readonly responsible: string
  readonly date: string
  readonly firstPrinted: string
  readonly lastPrinted: string
  readonly remark: string
}

export interface ProvenBook {
  readonly id: string
  readonly sequence: number
  readonly title: string
  readonly items: readonly ProvenItem[]
}

/** What stands on the cover of both sides. 档号, 保管期限 and 密级 are given by the archive later and are not part. */
export interface ProvenCover {
  readonly number: string
  readonly cause: string
  readonly handler: string
  readonly acceptedOn: string
  readonly closedOn: string
  readonly parties: readonly { readonly role: string; readonly name: string }[]
}

export interface SideDigests {
  readonly pages: string
  readonly catalogue: string
  readonly paper: string
}

/** The pages that stand in a volume, in image order. */
export function provenPages({ sql }: Catalogue, volumeId: string): readonly ProvenPage[] {
  return sql
    .all(
      `SELECT page.id, book.sequence AS book, page.item_id, page.position, page.printed_number, page.kind,
         v.id AS version, v.number, v.sha256, v.turn
       FROM book JOIN page ON page.book_id = book.id JOIN page_version v ON v.id = page.current_version_id
       WHERE book.volume_id = ? AND page.withdrawn_at IS NULL ORDER BY book.sequence, page.position, page.id`,
      volumeId,
    )
    .map((row) => ({
      id: text(row, 'id'),
      book: number(row, 'book'),
      item: row.item_id === null ? '' : text(row, 'item_id'),
      position: number(row, 'position'),
      printed: text(row, 'printed_number'),
      kind: text(row, 'kind'),
      version: text(row, 'version'),
      versionNumber: number(row, 'number'),
      sha256: text(row, 'sha256'),
      turn: number(row, 'turn'),
    }))
}

export function provenBooks({ volumes }: Catalogue, volumeId: string): readonly ProvenBook[] {
  return volumes.books(volumeId).map(({ id, sequence, title, items }) => ({
    ...{ id, sequence, title },
    items: items.map((item) => ({
      ...{ id: item.id, sequence: item.sequence, title: item.title, documentNumber: item.documentNumber },
      ...{ responsible: item.responsible, date: item.date, firstPrinted: item.firstPrinted },
      ...{ lastPrinted: item.lastPrinted, remark: item.remark },
    })),
  }))
}

export function provenCover({ cases }: Catalogue, caseId: string): ProvenCover {
  const { number: caseNumber, cause, handler, acceptedOn, closedOn } = cases.require(caseId)
  return {
    ...{ number: caseNumber, cause, handler, acceptedOn: acceptedOn ?? '', closedOn: closedOn ?? '' },
    parties: cases.parties(caseId).map(({ role, name }) => ({ role, name })),
  }
}

/**
 * What happened to the paper or is said of it: differences that are not proven to be none, lines of 备考表, and loans
 * of the paper that came back with another number of pages.
 */
function paperEvents({ sql }: Catalogue, volumeId: string): Json {
  const differences = sql
    .all(
      `SELECT id, state FROM difference WHERE volume_id = ? AND NOT ${FINALLY_DISMISSED} ORDER BY id`,
      volumeId,
    )
    .map((row) => [text(row, 'id'), text(row, 'state')])
  const notes = sql
    .all('SELECT id FROM volume_note WHERE volume_id = ? AND withdrawn_at IS NULL ORDER BY id', volumeId)
    .map((row) => text(row, 'id'))
  const loans = sql
    .all(
      `SELECT loan.id FROM loan JOIN volume ON volume.case_id = loan.case_id
       WHERE volume.id = ? AND counted_pages IS NOT NULL AND counted_pages <> loan.page_count
         AND EXISTS (SELECT 1 FROM json_each(loan.extent) WHERE json_extract(value, '$.volumeKind') = volume.kind)
       ORDER BY loan.id`,
      volumeId,
    )
    .map((row) => text(row, 'id'))
  return { differences, notes, loans }
}

/** A dismissal that another person checked, or that the program made itself when a way of finding found it no more. */
export const FINALLY_DISMISSED = `(state = 'dismissed' AND (check_ok IS 1 OR judged_by IS NULL))`

/** One digest a side of what a proof rests on; a proof stands as long as they stay what they were. */
export function sideDigests(catalogue: Catalogue, volumeId: string): SideDigests {
  const { caseId } = catalogue.volumes.require(volumeId)
  const pages = provenPages(catalogue, volumeId)
  const books = provenBooks(catalogue, volumeId)
  return {
    pages: jsonDigest(pages as unknown as Json),
    catalogue: jsonDigest({ books, cover: provenCover(catalogue, caseId) } as unknown as Json),
    paper: jsonDigest(paperEvents(catalogue, volumeId)),
  }
}
