import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { BackupTask } from '../../../shared/contract/backup.ts'
import type { DrillPoint } from '../../../shared/contract/restores.ts'
import type { Finding } from '../../../shared/domain/backup/finding.ts'
import { ERROR_CODES } from '../../../shared/errors.ts'
import { errorWords } from '../../app/error-words.ts'

const FAULTS = [
  ...(['missing', 'size', 'changed', 'unreadable'] as const),
  ...(['signature', 'unknown-signer', 'stranger', 'rolled-back'] as const),
]

/** What was found, in the words of the person's language. */
export function useFindingWords(): (findings: readonly Finding[]) => string {
  const { t } = useTranslation(['backup', 'errors', 'common'])
  return useCallback(
    (findings) => {
      const listed = (names: unknown) => String(names ?? '').replaceAll(',', t('common:list-comma'))
      const errorTitle = (code: unknown, details: Finding['details']) => {
        const known = ERROR_CODES.find((one) => one === code)
        return known === undefined ? String(code) : errorWords(t, { code: known, details }).title
      }
      const wordsOf = ({ code, details }: Finding): string => {
        switch (code) {
          case 'problems': {
            const faults = FAULTS.filter((fault) => details[fault] !== undefined).map(
              (fault) => `${t(`fault.${fault}`)} ${details[fault]}`,
            )
            return t('finding.problems', { ...details, faults: faults.join(t('common:list-comma')) })
          }
          case 'run-failed':
            return t('finding.run-failed', {
              reason: t(`run-reason.${details.reason}`),
              why: errorTitle(details.code, details),
            })
          case 'run-unproven':
            return t('finding.run-unproven', { reason: t(`run-reason.${details.reason}`) })
          case 'point-failed':
            return t('finding.point-failed', { point: t(`point.${details.point}`) })
          case 'error':
            return [errorTitle(details.error, details), details.file].filter(Boolean).join(' ')
          case 'way':
            return t(`way.${details.way}`)
          case 'database':
            return String(details.problem)
          case 'files':
            return listed(details.names)
          case 'wrong-objects':
          case 'wrong-pages':
            return t(`finding.${code}`, { names: listed(details.names) })
          case 'count':
            return t(details.said === details.found ? 'finding.count' : 'finding.count-wrong', {
              ...details,
              what: t(`restore.count.${details.what}`),
            })
          default:
            return t(`finding.${code}`, { ...details })
        }
      }
      return findings.map(wordsOf).join(t('finding.gap'))
    },
    [t],
  )
}

/** What a task is about and how it was settled; those of earlier versions in the words they were kept in. */
export function useTaskWords() {
  const { t } = useTranslation('backup')
  const found = useFindingWords()
  return {
    about: ({ details, findings }: Pick<BackupTask, 'details' | 'findings'>) => details || found(findings),
    remedy: ({ remedy, remedyCode }: Pick<BackupTask, 'remedy' | 'remedyCode'>) =>
      remedyCode === null ? remedy : t(`remedy.${remedyCode}`),
  }
}

/** What stands beside a point of a drill. */
export function usePointWords(): (point: Pick<DrillPoint, 'note' | 'findings'>) => string {
  const found = useFindingWords()
  return ({ note, findings }) => note || found(findings)
}
