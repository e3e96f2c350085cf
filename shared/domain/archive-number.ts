import { RETENTION_CODES, type RetentionCode } from './retention.ts'

/** Filed by volume (DA/T 13-2022): 全宗号-类别号-案卷号-件号/页号. */
export interface VolumeArchiveNumber {
  readonly style: 'by-volume'
  readonly fonds: string
  /** The parts of 类别号: class code, then any of sub-classes, year, retention, office. */
  readonly category: readonly string[]
  readonly volume: string
  readonly item: string | null
  readonly page: string | null
}

/** Filed by item (DA/T 13-2022): 全宗号-类别号-件号. */
export interface ItemArchiveNumber {
  readonly style: 'by-item'
  readonly fonds: string
  readonly category: readonly string[]
  readonly item: string
  readonly page: string | null
}

/** The style of 1994: 全宗号-目录号-案卷号-件号/页号. Read for import, not for new numbers. */
export interface OldArchiveNumber {
  readonly style: '1994'
  readonly fonds: string
  readonly catalogue: string
  readonly volume: string
  readonly item: string | null
}

export type ArchiveNumber = VolumeArchiveNumber | ItemArchiveNumber | OldArchiveNumber

/** How the archive files; the text alone does not tell a volume's number from an item's. */
export type ArchiveArrangement = 'by-volume' | 'by-item'

const MODERN = /^([A-Z]\d{3})-([A-Z]{2}(?:·[0-9A-Z\u4e00-\u9fff]+)*)((?:-\d{1,5}){1,3})$/
const OLD = /^([A-Z]?\d{1,4})-([0-9A-Z]{1,6})-(\d{1,5})(?:-(\d{1,5}))?$/

/** One written form: NFC, no blanks, ASCII letters in capitals, `-` between levels and `·` inside the 类别号. */
export function normaliseArchiveNumber(raw: string): string {
  return raw
    .normalize('NFC')
    .replace(/[！-～]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
    .replace(/[\s\p{Cf}]/gu, '')
    .replace(/[‐‑‒–—―−﹣]/g, '-')
    .replace(/[•∙⋅・‧･●]/g, '·')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .normalize('NFC')
}

/** A number without its marks, as somebody types it who leaves them out: J045ZYSS2023D600001. */
export const archiveNumberCompact = (raw: string): string => normaliseArchiveNumber(raw).replace(/[-·]/g, '')

/** Whether a text begins as numbers of today do, with or without their marks: 全宗号, then 门类代码. */
export const beginsAsArchiveNumber = (raw: string): boolean =>
  /^[A-Z]\d{3}[A-Z]{2}/.test(archiveNumberCompact(raw))

/** Reads a number of either standard; null when it is neither. Keeps widths as they are. */
export function parseArchiveNumber(
  raw: string,
  arrangement: ArchiveArrangement = 'by-volume',
): ArchiveNumber | null {
  const text = normaliseArchiveNumber(raw)
  const modern = MODERN.exec(text)
  if (modern !== null) {
    const [, fonds = '', category = '', counters = ''] = modern
    return modernNumber(fonds, category.split('·'), counters.slice(1).split('-'), arrangement)
  }
  const old = OLD.exec(text)
  if (old === null) return null
  const [, fonds = '', catalogue = '', volume = '', item] = old
  return { style: '1994', fonds, catalogue, volume, item: item ?? null }
}

function modernNumber(
  fonds: string,
  category: readonly string[],
  counters: readonly string[],
  arrangement: ArchiveArrangement,
): ArchiveNumber | null {
  const [first = '', second = null, third = null] = counters
  if (arrangement === 'by-volume')
    return { style: 'by-volume', fonds, category, volume: first, item: second, page: third }
  return third === null ? { style: 'by-item', fonds, category, item: first, page: second } : null
}

export function printArchiveNumber(number: ArchiveNumber): string {
  const levels = (...parts: readonly (string | null)[]): string =>
    parts.filter((part) => part !== null).join('-')
  switch (number.style) {
    case 'by-volume':
      return levels(number.fonds, number.category.join('·'), number.volume, number.item, number.page)
    case 'by-item':
      return levels(number.fonds, number.category.join('·'), number.item, number.page)
    case '1994':
      return levels(number.fonds, number.catalogue, number.volume, number.item)
  }
}

/** What a 类别号 says: every part but the class code is optional. */
export interface CategoryParts {
  readonly classCode: string
  readonly subclasses: readonly string[]
  readonly year: number | null
  readonly retention: RetentionCode | null
  readonly office: string | null
}

export function readCategory(category: readonly string[]): CategoryParts {
  const [classCode = '', ...rest] = category
  const yearAt = rest.findIndex((part) => /^(?:19|20)\d{2}$/.test(part))
  const isRetention = (part: string): boolean => RETENTION_CODES.some((code) => code === part)
  const retentionAt = rest.findIndex((part, at) => at > yearAt && isRetention(part))
  const marks = [yearAt, retentionAt].filter((at) => at >= 0)
  const subclasses = rest.slice(0, marks.length === 0 ? rest.length : Math.min(...marks))
  const office = marks.length === 0 ? null : (rest[Math.max(...marks) + 1] ?? null)
  return {
    classCode,
    subclasses,
    year: yearAt < 0 ? null : Number(rest[yearAt]),
    retention: RETENTION_CODES.find((code) => code === rest[retentionAt]) ?? null,
    office,
  }
}

/** Something to show beside an archive number; it never keeps it from being saved. */
export type ArchiveNumberWarning =
  | { readonly code: 'old-style' }
  | { readonly code: 'no-year' | 'no-retention' }
  | { readonly code: 'other-fonds'; readonly fonds: string; readonly expected: string }
  | { readonly code: 'counter-is-zero' }
  | { readonly code: 'year-in-future'; readonly year: number; readonly currentYear: number }

export interface ArchiveNumberContext {
  readonly currentYear: number
  /** The archive's own 全宗号. */
  readonly fonds?: string
}

export function validateArchiveNumber(
  number: ArchiveNumber,
  context: ArchiveNumberContext,
): readonly ArchiveNumberWarning[] {
  const warnings: ArchiveNumberWarning[] = []
  if (context.fonds !== undefined && context.fonds !== number.fonds)
    warnings.push({ code: 'other-fonds', fonds: number.fonds, expected: context.fonds })
  if (number.style === '1994') warnings.push({ code: 'old-style' })
  else {
    const { year, retention } = readCategory(number.category)
    if (year === null) warnings.push({ code: 'no-year' })
    else if (year > context.currentYear)
      warnings.push({ code: 'year-in-future', year, currentYear: context.currentYear })
    if (retention === null) warnings.push({ code: 'no-retention' })
  }
  const counter = number.style === 'by-item' ? number.item : number.volume
  if (Number(counter) === 0) warnings.push({ code: 'counter-is-zero' })
  return warnings
}

/** What to say of a 档号 as it was typed; nothing of an empty one. */
export function archiveNumberWarnings(
  raw: string,
  context: ArchiveNumberContext,
): readonly (ArchiveNumberWarning | { readonly code: 'unreadable' })[] {
  if (normaliseArchiveNumber(raw) === '') return []
  const number = parseArchiveNumber(raw)
  return number === null ? [{ code: 'unreadable' }] : validateArchiveNumber(number, context)
}
