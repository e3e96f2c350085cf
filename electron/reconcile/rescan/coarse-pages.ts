import type { PageRow } from '../../../shared/contract/model.ts'
import type { PageMatchRow } from '../../../shared/contract/reconcile.ts'
import type { Ground } from '../../../shared/domain/reconcile/ground.ts'

/** Resolution (dpi) below which a master image is insufficient: DA/T 31-2017, 8.3. */
const LEAST_DPI = 200

/** Pages one behind the other in a book, all of them too coarse. */
export interface CoarseRun {
  readonly first: string
  readonly pageIds: readonly string[]
  /** Of the first page. */
  readonly match: PageMatchRow
  readonly last: PageMatchRow
  readonly ground: Ground
}

/** One batch scanned with wrong settings is one difference, not one a page. Pages without a sure partner are left out. */
export function coarsePages(
  electronic: readonly PageRow[],
  matches: readonly PageMatchRow[],
): readonly CoarseRun[] {
  const pairs = new Map(
    matches.flatMap((match) =>
      match.kind === 'same' && match.paperPageId !== null && (match.sure || match.decidedBy !== null)
        ? [[match.pageId, match] as const]
        : [],
    ),
  )
  const runs: { readonly page: PageRow; readonly dpi: number; readonly match: PageMatchRow }[][] = []
  let open = false
  for (const page of electronic) {
    const match = pairs.get(page.id)
    const { dpi } = page
    if (match === undefined || dpi === null || dpi >= LEAST_DPI) {
      open = false
      continue
    }
    const run = runs.at(-1)
    if (open && run?.[0]?.page.bookId === page.bookId) run.push({ page, dpi, match })
    else runs.push([{ page, dpi, match }])
    open = true
  }
  return runs.flatMap((run) => {
    const [first] = run
    const last = run.at(-1)
    if (first === undefined || last === undefined) return []
    const found = run.map(({ dpi }) => Math.round(dpi))
    const [least, most] = [Math.min(...found), Math.max(...found)]
    return [
      {
        ...{ first: first.page.id, match: first.match, last: last.match },
        ...{ pageIds: run.map(({ page }) => page.id) },
        ground: { on: 'coarse', pages: run.length, least, most, wanted: LEAST_DPI },
      },
    ]
  })
}
