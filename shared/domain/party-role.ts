export const PARTY_ROLES = [
  'plaintiff',
  'defendant',
  'third-party',
  'appellant',
  'appellee',
  'applicant',
  'respondent',
  'prosecution',
  'accused',
  'other',
] as const
export type PartyRole = (typeof PARTY_ROLES)[number]

export interface PartyRoleInfo {
  readonly zh: string
  readonly en: string
  /** Other words for the same place in a case; the first is the one used in enforcement cases, if it differs. */
  readonly alsoCalled: readonly string[]
  /** Which of the two lines of a cover the party stands on. */
  readonly side: 'claiming' | 'answering' | 'neither'
}

export const PARTY_ROLE_INFO: Readonly<Record<PartyRole, PartyRoleInfo>> = {
  plaintiff: {
    zh: '原告',
    en: 'Plaintiff',
    alsoCalled: ['反诉被告', '自诉人', '附带民事诉讼原告人'],
    side: 'claiming',
  },
  defendant: {
    zh: '被告',
    en: 'Defendant',
    alsoCalled: ['反诉原告', '附带民事诉讼被告人'],
    side: 'answering',
  },
  'third-party': { zh: '第三人', en: 'Third party', alsoCalled: [], side: 'neither' },
  appellant: { zh: '上诉人', en: 'Appellant', alsoCalled: [], side: 'claiming' },
  appellee: { zh: '被上诉人', en: 'Appellee', alsoCalled: [], side: 'answering' },
  applicant: { zh: '申请人', en: 'Applicant', alsoCalled: ['申请执行人', '再审申请人'], side: 'claiming' },
  respondent: { zh: '被申请人', en: 'Respondent', alsoCalled: ['被执行人'], side: 'answering' },
  prosecution: {
    zh: '公诉机关',
    en: 'Prosecuting organ',
    alsoCalled: ['抗诉机关', '原公诉机关'],
    side: 'claiming',
  },
  accused: {
    zh: '被告人',
    en: 'Accused',
    alsoCalled: ['原审被告人', '犯罪嫌疑人', '罪犯'],
    side: 'answering',
  },
  other: { zh: '其他', en: 'Other', alsoCalled: [], side: 'neither' },
}

/** The word for a role in a case of a class of the type table: an applicant in 执行 is 申请执行人. */
export function partyRoleLabel(role: PartyRole, caseClass: string | null = null): string {
  const info = PARTY_ROLE_INFO[role]
  const enforcing = caseClass === '执行' && (role === 'applicant' || role === 'respondent')
  return (enforcing ? info.alsoCalled[0] : undefined) ?? info.zh
}

/** Reads any of the Chinese words or the code; null for anything else. */
export function readPartyRole(text: string): PartyRole | null {
  const plain = text.normalize('NFKC').replace(/[\s:：]/g, '')
  return (
    PARTY_ROLES.find((role) => {
      const info = PARTY_ROLE_INFO[role]
      return plain === role || plain === info.zh || info.alsoCalled.includes(plain)
    }) ?? null
  )
}
