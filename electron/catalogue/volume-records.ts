import type { Book, Item, Volume } from '../../shared/contract/model.ts'
import { AppError } from '../../shared/errors.ts'
import type { Compartment } from '../vault/index.ts'
import type { SearchIndex } from './search-index.ts'
import { number, numberOrNull, type Row, type Statements, text, textOrNull } from './statements.ts'

export interface VolumeRecord {
  readonly id: string
  readonly caseId: string
  readonly kind: Volume['kind']
  readonly compartment: Compartment
  readonly sequence: number
  readonly templateId: string | null
  readonly templateVersion: number | null
}

export interface ItemFields {
  readonly templateRow: number | null
  readonly templateRowTitle: string | null
  readonly title: string
  readonly documentNumber: string
  readonly responsible: string
  readonly date: string
  readonly firstPrinted: string
  readonly lastPrinted: string
  readonly remark: string
}

export interface VolumeRecords {
  readonly insert: (volume: VolumeRecord) => void
  readonly setTemplate: (
    volumeId: string,
    template: { readonly id: string; readonly version: number },
  ) => void
  readonly require: (volumeId: string) => VolumeRecord
  readonly ofCase: (caseId: string) => readonly VolumeRecord[]
  readonly ofItem: (itemId: string) => VolumeRecord
  readonly ofPage: (pageId: string) => VolumeRecord
  readonly insertBook: (book: { id: string; volumeId: string; sequence: number; title: string }) => void
  readonly books: (volumeId: string) => Book[]
  readonly insertItem: (entry: { id: string; bookId: string; fields: ItemFields; at: string }) => Item
  readonly updateItem: (itemId: string, fields: ItemFields, at: string) => Item
  readonly requireItem: (itemId: string) => Item
}

function volumeRecord(row: Row): VolumeRecord {
  return {
    id: text(row, 'id'),
    caseId: text(row, 'case_id'),
    kind: text(row, 'kind') as Volume['kind'],
    compartment: text(row, 'compartment') as Compartment,
    sequence: number(row, 'sequence'),
    templateId: textOrNull(row, 'template_id'),
    templateVersion: numberOrNull(row, 'template_version'),
  }
}

function itemOf(row: Row): Item {
  return {
    id: text(row, 'id'),
    bookId: text(row, 'book_id'),
    sequence: number(row, 'sequence'),
    templateRow: numberOrNull(row, 'template_row'),
    templateRowTitle: textOrNull(row, 'template_row_title'),
    title: text(row, 'title'),
    documentNumber: text(row, 'document_number'),
    responsible: text(row, 'responsible'),
    date: text(row, 'date'),
    firstPrinted: text(row, 'first_printed'),
    lastPrinted: text(row, 'last_printed'),
    remark: text(row, 'remark'),
    pageCount: number(row, 'page_count'),
  }
}

const ITEM_WITH_COUNT = `SELECT item.*,
  (SELECT count(*) FROM page WHERE page.item_id = item.id AND withdrawn_at IS NULL) AS page_count FROM item`

export function volumeRecords(sql: Statements, index: SearchIndex): VolumeRecords {
  const one = (query: string, id: string, kind: string): VolumeRecord => {
    const row = sql.one(query, id)
    if (row === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind, id })
    return volumeRecord(row)
  }
  const requireItem = (itemId: string): Item => {
    const row = sql.one(`${ITEM_WITH_COUNT} WHERE id = ?`, itemId)
    if (row === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'item', id: itemId })
    return itemOf(row)
  }
  const ofItem = (itemId: string) =>
    one(
      'SELECT volume.* FROM volume JOIN book ON book.volume_id = volume.id JOIN item ON item.book_id = book.id WHERE item.id = ?',
      itemId,
      'item',
    )
  const indexItem = (itemId: string, fields: ItemFields) => {
    const { caseId, compartment } = ofItem(itemId)
    const { title, documentNumber, responsible, date } = fields
    index.replaceItem({ itemId, caseId, compartment, title, documentNumber, responsible, date })
  }
  return {
    insert: (volume) => {
      sql.run(
        'INSERT INTO volume (id, case_id, kind, compartment, sequence, template_id, template_version) VALUES (?, ?, ?, ?, ?, ?, ?)',
        ...[volume.id, volume.caseId, volume.kind, volume.compartment, volume.sequence],
        ...[volume.templateId, volume.templateVersion],
      )
    },
    setTemplate: (volumeId, { id, version }) => {
      sql.run('UPDATE volume SET template_id = ?, template_version = ? WHERE id = ?', id, version, volumeId)
    },
    require: (volumeId) => one('SELECT * FROM volume WHERE id = ?', volumeId, 'volume'),
    ofCase: (caseId) =>
      sql.all('SELECT * FROM volume WHERE case_id = ? ORDER BY sequence', caseId).map(volumeRecord),
    ofItem,
    ofPage: (pageId) =>
      one(
        'SELECT volume.* FROM volume JOIN book ON book.volume_id = volume.id JOIN page ON page.book_id = book.id WHERE page.id = ?',
        pageId,
        'page',
      ),
    insertBook: (book) => {
      sql.run(
        'INSERT INTO book (id, volume_id, sequence, title) VALUES (?, ?, ?, ?)',
        ...[book.id, book.volumeId, book.sequence, book.title],
      )
    },
    books: (volumeId) => {
      const items = new Map<string, Item[]>()
      const rows = sql.all(
        `${ITEM_WITH_COUNT} WHERE book_id IN (SELECT id FROM book WHERE volume_id = ?) ORDER BY book_id, sequence`,
        volumeId,
      )
      for (const row of rows) {
        const item = itemOf(row)
        const list = items.get(item.bookId)
        if (list === undefined) items.set(item.bookId, [item])
        else list.push(item)
      }
      return sql
        .all(
          `SELECT book.*, (SELECT count(*) FROM page WHERE book_id = book.id AND withdrawn_at IS NULL) AS page_count
             FROM book WHERE volume_id = ? ORDER BY sequence`,
          volumeId,
        )
        .map((row) => ({
          id: text(row, 'id'),
          volumeId,
          sequence: number(row, 'sequence'),
          title: text(row, 'title'),
          pageCount: number(row, 'page_count'),
          items: items.get(text(row, 'id')) ?? [],
        }))
    },
    insertItem: ({ id, bookId, fields, at }) =>
      sql.transaction(() => {
        const last = sql.one('SELECT max(sequence) AS n FROM item WHERE book_id = ?', bookId)
        const sequence = (last === undefined ? 0 : number(last, 'n')) + 1
        sql.run(
          `INSERT INTO item (id, book_id, sequence, template_row, template_row_title, title, document_number, responsible,
             date, first_printed, last_printed, remark, created_at, updated_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...[
            id,
            bookId,
            sequence,
            fields.templateRow,
            fields.templateRowTitle,
            fields.title,
            fields.documentNumber,
          ],
          ...[
            fields.responsible,
            fields.date,
            fields.firstPrinted,
            fields.lastPrinted,
            fields.remark,
            at,
            at,
          ],
        )
        indexItem(id, fields)
        return requireItem(id)
      }),
    updateItem: (itemId, fields, at) =>
      sql.transaction(() => {
        requireItem(itemId)
        sql.run(
          `UPDATE item SET template_row = ?, template_row_title = ?, title = ?, document_number = ?, responsible = ?,
             date = ?, first_printed = ?, last_printed = ?, remark = ?, updated_at = ? WHERE id = ?`,
          ...[
            fields.templateRow,
            fields.templateRowTitle,
            fields.title,
            fields.documentNumber,
            fields.responsible,
          ],
          ...[fields.date, fields.firstPrinted, fields.lastPrinted, fields.remark, at, itemId],
        )
        indexItem(itemId, fields)
        return requireItem(itemId)
      }),
    requireItem,
  }
}
