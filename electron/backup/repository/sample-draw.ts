import { createHash } from 'node:crypto'
import type { ListedObject } from './object-list.ts'

/** How a name is drawn: by the SHA-256 of the seed and the name, so that anybody can draw the same sample again. */
export function drawOf(seed: string, name: string): string {
  return createHash('sha256').update(`${seed}|${name}`).digest('hex')
}

/** domain.md §6: a twentieth each month; of a small set more, since a twentieth of it would say little. */
const SHARE = 0.05
const LEAST = 50
/** A draw as a number: 48 bits, so that it stays exact. */
const DIGITS = 12

const placeOf = (seed: string, name: string) => Number.parseInt(drawOf(seed, name).slice(0, DIGITS), 16)

/** Which of many objects are read: those whose draws are lowest. Eight bytes are kept of each while it is drawn. */
export async function drawSample(
  objects: AsyncIterable<Pick<ListedObject, 'name'>>,
  seed: string,
): Promise<(name: string) => boolean> {
  let places = new Float64Array(1024)
  let count = 0
  for await (const { name } of objects) {
    if (count === places.length) {
      const longer = new Float64Array(places.length * 2)
      longer.set(places)
      places = longer
    }
    places[count] = placeOf(seed, name)
    count += 1
  }
  const drawn = places.subarray(0, count).sort()
  const wanted = Math.min(count, Math.max(LEAST, Math.ceil(count * SHARE)))
  const last = wanted === 0 ? -1 : (drawn[wanted - 1] ?? -1)
  return (name) => placeOf(seed, name) <= last
}
