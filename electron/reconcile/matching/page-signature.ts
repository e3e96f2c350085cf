import type { PageReading, Turn } from '../../../shared/domain/page-text.ts'
import { drawInkGrid, type InkGrid } from './ink-grid.ts'
import { type PageWords, wordsOf } from './page-words.ts'

/** A page on which nothing was read is blank below this share of ink; one that nobody read, only below the other. */
const BLANK_INK = 0.0012
const BLANK_INK_UNREAD = 0.0004
/** Print that shines through from the back is read mirrored, with less confidence than this: it is no text. */
const LEGIBLE = 0.75

export interface PageSignature extends InkGrid {
  /** Null for a page that was not read. */
  readonly words: PageWords | null
  /** Clockwise turn that brings the image upright, as its reading found it; null when nobody read it. */
  readonly uprightTurn: Turn | null
  readonly blank: boolean
  readonly printedNumber: string | null
}

export interface SignatureHints {
  /** As printed or stamped on the page. */
  readonly printedNumber?: string
}

/** See `index.ts`. */
export async function signPage(
  image: { readonly data: Uint8Array },
  reading: PageReading | null,
  hints: SignatureHints = {},
): Promise<PageSignature> {
  const grid = await drawInkGrid(image.data)
  const words = reading === null ? null : wordsOf(reading)
  const wordless = words?.pairs.length === 0 || (reading?.confidence ?? 1) < LEGIBLE
  return {
    ...grid,
    words,
    uprightTurn: reading?.turn ?? null,
    blank: words === null ? grid.inkShare < BLANK_INK_UNREAD : wordless && grid.inkShare < BLANK_INK,
    printedNumber: hints.printedNumber ?? null,
  }
}
