import { createHash } from 'node:crypto'
import type { PageKind } from '../../../shared/domain/page-kind.ts'
import type { Turn } from '../../../shared/domain/page-text.ts'
import type { PlanContext } from '../../../shared/domain/reconcile/volume-plan.ts'
import { type VolumeState, volumeText } from '../../../shared/domain/reconcile/volume-state.ts'
import { type Catalogue, number, text, textOrNull } from '../../catalogue/index.ts'
import { paperRecords } from '../records/paper-records.ts'

/** SHA-256, hex, of a volume's pages in their order and of its catalogue. */
export function volumeDigest(state: VolumeState): string {
  return createHash('sha256').update(volumeText(state)).digest('hex')
}

/** A volume as it stands now. */
export function readVolume({ sql, volumes }: Catalogue, volumeId: string): VolumeState {
  const books = volumes.books(volumeId)
  return {
    books: books.map(({ id, sequence }) => ({ id, sequence })),
    pages: sql
      .all(
        `SELECT page.*, v.id AS version_id, v.sha256, v.turn FROM book JOIN page ON page.book_id = book.id
           JOIN page_version v ON v.id = page.current_version_id
         WHERE book.volume_id = ? AND page.withdrawn_at IS NULL ORDER BY book.sequence, page.position, page.id`,
        volumeId,
      )
      .map((row) => ({
        key: text(row, 'id'),
        paperPageId: null,
        versionId: text(row, 'version_id'),
        sha256: text(row, 'sha256'),
        bookId: text(row, 'book_id'),
        itemId: textOrNull(row, 'item_id'),
        printedNumber: text(row, 'printed_number'),
        confirmed: number(row, 'number_confirmed') === 1,
        kind: text(row, 'kind') as PageKind,
        turn: number(row, 'turn') as Turn,
      })),
    items: books.flatMap(({ items }) =>
      items.map((item) => ({
        ...{ key: item.id, bookId: item.bookId, sequence: item.sequence, title: item.title },
        ...{ documentNumber: item.documentNumber, responsible: item.responsible, date: item.date },
        ...{ firstPrinted: item.firstPrinted, lastPrinted: item.lastPrinted, remark: item.remark },
      })),
    ),
  }
}

/** What a plan for a volume may draw on: the fresh scan of the checking, and the case's other volumes. */
export function planContext(catalogue: Catalogue, volumeId: string, reconciliationId: string): PlanContext {
  const { caseId } = catalogue.volumes.require(volumeId)
  const others = catalogue.volumes.ofCase(caseId).filter(({ id }) => id !== volumeId)
  return {
    paper: new Map(
      paperRecords(catalogue)
        .pages(reconciliationId)
        .map(({ id, sha256, turn, printedNumber, kind }) => [id, { sha256, turn, printedNumber, kind }]),
    ),
    otherVolumes: new Set(others.map(({ id }) => id)),
  }
}
