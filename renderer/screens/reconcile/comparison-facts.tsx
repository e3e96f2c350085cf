import { useTranslation } from 'react-i18next'
import type { Spot } from './map-layout.ts'
import type { MapWords } from './map-words.ts'
import { type ComparedSpot, useChangeWords } from './use-compared.ts'

interface ComparisonFactsProps {
  readonly spot: Spot
  readonly shown: ComparedSpot
  /** From 0; -1: none is chosen. */
  readonly change: number
  readonly words: MapWords
}

/** Where the person stands and what was found there, in a line that a screen reader hears too. */
export function ComparisonFacts({ spot, shown, change, words }: ComparisonFactsProps) {
  const { t } = useTranslation('reconcile')
  const changeWords = useChangeWords()
  const { comparison } = shown.compared ?? { comparison: undefined }
  const chosen = shown.changes[change]
  const both = shown.paper !== null && shown.electronic !== null
  return (
    <div className="comparison-facts figures" aria-live="polite" data-testid="comparison-facts">
      <span>{words.spot(spot)}</span>
      {chosen !== undefined && (
        <span className="comparison-change">
          <b>{t('step.at', { at: change + 1, of: shown.changes.length })}</b> {changeWords(chosen)}
          {chosen.paperText !== undefined && chosen.electronicText !== undefined && (
            <span className="comparison-texts">
              {t('change-texts', { paper: chosen.paperText, electronic: chosen.electronicText })}
            </span>
          )}
        </span>
      )}
      {both && chosen === undefined && comparison === null && (
        <span className="muted">{t('facts.not-compared')}</span>
      )}
      {both && chosen === undefined && comparison !== undefined && comparison !== null && (
        <span className="muted">
          {comparison.registered
            ? [
                t('facts.changes', { count: shown.changes.length }),
                t('facts.ink', { percent: Math.round(comparison.inkAgreement * 100) }),
                ...(comparison.textAgreement === null
                  ? [t('facts.no-text')]
                  : [t('facts.text', { percent: Math.round(comparison.textAgreement * 100) })]),
              ].join(' · ')
            : t('facts.not-registered')}
        </span>
      )}
    </div>
  )
}
