import type { Align, Font, Mark, PageSpec } from './marks.ts'
import { a4, textWidth } from './marks.ts'

/** How running text is set. */
export interface TextStyle {
  readonly font: Font
  readonly sizePt: number
  readonly leadingPt: number
  readonly marginMm: {
    readonly top: number
    readonly right: number
    readonly bottom: number
    readonly left: number
  }
}

/** One stretch of a document, in reading order. */
export type Block =
  | {
      readonly kind: 'title'
      readonly text: string
      readonly sizePt: number
      readonly font?: Font
      readonly spacing?: number
    }
  | { readonly kind: 'paragraph'; readonly text: string; readonly indent?: number; readonly font?: Font }
  | {
      readonly kind: 'line'
      readonly text: string
      readonly align: Align
      readonly inset?: number
      readonly font?: Font
    }
  | { readonly kind: 'gap'; readonly mm: number }
  | { readonly kind: 'newPage' }

/** Court documents: 仿宋 三号, line grid of 28.5 points. */
export const judgmentStyle: TextStyle = {
  font: 'fangsong',
  sizePt: 16,
  leadingPt: 29,
  marginMm: { top: 34, right: 26, bottom: 30, left: 28 },
}

/** What parties and lawyers print: 宋体 小四, one and a half lines. */
export const partyStyle: TextStyle = {
  font: 'song',
  sizePt: 14,
  leadingPt: 26,
  marginMm: { top: 28, right: 25, bottom: 26, left: 30 },
}

/** Records: 仿宋 四号. */
export const recordStyle: TextStyle = {
  font: 'fangsong',
  sizePt: 14,
  leadingPt: 25,
  marginMm: { top: 27, right: 24, bottom: 34, left: 30 },
}

const mustNotBegin = '，。、；：？！）》」』”’〉】％'
const mustNotEnd = '（《「『“‘〈【'

/** Breaks a text into lines; closing signs hang, opening signs move down, as Chinese setting wants. */
export function wrap(text: string, sizePt: number, widthMm: number, indent = 0): string[] {
  const lines: string[] = []
  let line = '\u3000'.repeat(indent)
  const characters = text.match(/[0-9A-Za-z.,%]+|[\s\S]/gu) ?? []
  for (const piece of characters) {
    if (textWidth(line + piece, sizePt) > widthMm + 0.01 && !mustNotBegin.includes(piece)) {
      const last = line.at(-1) ?? ''
      const carried = mustNotEnd.includes(last) && last !== '' ? last : ''
      lines.push(carried === '' ? line : line.slice(0, -1))
      line = carried + piece
    } else line += piece
  }
  if (line.trim() !== '') lines.push(line)
  return lines
}

/** Sets blocks on as many pages as they need and gives each page's marks, and where the last one ended. */
export function flow(blocks: readonly Block[], style: TextStyle): { pages: Mark[][]; endY: number } {
  const leading = (style.leadingPt * 25.4) / 72
  const { top, right, bottom, left } = style.marginMm
  const width = a4.widthMm - left - right
  const pages: Mark[][] = [[]]
  let y = top
  const nextPage = (): void => {
    pages.push([])
    y = top
  }
  const put = (text: string, sizePt: number, font: Font, align: Align, inset: number, spacing = 0): void => {
    const step = Math.max(leading, (sizePt * 1.5 * 25.4) / 72)
    if (y + step > a4.heightMm - bottom) nextPage()
    y += step
    const x =
      align === 'left' ? left + inset : align === 'right' ? a4.widthMm - right - inset : left + width / 2
    pages.at(-1)?.push({ kind: 'text', text, sizePt, font, align, x, y, spacing })
  }
  for (const block of blocks) {
    switch (block.kind) {
      case 'title':
        put(block.text, block.sizePt, block.font ?? 'songBold', 'centre', 0, block.spacing)
        break
      case 'paragraph':
        for (const line of wrap(block.text, style.sizePt, width, block.indent ?? 2))
          put(line, style.sizePt, block.font ?? style.font, 'left', 0)
        break
      case 'line':
        put(block.text, style.sizePt, block.font ?? style.font, block.align, block.inset ?? 0)
        break
      case 'gap':
        y += block.mm
        break
      case 'newPage':
        nextPage()
        break
    }
  }
  return { pages, endY: y }
}

export function sheetOf(marks: readonly Mark[], paper: string = a4.paper): PageSpec {
  return { ...a4, paper, marks }
}
