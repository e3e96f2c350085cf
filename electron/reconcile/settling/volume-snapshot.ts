import { type Catalogue, number, numberOrNull, text, textOrNull } from '../../catalogue/index.ts'

type Plain = string | number | null

/** Every page and row of a volume as they stand in the catalogue, withdrawn ones too: what undoing puts back. */
export interface VolumeSnapshot {
  readonly volumeId: string
  readonly pages: readonly {
    readonly id: string
    readonly bookId: string
    readonly itemId: string | null
    readonly position: number
    readonly sheet: number | null
    readonly side: string | null
    readonly printedNumber: string
    readonly kind: string
    readonly versionId: string
    readonly withdrawnAt: string | null
    readonly confirmed: number
    readonly turn: number
  }[]
  readonly items: readonly Readonly<Record<string, Plain>>[]
}

const ITEM_COLUMNS = [
  ...['id', 'book_id', 'sequence', 'template_row', 'template_row_title', 'title', 'document_number'],
  ...['responsible', 'date', 'first_printed', 'last_printed', 'remark', 'created_at', 'updated_at'],
] as const

export function takeSnapshot({ sql }: Pick<Catalogue, 'sql'>, volumeId: string): VolumeSnapshot {
  return {
    volumeId,
    pages: sql
      .all(
        `SELECT page.*, v.turn FROM book JOIN page ON page.book_id = book.id
           JOIN page_version v ON v.id = page.current_version_id WHERE book.volume_id = ? ORDER BY page.id`,
        volumeId,
      )
      .map((row) => ({
        ...{ id: text(row, 'id'), bookId: text(row, 'book_id'), itemId: textOrNull(row, 'item_id') },
        ...{
          position: number(row, 'position'),
          sheet: numberOrNull(row, 'sheet'),
          side: textOrNull(row, 'side'),
        },
        ...{ printedNumber: text(row, 'printed_number'), kind: text(row, 'kind') },
        ...{ versionId: text(row, 'current_version_id'), withdrawnAt: textOrNull(row, 'withdrawn_at') },
        ...{ confirmed: number(row, 'number_confirmed'), turn: number(row, 'turn') },
      })),
    items: sql
      .all(
        `SELECT item.* FROM book JOIN item ON item.book_id = book.id WHERE book.volume_id = ? ORDER BY item.id`,
        volumeId,
      )
      .map((row) => Object.fromEntries(ITEM_COLUMNS.map((column) => [column, row[column] as Plain]))),
  }
}

/** Takes a catalogue row out, from the index as well; pages that named it name none. */
export function removeItem({ sql }: Pick<Catalogue, 'sql'>, itemId: string): void {
  sql.run('UPDATE page SET item_id = NULL WHERE item_id = ?', itemId)
  sql.run('DELETE FROM search_index WHERE rowid = (SELECT search_id FROM item WHERE id = ?)', itemId)
  sql.run('DELETE FROM item WHERE id = ?', itemId)
}

function restoreItem({ sql, volumes }: Catalogue, row: VolumeSnapshot['items'][number]): void {
  const words = (column: (typeof ITEM_COLUMNS)[number]) => String(row[column] ?? '')
  const id = words('id')
  const fields = {
    templateRow: typeof row.template_row === 'number' ? row.template_row : null,
    templateRowTitle: typeof row.template_row_title === 'string' ? row.template_row_title : null,
    ...{ title: words('title'), documentNumber: words('document_number'), responsible: words('responsible') },
    ...{ date: words('date'), firstPrinted: words('first_printed'), lastPrinted: words('last_printed') },
    remark: words('remark'),
  }
  const known = sql.one('SELECT * FROM item WHERE id = ?', id)
  if (known !== undefined && ITEM_COLUMNS.every((column) => (known[column] ?? null) === row[column])) return
  if (known === undefined)
    volumes.insertItem({ id, bookId: words('book_id'), fields, at: words('created_at') })
  else volumes.updateItem(id, fields, words('updated_at'))
  sql.run(
    'UPDATE item SET sequence = ?, created_at = ?, updated_at = ? WHERE id = ?',
    ...[row.sequence ?? 0, row.created_at ?? '', row.updated_at ?? '', id],
  )
}

/** Puts pages and rows back to the letter. Pages and rows that came since are left to the caller. */
export function restoreSnapshot(catalogue: Catalogue, { pages, items }: VolumeSnapshot): void {
  const { sql } = catalogue
  for (const row of items) restoreItem(catalogue, row)
  for (const page of pages) {
    sql.run(
      `UPDATE page SET book_id = ?, item_id = ?, position = ?, sheet = ?, side = ?, printed_number = ?, kind = ?,
         current_version_id = ?, withdrawn_at = ?, number_confirmed = ? WHERE id = ?`,
      ...[page.bookId, page.itemId, page.position, page.sheet, page.side, page.printedNumber, page.kind],
      ...[page.versionId, page.withdrawnAt, page.confirmed, page.id],
    )
    sql.run('UPDATE page_version SET turn = ? WHERE id = ?', page.turn, page.versionId)
  }
}
