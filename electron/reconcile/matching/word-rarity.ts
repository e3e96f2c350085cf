import type { PageSignature } from './page-signature.ts'

/** Says how much a feature tells: what stands on many pages of the volume tells little. */
export interface WordRarity {
  readonly pair: (hash: number) => number
  readonly number: (hash: number) => number
}

/** A feature that one page alone has may be a misreading. */
const ALONE = 0.6

function counted(lists: Iterable<Uint32Array>): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const list of lists) for (const hash of list) counts.set(hash, (counts.get(hash) ?? 0) + 1)
  return counts
}

function weigher(counts: ReadonlyMap<number, number>, pages: number): (hash: number) => number {
  const weights = Float64Array.from({ length: pages + 2 }, (_, count) => {
    // Two pages are the rarest that a pair of scans can be.
    const weight = Math.log(1 + pages / Math.max(2, count))
    return count <= 1 ? weight * ALONE : weight
  })
  return (hash) => weights[counts.get(hash) ?? 0] ?? 0
}

/** Over both sequences together. */
export function wordRarity(pages: readonly PageSignature[]): WordRarity {
  const words = pages.flatMap((page) => page.words ?? [])
  return {
    pair: weigher(counted(words.map(({ pairs }) => pairs)), pages.length),
    number: weigher(counted(words.map(({ numbers }) => numbers)), pages.length),
  }
}
