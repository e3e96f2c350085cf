import type { ItemDraft } from '../../shared/contract/cases.ts'
import type { CaseDraft, Item } from '../../shared/contract/model.ts'
import { restoreMasked, shelteredName } from '../../shared/domain/sensitive-text.ts'
import type { Catalogue } from './catalogue.ts'

type ItemTexts = Pick<Item, 'title' | 'documentNumber' | 'responsible' | 'remark'>
type ItemDraftFields = ReturnType<(typeof ItemDraft)['parse']>

/** A draft typed over masked fields, with the hidden parts put back, so that stars never reach the catalogue. */
export function restoreItemDraft(item: ItemTexts, draft: ItemDraftFields): ItemDraftFields {
  const all = [item.title, item.documentNumber, item.responsible, item.remark]
  const put = (typed: string, own: string) => restoreMasked(typed, [own, ...all])
  return {
    ...draft,
    title: put(draft.title, item.title),
    documentNumber: put(draft.documentNumber, item.documentNumber),
    responsible: put(draft.responsible, item.responsible),
    remark: put(draft.remark, item.remark),
  }
}

export function restoreCaseDraft(catalogue: Catalogue, caseId: string, draft: CaseDraft): CaseDraft {
  const row = catalogue.cases.require(caseId)
  const parties = catalogue.cases.parties(caseId)
  const names = parties.map(({ name }) => name)
  const all = [...names, row.cause, row.handler]
  const put = (typed: string, own: string | undefined) =>
    restoreMasked(typed, own === undefined ? all : [own, ...all])
  return {
    ...draft,
    cause: put(draft.cause, row.cause),
    handler: put(draft.handler, row.handler),
    parties: draft.parties.map((party, place) => {
      const sheltered = parties.find(
        (known) => known.sheltered === true && shelteredName(known.name) === party.name,
      )
      return { ...party, name: sheltered?.name ?? put(party.name, names[place]) }
    }),
  }
}
