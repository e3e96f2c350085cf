import type { CaseRow, CaseTree, PageRow, PageVersion } from '../../shared/contract/model.ts'
import { refusalOf } from '../../shared/domain/access-decision.ts'
import type { Permission } from '../../shared/domain/permission.ts'
import type { Session } from '../access/index.ts'
import type { Catalogue } from './catalogue.ts'

/** The pages of a case that a person holds by loan alone; null when something else than a loan lets them in. */
export type LentView = ReadonlySet<string> | null

type Reader = Pick<Session, 'accountId' | 'grants'>

/** What loans limit a person to in one case, for one permission. `now` is the wall clock. */
export function lentView(
  catalogue: Catalogue,
  reader: Reader,
  caseId: string,
  permission: Permission,
  now: Date,
): LentView {
  const at = catalogue.lent.moment(now)
  const { status, secrecy } = catalogue.cases.require(caseId)
  const standing = catalogue.assignments.standing(caseId, reader.accountId, at)
  const facts = { caseId, status, secrecy, compartment: null, ...standing, granted: false }
  if (refusalOf(reader.grants, permission, facts) === null) return null
  return new Set(catalogue.lent.ofCase(reader.accountId, caseId, at).map(({ pageId }) => pageId))
}

/** Narrows what handlers answer to what was lent. */
export interface LentLens {
  readonly tree: (tree: CaseTree) => CaseTree
  readonly pages: (volumeId: string, first: number | undefined) => PageRow[]
  /** A loan opens the page as it is now, not what it was before. */
  readonly versions: (pageId: string) => PageVersion[]
  readonly rows: (rows: CaseRow[]) => CaseRow[]
}

export function lentLens(catalogue: Catalogue, reader: Reader | null, now: Date): LentLens {
  // Most people have no narrower way in than their own scope: they pay nothing for the question.
  const mayBorrow =
    reader?.grants.some(({ permission, scope }) => permission === 'case.read' && scope === 'granted') === true
  const viewOf = (caseId: string, permission: Permission): LentView =>
    reader === null || !mayBorrow ? null : lentView(catalogue, reader, caseId, permission, now)
  const lentPages = (volumeId: string, view: ReadonlySet<string>) =>
    catalogue.pages.list(volumeId).filter(({ id }) => view.has(id))
  const countBy = (pages: readonly PageRow[], key: (page: PageRow) => string | null) => {
    const counts = new Map<string | null, number>()
    for (const page of pages) counts.set(key(page), (counts.get(key(page)) ?? 0) + 1)
    return (id: string) => counts.get(id) ?? 0
  }

  return {
    tree: (tree) => {
      const view = viewOf(tree.case.id, 'case.read')
      if (view === null) return tree
      let pageCount = 0
      const volumes = tree.volumes.flatMap((volume) => {
        const pages = volume.readable ? lentPages(volume.id, view) : []
        if (pages.length === 0) return []
        pageCount += pages.length
        const inBook = countBy(pages, ({ bookId }) => bookId)
        const inItem = countBy(pages, ({ itemId }) => itemId)
        const books = volume.books
          .map((book) => ({
            ...book,
            pageCount: inBook(book.id),
            items: book.items
              .map((item) => ({ ...item, pageCount: inItem(item.id) }))
              .filter((item) => item.pageCount > 0),
          }))
          .filter((book) => book.pageCount > 0)
        return [{ ...volume, books }]
      })
      return { ...tree, case: { ...tree.case, pageCount }, volumes }
    },
    pages: (volumeId, first) => {
      const view = viewOf(catalogue.volumes.require(volumeId).caseId, 'page.read')
      if (view === null) return catalogue.pages.list(volumeId, first)
      return lentPages(volumeId, view).slice(0, first)
    },
    versions: (pageId) => {
      const versions = catalogue.pages.versions(pageId)
      if (viewOf(catalogue.volumes.ofPage(pageId).caseId, 'page.read') === null) return versions
      return versions.filter(({ id }) => catalogue.lent.isCurrentVersion(pageId, id))
    },
    rows: (rows) =>
      rows.map((row) => {
        const view = viewOf(row.id, 'case.read')
        return view === null ? row : { ...row, pageCount: view.size }
      }),
  }
}
