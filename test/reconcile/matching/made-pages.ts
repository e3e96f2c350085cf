import type { PageSignature } from '../../../electron/reconcile/matching/index.ts'
import { GRID_SIDE } from '../../../electron/reconcile/matching/ink-grid.ts'
import { wordsOf } from '../../../electron/reconcile/matching/page-words.ts'
import type { PageReading, TextLine, Turn } from '../../../shared/domain/page-text.ts'

/** Numbers between 0 and 1 that a seed decides. */
export function sequence(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Width by height of a sheet of A4. */
const SHEET = 210 / 297

const CHARACTERS = [
  ...'原告被告某公司合同约定支付货款利息违约金本院认为依照规定判决如下人民法院审理查明事实证据证明送达签收日期地址电话代理律师执行申请裁定异议保全财产',
]

export function madeText(seed: number, length = 300): readonly string[] {
  const next = sequence(seed * 7919 + 13)
  const lines: string[] = []
  for (let at = 0; at < length; at += 30)
    lines.push(
      Array.from({ length: 30 }, () => CHARACTERS[Math.floor(next() * CHARACTERS.length)] ?? '').join(''),
    )
  return lines
}

export function readingOf(lines: readonly string[], turn: Turn = 0): PageReading {
  const read = lines.map(
    (text, row): TextLine => ({
      quad: [100, 100 + 40 * row, 1500, 100 + 40 * row, 1500, 130 + 40 * row, 100, 130 + 40 * row],
      text,
      confidence: 0.98,
      kind: 'printed',
      places: [...text].flatMap((_, index) => [index, index + 1]),
    }),
  )
  return {
    widthPixels: 1654,
    heightPixels: 2339,
    turn,
    confidence: 0.98,
    engine: 'made',
    model: '1',
    lines: read,
  }
}

function shadesOf(seed: number, scan: number): Uint8Array {
  const next = sequence(seed * 31 + 5)
  const noise = sequence(seed * 17 + scan)
  const shades = new Uint8Array(GRID_SIDE * GRID_SIDE)
  for (let y = 8; y < GRID_SIDE - 8; y += 4) {
    const end = 12 + Math.floor(next() * (GRID_SIDE - 24))
    for (let x = 8; x < end; x++) shades[y * GRID_SIDE + x] = 4 + Math.floor(next() * 9 + noise() * 3)
  }
  return shades
}

function packed(shades: Uint8Array, turn: Turn): Uint8Array {
  const cells = new Uint8Array(shades.length / 2)
  const last = GRID_SIDE - 1
  for (let y = 0; y < GRID_SIDE; y++) {
    for (let x = 0; x < GRID_SIDE; x++) {
      // The image that must be turned clockwise by `turn` to stand upright.
      const from = { 0: [x, y], 90: [last - y, x], 180: [last - x, last - y], 270: [y, last - x] }[turn]
      const shade = shades[(from[1] ?? 0) * GRID_SIDE + (from[0] ?? 0)] ?? 0
      const index = y * GRID_SIDE + x
      cells[index >> 1] = (cells[index >> 1] ?? 0) | (index % 2 === 0 ? shade << 4 : shade)
    }
  }
  return cells
}

export interface MadePage {
  readonly seed: number
  /** What tells this scan from another of the same page. */
  readonly scan?: number
  readonly lines?: readonly string[]
  readonly turn?: Turn
  readonly read?: boolean
}

/** A signature as two scans of the page `seed` would give it; the same seed is the same page. */
export function madePage({
  seed,
  scan = 0,
  lines = madeText(seed),
  turn = 0,
  read = true,
}: MadePage): PageSignature {
  return {
    cells: packed(shadesOf(seed, scan), turn),
    aspect: turn % 180 === 0 ? SHEET : 1 / SHEET,
    inkShare: 0.08,
    words: read ? wordsOf(readingOf(lines, turn)) : null,
    uprightTurn: read ? turn : null,
    blank: false,
    printedNumber: null,
  }
}

export function blankPage(read = true): PageSignature {
  return {
    cells: new Uint8Array((GRID_SIDE * GRID_SIDE) / 2),
    aspect: SHEET,
    inkShare: 0.0002,
    words: read ? wordsOf(readingOf([])) : null,
    uprightTurn: read ? 0 : null,
    blank: true,
    printedNumber: null,
  }
}

/** The same printed form, filled in for one person after the other. */
export function madeForm(person: number, scan = 0): PageSignature {
  const next = sequence(person * 101 + 3)
  const name = Array.from({ length: 3 }, () => CHARACTERS[Math.floor(next() * CHARACTERS.length)] ?? '').join(
    '',
  )
  const digits = Array.from({ length: 11 }, () => Math.floor(next() * 10)).join('')
  const lines = ['湖东县人民法院送达回证', '案号（2024）苏0923民初118号', `受送达人${name}`, `电话1${digits}`]
  return madePage({
    seed: 4242,
    scan: scan + person * 3,
    lines: [
      ...lines,
      '送达文书起诉状副本应诉通知书举证通知书传票',
      '受送达人签名或者盖章代收人及代收理由备注',
    ],
  })
}
