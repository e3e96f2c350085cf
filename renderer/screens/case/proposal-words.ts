import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { PAGE_KIND_INFO, PAGE_KINDS } from '../../../shared/domain/page-kind.ts'
import { CONFIDENT } from '../../../shared/domain/page-proposal.ts'
import { useTerm } from '../../app/terms.ts'
import type { Proposal } from './use-proposals.ts'

export interface ProposalWords {
  readonly kind: (kind: Proposal['kind']) => string
  readonly confidence: (proposal: Proposal) => string
  readonly place: (proposal: Proposal) => string
  /** A value of the catalogue as people read it. */
  readonly value: (proposal: Proposal, value: string) => string
  readonly reasons: (proposal: Proposal) => readonly string[]
  /** What is known of an item that would be made. */
  readonly newItem: (proposal: Proposal) => string
}

const FAIRLY = 0.6

export type Level = 'high' | 'middle' | 'low'

export function levelOf({ confidence }: Proposal): Level {
  return confidence >= CONFIDENT ? 'high' : confidence >= FAIRLY ? 'middle' : 'low'
}

/** How proposals are spoken of. */
export function useProposalWords(): ProposalWords {
  const { t } = useTranslation('proposals')
  const term = useTerm()
  return useMemo(
    () => ({
      kind: (kind) => t(`kind.${kind}`),
      confidence: (proposal) =>
        t('percent', {
          words: t(`confidence.${levelOf(proposal)}`),
          percent: Math.round(proposal.confidence * 100),
        }),
      place: ({ position, printedNumber }) =>
        t('place', {
          position,
          printed: printedNumber === '' ? t('unprinted') : t('printed', { number: printedNumber }),
        }),
      value: ({ kind }, value) => {
        if (value === '') return t('none')
        if (kind === 'turn') return t(`turned.${value}`, { defaultValue: value })
        const known = PAGE_KINDS.find((name) => name === value)
        return kind === 'page-kind' && known !== undefined ? term(PAGE_KIND_INFO[known]) : value
      },
      reasons: ({ reasons }) => reasons.map(({ code, value }) => t(`reason.${code}`, { value })),
      newItem: ({ newItem }) =>
        newItem === null
          ? ''
          : [
              t('newItem', { count: newItem.pageCount }),
              newItem.date,
              newItem.templateRow === null ? '' : t('newItemRow', { row: newItem.templateRow }),
            ]
              .filter((part) => part !== '')
              .join(' · '),
    }),
    [t, term],
  )
}
