import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

/** A field term as `shared/domain/` pairs it. */
export interface Term {
  readonly zh: string
  readonly en: string
}

/** Picks the language of a field term: terms live in the domain tables, all other words in `locales/`. */
export function useTerm(): (term: Term) => string {
  const { i18n } = useTranslation()
  const english = i18n.language === 'en'
  return useCallback((term) => (english ? term.en : term.zh), [english])
}
