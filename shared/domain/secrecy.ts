/** From open to top secret, in rising order. The last three are State secrets. */
export const SECRECY_LEVELS = [
  'public',
  'internal',
  'work-secret',
  'secret',
  'confidential',
  'top-secret',
] as const
export type SecrecyLevel = (typeof SECRECY_LEVELS)[number]

export interface SecrecyLevelInfo {
  readonly zh: string
  readonly en: string
  /** A State secret: this program may hold a register entry without identifying content, and no image. */
  readonly stateSecret: boolean
  /** The longest term in years unless a longer one is set by rule; null where the law gives none. */
  readonly longestYears: number | null
}

export const SECRECY_LEVEL_INFO: Readonly<Record<SecrecyLevel, SecrecyLevelInfo>> = {
  public: { zh: '公开', en: 'Public', stateSecret: false, longestYears: null },
  internal: { zh: '内部', en: 'Internal', stateSecret: false, longestYears: null },
  'work-secret': { zh: '工作秘密', en: 'Work secret', stateSecret: false, longestYears: null },
  secret: { zh: '秘密', en: 'Secret', stateSecret: true, longestYears: 10 },
  confidential: { zh: '机密', en: 'Confidential', stateSecret: true, longestYears: 20 },
  'top-secret': { zh: '绝密', en: 'Top secret', stateSecret: true, longestYears: 30 },
}

/** Reasons for care that are not a level of secrecy. */
export const SENSITIVITY_FLAGS = {
  'closed-hearing': { zh: '不公开审理', en: 'Closed hearing' },
  'juvenile-sealed': { zh: '未成年人封存', en: 'Sealed juvenile record' },
  'trade-secret': { zh: '商业秘密', en: 'Trade secret' },
  privacy: { zh: '个人隐私', en: 'Personal privacy' },
  'state-compensation': { zh: '国家赔偿', en: 'State compensation' },
  informant: { zh: '举报人', en: 'Informant' },
} as const satisfies Readonly<Record<string, { zh: string; en: string }>>
export type SensitivityFlag = keyof typeof SENSITIVITY_FLAGS

/** False from 秘密 up: then only a register entry is kept. */
export function mayHoldImages(level: SecrecyLevel): boolean {
  return !SECRECY_LEVEL_INFO[level].stateSecret
}

/** Below 0, 0 or above 0, as the first level is lower than, the same as or higher than the second. */
export function compareSecrecy(a: SecrecyLevel, b: SecrecyLevel): number {
  return SECRECY_LEVELS.indexOf(a) - SECRECY_LEVELS.indexOf(b)
}

/** The level of a whole is the highest of its parts; public when there are none. */
export function highestSecrecy(levels: readonly SecrecyLevel[]): SecrecyLevel {
  return SECRECY_LEVELS.findLast((level) => levels.includes(level)) ?? 'public'
}

/** Reads the Chinese word or the code; null for anything else. */
export function readSecrecy(text: string): SecrecyLevel | null {
  const plain = text.normalize('NFKC').replace(/\s/g, '')
  return SECRECY_LEVELS.find((level) => level === plain || SECRECY_LEVEL_INFO[level].zh === plain) ?? null
}
