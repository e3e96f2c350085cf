import type { PageRendition, PageResult } from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import type { Session } from '../access/index.ts'
import { drawWatermark, readerWatermark, watermarkWords } from '../lending/index.ts'
import type { RecordsRoom } from '../records-room.ts'

export interface MarkedPageParts {
  readonly room: RecordsRoom
  readonly reader: Session
  readonly machine: string
  readonly now: Date
  readonly font: string
}

/**
 * The image of a page that is held by loan alone, with the mark drawn into it; undefined when the page may be served
 * plain. It is made anew each time and kept nowhere, and given whole, since a range of it would be of another minute.
 * Throws ACCESS_DENIED for the file it came from, which holds other pages too, and for earlier versions.
 */
export async function markedPage(
  { room, reader, machine, now, font }: MarkedPageParts,
  page: { readonly pageId: string; readonly versionId: string; readonly rendition: PageRendition },
): Promise<Extract<PageResult, { readonly ok: true }> | undefined> {
  const { catalogue, images } = room
  const mark = readerWatermark(
    { catalogue, session: reader, machine, now },
    { kind: 'page', id: page.pageId },
  )
  if (mark === null || !mark.drawn) return undefined
  if (page.rendition === 'source' || !catalogue.lent.isCurrentVersion(page.pageId, page.versionId))
    throw new AppError('ACCESS_DENIED', { needs: 'page.read', reason: 'out-of-scope' })
  const plain = await images.read(page.versionId, page.rendition, null)
  const bytes = await drawWatermark(plain.bytes, watermarkWords(mark, now), font)
  return { ok: true, mediaType: 'image/jpeg', sizeBytes: bytes.byteLength, range: null, bytes }
}
