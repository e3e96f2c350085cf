import type { Turn } from '../../../shared/domain/page-text.ts'
import { AppError } from '../../../shared/errors.ts'
import { type Catalogue, number, numberOrNull, type Row, text } from '../../catalogue/index.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'

/** An image that a new version of a page shows. */
export interface NewImage {
  readonly sourceFileId: string
  readonly sourceFrame: number
  readonly compartment: Compartment
  readonly objectName: string
  readonly format: string
  readonly widthPixels: number
  readonly heightPixels: number
  readonly dpiX: number | null
  readonly dpiY: number | null
  readonly colourMode: string
  readonly bitDepth: number
  readonly sizeBytes: number
  readonly sha256: string
  readonly turn: Turn
}

export interface Making {
  readonly at: string
  readonly by: string
  readonly reason: string
  readonly newId: () => string
}

function imageOf(row: Row): NewImage {
  return {
    ...{ sourceFileId: text(row, 'source_file_id'), sourceFrame: number(row, 'source_frame') },
    ...{ compartment: text(row, 'compartment') as Compartment, objectName: text(row, 'object_name') },
    ...{ format: text(row, 'format'), widthPixels: number(row, 'width_pixels') },
    ...{ heightPixels: number(row, 'height_pixels'), dpiX: numberOrNull(row, 'dpi_x') },
    ...{ dpiY: numberOrNull(row, 'dpi_y'), colourMode: text(row, 'colour_mode') },
    ...{ bitDepth: number(row, 'bit_depth'), sizeBytes: number(row, 'size_bytes') },
    ...{ sha256: text(row, 'sha256'), turn: number(row, 'turn') as Turn },
  }
}

/** The image of a page of the fresh scan: sealed already, so that a page only refers to it. */
export function paperImage({ sql }: Pick<Catalogue, 'sql'>, paperPageId: string): NewImage {
  const row = sql.one('SELECT * FROM paper_page WHERE id = ?', paperPageId)
  if (row === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: paperPageId })
  return imageOf(row)
}

/** The image that a page shows now. */
export function currentImage({ sql }: Pick<Catalogue, 'sql'>, pageId: string): NewImage {
  const row = sql.one(
    'SELECT v.* FROM page JOIN page_version v ON v.id = page.current_version_id WHERE page.id = ?',
    pageId,
  )
  if (row === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: pageId })
  return imageOf(row)
}

/** Writes a version of a page: the next of its number, not yet the one that is shown. */
function insertVersion(
  { sql }: Pick<Catalogue, 'sql'>,
  pageId: string,
  image: NewImage,
  { at, by, reason, newId }: Making,
): string {
  const id = newId()
  const known = sql.one(
    'SELECT max(number) AS n, min(archival_name) AS name FROM page_version WHERE page_id = ?',
    pageId,
  )
  sql.run(
    `INSERT INTO page_version (id, page_id, number, source_file_id, source_frame, compartment, object_name, format,
       width_pixels, height_pixels, dpi_x, dpi_y, colour_mode, bit_depth, size_bytes, sha256, archival_name, reason,
       created_at, created_by, turn) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id, pageId, (known === undefined ? 0 : Number(known.n ?? 0)) + 1, image.sourceFileId],
    ...[image.sourceFrame, image.compartment, image.objectName, image.format, image.widthPixels],
    ...[image.heightPixels, image.dpiX, image.dpiY, image.colourMode, image.bitDepth, image.sizeBytes],
    ...[image.sha256, typeof known?.name === 'string' ? known.name : '', reason, at, by, image.turn],
  )
  return id
}

/** 替换: the page shows another image from now on; the old one stays as a version. */
export function addVersion(catalogue: Catalogue, pageId: string, image: NewImage, making: Making): void {
  const versionId = insertVersion(catalogue, pageId, image, making)
  catalogue.sql.run('UPDATE page SET current_version_id = ? WHERE id = ?', versionId, pageId)
}

/** 插入: a page of its own; where it stands is written with the others. */
export function insertPage(catalogue: Catalogue, bookId: string, image: NewImage, making: Making): string {
  const { sql } = catalogue
  const pageId = making.newId()
  const last = sql.one('SELECT coalesce(max(position), 0) AS n FROM page WHERE book_id = ?', bookId) ?? {}
  sql.run(
    `INSERT INTO page (id, book_id, item_id, position, sheet, side, printed_number, kind, current_version_id)
     VALUES (?, ?, NULL, ?, NULL, NULL, '', 'content', '')`,
    ...[pageId, bookId, number(last, 'n') + 1],
  )
  addVersion(catalogue, pageId, image, making)
  return pageId
}

/**
 * 移卷 into another compartment: seals a page's image under the other key, before any row names it. The file that it
 * came from, which may hold other pages too, stays where it is; the image itself is the new version's source.
 * @throws VAULT_COMPARTMENT_CLOSED, VAULT_OBJECT_*
 */
export async function resealed(
  catalogue: Catalogue,
  vault: OpenVault,
  pageId: string,
  compartment: Compartment,
): Promise<NewImage> {
  const image = currentImage(catalogue, pageId)
  const reader = await vault.objects.open(image.compartment, image.objectName)
  try {
    const stored = await vault.objects.putBuffer(compartment, await reader.readAll())
    return { ...image, compartment, objectName: stored.name }
  } finally {
    await reader.close()
  }
}

/** The new source file of a page that was sealed anew for another volume. */
export function insertResealedSource(
  { pages, sql }: Catalogue,
  volumeId: string,
  image: NewImage,
  { at, by, newId }: Making,
): string {
  const id = newId()
  const known = sql.one('SELECT name FROM source_file WHERE id = ?', image.sourceFileId)
  pages.insertSourceFile({
    ...{ id, volumeId, compartment: image.compartment, objectName: image.objectName },
    ...{ name: known === undefined ? '' : text(known, 'name'), format: image.format, frameCount: 1 },
    ...{ sha256: image.sha256, sizeBytes: image.sizeBytes, remarks: [], jobId: null },
    ...{ importedAt: at, importedBy: by },
  })
  return id
}
