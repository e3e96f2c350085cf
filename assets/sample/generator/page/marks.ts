/** What can stand on a page. Lengths are millimetres from the top left corner, type sizes are points. */
export type Font = 'song' | 'songBold' | 'fangsong' | 'kai' | 'hei'
export type Align = 'left' | 'centre' | 'right'

interface Placed {
  readonly x: number
  /** The baseline for text, the centre for seals and prints. */
  readonly y: number
}

interface Written extends Placed {
  readonly text: string
  readonly sizePt: number
  readonly align?: Align
  readonly ink?: string
  /** True where the text continues the line of the mark before it, as the next cell of a row does. */
  readonly joined?: boolean
  /** False keeps the text out of the ground truth: ornament. */
  readonly truth?: boolean
}

export interface TextMark extends Written {
  readonly kind: 'text'
  readonly font: Font
  /** Extra space after each character, millimetres. */
  readonly spacing?: number
}

/** Pen on paper: every character leans and sits a little differently. */
export interface HandMark extends Written {
  readonly kind: 'hand'
  /** `running` is a quick 行书 hand for signatures, `plain` a careful one. */
  readonly style: 'running' | 'plain'
  readonly tiltDeg?: number
}

export interface LineMark {
  readonly kind: 'line'
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  readonly width: number
  readonly ink?: string
  /** Drawn by hand: the line trembles. */
  readonly byHand?: boolean
}

export interface BoxMark extends Placed {
  readonly kind: 'box'
  readonly width: number
  readonly height: number
  readonly stroke?: string
  readonly strokeWidth?: number
  readonly fill?: string
  readonly radius?: number
}

/** A round red seal: star in the middle, name round the rim. */
export interface SealMark extends Placed {
  readonly kind: 'seal'
  readonly name: string
  readonly foot?: string
  readonly diameter: number
  readonly tiltDeg: number
}

/** A rectangular rubber stamp with its lines of text. */
export interface StampMark extends Placed {
  readonly kind: 'stamp'
  readonly lines: readonly string[]
  readonly width: number
  readonly sizePt: number
  readonly tiltDeg: number
  readonly ink?: string
}

export interface FingerprintMark extends Placed {
  readonly kind: 'fingerprint'
}

/** The page number struck by a numbering machine. */
export interface NumberMark extends Placed {
  readonly kind: 'number'
  readonly text: string
}

export type Mark =
  | TextMark
  | HandMark
  | LineMark
  | BoxMark
  | SealMark
  | StampMark
  | FingerprintMark
  | NumberMark

export interface PageSpec {
  readonly widthMm: number
  readonly heightMm: number
  /** Colour of the sheet itself, before the scanner. */
  readonly paper: string
  readonly marks: readonly Mark[]
}

export const a4 = { widthMm: 210, heightMm: 297, paper: '#ffffff' } as const
export const blackInk = '#1c1b1d'
export const penInk = '#20305e'
export const sealInk = '#c3182b'

/** Width of a line in millimetres: Chinese characters are one em wide, digits and Latin half of it. */
export function textWidth(text: string, sizePt: number, spacing = 0): number {
  let ems = 0
  let count = 0
  for (const character of text) {
    ems += emWidth(character)
    count += 1
  }
  return (ems * sizePt * 25.4) / 72 + Math.max(0, count - 1) * spacing
}

/** The grid a character is set on: digits half an em, capitals somewhat more, Chinese and % a whole one. */
export function emWidth(character: string): number {
  if ((character.codePointAt(0) ?? 0) >= 0x2000 || character === '%') return 1
  return /[A-Z]/.test(character) ? 0.72 : 0.5
}

export interface PageTruth {
  /** Printed and written text, one line of the page a line, cells of a row apart by a tab. */
  readonly text: string
  readonly handwriting: readonly string[]
  readonly seals: readonly string[]
}

/** What a perfect reader would find on the page. */
export function truthOf(spec: PageSpec): PageTruth {
  let text = ''
  const handwriting: string[] = []
  const seals: string[] = []
  for (const mark of spec.marks) {
    if (mark.kind === 'seal') seals.push(mark.foot === undefined ? mark.name : `${mark.name} ${mark.foot}`)
    if (mark.kind === 'stamp') seals.push(mark.lines.join(' '))
    if ((mark.kind !== 'text' && mark.kind !== 'hand') || mark.truth === false) continue
    const words = mark.text.trim()
    if (words === '') continue
    text += text === '' ? words : `${mark.joined === true ? '\t' : '\n'}${words}`
    if (mark.kind === 'hand') handwriting.push(words)
  }
  return { text, handwriting, seals }
}
