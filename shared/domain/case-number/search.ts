import { matchCaseType } from './case-types.ts'
import { PROVINCE_MARKS } from './courts.ts'
import { normaliseCaseNumber } from './normalise.ts'
import { parseNormalised } from './parse.ts'
import { printCaseNumber } from './print.ts'

/** Zeros before a counter, not those of a court's digits (京0105). */
const COUNTER_ZEROS = new RegExp(
  `(?<=[\\u4e00-\\u9fffA-Za-z、-])(?<![${PROVINCE_MARKS.join('')}])0+(?=[1-9]\\d*(?:[^\\d\\u4e00-\\u9fff]|之|$))`,
  'g',
)

/**
 * What stands after the year, without brackets, 字第 and 号 and without leading zeros: （2023）京0105民初123号
 * gives 京0105民初123. Kept beside a number so that staff can find it by its end.
 */
export function caseNumberTail(raw: string): string {
  return compact(normaliseCaseNumber(raw).replace(/^[（〔(]?(?:19|20)\d{2}[）〕)]/, ''))
}

/** The whole number without brackets, 字第 and 号: 2023京0105民初123. Every piece a person types is found in it. */
export function caseNumberCompact(raw: string): string {
  return compact(normaliseCaseNumber(raw))
}

function compact(normalised: string): string {
  return normalised
    .replace(/[（）〔〕()[\]【】]/g, '')
    .replace(/字?第(?=\d)/g, '')
    .replace(/(?<=\d)号?(?=之)/g, '')
    .replace(/(?<=[\d.])号$/, '')
    .replace(/(?<=[\u4e00-\u9fff])字(?=\d)/g, '')
    .replace(COUNTER_ZEROS, '')
}

export interface CaseNumberSearchForms {
  /** The complete number, when that is what was typed. */
  readonly canonical: string | null
  /** To be looked for inside `caseNumberCompact`. Empty when nothing was typed. */
  readonly compact: string
  /** The year, when it was typed in front. */
  readonly year: number | null
  /** To be looked for at the end of `caseNumberTail`. */
  readonly tail: string
  /** The type, when the tail starts with one (民初123). */
  readonly type: string | null
  /** The last run of digits; null when there is none. */
  readonly number: string | null
}

/** What to look for when a person types any piece of a number: either width, with or without brackets, blanks, 号. */
export function caseNumberSearchForms(query: string): CaseNumberSearchForms {
  const normalised = normaliseCaseNumber(query)
  const fields = parseNormalised(normalised)
  const whole = compact(normalised)
  const leading = /^[（〔(]?((?:19|20)\d{2})(?:[）〕)]|(?=[^\d号]))/.exec(normalised)
  const tail = leading === null ? whole : compact(normalised.slice(leading[0].length))
  return {
    canonical: fields === null ? null : printCaseNumber(fields),
    compact: whole,
    year: leading === null ? null : Number(leading[1]),
    tail,
    type: matchCaseType(tail),
    number: /(\d+)(?:之[一二三四五六七八九十百零]+)?$/.exec(tail)?.[1] ?? null,
  }
}
