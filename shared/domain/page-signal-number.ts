import { printPrintedNumber, readPrintedNumber } from './page-number.ts'
import type { PageReading } from './page-text.ts'
import { lineSignal, type NumberSignal } from './signal.ts'
import type { UprightLine } from './upright-line.ts'

/** How far from the edges a number of the volume is struck (domain rule of 页码), in parts of the page. */
const HEAD = 0.115
const FOOT = 0.9
const SIDE = 0.3

/**
 * The number alone in a text, and how likely it counts the volume's pages: － 1 －, 1/5 and 第3页 共5页 count the
 * document's own.
 */
export function cornerNumber(text: string): { readonly number: string; readonly weight: number } | null {
  const plain = text.normalize('NFKC').replace(/[\s.·。,]/g, '')
  const dashed = /^[-‐‑‒–—―−~_|]+(\d{1,4})[-‐‑‒–—―−~_|]+$/.exec(plain)
  if (dashed !== null) return null
  const page = /^第(\d{1,4})页$/.exec(plain)?.[1]
  const read = readPrintedNumber(page ?? plain)
  if (read === null) return null
  return { number: printPrintedNumber(read), weight: page === undefined ? 1 : 0.5 }
}

/** Numbers that stand alone in the upper corners or at the foot, the likeliest first. */
export function numbersSignalled(
  reading: PageReading,
  lines: readonly UprightLine[],
): readonly NumberSignal[] {
  const found: NumberSignal[] = []
  for (const line of lines) {
    const corner = cornerOf(line)
    if (corner === null) continue
    const number = cornerNumber(line.text)
    if (number === null) continue
    const doubt = line.doubtful ? 0.6 : 1
    const typical = corner === 'foot' ? 0.45 : 1
    const confidence = line.confidence * number.weight * doubt * typical
    found.push({ ...lineSignal(reading, [line], number.number, confidence), corner })
  }
  return found.sort((a, b) => b.confidence - a.confidence).slice(0, 3)
}

function cornerOf(line: UprightLine): NumberSignal['corner'] | null {
  const middle = (line.left + line.right) / 2
  if (line.right - line.left > 0.25) return null
  if (line.bottom <= HEAD && middle >= 1 - SIDE) return 'upper-right'
  if (line.bottom <= HEAD && middle <= SIDE) return 'upper-left'
  return line.top >= FOOT ? 'foot' : null
}
