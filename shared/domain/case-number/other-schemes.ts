import type {
  LawFirmNumber,
  ProcuratorateDocumentNumber,
  ProcuratorateIntakeNumber,
  UnifiedIntakeNumber,
} from './fields.ts'
import {
  LAW_FIRM_PATTERN,
  PROCURATORATE_DOCUMENT_PATTERN,
  PROCURATORATE_INTAKE_PATTERN,
  UNIFIED_INTAKE_PATTERN,
} from './patterns.ts'
import type { NumberScheme } from './scheme.ts'

export const PROCURATORATE_DOCUMENT_SCHEME: NumberScheme<ProcuratorateDocumentNumber> = {
  id: 'procuratorate-document',
  label: { zh: '检察文书文号', en: 'Procuratorate document number' },
  pattern: PROCURATORATE_DOCUMENT_PATTERN,
  template: '{procuratorate}{department}{document}〔{year}〕{mark}{number}号',
  gapsAlarm: () => true,
  read: (groups) => ({
    scheme: 'procuratorate-document',
    year: Number(groups.year),
    procuratorate: groups.procuratorate ?? '',
    department: groups.department ?? null,
    document: groups.document ?? '',
    marked: groups.mark !== undefined,
    number: groups.number ?? '',
  }),
  values: (fields) => ({
    procuratorate: fields.procuratorate,
    department: fields.department ?? '',
    document: fields.document,
    year: String(fields.year),
    mark: fields.marked ? 'Z' : '',
    number: fields.number,
  }),
}

export const PROCURATORATE_INTAKE_SCHEME: NumberScheme<ProcuratorateIntakeNumber> = {
  id: 'procuratorate-intake',
  label: { zh: '部门受案号', en: 'Procuratorate intake number' },
  pattern: PROCURATORATE_INTAKE_PATTERN,
  template: '{procuratorate}{category}受〔{year}〕{unit}{number}号',
  gapsAlarm: () => true,
  read: (groups) => ({
    scheme: 'procuratorate-intake',
    year: Number(groups.year),
    procuratorate: groups.procuratorate ?? '',
    category: groups.category ?? '',
    unit: groups.unit ?? '',
    number: groups.number ?? '',
  }),
  values: (fields) => ({
    procuratorate: fields.procuratorate,
    category: fields.category,
    year: String(fields.year),
    unit: fields.unit,
    number: fields.number,
  }),
}

export const UNIFIED_INTAKE_SCHEME: NumberScheme<UnifiedIntakeNumber> = {
  id: 'unified-intake',
  label: { zh: '统一受案号', en: 'Unified intake number' },
  pattern: UNIFIED_INTAKE_PATTERN,
  template: '{unit}{year}{number}',
  // one counter runs for every kind of case of the unit, most of which this records room never sees
  gapsAlarm: () => false,
  read: (groups) => ({
    scheme: 'unified-intake',
    year: Number(groups.year),
    unit: groups.unit ?? '',
    number: groups.number ?? '',
  }),
  values: (fields) => ({ unit: fields.unit, year: String(fields.year), number: fields.number }),
}

export const LAW_FIRM_SCHEME: NumberScheme<LawFirmNumber> = {
  id: 'law-firm',
  label: { zh: '律师业务编号', en: 'Law firm number' },
  pattern: LAW_FIRM_PATTERN,
  template: '（{year}）{firm}{kind}字第{number}号',
  gapsAlarm: () => true,
  read: (groups) => ({
    scheme: 'law-firm',
    year: Number(groups.year),
    firm: groups.firm ?? '',
    kind: groups.kind ?? '',
    number: groups.number ?? '',
  }),
  values: (fields) => ({
    year: String(fields.year),
    firm: fields.firm,
    kind: fields.kind,
    number: fields.number,
  }),
}
