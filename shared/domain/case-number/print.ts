import { LEGACY_SCHEME, MODERN_SCHEME } from './court-schemes.ts'
import type { CaseNumberFields } from './fields.ts'
import {
  LAW_FIRM_SCHEME,
  PROCURATORATE_DOCUMENT_SCHEME,
  PROCURATORATE_INTAKE_SCHEME,
  UNIFIED_INTAKE_SCHEME,
} from './other-schemes.ts'
import { fillTemplate, printWithScheme } from './scheme.ts'

/** The one written form of a number; reading it gives the same fields again. */
export function printCaseNumber(fields: CaseNumberFields): string {
  switch (fields.scheme) {
    case 'court':
      return printWithScheme(MODERN_SCHEME, fields)
    case 'court-legacy':
      return printWithScheme(LEGACY_SCHEME, fields)
    case 'procuratorate-document':
      return printWithScheme(PROCURATORATE_DOCUMENT_SCHEME, fields)
    case 'procuratorate-intake':
      return printWithScheme(PROCURATORATE_INTAKE_SCHEME, fields)
    case 'unified-intake':
      return printWithScheme(UNIFIED_INTAKE_SCHEME, fields)
    case 'law-firm':
      return printWithScheme(LAW_FIRM_SCHEME, fields)
    case 'custom':
      return fillTemplate(fields.template, fields.values)
    case 'free-text':
      return fields.text
  }
}
