import type { CatalogueTemplate, CatalogueTemplateRow } from './catalogue-template.ts'
import {
  bigrams,
  foldedTitle,
  plainTitle,
  similarity,
  type TitleForms,
  titleForms,
} from './title-normal-form.ts'

/**
 * Proposes the catalogue row for a document title. Chinese titles carry their kind at the end (… 纠纷民事起诉状),
 * so what a title ends with weighs more than what it merely holds, and a longer ending more than a shorter
 * one. The weights are ours, set on the tuning half of `test/fixtures/titles.json`.
 */

export type TitleMatchReason = 'exact' | 'alias' | 'contains' | 'similar' | 'keyword'

export interface TitleProposal {
  readonly row: CatalogueTemplateRow
  /** 0..1, for ranking and for the colour on screen; not a probability. */
  readonly confidence: number
  readonly reason: TitleMatchReason
  /** The row title, alias or keyword that spoke for the row; empty for the catch-all row. */
  readonly matchedText: string
}

export interface TitleContext {
  /** Cut from the front of the title. */
  readonly courtName?: string | undefined
  readonly partyNames?: readonly string[] | undefined
  /** Row of the document before this one: decides between rows that are otherwise level. */
  readonly previousRowNumber?: number | undefined
}

/** Below this nothing is proposed but the catch-all row. */
export const PROPOSAL_THRESHOLD = 0.4
/** From here on a proposal may be filled in for the clerk to confirm; below it, only offered. */
export const CONFIDENT_PROPOSAL = 0.75
export const CATCH_ALL_CONFIDENCE = 0.1
const MOST_PROPOSALS = 5

interface Phrase {
  readonly text: string
  readonly plain: string
  readonly folded: string
  readonly pairs: ReadonlySet<string>
  readonly isRowTitle: boolean
}

interface PreparedRow {
  readonly row: CatalogueTemplateRow
  readonly phrases: readonly Phrase[]
  readonly keywords: readonly (readonly [text: string, plain: string, weight: number])[]
}

interface Evidence {
  readonly confidence: number
  readonly reason: TitleMatchReason
  readonly matchedText: string
}

const NO_EVIDENCE: Evidence = { confidence: 0, reason: 'keyword', matchedText: '' }

export type TitleMatcher = (title: string, context?: TitleContext) => readonly TitleProposal[]

/** Prepares a template once for many titles. */
export function titleMatcher(template: CatalogueTemplate): TitleMatcher {
  const rows = template.rows.map(preparedRow)
  const catchAll = template.rows.find((row) => row.catchAll)
  return (title, context = {}) => {
    const forms = titleForms(title, [context.courtName ?? '', ...(context.partyNames ?? [])])
    if (forms.plain === '') return []
    const proposals = rows
      .map((prepared) => proposal(prepared, forms, context))
      .filter(({ confidence }) => confidence >= PROPOSAL_THRESHOLD)
      .sort((a, b) => b.confidence - a.confidence || a.row.number - b.row.number)
      .slice(0, MOST_PROPOSALS)
    if (proposals.length > 0 || !catchAll) return proposals
    return [{ row: catchAll, confidence: CATCH_ALL_CONFIDENCE, reason: 'keyword', matchedText: '' }]
  }
}

/**
 * The rows that a document of this title may belong to, best first, at most five. When nothing reaches the
 * threshold: the catch-all row with a low confidence, or nothing where the template has none.
 */
export function matchTitle(
  template: CatalogueTemplate,
  title: string,
  context?: TitleContext,
): readonly TitleProposal[] {
  return titleMatcher(template)(title, context)
}

/** The unnumbered item (封面, 卷内目录, 备考表 …) that a title names, if it names one. */
export function matchSystemItem(template: CatalogueTemplate, title: string): string | undefined {
  const { plain, core } = titleForms(title)
  return [...template.systemItems.before, ...template.systemItems.after].find((item) => {
    const wanted = plainTitle(item)
    return plain === wanted || core === wanted || core === `卷宗${wanted}` || core === `卷${wanted}`
  })
}

function preparedRow(row: CatalogueTemplateRow): PreparedRow {
  const aliases = [...row.aliases, ...(row.sharedAliases ?? [])]
  return {
    row,
    phrases: [preparedPhrase(row.title, true), ...aliases.map((alias) => preparedPhrase(alias, false))],
    keywords: Object.entries(row.keywords ?? {}).map(([text, weight]) => [text, plainTitle(text), weight]),
  }
}

function preparedPhrase(text: string, isRowTitle: boolean): Phrase {
  const plain = plainTitle(text)
  return { text, plain, folded: foldedTitle(plain), pairs: bigrams(plain), isRowTitle }
}

function proposal(
  { row, phrases, keywords }: PreparedRow,
  forms: TitleForms,
  context: TitleContext,
): TitleProposal {
  const found = keywords.filter(([, plain]) => plain !== '' && forms.withRemarks.includes(plain))
  const weight = found.reduce((sum, [, , each]) => sum + each, 0)
  const byKeyword: Evidence = {
    confidence: weight === 0 ? 0 : Math.min(0.2 + weight * 0.5, 0.6),
    reason: 'keyword',
    matchedText: found[0]?.[0] ?? '',
  }
  const pairs = bigrams(forms.core)
  const byPhrase = phrases.reduce(
    (best, phrase) => stronger(best, evidence(phrase, forms, pairs)),
    NO_EVIDENCE,
  )
  const best = stronger(byPhrase, byKeyword)
  if (best.confidence === 0 || best.reason === 'exact') return { row, ...best }
  const support = best.reason === 'contains' || best.reason === 'similar' ? Math.min(weight * 0.05, 0.04) : 0
  const confidence = Math.min(best.confidence + support + orderBonus(row, context), 0.99)
  return { row, ...best, confidence }
}

function stronger(a: Evidence, b: Evidence): Evidence {
  return b.confidence > a.confidence ? b : a
}

function orderBonus(row: CatalogueTemplateRow, { previousRowNumber }: TitleContext): number {
  if (previousRowNumber === undefined) return 0
  const distance = row.number - previousRowNumber
  return distance === 0 || distance === 1 ? 0.01 : distance > 1 ? 0.005 : 0
}

function evidence(phrase: Phrase, forms: TitleForms, pairs: ReadonlySet<string>): Evidence {
  const { text, plain, folded } = phrase
  if (plain === '') return NO_EVIDENCE
  const as = (reason: TitleMatchReason, confidence: number): Evidence => ({
    reason,
    confidence,
    matchedText: text,
  })
  if (forms.plain === plain) return phrase.isRowTitle ? as('exact', 1) : as('alias', 0.97)
  // Another court's ruling is another kind of document: a phrase that names the court is read before it is cut.
  if (plain.includes('人民法院') && forms.plain.endsWith(plain)) return as('contains', 0.965)
  if (forms.core === plain || forms.withRemarks === plain) return as('alias', 0.95)
  if (foldedTitle(forms.core) === folded) return as('alias', 0.93)

  const length = [...plain].length
  let best = NO_EVIDENCE
  if (forms.first === plain) best = as('contains', 0.91)
  else if (forms.first.endsWith(plain)) best = as('contains', endingConfidence(length) - 0.03)
  if (forms.core.endsWith(plain)) best = stronger(best, as('contains', endingConfidence(length)))
  else if (foldedTitle(forms.core).endsWith(folded) && folded.length > 1) {
    best = stronger(best, as('contains', endingConfidence([...folded].length) - 0.02))
  } else if (forms.withRemarks.includes(plain)) {
    best = stronger(best, as('contains', 0.5 + Math.min(0.25, 0.035 * length)))
  }
  if (length >= 5 && best.confidence < 0.91 && isSpreadOver(plain, forms.core)) {
    best = stronger(
      best,
      as('contains', 0.64 + Math.min(0.28, 0.045 * length) * coverage(phrase.pairs, pairs)),
    )
  }
  const alike = similarity(phrase.pairs, pairs)
  return alike >= 0.4 ? stronger(best, as('similar', 0.25 + 0.6 * alike)) : best
}

const endingConfidence = (length: number): number => 0.66 + Math.min(0.25, 0.04 * length)

/** All characters in order, with the same end: 撤回起诉申请书 in 撤回对被告某某起诉的申请书. */
function isSpreadOver(phrase: string, title: string): boolean {
  if (phrase.slice(-2) !== title.slice(-2)) return false
  let from = 0
  for (const character of phrase) {
    const at = title.indexOf(character, from)
    if (at < 0) return false
    from = at + character.length
  }
  return true
}

function coverage(phrase: ReadonlySet<string>, title: ReadonlySet<string>): number {
  if (phrase.size === 0) return 0
  return [...phrase].filter((pair) => title.has(pair)).length / phrase.size
}
