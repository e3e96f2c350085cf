import { type ObjectRow, objectRows, type Statements } from '../../catalogue/index.ts'
import { GROUPS } from '../repository/layout.ts'
import { drawOf } from '../repository/sample-draw.ts'

/**
 * The objects that a catalogue names, group by group: all of them, or those `sample` whose draws are lowest. Memory
 * stays at a group's rows, or at twice the sample.
 */
export function* chosenObjects(
  sql: Statements,
  sample: number | null,
  seed: string,
): Generator<readonly ObjectRow[]> {
  if (sample === null) {
    for (const group of GROUPS) yield [...objectRows(sql, group)]
    return
  }
  let lowest: (readonly [draw: string, row: ObjectRow])[] = []
  const keepLowest = () => {
    lowest = lowest.toSorted(([one], [other]) => (one < other ? -1 : 1)).slice(0, sample)
  }
  for (const row of objectRows(sql)) {
    lowest.push([drawOf(seed, row.objectName), row])
    if (lowest.length >= 2 * sample + 1000) keepLowest()
  }
  keepLowest()
  yield lowest.map(([, row]) => row)
}
