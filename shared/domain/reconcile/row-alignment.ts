import { type ComparableRow, mayBePair, type PreparedRow, preparedRow, rowLikeness } from './row-likeness.ts'

/** A row of the paper and the row of the electronic catalogue that is the same document; null: it has none. */
export interface RowPairing {
  readonly paper: number | null
  readonly electronic: number | null
  readonly likeness: number
  /** Found out of its order. */
  readonly moved: boolean
}

/** Above so many cells the alignment looks near the diagonal only. */
const MOST_CELLS = 1_000_000
/** What pairing two rows must bring beyond leaving both alone, so that poor pairs do not displace good ones. */
const COST = 0.2

interface Chained {
  readonly paper: number
  readonly electronic: number
}

const keyOf = ({ form, pages }: PreparedRow): string | null =>
  form === '' || pages === null ? null : `${form}|${JSON.stringify([pages.first, pages.last])}`

/** Rows that stand once on each side with the same title and pages: the longest chain that keeps the order, and others. */
function anchors(
  paper: readonly PreparedRow[],
  electronic: readonly PreparedRow[],
): { readonly chain: readonly Chained[]; readonly moved: readonly Chained[] } {
  const places = (rows: readonly PreparedRow[]) => {
    const known = new Map<string, number>()
    rows.forEach((row, at) => {
      const key = keyOf(row)
      if (key !== null) known.set(key, known.has(key) ? -1 : at)
    })
    return known
  }
  const there = places(electronic)
  const pairs = [...places(paper)].flatMap(([key, at]): Chained[] => {
    const other = there.get(key) ?? -1
    return at < 0 || other < 0 ? [] : [{ paper: at, electronic: other }]
  })
  const chain = longestChain(pairs.sort((a, b) => a.paper - b.paper))
  const kept = new Set(chain)
  return { chain, moved: pairs.filter((pair) => !kept.has(pair)) }
}

/** The longest part of pairs, given by paper order, whose electronic places ascend. */
function longestChain(pairs: readonly Chained[]): readonly Chained[] {
  const tails: number[] = []
  const before = pairs.map(() => -1)
  pairs.forEach((pair, at) => {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[tails[middle] ?? 0]?.electronic ?? 0) < pair.electronic) low = middle + 1
      else high = middle
    }
    before[at] = low === 0 ? -1 : (tails[low - 1] ?? -1)
    tails[low] = at
  })
  const chain: Chained[] = []
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at]
    if (pair !== undefined) chain.unshift(pair)
  }
  return chain
}

interface Block {
  readonly paper: readonly [number, number]
  readonly electronic: readonly [number, number]
}

/** Places of either side that are settled already. */
interface Settled {
  readonly paper: ReadonlySet<number | null>
  readonly electronic: ReadonlySet<number | null>
}

const settledBy = (
  pairs: readonly { readonly paper: number | null; readonly electronic: number | null }[],
): Settled => ({
  paper: new Set(pairs.map((pair) => pair.paper)),
  electronic: new Set(pairs.map((pair) => pair.electronic)),
})

/** The best order-preserving pairing within a block, by dynamic programming over all its cells. */
function alignBlock(
  paper: readonly PreparedRow[],
  electronic: readonly PreparedRow[],
  { paper: [fromPaper, toPaper], electronic: [fromElectronic, toElectronic] }: Block,
  settled: Settled,
): readonly RowPairing[] {
  const n = toPaper - fromPaper
  const m = toElectronic - fromElectronic
  if (n === 0 || m === 0) return []
  const band = n * m > MOST_CELLS ? MOST_CELLS / Math.max(n, m) / 2 : Number.POSITIVE_INFINITY
  const width = m + 1
  const best = new Float64Array((n + 1) * width)
  const likeness = new Float32Array(n * m)
  const read = (cells: Float64Array | Float32Array, at: number) => cells[at] ?? 0
  for (let i = 1; i <= n; i++) {
    for (let j = 1; j <= m; j++) {
      const a = settled.paper.has(fromPaper + i - 1) ? undefined : paper[fromPaper + i - 1]
      const b = settled.electronic.has(fromElectronic + j - 1)
        ? undefined
        : electronic[fromElectronic + j - 1]
      let pairing = Number.NEGATIVE_INFINITY
      if (a !== undefined && b !== undefined && Math.abs((i * m) / n - j) <= band) {
        const found = rowLikeness(a, b)
        if (mayBePair(found)) {
          likeness[(i - 1) * m + j - 1] = found.value
          pairing = read(best, (i - 1) * width + j - 1) + found.value - COST
        }
      }
      best[i * width + j] = Math.max(pairing, read(best, (i - 1) * width + j), read(best, i * width + j - 1))
    }
  }
  const pairs: RowPairing[] = []
  let i = n
  let j = m
  while (i > 0 && j > 0) {
    const here = read(best, i * width + j)
    const value = read(likeness, (i - 1) * m + j - 1)
    if (value > 0 && Math.abs(here - (read(best, (i - 1) * width + j - 1) + value - COST)) < 1e-6) {
      pairs.push({
        paper: fromPaper + i - 1,
        electronic: fromElectronic + j - 1,
        likeness: value,
        moved: false,
      })
      i--
      j--
    } else if (here === read(best, (i - 1) * width + j)) i--
    else j--
  }
  return pairs.reverse()
}

/** Rows left over on both sides that are beyond doubt the same document: it stands in another place. */
function movedPairs(
  paper: readonly PreparedRow[],
  electronic: readonly PreparedRow[],
  left: { readonly paper: readonly number[]; readonly electronic: readonly number[] },
): readonly RowPairing[] {
  const counted = (rows: readonly PreparedRow[]) => {
    const counts = new Map<string, number>()
    for (const { form } of rows) counts.set(form, (counts.get(form) ?? 0) + 1)
    return counts
  }
  const onPaper = counted(paper)
  const inFile = counted(electronic)
  const byForm = new Map<string, number[]>()
  const byPages = new Map<string, number[]>()
  const note = (map: Map<string, number[]>, key: string, at: number) =>
    map.set(key, [...(map.get(key) ?? []), at])
  const firstOf = ({ pages }: PreparedRow) =>
    pages === null ? '' : `${pages.first.main}-${pages.first.inserted}`
  for (const at of left.electronic) {
    const row = electronic[at]
    if (row === undefined) continue
    note(byForm, row.form, at)
    note(byPages, firstOf(row), at)
  }
  const candidates = left.paper.flatMap((at) => {
    const row = paper[at]
    if (row === undefined) return []
    const others = new Set([
      ...(byForm.get(row.form) ?? []),
      ...(row.pages === null ? [] : (byPages.get(firstOf(row)) ?? [])),
    ])
    return [...others].flatMap((other) => {
      const there = electronic[other]
      if (there === undefined) return []
      const found = rowLikeness(row, there)
      const once = onPaper.get(row.form) === 1 && inFile.get(there.form) === 1
      const sure =
        found.title === 1 ? once || found.samePages || found.sameNumber : found.samePages && mayBePair(found)
      return sure ? [{ paper: at, electronic: other, likeness: found.value, moved: true }] : []
    })
  })
  const [usedPaper, usedElectronic] = [new Set<number>(), new Set<number>()]
  return candidates
    .sort((a, b) => b.likeness - a.likeness || a.paper - b.paper || a.electronic - b.electronic)
    .filter((pair) => {
      if (usedPaper.has(pair.paper) || usedElectronic.has(pair.electronic)) return false
      usedPaper.add(pair.paper)
      usedElectronic.add(pair.electronic)
      return true
    })
}

/** Every place of a side that no pair has taken. */
const without = (length: number, taken: ReadonlySet<number | null>): readonly number[] =>
  Array.from({ length }, (_, at) => at).filter((at) => !taken.has(at))

/**
 * Pairs the rows of two catalogues of one volume: globally, keeping the order (Needleman-Wunsch over likeness, between
 * rows that are surely the same); then what is left over, as moved. Every row of either side comes once, in the order
 * of the paper, with rows that only the electronic side has after the row they follow there.
 */
export function alignRows(
  paperRows: readonly ComparableRow[],
  electronicRows: readonly ComparableRow[],
): readonly RowPairing[] {
  const paper = paperRows.map(preparedRow)
  const electronic = electronicRows.map(preparedRow)
  const { chain, moved } = anchors(paper, electronic)
  const settled = settledBy(moved)
  const ends = [...chain, { paper: paper.length, electronic: electronic.length }]
  const inOrder = ends.flatMap((end, at): RowPairing[] => {
    const start = chain[at - 1]
    const block: Block = {
      paper: [start === undefined ? 0 : start.paper + 1, end.paper],
      electronic: [start === undefined ? 0 : start.electronic + 1, end.electronic],
    }
    const between = alignBlock(paper, electronic, block, settled)
    const closing: RowPairing[] = at < chain.length ? [{ ...end, likeness: 1, moved: false }] : []
    return [...between, ...closing]
  })
  const paired = [...inOrder, ...moved.map((pair): RowPairing => ({ ...pair, likeness: 1, moved: true }))]
  const taken = settledBy(paired)
  const elsewhere = movedPairs(paper, electronic, {
    paper: without(paper.length, taken.paper),
    electronic: without(electronic.length, taken.electronic),
  })
  return inReadingOrder(paper.length, electronic.length, [...paired, ...elsewhere])
}

function inReadingOrder(
  paperCount: number,
  electronicCount: number,
  pairs: readonly RowPairing[],
): readonly RowPairing[] {
  const byPaper = new Map(pairs.map((pair) => [pair.paper, pair]))
  const taken = new Set(pairs.map((pair) => pair.electronic))
  const alone = (electronic: number): RowPairing => ({ paper: null, electronic, likeness: 0, moved: false })
  const pending = without(electronicCount, taken).map(alone)
  const ordered: RowPairing[] = []
  const release = (before: number) => {
    while (pending[0] !== undefined && (pending[0].electronic ?? 0) < before) {
      const next = pending.shift()
      if (next !== undefined) ordered.push(next)
    }
  }
  for (let at = 0; at < paperCount; at++) {
    const pair = byPaper.get(at)
    if (pair !== undefined && !pair.moved && pair.electronic !== null) release(pair.electronic)
    ordered.push(pair ?? { paper: at, electronic: null, likeness: 0, moved: false })
  }
  release(Number.POSITIVE_INFINITY)
  return ordered
}
