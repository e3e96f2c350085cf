export interface FlatPixels {
  readonly data: Uint8Array
  readonly channels: 1 | 3
  readonly bitonal: boolean
  readonly flatShare: number
}

/** Differences between channels up to this are rounding, not colour. */
const COLOUR_TOLERANCE = 8

function isGrey(pixels: Uint8Array): boolean {
  for (let at = 0; at < pixels.length; at += 4) {
    const red = pixels[at] ?? 0
    const green = pixels[at + 1] ?? 0
    const blue = pixels[at + 2] ?? 0
    const spread = Math.max(red, green, blue) - Math.min(red, green, blue)
    if (spread > COLOUR_TOLERANCE) return false
  }
  return true
}

/** Four bytes a pixel (red, green, blue, unused) into one when the page has no colour, else three. */
export function flattenPixels(pixels: Uint8Array): FlatPixels {
  const count = pixels.length / 4
  if (!isGrey(pixels)) {
    const data = new Uint8Array(count * 3)
    for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3) {
      data[to] = pixels[from] ?? 0
      data[to + 1] = pixels[from + 1] ?? 0
      data[to + 2] = pixels[from + 2] ?? 0
    }
    return { data, channels: 3, bitonal: false, flatShare: 0 }
  }
  const data = new Uint8Array(count)
  let flat = 0
  for (let from = 0, to = 0; from < pixels.length; from += 4, to++) {
    const value = pixels[from + 1] ?? 0
    data[to] = value
    if (value === 0 || value === 255) flat++
  }
  return { data, channels: 1, bitonal: flat === count, flatShare: flat / count }
}
