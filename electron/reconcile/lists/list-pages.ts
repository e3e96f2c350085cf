import type { PageReading } from '../../../shared/domain/page-text.ts'
import { type UprightLine, uprightLines } from '../../../shared/domain/upright-line.ts'
import { listColumns } from './table-columns.ts'

/** Which of the paper's own lists an image is. */
export type ListPage = 'catalogue' | 'note'

const CATALOGUE = /^(?:卷内|案卷|卷宗)(?:文件|材料|文书)*目录$/u
const NOTE = /备考表$/u
/** How far down a page its heading stands. */
const HEADING_PART = 0.3

const wordsOf = ({ text }: UprightLine): string => text.replace(/[\s（）()]/gu, '')

/** Judged by the heading of the page; null for every other page, such as a 证据目录. */
export function listPageOf(reading: PageReading): ListPage | null {
  const headings = uprightLines(reading)
    .filter(({ top }) => top < HEADING_PART)
    .map(wordsOf)
  if (headings.some((words) => NOTE.test(words))) return 'note'
  return headings.some((words) => CATALOGUE.test(words)) ? 'catalogue' : null
}

/** Whether a page goes on with the catalogue that the page before began: the same columns, without a heading of its own. */
export function goesOn(reading: PageReading): boolean {
  const lines = uprightLines(reading)
  const columns = listColumns(lines)
  if (columns === null || !columns.fields.includes('pages')) return false
  return lines.filter(({ bottom }) => bottom < columns.bottom).length <= columns.fields.length + 1
}

/** The catalogue's pages and the first 备考表 among readings in the order of the volume. */
export function findLists(readings: Iterable<PageReading>): {
  readonly catalogue: readonly PageReading[]
  readonly note: PageReading | null
} {
  const catalogue: PageReading[] = []
  let note: PageReading | null = null
  let within = false
  for (const reading of readings) {
    const kind = listPageOf(reading)
    within = kind === 'catalogue' || (within && kind === null && goesOn(reading))
    if (within) catalogue.push(reading)
    if (kind === 'note') note ??= reading
  }
  return { catalogue, note }
}
