import { type RefObject, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isTyping } from '../../widgets/key-hint.tsx'

interface CaseKeys {
  readonly mayEditItems: boolean
  readonly mayArrange: boolean
  readonly showsPages: boolean
  readonly onEdit: () => void
  readonly filter: RefObject<{ readonly focus: (options: { readonly cursor: 'all' }) => void } | null>
}

/** The keys of the case beside those of the viewer; gives the lines for the sheet of keys. */
export function useCaseKeys({ mayEditItems, mayArrange, showsPages, onEdit, filter }: CaseKeys) {
  const { t } = useTranslation('case')
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey)
        return
      if (event.target instanceof Element && event.target.closest('.ant-modal') !== null) return
      // Where pages are shown the viewer takes it, to find in the case.
      if (event.key === '/' && !showsPages) filter.current?.focus({ cursor: 'all' })
      else if (event.key.toLowerCase() === 'e' && mayEditItems) onEdit()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [filter, mayEditItems, onEdit, showsPages])
  return useMemo(
    () => [
      ...(mayEditItems ? [{ keys: ['E'], words: t('keys.edit') }] : []),
      ...(mayArrange ? [{ keys: [t('keys.shiftClick')], words: t('keys.select') }] : []),
      ...(mayArrange || mayEditItems
        ? [
            { keys: ['J', 'K'], words: t('proposals:keys.step') },
            { keys: ['A'], words: t('proposals:keys.accept') },
            { keys: ['X'], words: t('proposals:keys.dismiss') },
          ]
        : []),
    ],
    [mayArrange, mayEditItems, t],
  )
}
