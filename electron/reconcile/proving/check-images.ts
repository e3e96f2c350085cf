import { AppError } from '../../../shared/errors.ts'
import { type Catalogue, number, text } from '../../catalogue/index.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'
import { type ProofWork, UNWATCHED } from './proof-work.ts'

/** Large enough to overlap reading and hashing, small enough for a slow disk. */
const AT_ONCE = 4

export interface CheckedImage {
  readonly id: string
  /** In words, for people: 影像 14（第 12 页）. */
  readonly place: string
  readonly compartment: Compartment
  readonly objectName: string
  readonly sha256: string
}

export interface ImageCheck {
  readonly checked: number
  readonly damaged: readonly CheckedImage[]
}

/** How a page is named to people. */
export function placeWords(position: number, printed: string): string {
  return printed === '' ? `影像 ${position}` : `影像 ${position}（第 ${printed} 页）`
}

/**
 * Opens sealed images and holds them against the hashes; a missing or damaged one counts as damaged. Throws
 * CALL_CANCELLED where the work is given up.
 */
export async function checkImages(
  vault: OpenVault,
  images: readonly CheckedImage[],
  work: ProofWork = UNWATCHED,
): Promise<ImageCheck> {
  const damaged: CheckedImage[] = []
  const waiting = [...images]
  let done = 0
  const lane = async () => {
    for (let image = waiting.shift(); image !== undefined; image = waiting.shift()) {
      work.goOn()
      const { compartment, objectName, sha256 } = image
      try {
        await vault.objects.verify(compartment, objectName, { expectedSha256: sha256 })
      } catch (error) {
        const known = error instanceof AppError ? error.code : ''
        if (known !== 'VAULT_OBJECT_DAMAGED' && known !== 'VAULT_OBJECT_MISSING') throw error
        damaged.push(image)
      }
      done += 1
      work.progress({ phase: 'images', done, total: images.length })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  const order = new Map(images.map(({ id }, place) => [id, place]))
  return {
    checked: images.length,
    damaged: damaged.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)),
  }
}

/** The images of the pages that stand in a volume, by the version that stands. */
export function pageImagesOf({ sql }: Catalogue, volumeId: string): readonly CheckedImage[] {
  return sql
    .all(
      `SELECT v.id, v.compartment, v.object_name, v.sha256, page.position, page.printed_number
       FROM book JOIN page ON page.book_id = book.id JOIN page_version v ON v.id = page.current_version_id
       WHERE book.volume_id = ? AND page.withdrawn_at IS NULL ORDER BY book.sequence, page.position`,
      volumeId,
    )
    .map((row) => ({
      id: text(row, 'id'),
      place: placeWords(number(row, 'position'), text(row, 'printed_number')),
      compartment: text(row, 'compartment') as Compartment,
      objectName: text(row, 'object_name'),
      sha256: text(row, 'sha256'),
    }))
}

/** The images of a checking's fresh scan. */
export function paperImagesOf({ sql }: Catalogue, reconciliationId: string): readonly CheckedImage[] {
  return sql
    .all(
      `SELECT p.id, p.compartment, p.object_name, p.sha256, p.sequence FROM paper_page p
       JOIN paper_scan s ON s.id = p.scan_id
       WHERE p.reconciliation_id = ? AND s.removed_at IS NULL AND p.with_page_id IS NULL ORDER BY p.sequence`,
      reconciliationId,
    )
    .map((row) => ({
      id: text(row, 'id'),
      place: `纸质重扫第 ${number(row, 'sequence')} 页`,
      compartment: text(row, 'compartment') as Compartment,
      objectName: text(row, 'object_name'),
      sha256: text(row, 'sha256'),
    }))
}
