import type { TextLine } from '../../shared/domain/page-text.ts'
import { DESCENT } from './invisible-font.ts'
import { type PdfSyntax, pdfNumber } from './pdf-file.ts'

type Point = readonly [x: number, y: number]

/** Boxes of one run may stand this far, in parts of the line's height, from where equal widths would put them. */
const TOLERANCE = 0.08
const SHORTEST = 0.01

/**
 * Where characters begin and end along the line, in thousandths, with no gap between neighbours: a reader that found
 * one would take it for a blank, and a name spread over the line would not be found any more.
 */
export function characterEdges(line: TextLine, count: number): readonly number[] {
  const even = Array.from({ length: count + 1 }, (_, place) => (1000 * place) / count)
  if (line.places.length !== 2 * count) return even
  const edges = [line.places[0] ?? 0]
  for (let place = 1; place < count; place += 1) {
    edges.push(((line.places[2 * place - 1] ?? 0) + (line.places[2 * place] ?? 0)) / 2)
  }
  edges.push(line.places[2 * count - 1] ?? 1000)
  return edges.every((edge, place) => place === 0 || edge > (edges[place - 1] ?? 0)) ? edges : even
}

/** Ends of runs of characters that are about equally wide: one width serves a run. */
export function equalRuns(edges: readonly number[], tolerance: number): readonly number[] {
  const ends: number[] = []
  const count = edges.length - 1
  for (let start = 0; start < count; ) {
    let end = start + 1
    for (let next = start + 2; next <= count; next += 1) {
      const first = edges[start] ?? 0
      const width = ((edges[next] ?? 0) - first) / (next - start)
      const fits = edges
        .slice(start + 1, next)
        .every((edge, place) => Math.abs(first + (place + 1) * width - edge) <= tolerance)
      if (!fits) break
      end = next
    }
    ends.push(end)
    start = end
  }
  return ends
}

const middle = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1])

function lineSyntax(
  line: TextLine,
  toPoints: (x: number, y: number) => Point,
  codeOf: (character: string) => string,
): PdfSyntax {
  const characters = Array.from(line.text)
  const [x1, y1, x2, y2, x3, y3, x4, y4] = line.quad
  const corners = [toPoints(x1, y1), toPoints(x2, y2), toPoints(x3, y3), toPoints(x4, y4)] as const
  const from = middle(corners[0], corners[3])
  const to = middle(corners[1], corners[2])
  const length = Math.max(SHORTEST, distance(from, to))
  const height = Math.max(SHORTEST, (distance(corners[0], corners[3]) + distance(corners[1], corners[2])) / 2)
  const along: Point =
    distance(from, to) < SHORTEST ? [1, 0] : [(to[0] - from[0]) / length, (to[1] - from[1]) / length]
  const up: Point = [-along[1], along[0]]
  const edges = characterEdges(line, characters.length)
  const begin = ((edges[0] ?? 0) / 1000) * length
  const drop = (0.5 - DESCENT / 1000) * height
  const origin: Point = [from[0] + along[0] * begin - up[0] * drop, from[1] + along[1] * begin - up[1] * drop]
  const matrix = [along[0], along[1], up[0], up[1]].map((value) => pdfNumber(value, 5))
  const parts = [
    `/F ${pdfNumber(height)} Tf`,
    `${matrix.join(' ')} ${pdfNumber(origin[0])} ${pdfNumber(origin[1])} Tm`,
  ]
  let start = 0
  for (const end of equalRuns(edges, (TOLERANCE * height * 1000) / length)) {
    const width = ((((edges[end] ?? 0) - (edges[start] ?? 0)) / 1000) * length) / (end - start)
    const percent = Math.max(SHORTEST, (100 * width) / height)
    const codes = characters.slice(start, end).map(codeOf).join('')
    parts.push(`${pdfNumber(percent)} Tz`, `<${codes}> Tj`)
    start = end
  }
  return parts.join('\n')
}

/**
 * The text of a page in rendering mode 3 (ISO 32000-1 §9.3.6: neither filled nor stroked), each character over its
 * place on the image. The font is named F. Empty when there is nothing to say.
 */
export function invisibleText(
  lines: readonly TextLine[],
  toPoints: (x: number, y: number) => readonly [x: number, y: number],
  codeOf: (character: string) => string,
): PdfSyntax {
  const written = lines.filter(({ text }) => text !== '').map((line) => lineSyntax(line, toPoints, codeOf))
  return written.length === 0 ? '' : `BT\n3 Tr\n${written.join('\n')}\nET\n`
}
