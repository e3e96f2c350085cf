import { z } from 'zod'
import type { CustomNumber } from './fields.ts'
import { normaliseCaseNumber } from './normalise.ts'
import { type NumberScheme, printWithScheme, readWithScheme } from './scheme.ts'

/** A scheme as the records room writes it down: data, kept in the settings and checked before use. */
export const customSchemeSchema = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  label: z.object({ zh: z.string().min(1).max(40), en: z.string().min(1).max(80) }),
  /** A regular expression over the normalised text, with a named group for each field. */
  pattern: z.string().min(1).max(300),
  /** Text with `{group}` for each field. */
  template: z.string().min(1).max(200),
  gapsAlarm: z.boolean(),
  /** Real numbers that must read and print back as themselves. */
  samples: z.array(z.string().min(1).max(120)).min(1).max(20),
})

export type CustomSchemeDefinition = z.infer<typeof customSchemeSchema>

export type SchemeProblem =
  | { readonly reason: 'not-a-definition'; readonly field: string }
  | { readonly reason: 'pattern-does-not-compile' }
  | { readonly reason: 'pattern-too-slow' }
  | { readonly reason: 'pattern-has-no-fields' }
  | { readonly reason: 'template-field-unknown'; readonly field: string }
  | { readonly reason: 'template-field-missing'; readonly field: string }
  | { readonly reason: 'sample-not-read'; readonly sample: string }
  | { readonly reason: 'sample-prints-differently'; readonly sample: string; readonly printed: string }

export type SchemeResult =
  | { readonly ok: true; readonly scheme: NumberScheme<CustomNumber> }
  | { readonly ok: false; readonly code: 'TEMPLATE_INVALID'; readonly problems: readonly SchemeProblem[] }

const NAMED_GROUP = /\(\?<([a-zA-Z]+)>/g
const TEMPLATE_FIELD = /\{([a-zA-Z]+)\}/g
/** A repeated group that itself repeats, and back references, can take time without bound. */
const NESTED_REPEAT = /[*+}]\)*\)[*+{]|\\[1-9]|\\k</

const UNBOUNDED = /(?<!\\)[*+]|\{\d+,\}/g
/** With more open-ended repeats, text that does not match takes long to turn down. */
const MOST_UNBOUNDED = 3

/** Turns a definition into a scheme, or says everything that is wrong with it. */
export function defineScheme(definition: unknown): SchemeResult {
  const parsed = customSchemeSchema.safeParse(definition)
  if (!parsed.success) {
    const fields = new Set(parsed.error.issues.map((issue) => issue.path.join('.')))
    return refused([...fields].map((field) => ({ reason: 'not-a-definition', field })))
  }
  const { id, label, template, gapsAlarm, samples } = parsed.data
  const pattern = compile(parsed.data.pattern)
  if (pattern === null) return refused([{ reason: 'pattern-does-not-compile' }])
  if (isSlow(parsed.data.pattern)) return refused([{ reason: 'pattern-too-slow' }])

  const groups = [...parsed.data.pattern.matchAll(NAMED_GROUP)].map((match) => match[1] ?? '')
  const used = [...template.matchAll(TEMPLATE_FIELD)].map((match) => match[1] ?? '')
  const scheme: NumberScheme<CustomNumber> = {
    id,
    label,
    pattern,
    template,
    gapsAlarm: () => gapsAlarm,
    read: (found) => ({
      scheme: 'custom',
      schemeId: id,
      template,
      values: Object.fromEntries(groups.map((group) => [group, found[group] ?? ''])),
    }),
    values: (fields) => fields.values,
  }
  const problems: SchemeProblem[] = []
  if (groups.length === 0) problems.push({ reason: 'pattern-has-no-fields' })
  for (const field of used)
    if (!groups.includes(field)) problems.push({ reason: 'template-field-unknown', field })
  for (const field of groups)
    if (!used.includes(field)) problems.push({ reason: 'template-field-missing', field })
  if (problems.length === 0) problems.push(...samples.flatMap((sample) => checkSample(scheme, sample)))
  return problems.length === 0 ? { ok: true, scheme } : refused(problems)
}

function isSlow(pattern: string): boolean {
  return NESTED_REPEAT.test(pattern) || [...pattern.matchAll(UNBOUNDED)].length > MOST_UNBOUNDED
}

function checkSample(scheme: NumberScheme<CustomNumber>, sample: string): readonly SchemeProblem[] {
  const normalised = normaliseCaseNumber(sample)
  const fields = readWithScheme(scheme, normalised)
  if (fields === null) return [{ reason: 'sample-not-read', sample }]
  const printed = printWithScheme(scheme, fields)
  return printed === normalised ? [] : [{ reason: 'sample-prints-differently', sample, printed }]
}

function compile(source: string): RegExp | null {
  try {
    return new RegExp(`^(?:${source})$`, 'u')
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function refused(problems: readonly SchemeProblem[]): SchemeResult {
  return { ok: false, code: 'TEMPLATE_INVALID', problems }
}
