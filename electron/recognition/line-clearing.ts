import type { Pixels } from './page-pixels.ts'

/** Of a line's pixels, the share that is surely core of ink, and the share that is surely not paper. */
const INK_PERCENTILE = 0.03
const PAPER_PERCENTILE = 0.6
/** Lighter than this share of the way from paper to ink is dirt or the other side showing through. */
const DIRT_SHARE = 0.28
/** Below this, in grey levels, there is no ink to be told from dirt. */
const LEAST_CONTRAST = 36

export interface ClearedLine {
  readonly pixels: Pixels
  /** Between the line's own paper and ink, in grey levels. */
  readonly contrast: number
}

/**
 * Stretches a line from its own ink to its own paper and takes away what is much paler than its ink: show-through,
 * shadows, specks. A line that is pale as a whole stays, being measured by itself.
 */
export function clearLine({ data, width, height }: Pixels): ClearedLine {
  const grey = new Uint8Array(width * height)
  const histogram = new Uint32Array(256)
  for (let at = 0; at < grey.length; at++) {
    const from = at * 3
    const value = Math.round(
      0.299 * (data[from] ?? 0) + 0.587 * (data[from + 1] ?? 0) + 0.114 * (data[from + 2] ?? 0),
    )
    grey[at] = value
    histogram[value] = (histogram[value] ?? 0) + 1
  }
  const percentile = (share: number): number => {
    let seen = 0
    for (let value = 0; value < 256; value++) {
      seen += histogram[value] ?? 0
      if (seen >= share * grey.length) return value
    }
    return 255
  }
  const ink = percentile(INK_PERCENTILE)
  const paper = percentile(PAPER_PERCENTILE)
  const contrast = paper - ink
  if (contrast < LEAST_CONTRAST) return { pixels: { data, width, height }, contrast }
  const white = paper - contrast * DIRT_SHARE
  const table = Uint8Array.from({ length: 256 }, (_, value) =>
    Math.max(0, Math.min(255, Math.round((255 * (value - ink)) / (white - ink)))),
  )
  const cleared = new Uint8Array(data.length)
  for (let at = 0; at < grey.length; at++) {
    const value = table[grey[at] ?? 255] ?? 255
    cleared[at * 3] = value
    cleared[at * 3 + 1] = value
    cleared[at * 3 + 2] = value
  }
  return { pixels: { data: cleared, width, height }, contrast }
}
