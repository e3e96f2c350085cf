import { PAGE_KIND_INFO, type PageKind } from './page-kind.ts'

/** A number as written on paper: 12, or 12-1 for a page put in after 12. */
export interface PrintedNumber {
  readonly main: number
  readonly inserted: number | null
}

const LARGEST = 99_999

/** Reads the text of a printed number (12, 012, １２, 12-1, 12之1); null when it is none. */
export function readPrintedNumber(text: string): PrintedNumber | null {
  const plain = text
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/[‐‑‒–—―−之]/g, '-')
  const match = /^(\d{1,5})(?:-(\d{1,3}))?$/.exec(plain)
  if (match === null) return null
  const main = Number(match[1])
  const inserted = match[2] === undefined ? null : Number(match[2])
  return main >= 1 && main <= LARGEST && inserted !== 0 ? { main, inserted } : null
}

export function printPrintedNumber(number: PrintedNumber): string {
  return number.inserted === null ? String(number.main) : `${number.main}-${number.inserted}`
}

/** Below 0, 0 or above 0: 12, 12-1, 12-2, 13. */
export function comparePrintedNumbers(a: PrintedNumber, b: PrintedNumber): number {
  return a.main - b.main || (a.inserted ?? 0) - (b.inserted ?? 0)
}

/** Whether `next` may stand right after `previous`: the next whole number, or the next insertion. */
export function followsDirectly(previous: PrintedNumber, next: PrintedNumber): boolean {
  if (next.main === previous.main) return next.inserted === (previous.inserted ?? 0) + 1
  return next.main === previous.main + 1 && next.inserted === null
}

/** The number for the page after this one: 13 after 12 and after 12-1. 1 when nothing readable stands before. */
export function nextPrintedNumber(previous: string | null): string {
  const read = previous === null ? null : readPrintedNumber(previous)
  return String(read === null ? 1 : read.main + 1)
}

/**
 * The numbers for sides in the order of the paper; unnumbered sides get the empty text. A number that is `fixed` for
 * a side stays, and the count goes on from it.
 */
export function assignPrintedNumbers(
  kinds: readonly PageKind[],
  first = 1,
  fixed: readonly (string | null)[] = [],
): readonly string[] {
  let next = first
  return kinds.map((kind, at) => {
    if (!PAGE_KIND_INFO[kind].numbered) return ''
    const known = readPrintedNumber(fixed[at] ?? '')
    if (known !== null) {
      next = known.main + 1
      return printPrintedNumber(known)
    }
    next += 1
    return String(next - 1)
  })
}

/** What is odd about the numbers of a run of pages; `index` counts images from 0. */
export type NumberFinding =
  | { readonly code: 'gap'; readonly index: number; readonly from: number; readonly to: number }
  | {
      readonly code: 'duplicate' | 'descends' | 'unreadable' | 'missing'
      readonly index: number
      readonly text: string
    }
  | { readonly code: 'unexpected'; readonly index: number; readonly text: string }

/** Compares printed numbers with the rule: continuous from `first`, on sides with content only (domain rule of 页码). */
export function checkPrintedNumbers(
  pages: readonly { readonly kind: PageKind; readonly printedNumber: string }[],
  first = 1,
): readonly NumberFinding[] {
  const findings: NumberFinding[] = []
  const seen = new Set<string>()
  let highest: PrintedNumber = { main: first - 1, inserted: null }
  pages.forEach(({ kind, printedNumber: text }, index) => {
    if (!PAGE_KIND_INFO[kind].numbered) {
      if (text !== '') findings.push({ code: 'unexpected', index, text })
      return
    }
    const number = readPrintedNumber(text)
    if (number === null) {
      findings.push({ code: text.trim() === '' ? 'missing' : 'unreadable', index, text })
      return
    }
    const key = printPrintedNumber(number)
    if (seen.has(key)) findings.push({ code: 'duplicate', index, text })
    else if (comparePrintedNumbers(number, highest) < 0) findings.push({ code: 'descends', index, text })
    else if (number.main > highest.main + 1)
      findings.push({ code: 'gap', index, from: highest.main + 1, to: number.main - 1 })
    seen.add(key)
    if (comparePrintedNumbers(number, highest) > 0) highest = number
  })
  return findings
}
