export const PAGE_KINDS = ['cover', 'catalogue', 'note', 'back', 'content', 'blank'] as const
export type PageKind = (typeof PAGE_KINDS)[number]

export interface PageKindInfo {
  readonly zh: string
  readonly en: string
  /** Whether the side carries a printed number and counts as a page of the volume. */
  readonly numbered: boolean
}

export const PAGE_KIND_INFO: Readonly<Record<PageKind, PageKindInfo>> = {
  cover: { zh: '封面', en: 'Cover', numbered: false },
  catalogue: { zh: '卷内目录', en: 'Catalogue', numbered: false },
  note: { zh: '备考表', en: 'Closing note', numbered: false },
  back: { zh: '卷底', en: 'Back board', numbered: false },
  content: { zh: '正文', en: 'Content', numbered: true },
  blank: { zh: '空白面', en: 'Blank side', numbered: false },
}

/** Sides of a sheet: A is the front, B the back. */
export type SheetSide = 'A' | 'B'

/** Where the number is written: front upper right, back upper left. */
export function numberCorner(side: SheetSide): 'upper-right' | 'upper-left' {
  return side === 'A' ? 'upper-right' : 'upper-left'
}

/** How many pages a volume has: numbered sides only. */
export function countNumbered(kinds: readonly PageKind[]): number {
  return kinds.filter((kind) => PAGE_KIND_INFO[kind].numbered).length
}
