import PDFDocument from 'pdfkit'
import { toBuffer } from 'qrcode'
import { type Document, drawRow, MARGIN, numberPages, rowHeight, type TableColumn } from './ruled-table.ts'

/** A picture of a report; fetched when it is drawn, so that not all stand in memory at once. Null: none to be had. */
export interface ReportPicture {
  readonly caption: string
  readonly image: () => Promise<Uint8Array | null>
}

/** What a report is made of, in reading order. */
export type ReportBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** Names and values, ruled, two columns; `title` over both. */
  | {
      readonly kind: 'facts'
      readonly title?: string
      readonly rows: readonly (readonly [name: string, value: string])[]
    }
  | {
      readonly kind: 'table'
      readonly columns: readonly TableColumn[]
      readonly rows: readonly (readonly string[])[]
    }
  /** Side by side, three at most. */
  | { readonly kind: 'pictures'; readonly pictures: readonly ReportPicture[] }
  /** A label and a SHA-256 each, two beside one another. */
  | { readonly kind: 'hashes'; readonly rows: readonly (readonly [label: string, sha256: string])[] }
  | { readonly kind: 'signatures'; readonly names: readonly string[] }
  /** What follows begins on another page. */
  | { readonly kind: 'page' }
  /** A QR code with words beside it. */
  | { readonly kind: 'code'; readonly code: string; readonly words: readonly string[] }

export interface ReportDocument {
  readonly title: string
  /** Under the title, one a line. */
  readonly heading: readonly string[]
  readonly blocks: Iterable<ReportBlock>
  /** Embedded in the file (ISO 32000-1 §7.11.4). */
  readonly attachment: {
    readonly name: string
    readonly mediaType: string
    readonly description: string
    readonly bytes: Uint8Array
  }
  readonly createdAt: Date
  readonly fontRegular: string
  readonly fontBold: string
}

const FOOT = 18
const CELL_SIZE = 8.5
const HASH_SIZE = 5.7
const HASH_ROW = 9
const HASH_LABEL = 36
const PICTURE_HEIGHT = 165
const CAPTION = 12
const GAP = 8
const CODE_SIZE = 70

interface Sheet {
  readonly document: Document
  readonly width: number
  top: number
  /** Begins another page when less than this is left. */
  readonly room: (height: number) => void
}

function sheetOf(document: Document): Sheet {
  const bottom = document.page.height - MARGIN - FOOT
  const sheet: Sheet = {
    document,
    width: document.page.width - 2 * MARGIN,
    top: MARGIN,
    room: (height) => {
      if (sheet.top + height <= bottom) return
      document.addPage()
      document.lineWidth(0.5)
      sheet.top = MARGIN
    },
  }
  return sheet
}

function drawFacts(sheet: Sheet, { title, rows }: Extract<ReportBlock, { kind: 'facts' }>): void {
  const { document, width } = sheet
  const widths = [width * 0.2, width * 0.8]
  const columns: readonly TableColumn[] = [
    { title: '', weight: 1 },
    { title: '', weight: 4 },
  ]
  if (title !== undefined) {
    document.font('bold').fontSize(CELL_SIZE)
    // The title stands with what it is the title of.
    sheet.room(60)
    sheet.top = drawRow(document, sheet.top, [title], [width], [{ title: '', weight: 1 }])
  }
  document.font('regular').fontSize(CELL_SIZE)
  for (const row of rows) {
    sheet.room(rowHeight(document, row, widths))
    sheet.top = drawRow(document, sheet.top, row, widths, columns)
  }
  sheet.top += GAP / 2
}

function drawTable(sheet: Sheet, { columns, rows }: Extract<ReportBlock, { kind: 'table' }>): void {
  const { document, width } = sheet
  const whole = columns.reduce((sum, { weight }) => sum + weight, 0)
  const widths = columns.map(({ weight }) => (weight / whole) * width)
  const titles = columns.map(({ title }) => title)
  const head = () => {
    document.font('bold').fontSize(CELL_SIZE)
    sheet.top = drawRow(document, sheet.top, titles, widths, columns)
    document.font('regular').fontSize(CELL_SIZE)
  }
  sheet.room(40)
  head()
  for (const row of rows) {
    const before = sheet.top
    sheet.room(rowHeight(document, row, widths))
    if (sheet.top < before) head()
    sheet.top = drawRow(document, sheet.top, row, widths, columns)
  }
  sheet.top += GAP
}

async function drawPictures(
  sheet: Sheet,
  { pictures }: Extract<ReportBlock, { kind: 'pictures' }>,
): Promise<void> {
  const { document, width } = sheet
  const share = (width - 2 * GAP) / 3
  sheet.room(PICTURE_HEIGHT + CAPTION + GAP)
  let left = MARGIN
  for (const { caption, image } of pictures.slice(0, 3)) {
    const bytes = await image()
    document.font('regular').fontSize(7.5)
    document.text(caption, left, sheet.top, { width: share, lineBreak: false, ellipsis: true })
    const top = sheet.top + CAPTION
    const fit: [number, number] = [share, PICTURE_HEIGHT]
    if (bytes === null) document.text('（影像读不出）', left, top + 20, { width: share, align: 'center' })
    else document.image(Buffer.from(bytes), left, top, { fit, align: 'center', valign: 'center' })
    document.rect(left, top, share, PICTURE_HEIGHT).stroke()
    left += share + GAP
  }
  sheet.top += PICTURE_HEIGHT + CAPTION + GAP
}

function drawHashes(sheet: Sheet, { rows }: Extract<ReportBlock, { kind: 'hashes' }>): void {
  const { document, width } = sheet
  const share = width / 2
  for (let place = 0; place < rows.length; place += 2) {
    sheet.room(HASH_ROW)
    for (const [column, row] of rows.slice(place, place + 2).entries()) {
      const [label, sha256] = row
      const left = MARGIN + column * share
      document.font('regular').fontSize(HASH_SIZE)
      document.text(label, left, sheet.top, { width: HASH_LABEL, lineBreak: false, ellipsis: true })
      document.font('Courier').fontSize(HASH_SIZE)
      document.text(sha256, left + HASH_LABEL, sheet.top + 1, { lineBreak: false })
    }
    sheet.top += HASH_ROW
  }
  sheet.top += GAP
}

async function drawCode(
  sheet: Sheet,
  { code, words }: Extract<ReportBlock, { kind: 'code' }>,
): Promise<void> {
  const { document, width } = sheet
  sheet.room(CODE_SIZE + GAP)
  const image = await toBuffer(code, { errorCorrectionLevel: 'M', margin: 0, width: 300 })
  document.image(image, MARGIN, sheet.top, { width: CODE_SIZE, height: CODE_SIZE })
  document.font('regular').fontSize(CELL_SIZE)
  let top = sheet.top
  for (const line of words) {
    document.text(line, MARGIN + CODE_SIZE + GAP, top, { width: width - CODE_SIZE - GAP })
    top = document.y + 2
  }
  sheet.top = Math.max(sheet.top + CODE_SIZE, top) + GAP
}

async function drawBlock(sheet: Sheet, block: ReportBlock): Promise<void> {
  const { document, width } = sheet
  switch (block.kind) {
    case 'heading':
      sheet.room(60)
      document
        .font('bold')
        .fontSize(11)
        .text(block.text, MARGIN, sheet.top + 4, { width })
      sheet.top = document.y + 4
      return
    case 'text':
      document.font('regular').fontSize(9.5)
      sheet.room(document.heightOfString(block.text, { width }))
      document.text(block.text, MARGIN, sheet.top, { width })
      sheet.top = document.y + 4
      return
    case 'facts':
      drawFacts(sheet, block)
      return
    case 'table':
      drawTable(sheet, block)
      return
    case 'pictures':
      await drawPictures(sheet, block)
      return
    case 'hashes':
      drawHashes(sheet, block)
      return
    case 'signatures':
      for (const name of block.names) {
        sheet.room(34)
        document.font('regular').fontSize(10)
        document.text(`${name}：__________________　　日期：______________`, MARGIN, sheet.top + 14, {
          lineBreak: false,
        })
        sheet.top += 34
      }
      return
    case 'page':
      sheet.room(Number.POSITIVE_INFINITY)
      return
    case 'code':
      await drawCode(sheet, block)
  }
}

/** A report on A4 upright with what it is made from embedded. Returns the PDF's bytes. */
export async function reportDocumentPdf(report: ReportDocument): Promise<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    lang: 'zh-CN',
    info: { Title: report.title, Creator: 'Juanku', CreationDate: report.createdAt },
  })
  document.registerFont('regular', report.fontRegular)
  document.registerFont('bold', report.fontBold)
  const pieces: Buffer[] = []
  document.on('data', (piece: Buffer) => pieces.push(piece))
  const finished = new Promise<void>((resolve, reject) => {
    document.on('end', resolve)
    document.on('error', reject)
  })
  const { name, mediaType, description, bytes } = report.attachment
  document.file(Buffer.from(bytes), { name, type: mediaType, description, creationDate: report.createdAt })
  document.lineWidth(0.5)
  const sheet = sheetOf(document)
  document
    .font('bold')
    .fontSize(18)
    .text(report.title, MARGIN, MARGIN, { width: sheet.width, align: 'center' })
  document.font('regular').fontSize(9.5)
  for (const line of report.heading)
    document.text(line, MARGIN, document.y + 1, { width: sheet.width, align: 'center' })
  sheet.top = document.y + GAP
  for (const block of report.blocks) await drawBlock(sheet, block)
  numberPages(document, report.title)
  document.end()
  await finished
  return Buffer.concat(pieces)
}
