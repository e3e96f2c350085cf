import { type MapLayout, needsLook } from './map-layout.ts'

/** Where the person stands: a place of the volume, and which of the changes found there; -1: the page as a whole. */
export interface Standing {
  readonly key: string
  readonly change: number
}

/**
 * The next or previous thing to look at: the changes of a page one after another, then the next page that asks
 * for a look. Undefined at either end.
 */
export function steppedTo(
  layout: MapLayout,
  standing: Standing | undefined,
  direction: 1 | -1,
  changesHere: number,
): Standing | undefined {
  const at = standing === undefined ? -1 : (layout.spotOf.get(standing.key) ?? -1)
  if (standing !== undefined && at !== -1) {
    const change = standing.change + direction
    if (change >= 0 && change < changesHere) return { key: standing.key, change }
  }
  const first = at === -1 ? (direction === 1 ? 0 : layout.spots.length - 1) : at + direction
  for (let next = first; next >= 0 && next < layout.spots.length; next += direction) {
    const spot = layout.spots[next]
    if (spot === undefined || !needsLook(spot)) continue
    const changes = spot.match?.changes ?? 0
    return { key: spot.key, change: changes === 0 ? -1 : direction === 1 ? 0 : changes - 1 }
  }
  return undefined
}

/** The neighbouring place of the volume, whatever stands there. */
export function neighbourSpot(
  layout: MapLayout,
  key: string | undefined,
  direction: 1 | -1,
): string | undefined {
  const at = key === undefined ? undefined : layout.spotOf.get(key)
  const target = at === undefined ? 0 : at + direction
  return layout.spots[target]?.key
}
