import type { PageRow } from '../../../shared/contract/model.ts'
import type { PageMatchRow, PaperPage } from '../../../shared/contract/reconcile.ts'

/** A page of the fresh scan, as far as the sides of sheets matter; in the order of the paper. */
export interface SidedPaper {
  readonly id: string
  readonly scanId: string
  readonly side: PaperPage['side']
  /** Its scan gave both sides of every sheet. */
  readonly duplex: boolean
}

export interface SheetFacts {
  readonly paper: readonly SidedPaper[]
  readonly electronic: readonly PageRow[]
  readonly matches: readonly PageMatchRow[]
}

/** `known`: the sides of the sheet say so; `likely`: it stands alone behind a page that was scanned. */
export type MissingBack = 'known' | 'likely'

/**
 * D06: which pages without an electronic one are backs of sheets whose front was scanned. What the electronic pages
 * know of sheets comes first; then the sides of the fresh scan. A feeder that drops blank backs leaves the sides
 * unknown: there, one page that alone is missing between others is most likely a back.
 */
export function missingBacks({ paper, electronic, matches }: SheetFacts): ReadonlyMap<string, MissingBack> {
  const pages = new Map(electronic.map((page) => [page.id, page]))
  const partners = new Map(matches.map(({ paperPageId, pageId }) => [paperPageId, pageId]))
  const partnerOf = (page: SidedPaper | undefined) => pages.get(partners.get(page?.id ?? '') ?? '')
  const sheetsKnown = electronic.some(({ side }) => side === 'B')
  const hasBack = ({ bookId, sheet }: PageRow) =>
    electronic.some((page) => page.bookId === bookId && page.sheet === sheet && page.side === 'B')

  const found = new Map<string, MissingBack>()
  paper.forEach((page, at) => {
    if (partnerOf(page) !== undefined) return
    const before = paper[at - 1]
    const front = partnerOf(before)
    if (before === undefined || front === undefined) return
    if (sheetsKnown && front.side !== null) {
      if (front.side === 'A' && !hasBack(front)) found.set(page.id, 'known')
      return
    }
    if (!page.duplex || before.scanId !== page.scanId) return
    if (page.side !== null) {
      if (page.side === 'back' && before.side === 'front') found.set(page.id, 'known')
      return
    }
    const after = paper[at + 1]
    if (after === undefined || after.scanId !== page.scanId || partnerOf(after) !== undefined)
      found.set(page.id, 'likely')
  })
  return found
}
