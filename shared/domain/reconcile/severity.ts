import type { DifferenceType } from './difference-type.ts'
import type { Severity } from './handling.ts'

/** Why a severity was given; kept with the difference, so that it can be told from what a person chose. */
export const SEVERITY_RULES = ['wrong-case', 'secrecy', 'key-document', 'share', 'minor', 'ordinary'] as const
export type SeverityRule = (typeof SEVERITY_RULES)[number]

export const SEVERITY_RULE_INFO: Readonly<
  Record<SeverityRule, { readonly zh: string; readonly en: string }>
> = {
  'wrong-case': { zh: '串卷', en: 'Material of another case' },
  secrecy: { zh: '涉及密级或副卷', en: 'Secrecy or restricted material' },
  'key-document': { zh: '裁判文书、笔录或证据', en: 'Judgment, record or evidence' },
  share: { zh: '超过全卷页数 5%', en: 'More than 5 % of the pages' },
  minor: { zh: '不影响内容', en: 'Does not touch content' },
  ordinary: { zh: '一般', en: 'Ordinary' },
}

/** (c) of domain.md §8: from this share of a volume's pages on, each of its page differences is serious. */
export const SERIOUS_SHARE = 0.05

/** What the content of a page is lost, added or changed by. These count towards the share. */
const PAGE_CONTENT: ReadonlySet<DifferenceType> = new Set([
  ...(['D01', 'D02', 'D03', 'D04', 'D06', 'D07'] as const),
  ...(['D14', 'D18', 'D19', 'D21', 'D22', 'D24'] as const),
])
/** Orientation, colour, spelling and counts: nothing of the case is lost. */
const MINOR: ReadonlySet<DifferenceType> = new Set(['D05', 'D08', 'D11', 'D13', 'D16', 'D17'])

const KEY_DOCUMENT = /判决|裁定书|调解书|决定书|支付令|笔录|证据|证言|鉴定|勘验|供述|起诉书|(?<!送达)记录$/u

/** Whether a title names a judgment, a 笔录 or evidence. */
export function isKeyDocument(title: string): boolean {
  return KEY_DOCUMENT.test(title)
}

/** Whether a difference is about what stands on pages, so that it counts towards the share of the volume. */
export function touchesPages(type: DifferenceType): boolean {
  return PAGE_CONTENT.has(type)
}

export interface SeverityFacts {
  readonly type: DifferenceType
  /** Titles of the catalogue row that it is about; empty when none is known. */
  readonly itemWords: string
  /** Pages of the volume with a difference in what stands on them, this one among them. */
  readonly pagesTouched: number
  readonly pagesOfVolume: number
}

/** 严重度 by the rule of domain.md §8; a person may judge otherwise. */
export function severityOf(facts: SeverityFacts): {
  readonly severity: Severity
  readonly rule: SeverityRule
} {
  const { type } = facts
  if (type === 'D09') return { severity: 'serious', rule: 'wrong-case' }
  if (type === 'D10' || type === 'D25') return { severity: 'serious', rule: 'secrecy' }
  if (MINOR.has(type)) return { severity: 'slight', rule: 'minor' }
  if (PAGE_CONTENT.has(type)) {
    if (isKeyDocument(facts.itemWords)) return { severity: 'serious', rule: 'key-document' }
    if (facts.pagesOfVolume > 0 && facts.pagesTouched / facts.pagesOfVolume > SERIOUS_SHARE)
      return { severity: 'serious', rule: 'share' }
  }
  return { severity: 'ordinary', rule: 'ordinary' }
}
