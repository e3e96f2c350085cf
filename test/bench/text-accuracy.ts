/** What is compared: the characters after NFKC, without any blank. The same for every reader and for the truth. */
export function comparedCharacters(text: string): readonly string[] {
  return [...text.normalize('NFKC').replace(/\s+/gu, '')]
}

/** Levenshtein's distance: the fewest insertions, removals and replacements. */
export function editDistance(from: readonly string[], to: readonly string[]): number {
  let before = Uint32Array.from({ length: to.length + 1 }, (_, column) => column)
  for (const [row, character] of from.entries()) {
    const now = new Uint32Array(to.length + 1)
    now[0] = row + 1
    for (let column = 1; column <= to.length; column++) {
      const replaced = (before[column - 1] ?? 0) + (character === to[column - 1] ? 0 : 1)
      now[column] = Math.min(replaced, (before[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1)
    }
    before = now
  }
  return before[to.length] ?? 0
}

export interface Tally {
  readonly errors: number
  readonly characters: number
}

export function tally(truth: string, read: string): Tally {
  const wanted = comparedCharacters(truth)
  return { errors: editDistance(wanted, comparedCharacters(read)), characters: wanted.length }
}

/** 1 − errors ÷ characters over all pages together, in per cent. */
export function accuracyPercent(tallies: readonly Tally[]): number {
  const errors = tallies.reduce((sum, one) => sum + one.errors, 0)
  const characters = tallies.reduce((sum, one) => sum + one.characters, 0)
  return characters === 0 ? 100 : 100 * (1 - errors / characters)
}
