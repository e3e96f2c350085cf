import type { PageReading, Turn } from '../../../shared/domain/page-text.ts'
import { drawInkGrid, type InkGrid } from './ink-grid.ts'
import { type PageWords, wordsOf } from './page-words.ts'

/** Below this share of ink, and without text, a page is blank. */
const BLANK_INK = 0.0012
const BLANK_PAIRS = 3
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
  const legible = reading !== null && reading.confidence >= LEGIBLE
  return {
    ...grid,
    words,
    uprightTurn: reading?.turn ?? null,
    blank: grid.inkShare < BLANK_INK && !(legible && (words?.pairs.length ?? 0) >= BLANK_PAIRS),
    printedNumber: hints.printedNumber ?? null,
  }
}
