import type { PageText } from '../../../shared/domain/page-text.ts'
import { type Catalogue, type Row, text } from '../../catalogue/index.ts'
import type { OpenTextShelf } from '../../search/index.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'
import { openReading } from '../rescan/sealed-content.ts'
import type { GoingPage } from './sealing-anew.ts'

export interface TextParts {
  readonly catalogue: () => Catalogue
  readonly texts: () => OpenTextShelf
}

interface SealParts {
  readonly vault: () => OpenVault
  readonly now: () => Date
}

/** A page whose text may be found no more where it was. */
export interface LeftText {
  readonly pageId: string
  readonly compartment: Compartment
}

/** The compartment that a page's text lies in now. */
export function textPlace({ sql }: Pick<Catalogue, 'sql'>, pageId: string): LeftText {
  const row = sql.one(
    'SELECT v.compartment FROM page JOIN page_version v ON v.id = page.current_version_id WHERE page.id = ?',
    pageId,
  )
  return { pageId, compartment: text(row ?? {}, 'compartment') as Compartment }
}

/** The page waits to be read again: with its text gone, what is known of its reading holds no more. */
export function dropTexts({ catalogue, texts }: TextParts, left: readonly LeftText[]): void {
  for (const { pageId, compartment } of left) {
    catalogue().sql.run(
      `UPDATE page_reading SET state = 'waiting', code = NULL WHERE page_id = ? AND state IN ('read', 'failed')`,
      pageId,
    )
    texts().remove(compartment, pageId)
  }
}

/** The text of a page on its way to another volume. */
export type CarriedText = Omit<PageText, 'volumeId'> & { readonly toVolumeId: string }

/**
 * Takes the texts of pages out of where they lie, so that what goes under another key is readable by the old one no
 * more, whatever happens from here on. Killed before {@link putTexts}, the pages wait to be read again.
 */
export function takeTexts(parts: TextParts, going: readonly GoingPage[]): readonly CarriedText[] {
  const { sql } = parts.catalogue()
  const carried = going.flatMap(({ pageId, toVolumeId }): CarriedText[] => {
    const { compartment } = textPlace({ sql }, pageId)
    const reading: Row | undefined = sql.one(
      `SELECT version_id FROM page_reading WHERE page_id = ? AND state = 'read'`,
      pageId,
    )
    const known = reading && parts.texts().get(compartment, text(reading, 'version_id'))
    return known === undefined ? [] : [{ ...known, toVolumeId }]
  })
  dropTexts(
    parts,
    going.map(({ pageId }) => textPlace({ sql }, pageId)),
  )
  return carried
}

/** Files texts where their pages stand now; those of images that are shown no more wait to be read. */
export function putTexts(parts: TextParts, carried: readonly CarriedText[]): void {
  const { sql } = parts.catalogue()
  for (const { toVolumeId, ...page } of carried) {
    const row = sql.one('SELECT current_version_id AS id FROM page WHERE id = ?', page.pageId)
    if (row === undefined || text(row, 'id') !== page.versionId) continue
    parts.texts().put(textPlace({ sql }, page.pageId).compartment, { ...page, volumeId: toVolumeId })
    sql.run(
      `UPDATE page_reading SET state = 'read' WHERE page_id = ? AND version_id = ? AND state = 'waiting'`,
      ...[page.pageId, page.versionId],
    )
  }
}

/** A page that shows an image of the fresh scan from now on. */
export interface PaperText {
  readonly pageId: string
  readonly paperPageId: string
}

/** What was read on the paper is the text of the pages that show it: they need not be read again. */
export function putPaperTexts(parts: TextParts & SealParts, images: readonly PaperText[]): void {
  const { sql, volumes } = parts.catalogue()
  for (const { pageId, paperPageId } of images) {
    const row = sql.one('SELECT compartment, reading FROM paper_page WHERE id = ?', paperPageId)
    const shown = sql.one('SELECT current_version_id AS id FROM page WHERE id = ?', pageId)
    if (row === undefined || shown === undefined || !(row.reading instanceof Uint8Array)) continue
    const compartment = text(row, 'compartment') as Compartment
    const reading = openReading(parts.vault(), compartment, paperPageId, row.reading)
    const { id: volumeId, caseId } = volumes.ofPage(pageId)
    const versionId = text(shown, 'id')
    const readAt = parts.now().toISOString()
    parts.texts().put(compartment, { ...reading, versionId, pageId, volumeId, caseId, readAt })
    sql.run(
      `UPDATE page_reading SET state = 'read', code = NULL, model = ?, engine = ?, confidence = ?, line_count = ?,
         doubtful_count = ?, read_at = ? WHERE page_id = ? AND version_id = ? AND state = 'waiting'`,
      ...[reading.model, reading.engine, reading.confidence, reading.lines.length],
      ...[reading.lines.filter(({ kind }) => kind === 'doubtful').length, readAt, pageId, versionId],
    )
  }
}
