import PDFDocument from 'pdfkit'

export interface TableColumn {
  readonly title: string
  /** Its part of the width, in relation to the others. */
  readonly weight: number
  readonly align?: 'left' | 'center'
}

export interface RuledTable {
  readonly title: string
  /** Under the title, one a line: unit, date, what the table is of. */
  readonly heading: readonly string[]
  readonly columns: readonly TableColumn[]
  readonly rows: readonly (readonly string[])[]
  /** Under the table: how to read it, digests. */
  readonly notes: readonly string[]
  /** Who signs, side by side on the last page, each with a line and a date. */
  readonly signatures: readonly string[]
  readonly createdAt: Date
  readonly fontRegular: string
  readonly fontBold: string
}

export type Document = InstanceType<typeof PDFDocument>

export const MARGIN = 36
const PAD = 3
const CELL_SIZE = 8
const NOTE_SIZE = 8.5
const FOOT = 18

function widthsOf({ columns }: RuledTable, width: number): readonly number[] {
  const whole = columns.reduce((sum, { weight }) => sum + weight, 0)
  return columns.map(({ weight }) => (weight / whole) * width)
}

/** Draws one row and returns where it ends; a row is as high as its highest cell. */
export function drawRow(
  document: Document,
  top: number,
  cells: readonly string[],
  widths: readonly number[],
  columns: readonly TableColumn[],
): number {
  const height = rowHeight(document, cells, widths)
  let left = MARGIN
  cells.forEach((cell, place) => {
    const width = widths[place] ?? 0
    document.rect(left, top, width, height).stroke()
    const inner = document.heightOfString(cell, { width: width - 2 * PAD })
    document.text(cell, left + PAD, top + (height - inner) / 2, {
      width: width - 2 * PAD,
      align: columns[place]?.align ?? 'left',
    })
    left += width
  })
  return top + height
}

/** How high a row becomes in the font that is set. */
export function rowHeight(document: Document, cells: readonly string[], widths: readonly number[]): number {
  const heights = cells.map((cell, place) =>
    document.heightOfString(cell, { width: (widths[place] ?? 0) - 2 * PAD }),
  )
  return Math.max(14, ...heights) + 2
}

function drawSignatures(document: Document, top: number, table: RuledTable, width: number): void {
  const share = width / Math.max(1, table.signatures.length)
  document.font('regular').fontSize(10)
  table.signatures.forEach((signature, place) => {
    const line = `${signature}：______________　日期：____________`
    document.text(line, MARGIN + share * place, top, { width: share, lineBreak: false })
  })
}

/** Writes 第 n 页，共 m 页 at the foot of every page; the document must buffer its pages. */
export function numberPages(document: Document, title: string): void {
  const { start, count } = document.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    document.switchToPage(start + page)
    const { width, height } = document.page
    // Below the margin pdfkit would begin another page.
    document.page.margins.bottom = 0
    document
      .font('regular')
      .fontSize(8)
      .text(`${title} · 第 ${page + 1} 页，共 ${count} 页`, MARGIN, height - MARGIN + 6, {
        width: width - 2 * MARGIN,
        align: 'center',
        lineBreak: false,
      })
  }
}

/** A ruled table on A4 landscape, its head on every page, the signature lines at the end. Returns the PDF's bytes. */
export async function ruledTablePdf(table: RuledTable): Promise<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margin: MARGIN,
    bufferPages: true,
    lang: 'zh-CN',
    info: { Title: table.title, Creator: 'Juanku', CreationDate: table.createdAt },
  })
  document.registerFont('regular', table.fontRegular)
  document.registerFont('bold', table.fontBold)
  const pieces: Buffer[] = []
  document.on('data', (piece: Buffer) => pieces.push(piece))
  const finished = new Promise<void>((resolve, reject) => {
    document.on('end', resolve)
    document.on('error', reject)
  })

  const width = document.page.width - 2 * MARGIN
  const bottom = document.page.height - MARGIN - FOOT
  const widths = widthsOf(table, width)
  const titles = table.columns.map(({ title }) => title)
  document.lineWidth(0.5)
  document.font('bold').fontSize(16).text(table.title, MARGIN, MARGIN, { width, align: 'center' })
  document.font('regular').fontSize(9.5)
  for (const line of table.heading) document.text(line, MARGIN, document.y + 1, { width, align: 'center' })
  let top = document.y + 8

  const head = () => {
    document.font('bold').fontSize(CELL_SIZE)
    const centred = table.columns.map((column) => ({ ...column, align: 'center' as const }))
    top = drawRow(document, top, titles, widths, centred)
    document.font('regular').fontSize(CELL_SIZE)
  }
  const nextPage = () => {
    document.addPage()
    document.lineWidth(0.5)
    top = MARGIN
  }
  head()
  for (const row of table.rows) {
    if (top + rowHeight(document, row, widths) > bottom) {
      nextPage()
      head()
    }
    top = drawRow(document, top, row, widths, table.columns)
  }
  document.font('regular').fontSize(NOTE_SIZE)
  const notesHeight = table.notes.reduce((sum, note) => sum + document.heightOfString(note, { width }) + 2, 0)
  if (top + 8 + notesHeight + (table.signatures.length > 0 ? 40 : 0) > bottom) nextPage()
  top += 8
  for (const note of table.notes) {
    document.text(note, MARGIN, top, { width })
    top = document.y + 2
  }
  if (table.signatures.length > 0) drawSignatures(document, top + 18, table, width)
  numberPages(document, table.title)
  document.end()
  await finished
  return Buffer.concat(pieces)
}
