import { AppError } from '../../../shared/errors.ts'
import { type Row, type Statements, text, textOrNull } from '../../catalogue/index.ts'
import { withSystemErrors } from '../../errno.ts'
import type { BackupRoom } from '../backup-room.ts'
import { openFileLanes } from '../repository/file-lanes.ts'
import { listedObjects } from '../repository/object-list.ts'
import { faultOf, mendObjects } from './mend-objects.ts'
import { compartmentOf, pageWithVersion, versionToday } from './page-versions.ts'
import type { OpenedSnapshot } from './snapshot-catalogues.ts'

/** One page as a snapshot shows it. */
export interface PageOrder {
  readonly pageId: string
  /** Where the page stands today. */
  readonly volumeId: string
}

interface FoundPage {
  /** The version that the snapshot shows, as it stands today, or else as it stood then. */
  readonly version: Row
  readonly source: Row
  /** Whether the catalogue of today has them. */
  readonly known: { readonly version: boolean; readonly source: boolean }
}

/** Throws CATALOGUE_NOT_FOUND. */
function pageThen({ sql: then }: OpenedSnapshot, today: Statements, { pageId }: PageOrder): FoundPage {
  const shown = pageWithVersion(then, pageId)
  const old = shown && then.one('SELECT * FROM page_version WHERE id = ?', text(shown, 'version_id'))
  const oldSource = old && then.one('SELECT * FROM source_file WHERE id = ?', text(old, 'source_file_id'))
  if (old === undefined || oldSource === undefined)
    throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: pageId })
  const version = versionToday(today, text(old, 'id'))
  const source = today.one('SELECT * FROM source_file WHERE id = ?', text(version ?? old, 'source_file_id'))
  return {
    ...{ version: version ?? old, source: source ?? oldSource },
    known: { version: version !== undefined, source: source !== undefined },
  }
}

/** Throws CATALOGUE_NOT_FOUND for a page that is not, or no longer, in this volume. */
function requirePage(sql: Statements, { pageId, volumeId }: PageOrder): Row {
  const page = pageWithVersion(sql, pageId)
  if (page === undefined || text(page, 'volume_id') !== volumeId)
    throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: pageId })
  return page
}

/**
 * Puts the image of a page, and the file that it came from, back into the vault where they are missing or damaged there;
 * gives how many were. What is sound is not touched. Throws BACKUP_SET_DAMAGED where the snapshot does not have them
 * whole.
 */
export async function mendPage(
  room: BackupRoom,
  opened: OpenedSnapshot,
  order: PageOrder,
  signal: AbortSignal,
): Promise<number> {
  const { vault, catalogue } = room
  requirePage(catalogue.sql, order)
  const { version, source } = pageThen(opened, catalogue.sql, order)
  const image = text(version, 'object_name')
  const names = new Set([image, text(source, 'object_name')])
  await using files = openFileLanes()
  let mended = 0
  const refused = (name: string, reason: 'missing' | 'changed'): never => {
    throw new AppError('BACKUP_SET_DAMAGED', { file: name.slice(0, 12), reason })
  }
  const wanted = async function* () {
    for await (const object of listedObjects(opened.folder, opened.document.objects)) {
      if (!names.delete(object.name)) continue
      const fault = await withSystemErrors('backup.restore', () => faultOf(vault, files, object, signal))
      if (fault !== undefined) yield object
    }
    // Sealed anew since, or missing at the time of the snapshot: it is in the vault, or cannot be had from here.
    if (names.has(image) && !(await vault.objects.has(image))) refused(image, 'missing')
  }
  await mendObjects(vault, wanted(), {
    ...{ files, folder: opened.folder, name: `page-${room.newId()}`, signal, refused },
    mended: () => {
      mended += 1
    },
  })
  await vault.objects.verify(compartmentOf(version), image, {
    expectedSha256: text(version, 'sha256'),
    signal,
  })
  return mended
}

const VERSION_COLUMNS = [
  ...['source_file_id', 'source_frame', 'compartment', 'object_name', 'format', 'width_pixels'],
  ...['height_pixels', 'dpi_x', 'dpi_y', 'colour_mode', 'bit_depth', 'size_bytes', 'sha256'],
  ...['archival_name', 'turn'],
] as const
const SOURCE_COLUMNS = [
  ...['id', 'compartment', 'object_name', 'name', 'format', 'sha256', 'size_bytes', 'frame_count'],
  ...['remarks', 'job_id', 'imported_at', 'imported_by'],
] as const

function insert(sql: Statements, table: string, fields: Readonly<Record<string, unknown>>): void {
  const columns = Object.keys(fields)
  sql.run(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ...(Object.values(fields) as (string | number | null)[]),
  )
}

const fieldsOf = (row: Row, columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, row[column] ?? null]))

/** What became of a page: digests of the images that it showed and shows. */
export interface ReturnedPage {
  readonly versionId: string
  readonly caseId: string
  readonly before: string
  readonly after: string
}

/**
 * Has a page show again what a snapshot shows, as a new version of its own: every version before stays. A page that was
 * withdrawn takes its old place again. Throws CATALOGUE_CONFLICT where it shows that already, where the volume is of
 * another compartment by now, or where the snapshot does not show what the person saw.
 */
export function returnPage(
  room: BackupRoom,
  opened: OpenedSnapshot,
  order: PageOrder & {
    readonly versionId: string
    readonly sha256: string
    readonly reason: string
    readonly by: string
  },
): ReturnedPage {
  const { catalogue, now, newId } = room
  const { sql } = catalogue
  return catalogue.transaction(() => {
    const page = requirePage(sql, order)
    const { version, source, known } = pageThen(opened, sql, order)
    const conflict = (reason: string) => new AppError('CATALOGUE_CONFLICT', { kind: 'page', reason })
    const withdrawn = textOrNull(page, 'withdrawn_at') !== null
    if (text(version, 'id') !== order.versionId || text(version, 'sha256') !== order.sha256)
      throw conflict('other-version')
    if (!withdrawn && text(page, 'sha256') === order.sha256) throw conflict('shown-already')
    const { compartment } = catalogue.volumes.require(order.volumeId)
    if (compartmentOf(version) !== compartment) throw conflict('compartment')
    if (!known.source)
      insert(sql, 'source_file', { ...fieldsOf(source, SOURCE_COLUMNS), volume_id: order.volumeId })
    const at = now().toISOString()
    const id = newId()
    const last = sql.one('SELECT max(number) AS n FROM page_version WHERE page_id = ?', order.pageId)
    insert(sql, 'page_version', {
      ...{ id, page_id: order.pageId, number: Number(last?.n ?? 0) + 1 },
      ...fieldsOf(version, VERSION_COLUMNS),
      ...{ reason: order.reason, created_at: at, created_by: order.by },
    })
    if (withdrawn)
      sql.run(
        `UPDATE page SET position = position + 1 WHERE book_id = ? AND withdrawn_at IS NULL AND position >= ?`,
        ...[text(page, 'book_id'), Number(page.position)],
      )
    sql.run('UPDATE page SET current_version_id = ?, withdrawn_at = NULL WHERE id = ?', ...[id, order.pageId])
    const caseId = text(page, 'case_id')
    catalogue.pages.recountCase(caseId, at)
    return { versionId: id, caseId, before: text(page, 'sha256'), after: order.sha256 }
  })
}
