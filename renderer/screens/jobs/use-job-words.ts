import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobSummary } from '../../state/jobs.ts'
import { sizeText } from '../../widgets/size-text.ts'

/** How jobs are spoken of. */
export function useJobWords() {
  const { t, i18n } = useTranslation('jobs')
  return useMemo(() => {
    const number = new Intl.NumberFormat(i18n.language)
    const time = new Intl.DateTimeFormat(i18n.language, {
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    return {
      kind: (job: JobSummary) => t(`kind.${job.kind}`, { defaultValue: job.kind }),
      phase: (job: JobSummary) => t(`phase.${job.progress.phase}`, { defaultValue: '' }),
      count: (value: number) => number.format(value),
      time: (iso: string) => time.format(new Date(iso)),
      progress: ({ progress }: JobSummary) =>
        [
          progress.total === null
            ? t('progress.done', { done: number.format(progress.done) })
            : t('progress.of', { done: number.format(progress.done), total: number.format(progress.total) }),
          ...(progress.bytes > 0 ? [sizeText(progress.bytes, i18n.language)] : []),
        ].join(' · '),
      tally: (job: JobSummary) =>
        Object.entries(job.tally)
          .filter(([, value]) => value > 0)
          .map(([name, value]) => `${t(`outcome.${name}`, { defaultValue: name })} ${number.format(value)}`)
          .join(' · '),
    }
  }, [i18n.language, t])
}
