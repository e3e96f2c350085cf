import { normaliseArchiveNumber, parseArchiveNumber } from './archive-number.ts'
import { splitTemplate, type TemplateProblem } from './field-template.ts'
import type { RetentionCode } from './retention.ts'

/** How an archive numbers: fixed text, fields, and counters with the width the archive has set. */
export interface ArchiveNumberPattern {
  readonly source: string
  readonly pieces: readonly PatternPiece[]
}

type FixedField = 'fonds' | 'year' | 'retention' | 'office'
type CounterField = 'volume' | 'item' | 'page'
type PatternPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'fixed'; readonly field: FixedField }
  | { readonly kind: 'counter'; readonly field: CounterField; readonly width: number }

export type ArchivePatternResult =
  | { readonly ok: true; readonly pattern: ArchiveNumberPattern }
  | { readonly ok: false; readonly code: 'TEMPLATE_INVALID'; readonly problems: readonly TemplateProblem[] }

/** A court's litigation files by volume. The class code SS is this program's suggestion, not a published one. */
export const DEFAULT_ARCHIVE_PATTERN = '{全宗}-ZY·SS·{年度}·{保管期限}-{案卷:4}-{件:3}'

const FIXED: Readonly<Record<string, FixedField>> = {
  全宗: 'fonds',
  全宗号: 'fonds',
  年度: 'year',
  保管期限: 'retention',
  机构: 'office',
}
const COUNTERS: Readonly<Record<string, CounterField>> = {
  案卷: 'volume',
  案卷号: 'volume',
  件: 'item',
  件号: 'item',
  页: 'page',
  页号: 'page',
}
const DEFAULT_WIDTH = 3
const FORBIDDEN_TEXT = /[^A-Z0-9\u4e00-\u9fff·-]/

/** Reads a pattern such as `{全宗}-ZY·SS·{年度}·{保管期限}-{案卷:4}-{件:3}`; says everything that is wrong with it. */
export function parseArchivePattern(source: string): ArchivePatternResult {
  const split = splitTemplate(source)
  if (!split.ok) return { ok: false, code: 'TEMPLATE_INVALID', problems: split.problems }
  const pieces: PatternPiece[] = []
  const problems: TemplateProblem[] = []
  for (const piece of split.pieces) {
    if (piece.kind === 'text') {
      const wrong = FORBIDDEN_TEXT.exec(piece.text)
      if (wrong === null) pieces.push({ kind: 'text', text: piece.text })
      else problems.push({ reason: 'forbidden-character', at: piece.at + wrong.index, character: wrong[0] })
      continue
    }
    const { name, format, at } = piece
    const fixed = FIXED[name]
    const counter = COUNTERS[name]
    if (fixed !== undefined && format === null) pieces.push({ kind: 'fixed', field: fixed })
    else if (counter !== undefined && (format === null || /^[1-5]$/.test(format)))
      pieces.push({
        kind: 'counter',
        field: counter,
        width: format === null ? DEFAULT_WIDTH : Number(format),
      })
    else
      problems.push({
        reason: fixed === undefined && counter === undefined ? 'unknown-field' : 'bad-format',
        at,
        field: name,
      })
  }
  if (problems.length === 0 && !pieces.some((piece) => piece.kind === 'counter'))
    problems.push({ reason: 'no-counter' })
  return problems.length === 0
    ? { ok: true, pattern: { source, pieces } }
    : { ok: false, code: 'TEMPLATE_INVALID', problems }
}

export interface ArchiveNumberValues {
  readonly fonds: string
  readonly year: number
  readonly retention: RetentionCode
  readonly office?: string
  readonly volume?: number
  readonly item?: number
  readonly page?: number
}

export type BuiltArchiveNumber =
  | { readonly ok: true; readonly number: string }
  | {
      readonly ok: false
      readonly reason: 'counter-too-large' | 'value-missing' | 'not-an-archive-number'
      readonly field: string
    }

/**
 * Makes the number. Counters at the end without a value are left off, so one pattern numbers volumes and the items
 * in them. A counter that its width cannot hold is refused: widening needs the archive's word.
 */
export function buildArchiveNumber(
  pattern: ArchiveNumberPattern,
  values: ArchiveNumberValues,
): BuiltArchiveNumber {
  let text = ''
  let pending = ''
  let ended = false
  for (const piece of pattern.pieces) {
    if (piece.kind === 'text') {
      pending += piece.text
      continue
    }
    const value = values[piece.field]
    if (value === undefined || value === '') {
      if (piece.kind === 'fixed' || text === '')
        return { ok: false, reason: 'value-missing', field: piece.field }
      ended = true
      continue
    }
    if (ended) return { ok: false, reason: 'value-missing', field: piece.field }
    const written = piece.kind === 'counter' ? String(value).padStart(piece.width, '0') : String(value)
    if (piece.kind === 'counter' && (written.length > piece.width || !/^\d+$/.test(written)))
      return { ok: false, reason: 'counter-too-large', field: piece.field }
    text += pending + written
    pending = ''
  }
  const number = normaliseArchiveNumber(ended ? text : text + pending)
  return parseArchiveNumber(number) === null
    ? { ok: false, reason: 'not-an-archive-number', field: '' }
    : { ok: true, number }
}

/**
 * The next number after the greatest of `existing` that share everything before the counter. Numbers that were
 * freed are not used again: an archive number names one thing for ever.
 */
export function nextArchiveNumber(
  pattern: ArchiveNumberPattern,
  values: ArchiveNumberValues,
  counter: CounterField,
  existing: readonly string[],
): BuiltArchiveNumber {
  const trial = buildArchiveNumber(pattern, { ...withoutFrom(values, counter), [counter]: 1 })
  if (!trial.ok) return trial
  const prefix = trial.number.slice(0, trial.number.lastIndexOf('-') + 1)
  const greatest = existing.reduce((most, raw) => {
    const text = normaliseArchiveNumber(raw)
    const digits = text.startsWith(prefix) ? /^\d+/.exec(text.slice(prefix.length))?.[0] : undefined
    return digits === undefined ? most : Math.max(most, Number(digits))
  }, 0)
  return buildArchiveNumber(pattern, { ...withoutFrom(values, counter), [counter]: greatest + 1 })
}

const LEVELS: readonly CounterField[] = ['volume', 'item', 'page']

/** The values without this counter and those of the levels below it. */
function withoutFrom(values: ArchiveNumberValues, counter: CounterField): ArchiveNumberValues {
  const dropped = LEVELS.slice(LEVELS.indexOf(counter))
  const kept = Object.entries(values).filter(([name]) => !dropped.some((level) => level === name))
  return { fonds: values.fonds, year: values.year, retention: values.retention, ...Object.fromEntries(kept) }
}
