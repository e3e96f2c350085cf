/** How many numbered pages a volume has, as each source says; null where it says nothing. */
export interface PageCounts {
  /** 卷内目录: its last page. */
  readonly catalogue: number | null
  /** 备考表. */
  readonly note: number | null
  readonly cover: number | null
  /** By hand. */
  readonly counted: number | null
  /** Images with a printed number. */
  readonly images: number
  /** The last page of the electronic catalogue. */
  readonly electronicCatalogue: number | null
}

const ON_PAPER = [
  ['catalogue', '目录'],
  ['note', '备考表'],
  ['cover', '封面'],
  ['counted', '清点'],
] as const
const IN_FILE = [
  ['images', '影像'],
  ['electronicCatalogue', '电子目录'],
] as const

function inWords(counts: PageCounts, sources: readonly (readonly [keyof PageCounts, string])[]): string {
  return sources
    .flatMap(([source, name]) => (counts[source] === null ? [] : [`${name} ${counts[source]} 页`]))
    .join(' · ')
}

/**
 * 三方页数 (D16): catalogue, closing note and images, with the cover and a count by hand where there are. Null when the
 * paper says nothing or all agree; otherwise both sides in words.
 */
export function pageCountsDiffer(
  counts: PageCounts,
): { readonly paper: string; readonly electronic: string } | null {
  const onPaper = ON_PAPER.flatMap(([source]) => counts[source] ?? [])
  if (onPaper.length === 0) return null
  const inFile = [counts.images, ...(counts.electronicCatalogue === null ? [] : [counts.electronicCatalogue])]
  if (new Set([...onPaper, ...inFile]).size === 1) return null
  return { paper: inWords(counts, ON_PAPER), electronic: inWords(counts, IN_FILE) }
}
