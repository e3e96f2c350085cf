import { parseFieldDate } from './field-date.ts'
import type { PageReading } from './page-text.ts'
import { type DateSignal, lineSignal } from './signal.ts'
import type { UprightLine } from './upright-line.ts'

const YEAR = '(?:[12]\\d{3}|[一二〇○零0O三四五六七八九]{4})'
const HAN_NUMBER = '[一二三四五六七八九十廿卅]{1,3}'
/** 2023年3月14日, 二〇二三年三月十四日, 2023.3.14, 2023-03-14. */
const DATE = new RegExp(
  `${YEAR}年(?:\\d{1,2}|${HAN_NUMBER})月(?:\\d{1,2}|${HAN_NUMBER})[日号]|[12]\\d{3}([-./])\\d{1,2}\\1\\d{1,2}`,
  'u',
)
/** What may stand before a date that closes a document: a name, 日期：, 年月日 of a form. */
const BEFORE = /^(?:\p{Script=Han}{0,8}(?:日期|时间)?[:：]?|\(?(?:签名|盖章|公章)\)?[:：]?)$/u
const LABELLED = /(?:时间|日期|日\s*期|立卷时间|签订日期)[:：]\s*$/u

/** The one date that a line holds, in ISO; null when it holds none, or none to the day. */
export function dateInLine(
  text: string,
): { readonly iso: string; readonly text: string; readonly before: string; readonly after: string } | null {
  const match = DATE.exec(text)
  if (match === null) return null
  // The 〇 of a formal date is often read as a zero or an O.
  const han = /[一二三四五六七八九]/u.test(match[0].slice(0, 4))
  const read = parseFieldDate(
    han ? match[0].replace(/^(?:[^年]{4})/u, (year) => year.replace(/[0O○]/gu, '〇')) : match[0],
  )
  if (!read.ok || read.precision !== 'day') return null
  const before = text.slice(0, match.index)
  return { iso: read.iso, text: match[0], before, after: text.slice(match.index + match[0].length) }
}

/** What may still stand under the date of a document: a clerk's name, a note, a number of its own. */
const LINES_UNDER = 3
const LEAST_TOP = 0.12
const HEADING_REACH = 0.35

const middleOf = ({ left, right }: UprightLine): number => (left + right) / 2
const isBeside = (a: UprightLine, b: UprightLine): boolean =>
  a !== b && a.top < b.bottom - (b.bottom - b.top) / 3 && b.top < a.bottom - (a.bottom - a.top) / 3

/** Dates that a document may be dated by: alone under the text, or labelled near the title. */
export function datesSignalled(reading: PageReading, lines: readonly UprightLine[]): readonly DateSignal[] {
  const printed = lines.filter(({ doubtful }) => !doubtful)
  const found: DateSignal[] = []
  for (const line of printed) {
    const date = dateInLine(line.text)
    if (date === null) continue
    const { iso, text, before, after } = date
    const alone = BEFORE.test(before) && after.replace(/[。.\s)）]/gu, '') === ''
    if (line.top < HEADING_REACH && LABELLED.test(before)) {
      found.push({ ...lineSignal(reading, [line], text, line.confidence * 0.75), iso, position: 'heading' })
    } else if (alone && line.top > LEAST_TOP && closes(line, printed)) {
      // To the right or in the middle, as documents are signed.
      const signed = middleOf(line) > 0.42
      const confidence = line.confidence * (before === '' ? 0.95 : 0.8) * (signed ? 1 : 0.6)
      found.push({ ...lineSignal(reading, [line], text, confidence), iso, position: 'closing' })
    }
  }
  return found
}

/** Under the text and in no table: a cell has its label, or other cells, beside it. */
function closes(line: UprightLine, printed: readonly UprightLine[]): boolean {
  const under = printed.filter((other) => other.top > line.bottom - (line.bottom - line.top) / 3)
  return under.length <= LINES_UNDER && !printed.some((other) => isBeside(line, other))
}
