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
  const options = { ns: 'errors', ...error.details }
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
