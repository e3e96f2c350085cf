import type { SearchQuestion } from '../../shared/contract/search.ts'
import { text } from '../catalogue/index.ts'
import { beginWalk, type Dimension, type FinderParts, HIGHEST_KEY, walkCases } from './case-walk.ts'
import type { FoundCase } from './found-case.ts'

/** Of so many of the newest cases the values are counted. */
const FACET_CASES = 100
/** Hits of a case that are looked at for its kinds of volumes. */
const LOOKED_AT = 8

export interface FoundFacets {
  readonly years: { value: string; count: number }[]
  readonly types: { value: string; count: number }[]
  readonly volumeKinds: { value: string; count: number }[]
  readonly retentions: { value: string; count: number }[]
  readonly exact: boolean
}

const valuesOf: Readonly<Record<Dimension, (found: FoundCase) => readonly string[]>> = {
  years: ({ row }) => (row.year === null ? [] : [text(row, 'year')]),
  types: ({ row }) => (row.type_text === '' ? [] : [text(row, 'type_text')]),
  retentions: ({ row }) => (row.retention === null ? [] : [text(row, 'retention')]),
  volumeKinds: ({ places }) => [
    ...new Set(places.flatMap(({ volumeKind }) => (volumeKind === null ? [] : [volumeKind]))),
  ],
}

/** Counts among the newest cases that fit, a bounded number of them; each filter's own facet as if it were not set. */
export async function facets(parts: FinderParts, asked: SearchQuestion): Promise<FoundFacets> {
  const dimensions: readonly Dimension[] = ['years', 'types', 'volumeKinds', 'retentions']
  const counts = new Map<Dimension, Map<string, number>>(dimensions.map((each) => [each, new Map()]))
  let exact = true
  const count = async (without: Dimension | null, of: readonly Dimension[]) => {
    const search = beginWalk(parts, asked, without)
    let seen = 0
    for await (const step of walkCases(search, parts.catalogue, HIGHEST_KEY, LOOKED_AT)) {
      if ('left' in step || seen === FACET_CASES) {
        exact = false
        return
      }
      seen += 1
      if (step.found.more) exact = false
      for (const dimension of of)
        for (const value of valuesOf[dimension](step.found)) {
          const tally = counts.get(dimension)
          tally?.set(value, (tally.get(value) ?? 0) + 1)
        }
    }
  }
  const set = dimensions.filter((dimension) => asked.filters[dimension].length > 0)
  await count(
    null,
    dimensions.filter((dimension) => !set.includes(dimension)),
  )
  for (const dimension of set) await count(dimension, [dimension])
  const listed = (dimension: Dimension) =>
    [...(counts.get(dimension) ?? [])].map(([value, n]: readonly [string, number]) => ({ value, count: n }))
  const byCount = (a: { value: string; count: number }, b: { value: string; count: number }) =>
    b.count - a.count || (a.value < b.value ? -1 : 1)
  return {
    years: listed('years').sort((a, b) => Number(b.value) - Number(a.value)),
    types: listed('types').sort(byCount),
    volumeKinds: listed('volumeKinds').sort(byCount),
    retentions: listed('retentions').sort(byCount),
    exact,
  }
}
