/** How a further number is joined to the one before it: listed one by one, or the end of a range. */
export interface FurtherNumber {
  readonly join: '、' | '-'
  /** Digits, as printed. */
  readonly number: string
}

interface CountedFields {
  readonly year: number
  /** Digits. Without leading zeros in the modern form, as printed in all others. */
  readonly number: string
}

interface CourtFields extends CountedFields {
  /** Numbers joined to the first: 3827、3828号 or 18775-18776号. */
  readonly more: readonly FurtherNumber[]
  /** 之一 is 1; null when the number has no such ending. */
  readonly sub: number | null
}

/** （2023）京0105民初123号, in use from 2016-01-01. */
export interface ModernCaseNumber extends CourtFields {
  readonly scheme: 'court'
  /** 最高法, or a province mark with no, two or four digits. */
  readonly court: string
  /** The special court mark (知), or null. */
  readonly special: string | null
  readonly type: string
}

/** （2014）民一终字第174号. The body is a court's abbreviation with a type, and not unique in the country. */
export interface LegacyCaseNumber extends CourtFields {
  readonly scheme: 'court-legacy'
  readonly body: string
}

/** 长检一部刑诉〔2020〕64号. */
export interface ProcuratorateDocumentNumber extends CountedFields {
  readonly scheme: 'procuratorate-document'
  readonly procuratorate: string
  /** 一部, or null. */
  readonly department: string | null
  readonly document: string
  /** The Z that some numbers carry before the counter. */
  readonly marked: boolean
}

/** 密检起诉受〔2016〕37078500026号. */
export interface ProcuratorateIntakeNumber extends CountedFields {
  readonly scheme: 'procuratorate-intake'
  readonly procuratorate: string
  readonly category: string
  /** Six digits of the unit, before the five of the counter. */
  readonly unit: string
}

/** 37078520150084600: 17 digits. The split into unit, year and counter is common reading, not a published rule. */
export interface UnifiedIntakeNumber extends CountedFields {
  readonly scheme: 'unified-intake'
  readonly unit: string
}

/** （2024）XX律民字第001号. */
export interface LawFirmNumber extends CountedFields {
  readonly scheme: 'law-firm'
  /** The firm's own mark with 律 at its end. */
  readonly firm: string
  readonly kind: string
}

/** A number of a scheme that the records room defined itself. */
export interface CustomNumber {
  readonly scheme: 'custom'
  readonly schemeId: string
  readonly template: string
  readonly values: Readonly<Record<string, string>>
}

/** Whatever no scheme reads: kept as it is, normalised. */
export interface FreeTextNumber {
  readonly scheme: 'free-text'
  readonly text: string
}

/** A number taken apart; `scheme` tells which fields it has. */
export type CaseNumberFields =
  | ModernCaseNumber
  | LegacyCaseNumber
  | ProcuratorateDocumentNumber
  | ProcuratorateIntakeNumber
  | UnifiedIntakeNumber
  | LawFirmNumber
  | CustomNumber
  | FreeTextNumber

export type CaseNumberSchemeId = CaseNumberFields['scheme']
