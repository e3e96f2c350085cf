import PDFDocument from 'pdfkit'
import { toBuffer } from 'qrcode'

export interface CopiedPage {
  /** The page as people name it: 第 12 页. */
  readonly label: string
  /** JPEG or PNG; fetched one after another, so that not all stand in memory at once. */
  readonly image: () => Promise<Uint8Array>
}

export interface PageCopies {
  readonly title: string
  /** `diagonal` is empty when the images carry it already. */
  readonly words: { readonly diagonal: string; readonly foot: string }
  /** What the QR code at the foot says: job number, case, person, time. */
  readonly code: string
  readonly pages: readonly CopiedPage[]
  readonly createdAt: Date
  readonly fontRegular: string
}

type Document = InstanceType<typeof PDFDocument>

/** What pdfkit has and its types lack: the size of an image, told before a page is begun for it. */
interface ImageOpener {
  readonly openImage: (
    bytes: Buffer,
  ) => PDFKit.Mixins.ImageSrc & { readonly width: number; readonly height: number }
}

const MARGIN = 24
const FOOT = 44
const QR_SIZE = 38
/** Points between slanting lines: wider than one is long, so that none runs into the next. */
const STEP_ACROSS = 470
const STEP_DOWN = 130

function drawDiagonal(document: Document, words: string): void {
  if (words === '') return
  const { width, height } = document.page
  document.save()
  document.font('regular').fontSize(13).fillColor('#555555').fillOpacity(0.2)
  document.rotate(-30, { origin: [width / 2, height / 2] })
  for (let top = -height / 2; top < height * 1.5; top += STEP_DOWN)
    for (let left = -width / 2; left < width * 1.5; left += STEP_ACROSS)
      document.text(words, left, top, { lineBreak: false })
  document.restore()
}

function drawFoot(document: Document, words: string, place: string, code: Buffer): void {
  const { width, height } = document.page
  const top = height - MARGIN - QR_SIZE
  document.image(code, width - MARGIN - QR_SIZE, top, { width: QR_SIZE, height: QR_SIZE })
  document.fillOpacity(1).fillColor('#000000').font('regular').fontSize(7.5)
  document.text(`${words} · ${place}`, MARGIN, top + 8, {
    width: width - 2 * MARGIN - QR_SIZE - 8,
    height: 28,
  })
}

/**
 * Copies of pages on A4, one a sheet and turned as the page is: watermark across, and at the foot who took it, when,
 * for what, the job number and a QR code (domain.md §7). Returns the PDF's bytes.
 */
export async function pageCopiesPdf(copies: PageCopies): Promise<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    lang: 'zh-CN',
    info: { Title: copies.title, Creator: 'Juanku', CreationDate: copies.createdAt },
  })
  document.registerFont('regular', copies.fontRegular)
  const pieces: Buffer[] = []
  document.on('data', (piece: Buffer) => pieces.push(piece))
  const finished = new Promise<void>((resolve, reject) => {
    document.on('end', resolve)
    document.on('error', reject)
  })
  const code = await toBuffer(copies.code, { errorCorrectionLevel: 'M', margin: 0, width: 300 })
  for (const [index, page] of copies.pages.entries()) {
    const bytes = await page.image()
    const opened = (document as Document & ImageOpener).openImage(Buffer.from(bytes))
    const layout = opened.width > opened.height ? 'landscape' : 'portrait'
    document.addPage({ size: 'A4', layout, margin: 0 })
    const { width, height } = document.page
    document.image(opened, MARGIN, MARGIN, {
      fit: [width - 2 * MARGIN, height - 2 * MARGIN - FOOT],
      align: 'center',
      valign: 'center',
    })
    drawDiagonal(document, copies.words.diagonal)
    drawFoot(document, copies.words.foot, `${page.label} · ${index + 1}/${copies.pages.length}`, code)
  }
  document.end()
  await finished
  return Buffer.concat(pieces)
}
