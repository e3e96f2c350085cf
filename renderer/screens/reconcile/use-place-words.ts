import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { type Ground, groundWords } from '../../../shared/domain/reconcile/ground.ts'
import { type Place, placeWords } from '../../../shared/domain/reconcile/place.ts'

/** Where a difference is, in the language of the screen; what a person wrote stays as it is. */
export function usePlaceWords(): (place: Place) => string {
  const { i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  return useCallback((place) => placeWords(place, language), [language])
}

/** On what the program found a difference, in the language of the screen. */
export function useGroundWords(): (ground: Ground) => string {
  const { i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  return useCallback((ground) => groundWords(ground, language), [language])
}
