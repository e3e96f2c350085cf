import { caseNumberUniquenessKey } from './case-number/keys.ts'
import { normaliseCaseNumber } from './case-number/normalise.ts'
import { printCaseNumber } from './case-number/print.ts'
import { parseCaseNumber } from './case-number/read.ts'
import { suggestCaseNumberRepairs } from './case-number/repairs.ts'
import type { PageReading } from './page-text.ts'
import { type CaseSignal, inThousandths, lineSignal } from './signal.ts'
import { placeOfWords, type UprightLine } from './upright-line.ts'

/** Anything that looks like a court's or a procuratorate's number, misread characters included. */
const LIKE_NUMBER =
  /[（([［【〔{《<]?(?:19|20)[\dOoQ〇○]{2}[）)\]］】〕}》>][\p{Script=Han}\dOoQlI|〇○]{2,24}?\d[\dOoQlI|〇○、-]*号(?:之[一二三四五六七八九十]+)?/gu
/** Words before a number that is another's: a judgment names the case that it decides on, and cases like it. */
const CITED =
  /(?:原审|一审|二审|再审|另案|关联|前案|不服|作出的?|制作的?|生效的?|依据|根据|参照|类案|引用|援引|法院|案例|诉讼请求|审理的|执行的|本院于?|撤销|维持|变更|的)[^，。；：]{0,14}$/u
const LABEL = /(?:案\s*号|本案案号)[:：]?\s*$/u
const HEADING_REACH = 0.36
const FURTHER_LINES = 4

export interface Flow {
  readonly text: string
  readonly lineAt: (offset: number) => UprightLine | undefined
}

/** The lines as one text: a number may be broken between two of them. */
export function flowOf(lines: readonly UprightLine[]): Flow {
  const starts: { readonly from: number; readonly line: UprightLine }[] = []
  let text = ''
  for (const line of lines) {
    starts.push({ from: text.length, line })
    text += line.text.replaceAll(' ', '')
  }
  return { text, lineAt: (offset) => starts.findLast(({ from }) => from <= offset)?.line }
}

/** A number that text holds, read as it is or with the fewest repairs; null when it is past them. */
export function caseNumberIn(
  text: string,
): { readonly canonical: string; readonly uniquenessKey: string; readonly repaired: boolean } | null {
  const read = parseCaseNumber(text)
  const repaired = read === null ? suggestCaseNumberRepairs(text)[0]?.canonical : undefined
  const fields = read ?? (repaired === undefined ? null : parseCaseNumber(repaired))
  if (fields === null || fields.scheme === 'free-text' || fields.scheme === 'custom') return null
  return {
    canonical: printCaseNumber(fields),
    uniquenessKey: caseNumberUniquenessKey(fields),
    repaired: read === null,
  }
}

/** The numbers of cases on a page, each once, in the place that says most. */
export function casesSignalled(
  reading: PageReading,
  lines: readonly UprightLine[],
  title: readonly UprightLine[],
): readonly CaseSignal[] {
  const printed = lines.filter(({ doubtful }) => !doubtful)
  const flow = flowOf(printed)
  const titleAt = printed.findIndex((line) => title.includes(line))
  const found = new Map<string, CaseSignal>()
  const rank = { heading: 2, body: 1, cited: 0 } as const
  for (const match of flow.text.matchAll(LIKE_NUMBER)) {
    const number = caseNumberIn(normaliseCaseNumber(match[0]))
    const line = flow.lineAt(match.index)
    const end = flow.lineAt(match.index + match[0].length - 1)
    if (number === null || line === undefined || end === undefined) continue
    const before = flow.text.slice(Math.max(0, match.index - 20), match.index)
    const position = positionOf(line, match[0], before, printed.indexOf(line), titleAt)
    const held = found.get(number.uniquenessKey)
    if (held !== undefined && rank[held.position] >= rank[position]) continue
    const places =
      end === line
        ? [placeOfWords(reading, line.line, match[0])]
        : lineSignal(reading, [line, end], '', 1).places
    const confidence = inThousandths(line.confidence * (number.repaired ? 0.6 : 1))
    found.set(number.uniquenessKey, { text: match[0], ...number, position, confidence, places })
  }
  return [...found.values()].slice(0, 20)
}

function positionOf(
  line: UprightLine,
  text: string,
  before: string,
  lineAt: number,
  titleAt: number,
): CaseSignal['position'] {
  const high = line.top < HEADING_REACH
  const nearTitle = titleAt >= 0 ? lineAt >= titleAt && lineAt - titleAt <= FURTHER_LINES : high
  // Numbers of this kind fill their line, or stand behind a label.
  const fills = text.length >= line.text.replaceAll(' ', '').length * 0.7
  if (high && nearTitle && fills) return 'heading'
  if (LABEL.test(before)) return high ? 'heading' : 'body'
  return CITED.test(before) ? 'cited' : 'body'
}
