/** Sequence numbers with runs drawn together: 3–7, 12. */
export function sequenceText(sequences: readonly number[]): string {
  const runs: [number, number][] = []
  for (const sequence of sequences) {
    const last = runs.at(-1)
    if (last !== undefined && last[1] === sequence - 1) last[1] = sequence
    else runs.push([sequence, sequence])
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ')
}
