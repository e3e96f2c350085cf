import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { DIFFERENCE_TYPE_INFO } from '../../../../shared/domain/reconcile/difference-type.ts'
import {
  CAUSE_WORDS,
  DIFFERENCE_STATE_WORDS,
  FINDING_STAGE_WORDS,
  HANDLING_WORDS,
  ORIGIN_STAGE_WORDS,
  SEVERITY_WORDS,
} from '../../../../shared/domain/reconcile/difference-words.ts'
import { VOLUME_KIND_INFO } from '../../../../shared/domain/volume-kind.ts'
import { useTerm } from '../../../app/terms.ts'
import { CaseNumber } from '../../../widgets/case-number.tsx'
import type { GridColumn } from '../../../widgets/windowed-grid.tsx'
import type { Difference } from '../use-checking.ts'
import { useMoment } from '../use-moment.ts'
import { useGroundWords, usePlaceWords } from '../use-place-words.ts'

/** The columns of 电子与纸质不符登记 in the order of the printed form, with the state behind the number. */
export const REGISTER_COLUMNS = [
  'number',
  'state',
  'foundAt',
  'foundStage',
  'caseNumber',
  'archiveNumber',
  'volume',
  'item',
  'paperPlace',
  'electronicPlace',
  'type',
  'paperWords',
  'electronicWords',
  'severity',
  'cause',
  'origin',
  'handling',
  'basis',
  'explanation',
  'requestedBy',
  'approved',
  'handled',
  'beforeDigest',
  'afterDigest',
  'checked',
  'noted',
  'trainingMeasure',
  'closedAt',
] as const
export type RegisterColumn = (typeof REGISTER_COLUMNS)[number]

export const FIRST_REGISTER_COLUMNS: readonly RegisterColumn[] = [
  'number',
  'state',
  'foundAt',
  'caseNumber',
  'volume',
  'type',
  'paperPlace',
  'electronicPlace',
  'severity',
  'handling',
]

const figures = (text: string) => <span className="figures">{text}</span>
const join = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(' · ')

/** Where a row is worked on: its checking; a row of none is shown where it stands. */
export function checkingOf({ caseId, volumeId, id, reconciliationId }: Difference): string | null {
  return reconciliationId === null ? null : `/reconcile/${caseId}/${volumeId}?tab=compare&difference=${id}`
}

/** Every column that the register can show, in their order. */
export function useRegisterColumns(
  shown: readonly string[],
  onDetail: (row: Difference) => void,
): readonly GridColumn<Difference>[] {
  const { t } = useTranslation('register')
  const term = useTerm()
  const placeWords = usePlaceWords()
  const groundWords = useGroundWords()
  const moment = useMoment()
  return useMemo(() => {
    const step = (done: Difference['judged']) =>
      done === null ? '' : figures(join(done.by, moment(done.at), done.note))
    const day = (at: string | null) => (at === null ? '' : figures(moment(at).split(/[\s,]/)[0] ?? ''))
    const all: Record<RegisterColumn, Omit<GridColumn<Difference>, 'key' | 'title'>> = {
      number: {
        width: 112,
        render: (row) => {
          const place = checkingOf(row)
          if (place !== null)
            return (
              <Link to={place} tabIndex={-1} className="figures">
                {row.number}
              </Link>
            )
          return (
            <button type="button" tabIndex={-1} className="register-number" onClick={() => onDetail(row)}>
              {row.number}
            </button>
          )
        },
      },
      state: { width: 72, render: ({ state }) => term(DIFFERENCE_STATE_WORDS[state]) },
      foundAt: { width: 100, render: ({ foundAt }) => day(foundAt) },
      foundStage: { width: 84, render: ({ foundStage }) => term(FINDING_STAGE_WORDS[foundStage]) },
      caseNumber: { width: 226, render: ({ caseNumber }) => <CaseNumber number={caseNumber} /> },
      archiveNumber: { width: 236, render: ({ archiveNumber }) => figures(archiveNumber) },
      volume: {
        width: 112,
        render: ({ volumeKind, book }) =>
          join(term(VOLUME_KIND_INFO[volumeKind]), book === null ? '' : t('book', { number: book })),
      },
      item: { width: 160, grow: 2, render: ({ itemWords }) => itemWords },
      paperPlace: { width: 126, grow: 1, render: ({ paperAt }) => figures(placeWords(paperAt)) },
      electronicPlace: {
        width: 126,
        grow: 1,
        render: ({ electronicAt }) => figures(placeWords(electronicAt)),
      },
      type: {
        width: 136,
        grow: 2,
        render: ({ type }) => figures(`${type} ${term(DIFFERENCE_TYPE_INFO[type])}`),
      },
      paperWords: { width: 200, grow: 3, render: ({ paperWords }) => paperWords },
      electronicWords: { width: 200, grow: 3, render: ({ electronicWords }) => electronicWords },
      severity: { width: 78, render: ({ severity }) => term(SEVERITY_WORDS[severity]) },
      cause: { width: 110, render: ({ cause }) => (cause === null ? '' : term(CAUSE_WORDS[cause])) },
      origin: {
        width: 130,
        render: ({ originStage, originPerson }) =>
          join(originStage === null ? '' : term(ORIGIN_STAGE_WORDS[originStage]), originPerson),
      },
      handling: {
        width: 96,
        render: ({ handling }) => (handling === null ? '' : term(HANDLING_WORDS[handling])),
      },
      basis: {
        width: 200,
        grow: 2,
        render: ({ basis, ground }) => (ground === null ? basis : groundWords(ground)),
      },
      explanation: {
        width: 200,
        grow: 2,
        render: ({ explanation, attachments }) => join(explanation, ...attachments.map(({ name }) => name)),
      },
      requestedBy: { width: 84, render: ({ requestedBy }) => requestedBy ?? '' },
      approved: { width: 200, grow: 1, render: ({ approved }) => step(approved) },
      handled: { width: 170, render: ({ handled }) => step(handled) },
      beforeDigest: { width: 170, render: ({ beforeDigest }) => digest(beforeDigest) },
      afterDigest: { width: 170, render: ({ afterDigest }) => digest(afterDigest) },
      checked: { width: 200, grow: 1, render: ({ checked }) => step(checked) },
      noted: { width: 84, render: ({ noted }) => t(noted ? 'noted' : 'not-noted') },
      trainingMeasure: { width: 180, grow: 1, render: ({ trainingMeasure }) => trainingMeasure },
      closedAt: { width: 104, render: ({ closedAt }) => day(closedAt) },
    }
    return REGISTER_COLUMNS.filter((key) => key === 'number' || shown.includes(key)).map((key) => ({
      key,
      title: t(`column.${key}`),
      ...all[key],
    }))
  }, [groundWords, moment, onDetail, placeWords, shown, t, term])
}

const digest = (hex: string) => <code className="register-digest">{hex}</code>
