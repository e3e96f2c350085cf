import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

type Words = { readonly [key: string]: string | Words }

/** Every `locales/<language>/<area>.json` is a namespace called `<area>`; a new file needs no listing. */
const files = import.meta.glob<Words>('../locales/*/*.json', { eager: true, import: 'default' })

function resources(): Record<string, Record<string, Words>> {
  const gathered: Record<string, Record<string, Words>> = {}
  for (const [path, words] of Object.entries(files)) {
    const [language, area] = path.replace('../locales/', '').replace('.json', '').split('/')
    if (language === undefined || area === undefined) continue
    gathered[language] = { ...gathered[language], [area]: words }
  }
  return gathered
}

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: resources(),
    lng: 'zh-CN',
    fallbackLng: 'zh-CN',
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    missingInterpolationHandler: () => '—',
    returnNull: false,
  })
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language
  })
}

export async function changeLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language)
}
