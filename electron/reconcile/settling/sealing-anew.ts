import { AppError } from '../../../shared/errors.ts'
import { type Catalogue, type Row, text } from '../../catalogue/index.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'
import { attachedAbout } from '../attachments/attaching.ts'
import { moveName } from '../attachments/attachment-records.ts'
import { removeLeft, type SweepingParts } from '../records/left-objects.ts'
import { moveWords } from '../register/moved-words.ts'
import { openReading, sealReading } from '../rescan/sealed-content.ts'
import { moveNotes } from '../sheets/moved-notes.ts'

/** A page that goes from one volume to another: 移卷, or back by undoing. */
export interface GoingPage {
  readonly pageId: string
  readonly toVolumeId: string
}

type ImageTable = 'page_version' | 'paper_page' | 'attachment_page'
/** Files as they came, from which the images were taken. */
type FileTable = 'source_file' | 'difference_attachment'

interface SealedRow {
  readonly table: ImageTable | FileTable
  readonly id: string
  readonly from: Compartment
  readonly to: Compartment
  readonly objectName: string
}

/** Everything that shows pages on their way into another compartment. */
interface Showing {
  readonly rows: readonly SealedRow[]
  /** By page: the pages of fresh scans that go with it, in whatever compartment. */
  readonly papers: ReadonlyMap<string, readonly string[]>
}

/** Under which names content lies in its new compartment. */
export type SealedAnew = ReadonlyMap<string, string>

const keyOf = ({ from, to, objectName }: Pick<SealedRow, 'from' | 'to' | 'objectName'>) =>
  `${from}|${to}|${objectName}`
const isFile = (table: SealedRow['table']): table is FileTable =>
  table === 'source_file' || table === 'difference_attachment'
const compartmentOf = (row: Row) => text(row, 'compartment') as Compartment

/** What of the paper shows a page: scans matched with it, and scans that gave it an image. */
const PAPER_OF_PAGE = `p.with_page_id = ?
  OR p.id IN (SELECT paper_page_id FROM page_match WHERE page_id = ? AND kind = 'same' AND paper_page_id IS NOT NULL)
  OR EXISTS (SELECT 1 FROM page_version v WHERE v.page_id = ? AND v.source_file_id = p.source_file_id
    AND v.source_frame = p.source_frame)`

/**
 * Versions, old ones too, the paper's scan, the files that all these came from, and what is attached to differences
 * about them. A file that holds other pages as well goes under the restricted key as soon as one of its pages is
 * restricted, and back when none is any more.
 */
function showing({ sql, volumes }: Catalogue, going: readonly GoingPage[]): Showing {
  const rows: SealedRow[] = []
  const papers = new Map<string, readonly string[]>()
  const targets = new Map<string, Compartment>()
  const sources = new Set<string>()
  const take = (table: 'page_version' | 'paper_page', row: Row, to: Compartment) => {
    const id = text(row, 'id')
    targets.set(id, to)
    sources.add(text(row, 'source_file_id'))
    const from = compartmentOf(row)
    if (from !== to) rows.push({ table, id, from, to, objectName: text(row, 'object_name') })
  }
  for (const { pageId, toVolumeId } of going) {
    const { compartment: to } = volumes.require(toVolumeId)
    const scans = sql.all(`SELECT p.* FROM paper_page p WHERE ${PAPER_OF_PAGE}`, ...[pageId, pageId, pageId])
    papers.set(
      pageId,
      scans.map((row) => text(row, 'id')),
    )
    for (const row of sql.all('SELECT * FROM page_version WHERE page_id = ?', pageId))
      take('page_version', row, to)
    for (const row of scans) take('paper_page', row, to)
  }
  const attached = new Map<string, Compartment>()
  for (const { pageId, toVolumeId } of going) {
    const { compartment } = volumes.require(toVolumeId)
    // About two pages that part company: the restricted key has it.
    for (const { attachmentId, to } of attachedAbout(
      { sql },
      [pageId, ...(papers.get(pageId) ?? [])],
      compartment,
    ))
      if (attached.get(attachmentId) !== 'restricted') attached.set(attachmentId, to)
  }
  for (const [attachmentId, to] of attached) {
    const files = sql.all('SELECT * FROM difference_attachment WHERE id = ?', attachmentId)
    const images = sql.all('SELECT * FROM attachment_page WHERE attachment_id = ?', attachmentId)
    const add = (table: SealedRow['table'], row: Row) => {
      const from = compartmentOf(row)
      if (from !== to)
        rows.push({ table, id: text(row, 'id'), from, to, objectName: text(row, 'object_name') })
    }
    for (const row of files) add('difference_attachment', row)
    for (const row of images) add('attachment_page', row)
  }
  for (const id of sources) {
    const row = sql.one('SELECT * FROM source_file WHERE id = ?', id) ?? {}
    const images = sql.all(
      `SELECT id, compartment FROM page_version WHERE source_file_id = ?
       UNION ALL SELECT id, compartment FROM paper_page WHERE source_file_id = ?`,
      ...[id, id],
    )
    const restricted = images.some(
      (image) => (targets.get(text(image, 'id')) ?? compartmentOf(image)) === 'restricted',
    )
    const [from, to] = [compartmentOf(row), restricted ? 'restricted' : 'open'] as const
    if (from !== to) rows.push({ table: 'source_file', id, from, to, objectName: text(row, 'object_name') })
  }
  return { rows, papers }
}

/** Labels of what was made of an image and kept beside it. */
const VIEWS = ['thumbnail', 'view', 'signature'] as const

async function removeViews(vault: OpenVault, { rows }: Showing): Promise<void> {
  for (const { table, id, from } of rows)
    if (!isFile(table)) for (const view of VIEWS) await vault.objects.removeDerived(from, `${view}|${id}`)
}

/**
 * Seals everything that shows the pages under the keys of where they go, before any row names it. What is left of it by
 * a crash is an orphan that the check of the vault sweeps.
 * @throws VAULT_COMPARTMENT_CLOSED, VAULT_OBJECT_*
 */
export async function sealAnew(
  catalogue: Catalogue,
  vault: OpenVault,
  going: readonly GoingPage[],
): Promise<SealedAnew> {
  const shown = showing(catalogue, going)
  const sealed = new Map<string, string>()
  for (const row of shown.rows) {
    const key = keyOf(row)
    if (sealed.has(key)) continue
    const reader = await vault.objects.open(row.from, row.objectName)
    try {
      sealed.set(key, (await vault.objects.putBuffer(row.to, await reader.readAll())).name)
    } finally {
      await reader.close()
    }
  }
  await removeViews(vault, shown)
  return sealed
}

/** A scan of the paper goes with its page, and out of the checking; undone, it comes back into it. */
function movePaper(
  { sql }: Catalogue,
  vault: OpenVault,
  paperId: string,
  { to, withPage }: { readonly to: Compartment; readonly withPage: string | null },
) {
  sql.run('UPDATE paper_page SET with_page_id = ? WHERE id = ?', withPage, paperId)
  const row = sql.one('SELECT compartment, reading FROM paper_page WHERE id = ?', paperId) ?? {}
  const from = compartmentOf(row)
  if (from === to || !(row.reading instanceof Uint8Array)) return
  const sealed = sealReading(vault, to, paperId, openReading(vault, from, paperId, row.reading))
  sql.run('UPDATE paper_page SET reading = ? WHERE id = ?', sealed, paperId)
}

/** What comparing a pair told of a page is found again by comparing. */
function forgetComparisons({ sql }: Catalogue, pageId: string, papers: readonly string[]) {
  const forget = `UPDATE page_match SET compared_at = NULL, change_count = NULL, strongest = NULL, content = NULL`
  sql.run(`${forget} WHERE page_id = ?`, pageId)
  for (const paperId of papers) sql.run(`${forget} WHERE paper_page_id = ?`, paperId)
}

/**
 * Has the rows name what was sealed anew; within the transaction that moves the pages, after it has. `back`: undoing, so
 * that the paper's scan takes part in its checking again. Gives the objects that were left.
 * @throws RECONCILE_CHANGED_MEANWHILE when something came since it was sealed
 */
export function nameAnew(
  catalogue: Catalogue,
  vault: OpenVault,
  going: readonly GoingPage[],
  sealed: SealedAnew,
  back: boolean,
): { readonly left: readonly string[]; readonly views: Showing } {
  const { sql, volumes } = catalogue
  const shown = showing(catalogue, going)
  for (const { pageId, toVolumeId } of going) {
    const { compartment: to } = volumes.require(toVolumeId)
    const papers = shown.papers.get(pageId) ?? []
    const withPage = back ? null : pageId
    for (const paperId of papers) movePaper(catalogue, vault, paperId, { to, withPage })
    forgetComparisons(catalogue, pageId, papers)
    const noted = moveNotes(catalogue, vault, pageId, to)
    moveWords(catalogue, vault, { ids: [pageId, ...papers], noted }, to)
    sql.run('UPDATE page_reading SET compartment = ? WHERE page_id = ?', to, pageId)
  }
  for (const row of shown.rows) {
    const name = sealed.get(keyOf(row))
    if (name === undefined) throw new AppError('RECONCILE_CHANGED_MEANWHILE')
    if (row.table === 'difference_attachment') moveName(catalogue, vault, row.id, row.to)
    sql.run(`UPDATE ${row.table} SET compartment = ?, object_name = ? WHERE id = ?`, row.to, name, row.id)
  }
  // A file whose pages all stand in one volume is that volume's.
  for (const { pageId, toVolumeId } of going)
    sql.run(
      `UPDATE source_file SET volume_id = ?
       WHERE id IN (SELECT source_file_id FROM page_version WHERE page_id = ?)
         AND NOT EXISTS (SELECT 1 FROM page_version v JOIN page g ON g.id = v.page_id JOIN book b ON b.id = g.book_id
           WHERE v.source_file_id = source_file.id AND b.volume_id <> ?)`,
      ...[toVolumeId, pageId, toVolumeId],
    )
  return { left: [...new Set(shown.rows.map(({ objectName }) => objectName))], views: shown }
}

/** After the rows are committed: views made meanwhile, and the objects under the old key, go. */
export async function leaveOld(
  parts: SweepingParts,
  { left, views }: ReturnType<typeof nameAnew>,
): Promise<void> {
  await removeViews(parts.vault(), views)
  await removeLeft(parts, left)
}
