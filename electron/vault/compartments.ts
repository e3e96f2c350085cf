/**
 * What is sealed under one key. `open`: 正卷, which every account that reads files may read; `restricted`: 副卷 and
 * other material that only some accounts may read.
 */
export type Compartment = 'open' | 'restricted'

export const COMPARTMENTS = ['open', 'restricted'] as const satisfies readonly Compartment[]

/** The byte that stands for a compartment in a sealed object, and its bit in a keyring. Never renumber. */
export const COMPARTMENT_CODES: Readonly<Record<Compartment, number>> = { open: 1, restricted: 2 }

export function compartmentOfCode(code: number): Compartment | undefined {
  return COMPARTMENTS.find((compartment) => COMPARTMENT_CODES[compartment] === code)
}
