import { type PdfSyntax, pdfArray, pdfText } from './pdf-file.ts'

/**
 * A number tree of page labels (ISO 32000-1 §12.4.2). Printed numbers that run on are one entry, with what stands
 * before the number as its prefix; whatever has no number is a prefix by itself.
 */
export function pageLabels(labels: readonly string[]): PdfSyntax {
  const entries: string[] = []
  let next = ''
  for (const [place, label] of labels.entries()) {
    // A leading zero would be lost, and nine digits are enough for any number.
    const [, prefix = '', digits = ''] = /^(.*?)((?:[1-9]\d{0,8})?)$/su.exec(label) ?? []
    const plain = digits !== '' && !/[\d-]$/u.test(prefix)
    if (label !== next || !plain) {
      const style = plain
        ? `/S /D /St ${digits}${prefix === '' ? '' : ` /P ${pdfText(prefix)}`}`
        : `/P ${pdfText(label)}`
      entries.push(`${place} <<${style}>>`)
    }
    next = plain ? `${prefix}${Number(digits) + 1}` : ''
  }
  return `<</Nums ${pdfArray(entries)}>>`
}
