import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/errors.ts'

/** What the core said of one field of a form, in words; undefined: it is about something else. */
export function useRefusal(): (
  error: AppError | undefined,
) => { readonly field: string; readonly words: string } | undefined {
  const { t } = useTranslation('backup')
  return (error) => {
    const { field, reason } = error?.details ?? {}
    if (error?.code !== 'CALL_INVALID_INPUT' || typeof field !== 'string') return undefined
    const words = t(`refused.${String(reason)}`, { defaultValue: '' })
    return words === '' ? undefined : { field, words }
  }
}
