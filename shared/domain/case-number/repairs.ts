import { printChineseNumeral, readChineseDigits, readChineseNumeral } from '../chinese-numeral.ts'
import type { CustomNumber } from './fields.ts'
import { normaliseCaseNumber } from './normalise.ts'
import { parseNormalised } from './parse.ts'
import { printCaseNumber } from './print.ts'
import type { NumberScheme } from './scheme.ts'

/** What was changed to make a number readable. */
export type RepairKind =
  | 'letter-to-zero'
  | 'letter-to-one'
  | 'year-brackets'
  | 'year-numerals'
  | 'add-hao'
  | 'sub-numeral'
  | 'zi-di-misread'
  | 'add-zi-di'
  | 'drop-zi-di'
  | 'text-around'

/** A reading to offer. It is never taken without a person's word. */
export interface CaseNumberSuggestion {
  readonly canonical: string
  readonly repairs: readonly RepairKind[]
}

interface Repair {
  readonly kind: RepairKind
  apply(text: string): string
}

const ROUND = '(（[［【〔〖「{<《〈'
const CLOSED = ')）\\]］】〕〗」}>》〉'

const ROUGH_YEAR = new RegExp(`[${ROUND}${CLOSED}]*((?:19|20)\\d{2})年?(?:[${ROUND}${CLOSED}]+|(?=[^\\d号]))`)

// In the order of applying: brackets are looked for only after the digits of the year can be seen.
const REPAIRS: readonly Repair[] = [
  {
    kind: 'text-around',
    apply: (text) => /[（〔]?(?:19|20)\d{2}.*?号(?:之[零一二三四五六七八九十百]+)?/.exec(text)?.[0] ?? text,
  },
  { kind: 'letter-to-zero', apply: (text) => nextToDigits(text, /[OoＯｏ〇○０ΟОоDQ]/g, '0') },
  { kind: 'letter-to-one', apply: (text) => nextToDigits(text, /[lIi|｜！!丨ⅠΙ]/g, '1') },
  {
    kind: 'year-numerals',
    apply: (text) =>
      text.replace(/[一二三四五六七八九零〇○]{4}/, (marks) => {
        const year = readChineseDigits(marks)
        return year !== null && /^(?:19|20)/.test(year) ? year : marks
      }),
  },
  {
    kind: 'year-brackets',
    apply: (text) =>
      text.replace(ROUGH_YEAR, (_whole, year: string, at: number) =>
        at === 0 ? `（${year}）` : `〔${year}〕`,
      ),
  },
  { kind: 'zi-di-misread', apply: (text) => text.replace(/[字宇学][第弟笫苐](?=[\dOolI])/, '字第') },
  { kind: 'add-zi-di', apply: (text) => text.replace(/(?:字|第)?(?=\d+[^\d]*$)(?<!\d)/, '字第') },
  { kind: 'drop-zi-di', apply: (text) => text.replace(/字?第(?=\d)/, '') },
  {
    kind: 'add-hao',
    apply: (text) => (text.includes('号') ? text : text.replace(/(?<=\d)(之.{1,5})?$/, '号$1')),
  },
  {
    kind: 'sub-numeral',
    apply: (text) =>
      text.replace(/号?[之—_-](\d{1,3}|[一二三四五六七八九十百零]+)$/, (whole, mark: string) => {
        const value = /^\d/.test(mark) ? Number(mark) : readChineseNumeral(mark)
        return value === null || value < 1 ? whole : `号之${printChineseNumeral(value)}`
      }),
  },
]

const LONGEST_READ = 120
const MOST_SUGGESTIONS = 5

/**
 * Readings of text that no scheme reads, with the fewest repairs that make one readable: letters taken for
 * digits, brackets or 号 left out, 字第 misread or misplaced. Empty when the text is readable, or past repair.
 */
export function suggestCaseNumberRepairs(
  raw: string,
  ownSchemes: readonly NumberScheme<CustomNumber>[] = [],
): readonly CaseNumberSuggestion[] {
  const text = normaliseCaseNumber(raw)
  if (text === '' || text.length > LONGEST_READ || parseNormalised(text, ownSchemes) !== null) return []
  const found = new Map<string, CaseNumberSuggestion>()
  let fewest = REPAIRS.length
  for (const set of repairSets) {
    if (set.length > fewest) break
    let repaired = text
    for (const repair of set) {
      const next = repair.apply(repaired)
      if (next === repaired) {
        repaired = ''
        break
      }
      repaired = next
    }
    if (repaired === '') continue
    const fields = parseNormalised(normaliseCaseNumber(repaired), ownSchemes)
    if (fields === null) continue
    fewest = set.length
    const canonical = printCaseNumber(fields)
    if (!found.has(canonical)) found.set(canonical, { canonical, repairs: set.map((repair) => repair.kind) })
  }
  return [...found.values()].slice(0, MOST_SUGGESTIONS)
}

const repairSets: readonly (readonly Repair[])[] = Array.from(
  { length: 2 ** REPAIRS.length - 1 },
  (_unused, bits) => REPAIRS.filter((_repair, at) => (((bits + 1) >> at) & 1) === 1),
).sort((a, b) => a.length - b.length)

const LOOKALIKES = 'OoＯｏ〇○０ΟОоDQlIi|｜！!丨ⅠΙ\\d'
const DIGIT_RUN = new RegExp(
  `[${LOOKALIKES}]*\\d[${LOOKALIKES}]*|(?<=民初|民终|刑初|第)[${LOOKALIKES}]+`,
  'g',
)

/** Replaces marks that stand in a run with a digit, so that O in a firm's name stays. */
function nextToDigits(text: string, marks: RegExp, digit: string): string {
  return text.replace(DIGIT_RUN, (digits) => digits.replace(marks, digit))
}
