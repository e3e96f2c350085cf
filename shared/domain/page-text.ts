/** How many quarter turns, clockwise in degrees, bring the image upright. */
export const TURNS = [0, 90, 180, 270] as const
export type Turn = (typeof TURNS)[number]

/**
 * Four corners in pixels of the image as it is stored and shown (not turned): x and y of the corner where reading
 * begins, then round with the reading direction along the first edge.
 */
export type Quad = readonly [number, number, number, number, number, number, number, number]

/** One line of a page, as it was read. */
export interface TextLine {
  readonly quad: Quad
  /** NFC, as printed; empty where nothing could be read without guessing. */
  readonly text: string
  /** 0 to 1. */
  readonly confidence: number
  /** `doubtful`: a seal, handwriting, or print too poor to be trusted. */
  readonly kind: 'printed' | 'doubtful'
  /**
   * Where each character of `text` (by code point) begins and ends along the line, in thousandths of its length:
   * two numbers a character.
   */
  readonly places: readonly number[]
}

/** What was read on one image, before it is filed with its page. */
export interface PageReading {
  readonly widthPixels: number
  readonly heightPixels: number
  readonly turn: Turn
  /** Mean over the characters, 0 to 1; 1 for a page without text. */
  readonly confidence: number
  readonly engine: string
  /** Name and version of the models; a reading by an older one is made again. */
  readonly model: string
  /** In reading order. */
  readonly lines: readonly TextLine[]
}

/** The text of a page version as it is kept. */
export interface PageText extends PageReading {
  readonly versionId: string
  readonly pageId: string
  readonly volumeId: string
  readonly caseId: string
  /** UTC ISO. */
  readonly readAt: string
}

/** The whole text, a line a line; what is doubtful and could not be read is left out. */
export function plainText(lines: readonly TextLine[]): string {
  return lines
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join('\n')
}

function along(quad: Quad, thousandths: number): { top: [number, number]; bottom: [number, number] } {
  const [x1, y1, x2, y2, x3, y3, x4, y4] = quad
  const part = thousandths / 1000
  return {
    top: [x1 + (x2 - x1) * part, y1 + (y2 - y1) * part],
    bottom: [x4 + (x3 - x4) * part, y4 + (y3 - y4) * part],
  }
}

/** The part of a line's quad that holds the characters from `start` up to, without, `end`, by code point. */
export function quadOfCharacters(line: TextLine, start: number, end: number): Quad {
  const count = line.places.length / 2
  if (count === 0) return line.quad
  const from = line.places[2 * Math.min(start, count - 1)] ?? 0
  const to = line.places[2 * Math.min(Math.max(end, start + 1), count) - 1] ?? 1000
  const first = along(line.quad, from)
  const last = along(line.quad, to)
  return [...first.top, ...last.top, ...last.bottom, ...first.bottom]
}
