import { create } from 'zustand'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** What a person chose about the look; kept in the core as a draft, so that it follows the account. */
export interface Preferences {
  readonly language: 'zh-CN' | 'en'
  readonly theme: Theme
  readonly caseColumns: readonly string[] | null
  /** Of the register of differences. */
  readonly registerColumns: readonly string[] | null
}

interface PreferenceStore extends Preferences {
  readonly change: (changes: Partial<Preferences>) => void
}

export const usePreferences = create<PreferenceStore>()((set) => ({
  language: 'zh-CN',
  theme: 'system',
  caseColumns: null,
  registerColumns: null,
  change: (changes) => set(changes),
}))

export function preferencesOf(preferences: Preferences): Preferences {
  const { language, theme, caseColumns, registerColumns } = preferences
  return { language, theme, caseColumns, registerColumns }
}

const texts = (value: readonly unknown[]): string[] =>
  value.filter((one): one is string => typeof one === 'string')

/** Reads what was kept; anything unknown falls back to what is there. */
export function readPreferences(text: string): Partial<Preferences> {
  let kept: unknown
  try {
    kept = JSON.parse(text)
  } catch {
    // Kept by another version of the program: the defaults are as good.
    return {}
  }
  if (typeof kept !== 'object' || kept === null) return {}
  const { language, theme, caseColumns, registerColumns } = kept as Record<string, unknown>
  return {
    ...(language === 'zh-CN' || language === 'en' ? { language } : {}),
    ...(THEMES.some((name) => name === theme) ? { theme: theme as Theme } : {}),
    ...(Array.isArray(caseColumns) ? { caseColumns: texts(caseColumns) } : {}),
    ...(Array.isArray(registerColumns) ? { registerColumns: texts(registerColumns) } : {}),
  }
}
