import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../shared/contract/index.ts'
import { DIFFERENCE_TYPE_INFO } from '../../../../shared/domain/reconcile/difference-type.ts'
import { useTerm } from '../../../app/terms.ts'
import { useDifferences, useSides } from '../use-checking.ts'
import { useGroundWords } from '../use-place-words.ts'

export type Plan = OutputOf<'settlements.list'>[number]
type Said = NonNullable<Extract<OutputOf<'settlements.propose'>['steps'][number], { kind: 'note' }>['said']>
export type Step = OutputOf<'settlements.propose'>['steps'][number]

/**
 * The steps of a plan as people read them: by printed number and place, never by id. Places are those of the volume as
 * it stood before the plan, where that is known: a plan that was made reads as it was prepared.
 */
export function usePlanWords(volumeId: string, reconciliationId: string, before?: Plan['before']) {
  const { t } = useTranslation('settling')
  const term = useTerm()
  const groundIn = useGroundWords()
  const differences = useDifferences(reconciliationId, volumeId)
  const { sides, pages } = useSides(volumeId, reconciliationId)
  return useMemo(() => {
    const byId = new Map(differences.map((row) => [row.id, row]))
    const pageOf = new Map<string | null, { readonly position: number; readonly printedNumber: string }>([
      ...(pages.data ?? []).map((page) => [page.id, page] as const),
      ...(before ?? []).map((page) => [page.pageId, page] as const),
    ])
    const paperOf = new Map((sides.data?.paper ?? []).map((page) => [page.id, page]))
    const difference = (id: string | null) => {
      const row = id === null ? undefined : byId.get(id)
      return row === undefined ? '' : `${row.number} ${term(DIFFERENCE_TYPE_INFO[row.type])}`
    }
    const page = (id: string) => {
      const known = pageOf.get(id)
      if (known === undefined) return t('page.gone')
      return t('page.electronic', { position: known.position, number: known.printedNumber || '—' })
    }
    const paper = (id: string) => t('page.paper', { sequence: paperOf.get(id)?.sequence ?? '—' })
    const inFront = (id: string | null) =>
      id === null ? t('page.end') : t('page.before', { page: page(id) })
    const noted = ({ paper: onPaper, electronic, basis, ground }: Said) =>
      [
        onPaper === '' ? '' : t('step-part.paper', { words: onPaper }),
        electronic === '' ? '' : t('step-part.electronic', { words: electronic }),
        ground === null ? basis : groundIn(ground),
      ]
        .filter(Boolean)
        .join(t('step-part.comma'))
    const what = (step: Step): string => {
      switch (step.kind) {
        case 'insert':
          return t('do-step.insert', { paper: paper(step.paperPageId), place: inFront(step.beforePageId) })
        case 'replace':
          return t('do-step.replace', { page: page(step.pageId), paper: paper(step.paperPageId) })
        case 'move':
          return t('do-step.move', { page: page(step.pageId), place: inFront(step.beforePageId) })
        case 'rotate':
          return t('do-step.rotate', { page: page(step.pageId), turn: step.turn })
        case 'remove':
        case 'move-volume':
          return t(`do-step.${step.kind}`, { page: page(step.pageId) })
        case 'edit-item':
          return t('do-step.edit-item', { values: Object.values(step.values).join(t('common:list-comma')) })
        case 'add-item':
          return t('do-step.add-item', { title: step.title })
        case 'remove-item':
          return t('do-step.remove-item')
        case 'note':
          return t('do-step.note', { text: step.said === undefined ? step.text : noted(step.said) })
      }
    }
    return {
      difference,
      step: (step: Step) =>
        [difference(step.differenceId), what(step)].filter(Boolean).join(t('step-part.colon')),
    }
  }, [before, differences, groundIn, pages.data, sides.data, t, term])
}
