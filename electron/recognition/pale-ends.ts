import type { SeenCharacter } from './line-recognition.ts'
import type { Pixels } from './page-pixels.ts'

/** A character this much paler than its line, and not sure, belongs to the other side of the sheet. */
const PALE = 0.6
const SURE = 0.85
/** So pale that being sure does not help. */
const VERY_PALE = 0.4
/** So many of its darkest pixels tell a character's ink: a full stop has no more. */
const INK_PIXELS = 12

/** How dark the ink of a stretch of line is, against white, in grey levels. */
function darkness({ data, width, height }: Pixels, from: number, to: number): number {
  const histogram = new Uint32Array(256)
  for (let x = Math.max(0, Math.floor(from)); x < Math.min(width, Math.ceil(to)); x++) {
    for (let y = Math.round(height * 0.1); y < height * 0.9; y++) {
      const value = data[(y * width + x) * 3 + 1] ?? 255
      histogram[value] = (histogram[value] ?? 0) + 1
    }
  }
  let seen = 0
  for (let value = 0; value < 256; value++) {
    seen += histogram[value] ?? 0
    if (seen >= INK_PIXELS) return 255 - value
  }
  return 0
}

/** The characters of a line without those at its ends that only show through: the line cleared of dirt is given. */
export function withoutPaleEnds(seen: readonly SeenCharacter[], line: Pixels): readonly SeenCharacter[] {
  const reach = line.height * 0.35
  const inks = seen.map(({ from, to }) => {
    const centre = ((from + to) / 2) * line.width
    return darkness(
      line,
      Math.min(centre - reach, from * line.width),
      Math.max(centre + reach, to * line.width),
    )
  })
  const usual = inks.toSorted((a, b) => a - b)[Math.floor(inks.length / 2)] ?? 0
  const foreign = (index: number): boolean => {
    const ink = inks[index] ?? 0
    const confidence = seen[index]?.confidence ?? 0
    return ink < usual * VERY_PALE || (ink < usual * PALE && confidence < SURE)
  }
  let from = 0
  let to = seen.length
  while (to - from > 1 && foreign(from)) from += 1
  while (to - from > 1 && foreign(to - 1)) to -= 1
  return seen.slice(from, to)
}
