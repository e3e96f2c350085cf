import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DIFFERENCE_TYPE_INFO } from '../../../../shared/domain/reconcile/difference-type.ts'
import {
  CAUSE_WORDS,
  DIFFERENCE_STATE_WORDS,
  FINDING_METHOD_WORDS,
  HANDLING_WORDS,
  ORIGIN_STAGE_WORDS,
  SEVERITY_WORDS,
} from '../../../../shared/domain/reconcile/difference-words.ts'
import { useTerm } from '../../../app/terms.ts'
import type { Difference } from '../use-checking.ts'
import { useGroundWords, usePlaceWords } from '../use-place-words.ts'
import { Attachments, hasAttachments } from './attachments.tsx'
import { DifferenceActions } from './difference-actions.tsx'
import { DifferenceSteps } from './difference-steps.tsx'
import { JudgeForm } from './judge-form.tsx'

interface DifferenceDetailProps {
  readonly difference: Difference
  readonly onChanged: () => void
  /** Goes on to the next that nobody has judged. */
  readonly onNext: () => void
}

const percent = (share: number) => `${Math.round(share * 100)} %`

/** Everything that the register holds of one difference, and what the person may do with it now. */
export function DifferenceDetail({ difference, onChanged, onNext }: DifferenceDetailProps) {
  const { t } = useTranslation('settling')
  const term = useTerm()
  const placeWords = usePlaceWords()
  const groundWords = useGroundWords()
  const mayJudge = difference.may.includes('judge')
  const [judging, setJudging] = useState(false)
  const choosing = mayJudge && (judging || difference.state === 'found')
  const sources = [...new Set(difference.regions.flatMap((region) => region.sources))]
  const facts: readonly (readonly [string, string])[] = [
    [t('fact.paper-place'), placeWords(difference.paperAt)],
    [t('fact.electronic-place'), placeWords(difference.electronicAt)],
    [t('fact.item'), difference.itemWords],
    [t('fact.paper'), difference.paperWords],
    [t('fact.electronic'), difference.electronicWords],
    [
      t('fact.found'),
      [
        ...difference.methods.map((method) => term(FINDING_METHOD_WORDS[method])),
        ...sources.map((source) => t(`source.${source}`)),
        t('fact.sure', { percent: percent(difference.confidence) }),
      ].join(' · '),
    ],
    [t('fact.cause'), difference.cause === null ? '' : term(CAUSE_WORDS[difference.cause])],
    [
      t('fact.origin'),
      [
        difference.originStage === null ? '' : term(ORIGIN_STAGE_WORDS[difference.originStage]),
        difference.originPerson,
      ]
        .filter(Boolean)
        .join(' · '),
    ],
    [t('fact.handling'), difference.handling === null ? '' : term(HANDLING_WORDS[difference.handling])],
    [t('fact.basis'), difference.ground === null ? difference.basis : groundWords(difference.ground)],
    [t('fact.explanation'), difference.explanation],
    [t('fact.measure'), difference.trainingMeasure],
  ]
  return (
    <section className="difference-detail" aria-label={difference.number}>
      <header>
        <strong>
          {difference.type} {term(DIFFERENCE_TYPE_INFO[difference.type])}
        </strong>
        <span className="difference-number">{difference.number}</span>
        <Tag>{term(SEVERITY_WORDS[difference.severity])}</Tag>
        <Tag>{term(DIFFERENCE_STATE_WORDS[difference.state])}</Tag>
      </header>
      <dl className="difference-facts">
        {facts
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {!choosing && hasAttachments(difference) && (
        <Attachments difference={difference} handling={difference.handling} onChanged={onChanged} />
      )}
      {choosing ? (
        <JudgeForm
          difference={difference}
          onChanged={onChanged}
          onJudged={() => {
            setJudging(false)
            onChanged()
            onNext()
          }}
        />
      ) : (
        mayJudge && (
          <Button size="small" onClick={() => setJudging(true)}>
            {t('judge.again')}
          </Button>
        )
      )}
      <DifferenceActions difference={difference} onDone={onChanged} />
      <DifferenceSteps difference={difference} />
    </section>
  )
}
