import { type PdfFile, pdfArray, pdfDictionary, pdfReference, pdfText } from './pdf-file.ts'

export interface PdfBookmark {
  readonly title: string
  /** From 0. */
  readonly page: number
  readonly children: readonly PdfBookmark[]
}

const openCount = (bookmarks: readonly PdfBookmark[]): number =>
  bookmarks.reduce((sum, { children }) => sum + 1 + openCount(children), 0)

/** The outline (ISO 32000-1 §12.3.3), all of it open, under the number that the catalogue names. */
export function* outlineObjects(
  file: PdfFile,
  rootId: number,
  bookmarks: readonly PdfBookmark[],
  pageIds: readonly number[],
): Generator<Uint8Array> {
  function* level(
    parent: number,
    siblings: readonly PdfBookmark[],
    ids: readonly number[],
  ): Generator<Uint8Array> {
    for (const [place, { title, page, children }] of siblings.entries()) {
      const [before, after] = [ids[place - 1], ids[place + 1]]
      const childIds = children.map(() => file.reserve())
      yield file.object(
        ids[place] ?? 0,
        pdfDictionary({
          Title: pdfText(title),
          Parent: pdfReference(parent),
          Dest: pdfArray([pdfReference(pageIds[page] ?? 0), '/Fit']),
          ...(before === undefined ? {} : { Prev: pdfReference(before) }),
          ...(after === undefined ? {} : { Next: pdfReference(after) }),
          ...branch(childIds, children),
        }),
      )
      yield* level(ids[place] ?? 0, children, childIds)
    }
  }
  const branch = (ids: readonly number[], children: readonly PdfBookmark[]): Record<string, string> => {
    const [first, last] = [ids[0], ids.at(-1)]
    return first === undefined || last === undefined
      ? {}
      : { First: pdfReference(first), Last: pdfReference(last), Count: String(openCount(children)) }
  }
  const ids = bookmarks.map(() => file.reserve())
  yield file.object(rootId, pdfDictionary({ Type: '/Outlines', ...branch(ids, bookmarks) }))
  yield* level(rootId, bookmarks, ids)
}
