import { createHash } from 'node:crypto'
import type { CatalogueFinding, PaperCatalogue } from '../../../shared/contract/paper-catalogue.ts'
import type { Place } from '../../../shared/domain/reconcile/place.ts'
import { titleForm } from '../../../shared/domain/reconcile/written-forms.ts'
import type { FoundDifference } from '../difference-desk.ts'
import type { ElectronicLists } from './compare-lists.ts'

/** A row of the paper by what it says, whichever line it is typed in; a digest, since the register's keys are open. */
function rowKeys(reconciliationId: string, { rows }: PaperCatalogue): readonly string[] {
  const seen = new Map<string, number>()
  return rows.map(({ title, documentNumber }) => {
    const words = `${titleForm(title)}|${titleForm(documentNumber)}`
    const times = (seen.get(words) ?? 0) + 1
    seen.set(words, times)
    return createHash('sha256').update(`${reconciliationId}|${words}|${times}`).digest('hex').slice(0, 20)
  })
}

function identityOf(finding: CatalogueFinding, keys: readonly string[]): string {
  const { type, field, name, itemId, paperRow } = finding
  if (field === 'pageCount') return `${type}|counts`
  if (field === 'itemCount') return `${type}|items`
  if (field === 'cover') return `${type}|cover:${name}`
  if (itemId === null) return `${type}|row:${keys[paperRow ?? 0] ?? ''}`
  return type === 'D12' ? `${type}|item:${itemId}|${field}` : `${type}|item:${itemId}`
}

function paperPlaceOf({ field, paperRow }: CatalogueFinding): Place {
  if (field === 'cover') return { at: 'cover' }
  if (field === 'pageCount' || field === 'itemCount') return { at: 'lists' }
  return paperRow === null ? { at: 'catalogue' } : { at: 'catalogue-row', row: paperRow + 1 }
}

function electronicPlaceOf({ field, itemId }: CatalogueFinding, electronic: ElectronicLists): Place {
  if (field === 'cover') return { at: 'case' }
  if (field === 'pageCount') return { at: 'images' }
  return itemId === null ? { at: 'electronic-catalogue' } : { at: 'item', number: electronic.placeOf(itemId) }
}

/** What the lists say otherwise, as the register takes it; places tell no content. */
export function listDifferences(
  reconciliationId: string,
  paper: PaperCatalogue,
  electronic: ElectronicLists,
  findings: readonly CatalogueFinding[],
): readonly FoundDifference[] {
  const keys = rowKeys(reconciliationId, paper)
  const titles = new Map(electronic.rows.map(({ itemId, title }) => [itemId, title]))
  return findings.map((finding): FoundDifference => {
    const { type, itemId, paperRow } = finding
    const row = paperRow === null ? undefined : paper.rows[paperRow]
    return {
      ...{ identity: identityOf(finding, keys), type, stage: 'acceptance' as const, itemId },
      book: itemId === null ? null : electronic.bookOf(itemId),
      paperPlace: paperPlaceOf(finding),
      electronicPlace: electronicPlaceOf(finding, electronic),
      ...{ paperPageId: null, pageId: null, versionId: null, matchId: null, confidence: 1 },
      content: {
        itemWords: (itemId === null ? undefined : titles.get(itemId)) ?? row?.title ?? '',
        // a row that one side lacks is told by its title, so that a plan can enter it
        paperWords: finding.field === 'row' && row !== undefined ? row.title : finding.paper,
        electronicWords:
          finding.field === 'row' && itemId !== null ? (titles.get(itemId) ?? '') : finding.electronic,
        regions: [],
      },
    }
  })
}
