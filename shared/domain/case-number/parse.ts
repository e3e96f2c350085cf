import { LEGACY_SCHEME, MODERN_SCHEME } from './court-schemes.ts'
import type { CaseNumberFields, CustomNumber } from './fields.ts'
import {
  LAW_FIRM_SCHEME,
  PROCURATORATE_DOCUMENT_SCHEME,
  PROCURATORATE_INTAKE_SCHEME,
  UNIFIED_INTAKE_SCHEME,
} from './other-schemes.ts'
import { type NumberScheme, readWithScheme, type SchemeLabel } from './scheme.ts'

/** What a list of schemes shows: the built-in ones cannot be edited, those defined as data can. */
export interface SchemeSummary {
  readonly id: string
  readonly label: SchemeLabel
  readonly template: string
  readonly editable: boolean
}

// The order of trying: what only one pattern can read stands before what a looser one would also take.
const readers: readonly ((normalised: string) => CaseNumberFields | null)[] = [
  (text) => readWithScheme(MODERN_SCHEME, text),
  (text) => readWithScheme(LAW_FIRM_SCHEME, text),
  (text) => readWithScheme(LEGACY_SCHEME, text),
  (text) => readWithScheme(PROCURATORATE_INTAKE_SCHEME, text),
  (text) => readWithScheme(PROCURATORATE_DOCUMENT_SCHEME, text),
  (text) => readWithScheme(UNIFIED_INTAKE_SCHEME, text),
]

const builtIn = [
  MODERN_SCHEME,
  LEGACY_SCHEME,
  PROCURATORATE_DOCUMENT_SCHEME,
  PROCURATORATE_INTAKE_SCHEME,
  UNIFIED_INTAKE_SCHEME,
  LAW_FIRM_SCHEME,
]

export function listSchemes(
  ownSchemes: readonly NumberScheme<CustomNumber>[] = [],
): readonly SchemeSummary[] {
  const summary = (scheme: SchemeSummaryParts, editable: boolean): SchemeSummary => ({
    id: scheme.id,
    label: scheme.label,
    template: scheme.template,
    editable,
  })
  return [
    ...builtIn.map((scheme) => summary(scheme, false)),
    ...ownSchemes.map((scheme) => summary(scheme, true)),
    { id: 'free-text', label: { zh: '自由文本', en: 'Free text' }, template: '{text}', editable: false },
  ]
}

type SchemeSummaryParts = Pick<SchemeSummary, 'id' | 'label' | 'template'>

/** Reads normalised text by the first scheme that fits, the records room's own after the built-in ones. */
export function parseNormalised(
  normalised: string,
  ownSchemes: readonly NumberScheme<CustomNumber>[] = [],
): CaseNumberFields | null {
  for (const read of readers) {
    const fields = read(normalised)
    if (fields !== null) return fields
  }
  for (const scheme of ownSchemes) {
    const fields = readWithScheme(scheme, normalised)
    if (fields !== null) return fields
  }
  return null
}

/** Whether a missing number between two of this kind is worth an alarm. */
export function gapsAlarm(
  fields: CaseNumberFields,
  ownSchemes: readonly NumberScheme<CustomNumber>[] = [],
): boolean {
  switch (fields.scheme) {
    case 'court':
      return MODERN_SCHEME.gapsAlarm(fields)
    case 'court-legacy':
      return LEGACY_SCHEME.gapsAlarm(fields)
    case 'procuratorate-document':
      return PROCURATORATE_DOCUMENT_SCHEME.gapsAlarm(fields)
    case 'procuratorate-intake':
      return PROCURATORATE_INTAKE_SCHEME.gapsAlarm(fields)
    case 'unified-intake':
      return UNIFIED_INTAKE_SCHEME.gapsAlarm(fields)
    case 'law-firm':
      return LAW_FIRM_SCHEME.gapsAlarm(fields)
    case 'custom':
      return ownSchemes.find((scheme) => scheme.id === fields.schemeId)?.gapsAlarm(fields) ?? false
    case 'free-text':
      return false
  }
}
