import type { UprightLine } from '../../../shared/domain/upright-line.ts'

/** A column of a catalogue. */
export type ListField = 'order' | 'title' | 'documentNumber' | 'responsible' | 'date' | 'pages' | 'remark'

/** A piece of text within one column; lengths are parts of the upright page. */
export interface Cell {
  readonly field: ListField
  readonly text: string
  readonly left: number
  readonly top: number
  readonly bottom: number
}

export interface ListColumns {
  readonly fields: readonly ListField[]
  /** Between one field and the next. */
  readonly bounds: readonly number[]
  /** Where the headings end. */
  readonly bottom: number
}

const HEADINGS: readonly (readonly [ListField, RegExp])[] = [
  ['order', /顺序号|序号|件号/u],
  ['title', /(?:文书|文件|材料)*(?:名称|题名|标题)/u],
  ['documentNumber', /文号|字号|文件编号/u],
  ['responsible', /责任[者人]|作者/u],
  ['date', /日期|年月日|时间/u],
  ['pages', /页次|页号|页码|起止页|所在页/u],
  ['remark', /备注|附注/u],
]

interface Heading {
  readonly field: ListField
  readonly left: number
  readonly right: number
  readonly middle: number
  readonly bottom: number
}

/** A line's characters with the place of each across the upright page. */
function characters({ line, left, right }: UprightLine) {
  const all = [...line.text]
  const at = (place: number) => left + ((right - left) * place) / 1000
  return all.map((text, index) => ({
    text: text.normalize('NFKC'),
    left: at(line.places[2 * index] ?? (1000 * index) / all.length),
    right: at(line.places[2 * index + 1] ?? (1000 * (index + 1)) / all.length),
  }))
}

function headingsIn(line: UprightLine): readonly Heading[] {
  const kept = characters(line).filter(({ text }) => text.trim() !== '')
  const joined = kept.map(({ text }) => text).join('')
  return HEADINGS.flatMap(([field, pattern]): Heading[] => {
    const match = pattern.exec(joined)
    const first = match === null ? undefined : kept[match.index]
    const last = match === null ? undefined : kept[match.index + match[0].length - 1]
    if (first === undefined || last === undefined) return []
    const middle = (line.top + line.bottom) / 2
    return [{ field, left: first.left, right: last.right, middle, bottom: line.bottom }]
  })
}

/** The place between two headings where the least print stands: columns are seldom as wide as their headings. */
function boundary(a: Heading, b: Heading, body: readonly UprightLine[]): number {
  const from = (a.left + a.right) / 2
  const to = (b.left + b.right) / 2
  const steps = 100
  const cover = Array.from({ length: steps + 1 }, (_, step) => {
    const x = from + ((to - from) * step) / steps
    return body.filter(({ left, right }) => left < x && x < right).length
  })
  const least = Math.min(...cover)
  // the middle of the widest such stretch
  let best = { start: 0, length: 0 }
  let start = 0
  cover.forEach((count, step) => {
    if (count > least) start = step + 1
    else if (step - start + 1 > best.length) best = { start, length: step - start + 1 }
  })
  return from + ((to - from) * (best.start + (best.length - 1) / 2)) / steps
}

interface Extent {
  left: number
  right: number
}

const overlaps = (a: Extent, b: Extent): boolean => a.left < b.right && b.left < a.right
const distance = (a: Extent, b: Extent): number => Math.max(a.left - b.right, b.left - a.right, 0)
const isFigure = (text: string): boolean => /^[\d\s.、~～至—-]+$/u.test(text)

/**
 * How far the print of each column reaches: what stands below a heading belongs to it, what stands beside such print
 * too; what is left, such as short titles far left of their heading, belongs to the nearest column of its kind.
 */
function extentsOf(headings: readonly Heading[], body: readonly UprightLine[]): readonly Extent[] {
  const extents = headings.map(({ left, right }): Extent => ({ left, right }))
  const grow = (at: number, { left, right }: Extent) => {
    const extent = extents[at]
    if (extent === undefined) return
    extent.left = Math.min(extent.left, left)
    extent.right = Math.max(extent.right, right)
  }
  let left = body
  for (let before = -1; before !== left.length; ) {
    before = left.length
    left = left.filter((line) => {
      const own = extents.flatMap((extent, at) => (overlaps(extent, line) ? [at] : []))
      if (own.length === 1) grow(own[0] ?? 0, line)
      // what reaches over several columns is several cells that were read as one
      return own.length === 0
    })
  }
  for (const line of left) {
    const figures = isFigure(line.text)
    const places = headings.flatMap(({ field }, at) =>
      figures || (field !== 'order' && field !== 'pages') ? [at] : [],
    )
    const [nearest] = places.sort(
      (a, b) => distance(extents[a] ?? line, line) - distance(extents[b] ?? line, line),
    )
    if (nearest !== undefined) grow(nearest, line)
  }
  return extents
}

/** The columns of a catalogue's page by its line of headings; null where there is none. */
export function listColumns(lines: readonly UprightLine[]): ListColumns | null {
  const found = lines.flatMap(headingsIn).sort((a, b) => a.middle - b.middle)
  for (const start of found) {
    const near = found.filter(({ middle }) => Math.abs(middle - start.middle) < 0.02)
    const headings = near
      .filter((one, at) => near.findIndex(({ field }) => field === one.field) === at)
      .sort((a, b) => a.left - b.left)
    const fields = headings.map(({ field }) => field)
    if (!fields.includes('title') || !(fields.includes('order') || fields.includes('pages'))) continue
    const bottom = Math.max(...headings.map((heading) => heading.bottom))
    const body = lines.filter(({ top, bottom: end }) => (top + end) / 2 > bottom)
    const extents = extentsOf(headings, body)
    const bounds = headings.slice(1).map((heading, at) => {
      const [before, after] = [extents[at], extents[at + 1]]
      return before !== undefined && after !== undefined && before.right <= after.left
        ? (before.right + after.left) / 2
        : boundary(headings[at] ?? heading, heading, body)
    })
    return { fields, bounds, bottom }
  }
  return null
}

/** Characters of one cell stand closer than this many of their widths. */
const CELL_GAP = 0.8

/** The line's text by columns: the reader takes neighbouring cells for one line where they stand close. */
export function cellsOf(line: UprightLine, { fields, bounds }: ListColumns): readonly Cell[] {
  const all = characters(line)
  const width = (line.right - line.left) / Math.max(1, all.length)
  const columnAt = (x: number) => bounds.filter((bound) => bound < x).length
  const parts: { text: string; left: number; right: number }[] = []
  for (const { text, left, right } of all.filter((character) => character.text.trim() !== '')) {
    const part = parts.at(-1)
    const crosses = part !== undefined && columnAt(part.right) !== columnAt(left)
    const near = part !== undefined && left - part.right < width * CELL_GAP
    // a cell may reach a little over its column's bound: only a gap parts it from the next one
    if (part !== undefined && (near || !crosses)) {
      part.text += left - part.right > width * CELL_GAP ? ` ${text}` : text
      part.right = right
    } else parts.push({ text, left, right })
  }
  return parts.flatMap(({ text, left, right }): Cell[] => {
    const field = fields[columnAt((left + right) / 2)]
    return field === undefined ? [] : [{ field, text, left, top: line.top, bottom: line.bottom }]
  })
}
