import PDFDocument from 'pdfkit'
import { toString as qrToString, toBuffer } from 'qrcode'

/** One share of the recovery key, as text that a person can type. */
export interface PrintedShare {
  readonly index: number
  readonly text: string
}

export interface RecoverySheet {
  readonly unitName: string
  readonly vaultId: string
  readonly createdAt: Date
  readonly shares: readonly PrintedShare[]
  readonly fontRegular: string
  readonly fontBold: string
}

const PAGE_WIDTH = 595.28
const MARGIN = 64
const WIDTH = PAGE_WIDTH - 2 * MARGIN
const QR_SIZE = 190
const KEEPERS = ['单位负责人', '档案部门负责人', '异地保管人'] as const

/** The share's text as a QR code in SVG; level M reads with a seventh of it dirty. */
export async function shareQrSvg(text: string): Promise<string> {
  return await qrToString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 1 })
}

/** The recovery sheet: one A4 page a share, so that each keeper gets only theirs. Returns the PDF's bytes. */
export async function recoverySheetPdf(sheet: RecoverySheet): Promise<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    autoFirstPage: false,
    lang: 'zh-CN',
    info: { Title: '卷库恢复单', Creator: 'Juanku', CreationDate: sheet.createdAt },
  })
  document.registerFont('regular', sheet.fontRegular)
  document.registerFont('bold', sheet.fontBold)
  const pieces: Buffer[] = []
  document.on('data', (piece: Buffer) => pieces.push(piece))
  const finished = new Promise<void>((resolve, reject) => {
    document.on('end', resolve)
    document.on('error', reject)
  })
  for (const share of sheet.shares) await drawShare(document, sheet, share)
  document.end()
  await finished
  return Buffer.concat(pieces)
}

type Document = InstanceType<typeof PDFDocument>

function ruledRow(document: Document, top: number, label: string, value: string): number {
  const labelWidth = 110
  const valueWidth = WIDTH - labelWidth
  document.font('regular').fontSize(11)
  const height = Math.max(26, document.heightOfString(value, { width: valueWidth - 16 }) + 12)
  document.lineWidth(0.6).rect(MARGIN, top, labelWidth, height).stroke()
  document.rect(MARGIN + labelWidth, top, valueWidth, height).stroke()
  document.text(label, MARGIN + 8, top + 6, { width: labelWidth - 16 })
  document.text(value, MARGIN + labelWidth + 8, top + 6, { width: valueWidth - 16 })
  return top + height
}

/** Groups of four, five groups a line: a line is what the eye keeps while typing. */
function shareLines(text: string): string[] {
  const groups = text.split('-')
  const lines: string[] = []
  for (let start = 0; start < groups.length; start += 5)
    lines.push(groups.slice(start, start + 5).join(' - '))
  return lines
}

async function drawShare(document: Document, sheet: RecoverySheet, share: PrintedShare): Promise<void> {
  document.addPage()
  document.font('bold').fontSize(22).text('卷库保险库恢复单', MARGIN, 70, { width: WIDTH, align: 'center' })
  document
    .font('regular')
    .fontSize(11)
    .text(`Vault recovery sheet · 第 ${share.index} 份，共 ${sheet.shares.length} 份`, {
      width: WIDTH,
      align: 'center',
    })
  let top = 128
  const date = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeZone: 'Asia/Shanghai' }).format(
    sheet.createdAt,
  )
  top = ruledRow(document, top, '单位名称', sheet.unitName)
  top = ruledRow(document, top, '保险库编号', sheet.vaultId)
  top = ruledRow(document, top, '制作日期', date)
  top = ruledRow(
    document,
    top,
    '本份序号',
    `第 ${share.index} 份（任意两份可恢复，单独一份不能打开任何内容）`,
  )
  top = ruledRow(document, top, '建议保管人', KEEPERS[share.index - 1] ?? '')

  top += 18
  const code = await toBuffer(share.text, { errorCorrectionLevel: 'M', margin: 1, width: 720 })
  document.image(code, MARGIN, top, { width: QR_SIZE, height: QR_SIZE })
  const lines = shareLines(share.text)
  document.font('Courier-Bold').fontSize(13)
  lines.forEach((line, place) => {
    document.text(line, MARGIN + QR_SIZE + 16, top + 14 + place * 24, {
      width: WIDTH - QR_SIZE - 16,
      lineBreak: false,
    })
  })
  top += QR_SIZE + 18

  document.font('bold').fontSize(12).text('使用与保管', MARGIN, top, { width: WIDTH })
  document.font('regular').fontSize(10.5)
  const notes = [
    '1. 所有账户密码均遗失时，凭任意两份恢复单可重新设置密码；少于两份无法恢复，程序方亦不能恢复。',
    '2. 三份应由三人分别保管，存放于不同地点；不得拍照、复印、录入联网设备。',
    '3. 每年核验一次；保管人离岗时当面移交，并在下表登记。',
    '4. 恢复时可扫描二维码，也可逐组键入文字；大小写、空格和连字符不影响识别。',
  ]
  for (const note of notes) document.text(note, { width: WIDTH, lineGap: 2 })

  top = document.y + 16
  const columns = ['日期', '事由（交接/核验）', '移交人签名', '接收人签名', '备注']
  const widths = [80, 130, 90, 90, WIDTH - 390]
  for (let row = 0; row < 5; row++) {
    let left = MARGIN
    columns.forEach((column, place) => {
      const width = widths[place] ?? 0
      document.rect(left, top, width, 24).stroke()
      if (row === 0)
        document
          .font('regular')
          .fontSize(9.5)
          .text(column, left + 4, top + 7, { width: width - 8, align: 'center', lineBreak: false })
      left += width
    })
    top += 24
  }
}
