import { type FoundCase, type FoundHit, partedHits } from '../../widgets/hit-words.ts'

/** One line of the list of results. */
export type ResultRow =
  | {
      readonly kind: 'case'
      readonly key: string
      readonly found: FoundCase
      readonly ofCase: readonly FoundHit[]
    }
  | { readonly kind: 'hit'; readonly key: string; readonly found: FoundCase; readonly hit: FoundHit }
  | { readonly kind: 'more'; readonly key: string; readonly found: FoundCase }

/** Case by case: its heading, what was found inside it, and that there is more where there is. */
export function resultRows(cases: readonly FoundCase[]): readonly ResultRow[] {
  return cases.flatMap((found): readonly ResultRow[] => {
    const { ofCase, inside } = partedHits(found)
    return [
      { kind: 'case', key: found.caseId, found, ofCase },
      ...inside.map(
        (hit, index): ResultRow => ({ kind: 'hit', key: `${found.caseId} ${index}`, found, hit }),
      ),
      ...(found.moreHits ? [{ kind: 'more' as const, key: `${found.caseId} more`, found }] : []),
    ]
  })
}

/** The next hits of a case that was shown before go on under it. */
export function joined(before: readonly FoundCase[], more: readonly FoundCase[]): readonly FoundCase[] {
  const places = new Map(before.map((found, index) => [found.caseId, index]))
  const cases = [...before]
  for (const found of more) {
    const place = places.get(found.caseId)
    const known = place === undefined ? undefined : cases[place]
    if (place === undefined || known === undefined) {
      places.set(found.caseId, cases.length)
      cases.push(found)
    } else {
      cases[place] = { ...known, hits: [...known.hits, ...found.hits], moreHits: found.moreHits }
    }
  }
  return cases
}

/** The next row that can be opened in a direction; the ends stay. */
export function rowStep(rows: readonly ResultRow[], from: number, by: number): number {
  return Math.max(0, Math.min(rows.length - 1, from + by))
}
