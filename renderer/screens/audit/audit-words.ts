import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditRow } from '../../../shared/contract/audit.ts'

export interface AuditWords {
  /** What was done, or the action's id where there are no words for it. */
  readonly action: (id: string) => string
  readonly time: (iso: string) => string
  readonly subject: (subject: string) => string
  readonly roles: (roles: string | null) => string
  readonly result: (result: AuditRow['result']) => string
}

/** How records read on the screen. */
export function useAuditWords(): AuditWords {
  const { t, i18n } = useTranslation('audit')
  const { language } = i18n
  return {
    action: useCallback((id) => t(`action.${id}`, { defaultValue: id }), [t]),
    time: useCallback(
      (iso) => (iso === '' ? '' : new Date(iso).toLocaleString(language, { hour12: false })),
      [language],
    ),
    subject: useCallback(
      (subject) => {
        const [kind = '', ...rest] = subject.split(':')
        if (rest.length === 0) return t('whole-room')
        return `${t(`subject.${kind}`, { defaultValue: kind })} ${rest.join(':')}`
      },
      [t],
    ),
    roles: useCallback(
      (roles) =>
        (roles ?? '')
          .split(',')
          .filter((role) => role !== '')
          .map((role) => t(`common:role.${role}`, { defaultValue: role }))
          .join(t('common:list-comma')),
      [t],
    ),
    result: useCallback((result) => t(`result.${result}`), [t]),
  }
}
