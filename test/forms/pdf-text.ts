import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'

export interface ShownCharacter {
  readonly character: string
  /** Corners of its box in points, from the lower left of the page as it is stored: start low, end low, end high, start high. */
  readonly corners: readonly (readonly [number, number])[]
}

type Matrix = readonly [number, number, number, number, number, number]

const times = (a: Matrix, b: Matrix): Matrix => [
  a[0] * b[0] + a[1] * b[2],
  a[0] * b[1] + a[1] * b[3],
  a[2] * b[0] + a[3] * b[2],
  a[2] * b[1] + a[3] * b[3],
  a[4] * b[0] + a[5] * b[2] + b[4],
  a[4] * b[1] + a[5] * b[3] + b[5],
]
const at = (m: Matrix, x: number, y: number): readonly [number, number] => [
  m[0] * x + m[2] * y + m[4],
  m[1] * x + m[3] * y + m[5],
]

interface Glyph {
  readonly unicode: string
  readonly width: number
}

export async function openPdf(bytes: Uint8Array) {
  const task = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 })
  return { document: await task.promise, close: () => task.destroy() }
}

type OpenDocument = Awaited<ReturnType<typeof openPdf>>['document']

/** Characters with the boxes that a reader gives them, from pdf.js's own list of operators. */
export async function shownCharacters(
  document: OpenDocument,
  pageNumber: number,
): Promise<readonly ShownCharacter[]> {
  const page = await document.getPage(pageNumber)
  const { fnArray, argsArray } = await page.getOperatorList()
  const shown: ShownCharacter[] = []
  let [size, scale, mode] = [1, 1, 0]
  let text: Matrix = [1, 0, 0, 1, 0, 0]
  for (const [place, operator] of fnArray.entries()) {
    const given = argsArray[place] as readonly unknown[]
    if (operator === OPS.setFont) size = Number(given[1])
    else if (operator === OPS.setHScale) scale = Number(given[0]) / 100
    else if (operator === OPS.setTextRenderingMode) mode = Number(given[0])
    else if (operator === OPS.setTextMatrix) {
      const [numbers] = given.length === 1 ? (given as [ArrayLike<number>]) : [given as ArrayLike<number>]
      text = Array.from(numbers) as unknown as Matrix
    } else if (operator === OPS.showText) {
      if (mode !== 3) throw new Error(`text is shown in mode ${mode}`)
      for (const glyph of given[0] as readonly (Glyph | number)[]) {
        if (typeof glyph === 'number') throw new Error('text is moved inside a line')
        const width = (glyph.width / 1000) * size * scale
        const box = [at(text, 0, -0.12 * size), at(text, width, -0.12 * size)]
        shown.push({
          character: glyph.unicode,
          corners: [...box, at(text, width, 0.88 * size), at(text, 0, 0.88 * size)],
        })
        text = times([1, 0, 0, 1, width, 0], text)
      }
    }
  }
  return shown
}

/** The text of a page as a reader would copy it, a line a line. */
export async function copiedText(document: OpenDocument, pageNumber: number): Promise<string> {
  const page = await document.getPage(pageNumber)
  const { items } = await page.getTextContent({ disableNormalization: true })
  return items
    .map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''))
    .join('')
    .trim()
}
