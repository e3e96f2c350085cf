import type { PageRow } from '../../../shared/contract/model.ts'
import { sayingsDisagree, type TwoSayings } from '../../../shared/domain/reconcile/sheet-passes.ts'
import type { KeptVerdict, PassNumber, PassRecord, PassRecords } from './pass-records.ts'

/** Verdicts of the images as they stand now, by page: one of an older version is asked for again. */
export type Verdicts = ReadonlyMap<string, KeptVerdict>

/** A checking sheet by sheet as it stands: the pages, both passes, and what each said. */
export interface SheetWork {
  readonly pages: readonly PageRow[]
  readonly pass: (number: PassNumber) => PassRecord | undefined
  readonly passOf: (accountId: string) => PassRecord | undefined
  readonly verdicts: (number: PassNumber) => Verdicts
  /** Both passes are finished: only then does one person learn of the other's verdicts. */
  readonly open: boolean
  readonly said: (page: PageRow) => TwoSayings
}

export function sheetWork(records: PassRecords, reconciliationId: string, pages: readonly PageRow[]): SheetWork {
  const passes = records.ofReconciliation(reconciliationId)
  const pass = (number: PassNumber) => passes.find((one) => one.number === number)
  const current = (number: PassNumber): Verdicts => {
    const known = pass(number)
    const all = known === undefined ? new Map<string, KeptVerdict>() : records.verdicts(known.id)
    return new Map(
      pages.flatMap(({ id, versionId }): [string, KeptVerdict][] => {
        const verdict = all.get(id)
        return verdict?.versionId === versionId ? [[id, verdict]] : []
      }),
    )
  }
  const kept = new Map<PassNumber, Verdicts>()
  const verdicts = (number: PassNumber): Verdicts => {
    const known = kept.get(number) ?? current(number)
    kept.set(number, known)
    return known
  }
  return {
    pages,
    pass,
    passOf: (accountId) => passes.find((one) => one.accountId === accountId),
    verdicts,
    open: passes.length === 2 && passes.every(({ finishedAt }) => finishedAt !== null),
    said: ({ id }) => {
      const first = verdicts(1).get(id) ?? null
      const second = verdicts(2).get(id) ?? null
      const holds = first?.settled === 'holds' ? 'first' : second?.settled === 'holds' ? 'second' : null
      return { first, second, holds }
    },
  }
}

/** Pages of which both passes said something, and not the same. */
export function disagreeing(work: SheetWork): readonly PageRow[] {
  return work.pages.filter((page) => sayingsDisagree(work.said(page)))
}

/** The first page without a verdict, after a given one where there is such, else from the beginning. */
export function nextPage(pages: readonly PageRow[], verdicts: Verdicts, afterPageId?: string): string | null {
  const left = (from: readonly PageRow[]) => from.find(({ id }) => !verdicts.has(id))?.id
  const at = pages.findIndex(({ id }) => id === afterPageId)
  return left(pages.slice(at + 1)) ?? left(pages) ?? null
}
