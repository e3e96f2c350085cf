import { z } from 'zod'
import type { Catalogue } from '../catalogue/index.ts'
import type { JobKind, JobWork } from '../jobs/index.ts'
import type { Compartment, OpenVault } from '../vault/index.ts'
import type { OpenTextShelf } from './text-shelf.ts'

export interface IndexJobParts {
  readonly vault: Pick<OpenVault, 'compartments'>
  readonly catalogue: Catalogue
  readonly texts: OpenTextShelf
}

const IndexInput = z.object({ rebuild: z.boolean() })
type IndexInput = z.infer<typeof IndexInput>

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** What the search index lacks or has too much of, over against the catalogue and the stored texts. */
export interface IndexFindings {
  readonly rows: number
  readonly missing: number
  readonly stale: number
  readonly extra: number
}

/** Compares the catalogue's index with its rows, some hundred cases a slice, so that calls go on meanwhile. */
export async function checkCaseIndex(
  { catalogue }: Pick<IndexJobParts, 'catalogue'>,
  signal: AbortSignal,
  onRows: (rows: number) => void,
): Promise<IndexFindings> {
  const tally = { rows: 0, missing: 0, stale: 0, extra: 0 }
  let below: number | null = null
  do {
    signal.throwIfAborted()
    const found: ReturnType<Catalogue['search']['checkSome']> = catalogue.search.checkSome(below)
    tally.rows += found.rows
    tally.missing += found.missing
    tally.stale += found.stale
    tally.extra += found.extra
    below = found.next
    onRows(found.rows)
    await turn()
  } while (below !== null)
  return tally
}

/** Compares the stored texts of a compartment with their index. */
export async function checkTextIndex(
  { texts }: Pick<IndexJobParts, 'texts'>,
  compartment: Compartment,
  signal: AbortSignal,
  onRows: (rows: number) => void,
): Promise<IndexFindings> {
  texts.settle(compartment)
  const tally = { rows: 0, missing: 0, stale: 0, extra: 0 }
  let above: number | null = 0
  do {
    signal.throwIfAborted()
    const found: ReturnType<OpenTextShelf['checkSome']> = texts.checkSome(compartment, above)
    tally.rows += found.rows
    tally.missing += found.missing
    tally.stale += found.misplaced
    above = found.next
    onRows(found.rows)
    await turn()
  } while (above !== null)
  const { texts: held, indexed } = texts.count(compartment)
  return { ...tally, extra: Math.max(0, indexed - held + tally.missing) }
}

const AT_SETTING = 'searchIndexAt'

/**
 * Checks the index, or writes it anew from the catalogue and the stored texts: nobody's own work is in an index.
 * Writing goes in slices, each a transaction; one that was interrupted goes on where it was. What is not written yet
 * is not found meanwhile.
 */
export function searchIndexJob(parts: IndexJobParts): JobKind<IndexInput> {
  const { vault, catalogue, texts } = parts
  const rebuild = async (
    { signal, record, outcomeOf }: JobWork<IndexInput>,
    onRows: (rows: number) => void,
  ) => {
    const step = async (
      part: string,
      empty: () => void,
      slice: (from: number | null) => { readonly rows: number; readonly next: number | null },
    ) => {
      if (outcomeOf(`${part}|done`) !== undefined) return
      const setting = `${AT_SETTING}|${part}`
      const at = catalogue.desk.setting(setting) ?? ''
      let from = at === '' ? null : Number(at)
      if (from === null) empty()
      for (;;) {
        signal.throwIfAborted()
        const { rows, next } = slice(from)
        catalogue.desk.putSetting(setting, next === null ? '' : String(next))
        onRows(rows)
        if (next === null) break
        from = next
        await turn()
      }
      record({ unitKey: `${part}|done`, subject: part, outcome: 'sound' })
    }
    await step('cases', catalogue.search.clear, catalogue.search.rebuildSome)
    for (const compartment of vault.compartments)
      await step(
        `texts-${compartment}`,
        () => texts.clearIndex(compartment),
        (from) => texts.rebuildSome(compartment, from ?? 0),
      )
    for (const compartment of vault.compartments)
      for (let begin = true; texts.mergeSome(compartment, begin); begin = false) {
        signal.throwIfAborted()
        await turn()
      }
  }
  const check = async ({ signal, record }: JobWork<IndexInput>, onRows: (rows: number) => void) => {
    const tell = (part: string, { rows, missing, stale, extra }: IndexFindings, problems: number) => {
      const whole = missing + stale + extra + problems === 0
      record({
        unitKey: `check|${part}`,
        subject: part,
        outcome: whole ? 'sound' : 'damaged',
        code: whole ? null : 'CATALOGUE_DAMAGED',
        details: { rows, missing, stale, extra, problems },
      })
    }
    tell('cases', await checkCaseIndex(parts, signal, onRows), 0)
    for (const compartment of vault.compartments) {
      const problems = texts.problems(compartment).length
      tell(`texts-${compartment}`, await checkTextIndex(parts, compartment, signal, onRows), problems)
    }
  }
  return {
    kind: 'search-index',
    input: IndexInput,
    label: () => '',
    resources: () => ['search-index'],
    run: async (work) => {
      const counts = [...vault.compartments].map((compartment) => texts.count(compartment).texts)
      const total = counts.reduce((sum, count) => sum + count, catalogue.search.count().entries)
      let done = 0
      work.progress({ phase: 'index', done, total })
      const onRows = (rows: number) => {
        done += rows
        work.progress({ done })
      }
      if (work.input.rebuild) await rebuild(work, onRows)
      else await check(work, onRows)
    },
  }
}
