import type { PageRow } from '../../shared/contract/model.ts'

/** Printed numbers in order, runs joined: 1-30、45、影像46. Pages without a number go by their place. */
export function pageListWords(pages: readonly PageRow[]): string {
  const parts: { first: string; last: string; at: number }[] = []
  for (const page of pages) {
    const before = parts.at(-1)
    const plain = /^\d+$/u.test(page.printedNumber) ? Number(page.printedNumber) : Number.NaN
    if (before !== undefined && plain === before.at + 1) {
      before.last = page.printedNumber
      before.at = plain
    } else {
      const words = page.printedNumber === '' ? `影像${page.position}` : page.printedNumber
      parts.push({ first: words, last: words, at: plain })
    }
  }
  return parts.map(({ first, last }) => (first === last ? first : `${first}-${last}`)).join('、')
}
