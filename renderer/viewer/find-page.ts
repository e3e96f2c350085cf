interface Numbered {
  readonly printedNumber: string
}

export interface FoundPages {
  /** Index of the first page that bears the number in print. */
  readonly printed: number | undefined
  /** Index of the page at that place of the image sequence. */
  readonly image: number | undefined
}

const FULL_WIDTH_OFFSET = 0xfee0

function plain(text: string): string {
  return text
    .replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replace(/\s+/g, '')
    .replace(/^第|[页頁]$/g, '')
    .toLowerCase()
}

/** Reads what a person typed to go to a page: "5", "12-1", "第 5 页", full-width digits too. */
export function findPages(pages: readonly Numbered[], typed: string): FoundPages {
  const wanted = plain(typed)
  if (wanted === '') return { printed: undefined, image: undefined }
  const printed = pages.findIndex((page) => plain(page.printedNumber) === wanted)
  const image = /^\d{1,7}$/.test(wanted) ? Number(wanted) - 1 : -1
  return {
    printed: printed === -1 ? undefined : printed,
    image: image >= 0 && image < pages.length ? image : undefined,
  }
}

/** Index of the first page of the item before or after the one at `index`; the ends stay where they are. */
export function itemStep(
  pages: readonly { readonly itemId: string | null; readonly bookId: string }[],
  index: number,
  direction: 1 | -1,
): number {
  const here = pages[index]
  if (here === undefined) return index
  const same = (at: number) => pages[at]?.itemId === here.itemId && pages[at]?.bookId === here.bookId
  if (direction === 1) {
    for (let at = index + 1; at < pages.length; at += 1) if (!same(at)) return at
    return index
  }
  let start = index
  while (start > 0 && same(start - 1)) start -= 1
  // Inside an item the first step goes to its own beginning, as in a music player.
  if (start < index || start === 0) return start
  const before = pages[start - 1]
  let first = start - 1
  while (
    first > 0 &&
    pages[first - 1]?.itemId === before?.itemId &&
    pages[first - 1]?.bookId === before?.bookId
  ) {
    first -= 1
  }
  return first
}
