import type { SearchHit } from '../../shared/contract/search.ts'
import { quadOfCharacters, type TextLine } from '../../shared/domain/page-text.ts'
import type { TextRange } from '../../shared/domain/search/text-pattern.ts'
import { number, type Row } from '../catalogue/index.ts'
import { unpackLayout } from './page-layout.ts'
import { shelterNames } from './sheltered-snippet.ts'

const MOST_PLACES_DRAWN = 60

/** The line with most of what was found, and where it stands in it. */
export function lineShown(lines: string, ranges: readonly TextRange[], sheltered: readonly string[]) {
  const bounds = lineBounds(lines)
  const inLine = bounds.map(({ start, end }) =>
    ranges.filter((range) => range.start < end && range.end > start),
  )
  const best = inLine.reduce((top, found, at) => (found.length > (inLine[top]?.length ?? 0) ? at : top), 0)
  const { start, end } = bounds[best] ?? { start: 0, end: 0 }
  const marks = (inLine[best] ?? []).map((range) => ({
    start: Math.max(range.start, start) - start,
    end: Math.min(range.end, end) - start,
  }))
  return shelterNames(
    lines,
    marks.map((mark) => ({ start: mark.start + start, end: mark.end + start })),
    sheltered,
    {
      start,
      end,
    },
  )
}

function lineBounds(lines: string): readonly TextRange[] {
  const bounds: TextRange[] = []
  let start = 0
  for (const line of lines.split('\n')) {
    bounds.push({ start, end: start + line.length })
    start += line.length + 1
  }
  return bounds
}

/** Every found range of a page as parts of its width and height; a range over two lines is two quads. */
export function placesDrawn(
  lines: string,
  ranges: readonly TextRange[],
  row: Row,
): Pick<SearchHit, 'places' | 'doubtful'> {
  const layout = unpackLayout(row.layout as Uint8Array)
  const width = number(row, 'width')
  const height = number(row, 'height')
  const places: number[][] = []
  let doubtful = false
  lineBounds(lines).forEach(({ start, end }, at) => {
    const line = layout[at]
    if (line === undefined) return
    const whole: TextLine = { ...line, text: lines.slice(start, end) }
    for (const range of ranges) {
      if (range.start >= end || range.end <= start || places.length >= MOST_PLACES_DRAWN) continue
      const codePoints = (to: number) =>
        Array.from(lines.slice(start, Math.min(Math.max(to, start), end))).length
      const quad = quadOfCharacters(whole, codePoints(range.start), codePoints(range.end))
      places.push(
        quad.map((value, corner) => Math.round((value / (corner % 2 === 0 ? width : height)) * 1e5) / 1e5),
      )
      doubtful ||= line.kind === 'doubtful'
    }
  })
  return { places, doubtful }
}
