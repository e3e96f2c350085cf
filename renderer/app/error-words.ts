import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../shared/errors.ts'

/** What happened, what is safe, what to do next. */
export interface ErrorWords {
  readonly title: string
  readonly body: string
  readonly next: string
}

export function errorWords(t: TFunction, error: Pick<AppError, 'code' | 'details'>): ErrorWords {
  const { reason } = error.details
  // Words of their own for a reason stand under `title_<reason>`; without them the code's words do.
  const context = typeof reason === 'string' ? { context: reason } : {}
  const options = { ns: 'errors', ...error.details, ...context }
  return {
    title: t(`${error.code}.title`, options),
    body: t(`${error.code}.body`, options),
    next: t(`${error.code}.next`, options),
  }
}

export function useErrorWords(error: Pick<AppError, 'code' | 'details'> | undefined): ErrorWords | undefined {
  const { t } = useTranslation('errors')
  return error === undefined ? undefined : errorWords(t, error)
}
