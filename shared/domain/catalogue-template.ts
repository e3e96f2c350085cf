import { z } from 'zod'
import { AppError } from '../errors.ts'
import { VOLUME_KINDS, type VolumeKind } from './volume-kind.ts'

/**
 * Catalogue templates 编目模板: which rows 二级目录 a volume 卷 of a kind of case has, in which order. Pure rules;
 * the shipped lists are `assets/templates/*.json`, read by the caller. A template is editable data: every
 * change makes a new version, and a volume keeps the version that it was catalogued with.
 */

/** (a) confirmed by a published source, (b) likely right, (c) uncertain: meant to be edited. */
const Certainty = z.enum(['a', 'b', 'c'])

/** 材料类别. The source has the column but not its values, so the list is ours. */
export const MaterialClass = z.enum([
  'procedure',
  'pleading',
  'standing',
  'evidence',
  'inquiry',
  'hearing',
  'measure',
  'mediation',
  'ruling',
  'service',
  'fee',
  'appeal',
  'enforcement',
  'internal',
  'other',
])
export type MaterialClass = z.infer<typeof MaterialClass>

const phrase = z.string().trim().min(1).max(80)
const year = z.int().min(1900).max(2999).nullable()

const RowContent = z.strictObject({
  title: phrase,
  constraint: z.enum(['required', 'optional']),
  materialClass: MaterialClass,
  /** Takes what belongs to no other row (其他). At most one row of a template. */
  catchAll: z.literal(true).optional(),
  /** Common titles of documents that belong here, and to no other row of this template. */
  aliases: z.array(phrase).readonly(),
  /** Aliases that more than one row claims on purpose; every row that claims one lists it here. */
  sharedAliases: z.array(phrase).readonly().optional(),
  /** Word → weight in 0..1: a hint for titles that no alias covers. */
  keywords: z.record(phrase, z.number().gt(0).max(1)).readonly().optional(),
})

export const CatalogueTemplateRow = RowContent.extend({
  /** Stays with the row when rows are moved or renamed, and is never given to another row. */
  id: z.string().regex(/^r\d{2,4}$/),
  number: z.int().positive(),
}).readonly()
export type CatalogueTemplateRow = z.infer<typeof CatalogueTemplateRow>

export const CatalogueTemplate = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    version: z.int().positive(),
    title: z.strictObject({ zh: phrase, en: phrase }).readonly(),
    generation: z.enum([
      'national-platform',
      'filing-rules',
      'earlier-e-file',
      'procuratorate',
      'law-firm',
      'own',
    ]),
    /** 案件类型, as printed in the first column. */
    caseType: phrase,
    volumeKind: z.enum(VOLUME_KINDS),
    /** Where the row titles and their order come from. */
    source: z.strictObject({ text: phrase, certainty: Certainty }).readonly(),
    /** How sure the rest is. */
    certainty: z
      .strictObject({
        constraints: Certainty,
        materialClasses: Certainty,
        aliases: Certainty,
        years: Certainty,
      })
      .readonly(),
    appliesTo: z
      .strictObject({
        /** 类型代字 that this list was made for; `*` stands for every one. */
        defaultFor: z.array(phrase).readonly(),
        /** 类型代字 that have no list of their own and are nearest to this one. */
        nearestFor: z.array(phrase).readonly(),
        /** Used when nothing else fits the volume kind. */
        generalFallback: z.boolean(),
        /** First and last year of filing, both included; null is open. */
        filedFrom: year,
        filedUntil: year,
      })
      .readonly(),
    /** Unnumbered items around the rows: 封面, 卷内目录 … 备考表, 证物袋, 卷底. */
    systemItems: z
      .strictObject({ before: z.array(phrase).readonly(), after: z.array(phrase).readonly() })
      .readonly(),
    /** The number in the id of the next new row. */
    nextRowId: z.int().positive(),
    /** Which version this one was made from, when and why. */
    revision: z
      .strictObject({ basedOn: z.int().positive(), at: z.iso.datetime(), reason: z.string().trim().min(1) })
      .readonly()
      .optional(),
    rows: z.array(CatalogueTemplateRow).min(1).readonly(),
  })
  .readonly()
export type CatalogueTemplate = z.infer<typeof CatalogueTemplate>

export type CatalogueTemplateProblem =
  | { readonly code: 'number-out-of-order'; readonly rowId: string; readonly expected: number }
  | { readonly code: 'duplicate-id'; readonly rowId: string }
  | { readonly code: 'duplicate-title'; readonly rowId: string; readonly text: string }
  | { readonly code: 'alias-twice'; readonly rowId: string; readonly text: string }
  | {
      readonly code: 'alias-in-two-rows'
      readonly rowId: string
      readonly otherRowId: string
      readonly text: string
    }
  | { readonly code: 'shared-alias-alone'; readonly rowId: string; readonly text: string }
  | { readonly code: 'two-catch-alls'; readonly rowId: string }
  | { readonly code: 'row-id-not-reserved'; readonly rowId: string }
  | { readonly code: 'years-reversed' }

/** What the schema cannot say. An empty list means that the template is sound. */
export function templateProblems(template: CatalogueTemplate): readonly CatalogueTemplateProblem[] {
  const problems: CatalogueTemplateProblem[] = []
  const ids = new Set<string>()
  const owners = new Map<string, string>()
  const sharedOwners = new Map<string, string[]>()
  let catchAll = false
  const { filedFrom, filedUntil } = template.appliesTo
  if (filedFrom !== null && filedUntil !== null && filedFrom > filedUntil)
    problems.push({ code: 'years-reversed' })

  for (const row of template.rows) {
    if (owners.has(row.title)) problems.push({ code: 'duplicate-title', rowId: row.id, text: row.title })
    else owners.set(row.title, row.id)
  }
  for (const [index, row] of template.rows.entries()) {
    const rowId = row.id
    if (row.number !== index + 1) problems.push({ code: 'number-out-of-order', rowId, expected: index + 1 })
    if (ids.has(rowId)) problems.push({ code: 'duplicate-id', rowId })
    ids.add(rowId)
    if (Number(rowId.slice(1)) >= template.nextRowId) problems.push({ code: 'row-id-not-reserved', rowId })
    if (row.catchAll && catchAll) problems.push({ code: 'two-catch-alls', rowId })
    catchAll ||= row.catchAll === true
    const own = new Set([row.title])
    for (const text of row.aliases) {
      const otherRowId = owners.get(text)
      if (own.has(text)) problems.push({ code: 'alias-twice', rowId, text })
      else if (otherRowId !== undefined) problems.push({ code: 'alias-in-two-rows', rowId, otherRowId, text })
      else owners.set(text, rowId)
      own.add(text)
    }
    for (const text of row.sharedAliases ?? []) {
      if (own.has(text)) problems.push({ code: 'alias-twice', rowId, text })
      own.add(text)
      sharedOwners.set(text, [...(sharedOwners.get(text) ?? []), rowId])
    }
  }
  for (const [text, [rowId = '', ...others]] of sharedOwners) {
    const otherRowId = owners.get(text)
    if (otherRowId !== undefined) problems.push({ code: 'alias-in-two-rows', rowId, otherRowId, text })
    else if (others.length === 0) problems.push({ code: 'shared-alias-alone', rowId, text })
  }
  return problems
}

/** Reads a template from parsed JSON. Throws `TEMPLATE_INVALID` with the first place and problem found. */
export function parseTemplate(value: unknown): CatalogueTemplate {
  const parsed = CatalogueTemplate.safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new AppError('TEMPLATE_INVALID', {
      at: issue?.path.join('.') ?? '',
      problem: issue?.code ?? 'unknown',
    })
  }
  return sound(parsed.data)
}

function sound(template: CatalogueTemplate): CatalogueTemplate {
  const [found] = templateProblems(template)
  if (found) {
    const { code: problem, ...place } = found
    throw new AppError('TEMPLATE_INVALID', { template: template.id, problem, ...place })
  }
  return template
}

/** Why a template was chosen. Only `made-for` means that the list was made for this case type and year. */
export type TemplateChoiceReason =
  | 'made-for'
  | 'nearest-case-type'
  | 'other-years'
  | 'nearest-other-years'
  | 'general'

export interface TemplateChoice {
  readonly template: CatalogueTemplate
  /** False: say on screen that this case type has no list of its own, and which one is used. */
  readonly exact: boolean
  readonly reason: TemplateChoiceReason
}

export interface TemplateQuestion {
  /** 类型代字 such as 民初, or the template's own 案件类型. */
  readonly caseTypeText: string
  readonly volumeKind: VolumeKind
  /** Year of filing; without it, the lists in force today. */
  readonly yearFiled?: number | undefined
}

/**
 * The list for a volume, by falling back in this order: made for the case type and year; nearest case type in
 * that year; made for the case type in other years; nearest in other years; the general list of the year, then
 * of any year. Among versions of one template the highest counts. Undefined when no list has this volume
 * kind: an 检察内卷 list, say, is never offered for a 检察卷.
 */
export function templateForCase(
  templates: readonly CatalogueTemplate[],
  question: TemplateQuestion,
): TemplateChoice | undefined {
  const code = question.caseTypeText.normalize('NFKC').replace(/[\s字]/gu, '')
  const candidates = newestVersions(templates).filter(
    (template) => template.volumeKind === question.volumeKind,
  )
  const inYear = candidates.filter((template) => isInYears(template, question.yearFiled))
  const steps: readonly (readonly [TemplateChoiceReason, CatalogueTemplate | undefined])[] = [
    ['made-for', madeFor(inYear, code)],
    ['nearest-case-type', nearestTo(inYear, code)],
    ['other-years', madeFor(candidates, code)],
    ['nearest-other-years', nearestTo(candidates, code)],
    ['general', inYear.find(isGeneral) ?? candidates.find(isGeneral)],
  ]
  for (const [reason, template] of steps) {
    if (template) return { template, exact: reason === 'made-for', reason }
  }
  return undefined
}

const isGeneral = (template: CatalogueTemplate): boolean => template.appliesTo.generalFallback

function newestVersions(templates: readonly CatalogueTemplate[]): CatalogueTemplate[] {
  const newest = new Map<string, CatalogueTemplate>()
  for (const template of templates) {
    const known = newest.get(template.id)
    if (!known || template.version > known.version) newest.set(template.id, template)
  }
  return [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

function isInYears({ appliesTo }: CatalogueTemplate, filed: number | undefined): boolean {
  if (filed === undefined) return appliesTo.filedUntil === null
  return filed >= (appliesTo.filedFrom ?? filed) && filed <= (appliesTo.filedUntil ?? filed)
}

function madeFor(templates: readonly CatalogueTemplate[], code: string): CatalogueTemplate | undefined {
  return (
    templates.find(({ appliesTo, caseType }) => appliesTo.defaultFor.includes(code) || caseType === code) ??
    templates.find(({ appliesTo }) => appliesTo.defaultFor.includes('*'))
  )
}

/** By the lists in the templates; then, for older codes with a chamber in them (民一初), by the code inside. */
function nearestTo(templates: readonly CatalogueTemplate[], code: string): CatalogueTemplate | undefined {
  const listed = templates.find(({ appliesTo }) => appliesTo.nearestFor.includes(code))
  if (listed) return listed
  const inside = templates
    .flatMap((template) => {
      const { defaultFor, nearestFor } = template.appliesTo
      return [...defaultFor, ...nearestFor].map((known) => ({ template, known }))
    })
    .filter(({ known }) => isInside(known, code))
    .sort((a, b) => b.known.length - a.known.length)
  return inside[0]?.template
}

function isInside(known: string, code: string): boolean {
  let from = 0
  for (const character of known) {
    const at = code.indexOf(character, from)
    if (at < 0) return false
    from = at + 1
  }
  return true
}
