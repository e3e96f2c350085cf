export interface Link {
  readonly paper: number
  readonly electronic: number
  readonly weight: number
}

/**
 * The heaviest choice of links in which both sides ascend: what stayed in order. The rest was moved. n log n, by a
 * Fenwick tree of the best chain that ends at or before a place.
 */
export function heaviestChain<T extends Link>(links: readonly T[]): readonly T[] {
  const sorted = links.toSorted((a, b) => a.paper - b.paper || b.electronic - a.electronic)
  const size = sorted.reduce((most, { electronic }) => Math.max(most, electronic + 1), 0) + 1
  const tree = new Int32Array(size + 1).fill(-1)
  const totals = new Float64Array(sorted.length)
  const before = new Int32Array(sorted.length).fill(-1)
  const total = (index: number) => (index === -1 ? 0 : (totals[index] ?? 0))
  sorted.forEach(({ electronic, weight }, index) => {
    let best = -1
    for (let at = electronic; at > 0; at -= at & -at) {
      const there = tree[at] ?? -1
      if (total(there) > total(best)) best = there
    }
    before[index] = best
    totals[index] = total(best) + weight
    for (let at = electronic + 1; at <= size; at += at & -at) {
      if (total(index) > total(tree[at] ?? -1)) tree[at] = index
    }
  })
  let last = -1
  totals.forEach((value, index) => {
    if (value > total(last)) last = index
  })
  const chain: T[] = []
  for (let at = last; at !== -1; at = before[at] ?? -1) {
    const link = sorted[at]
    if (link !== undefined) chain.push(link)
  }
  return chain.reverse()
}
