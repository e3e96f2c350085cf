import type { CaseNumberFields } from './fields.ts'

export interface SchemeLabel {
  readonly zh: string
  readonly en: string
}

/** The named groups that a pattern found. */
export type PatternGroups = Readonly<Record<string, string | undefined>>

/** One way of numbering: how it reads, how it prints, and whether a gap in its counter is worth an alarm. */
export interface NumberScheme<Fields extends CaseNumberFields = CaseNumberFields> {
  readonly id: string
  readonly label: SchemeLabel
  /** Matched against the normalised text. */
  readonly pattern: RegExp
  /** `{name}` stands for the value of that name. */
  readonly template: string
  gapsAlarm(fields: Fields): boolean
  /** null when the groups, though matched, mean nothing. */
  read(groups: PatternGroups): Fields | null
  values(fields: Fields): Readonly<Record<string, string>>
}

export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{([a-zA-Z]+)\}/g, (_token, name: string) => values[name] ?? '')
}

export function readWithScheme<Fields extends CaseNumberFields>(
  scheme: NumberScheme<Fields>,
  normalised: string,
): Fields | null {
  const match = scheme.pattern.exec(normalised)
  return match === null ? null : scheme.read(match.groups ?? {})
}

export function printWithScheme<Fields extends CaseNumberFields>(
  scheme: NumberScheme<Fields>,
  fields: Fields,
): string {
  return fillTemplate(scheme.template, scheme.values(fields))
}
