import type { Window } from './boxes.ts'
import type { Residue } from './ink-residue.ts'

/** Of 255. The faintest stroke that is left over anywhere reaches 90, a tint shown otherwise by the other scanner 25. */
const FAINTEST_STROKE = 50

/** Whether what is left over in a region is a tone throughout: a coloured field in grey, and no ink that was added. */
export function isToneAlone({ left, top, right, bottom }: Window, { paper, electronic }: Residue): boolean {
  const { width, height } = paper
  for (let y = Math.max(0, top); y < Math.min(height, bottom); y++)
    for (let at = y * width + Math.max(0, left), end = y * width + Math.min(width, right); at < end; at++)
      if (Math.max(paper.data[at] as number, electronic.data[at] as number) >= FAINTEST_STROKE) return false
  return true
}
