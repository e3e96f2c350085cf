import type { TFunction } from 'i18next'
import { ERROR_CODES, type ErrorCode } from '../../../shared/errors.ts'

export function durationWords(t: TFunction, seconds: number): string {
  const whole = Math.max(1, Math.round(seconds))
  if (whole < 60) return t('intake:time.seconds', { seconds: whole })
  if (whole < 3600) {
    return t('intake:time.minutes', { minutes: Math.floor(whole / 60), seconds: whole % 60 })
  }
  return t('intake:time.hours', { hours: Math.floor(whole / 3600), minutes: Math.floor((whole % 3600) / 60) })
}

export function isErrorCode(code: string): code is ErrorCode {
  return ERROR_CODES.some((known) => known === code)
}

/** The file's own name and the folders above it, so that a long path can break between the two. */
export function splitName(name: string): { readonly folder: string; readonly base: string } {
  const at = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'))
  return { folder: name.slice(0, at + 1), base: name.slice(at + 1) }
}
