import type { PageRow } from '../../../shared/contract/model.ts'
import { sayingsDisagree, type TwoSayings } from '../../../shared/domain/reconcile/sheet-passes.ts'
import type { KeptVerdict, PassNumber, PassRecord, PassRecords } from './pass-records.ts'

/** Verdicts of the images as they stand now, by page: one of an older version is asked for again. */
export type Verdicts = ReadonlyMap<string, KeptVerdict>

/** What the finished passes say of a page, for the register. */
export interface FinalSaying extends TwoSayings {
  /** Of the image as it stands; false where only older images were judged. */
  readonly current: boolean
  /** When the last of it was said. */
  readonly at: string
}

/** A checking sheet by sheet as it stands: the pages, both passes, and what each said. */
export interface SheetWork {
  readonly pages: readonly PageRow[]
  readonly pass: (number: PassNumber) => PassRecord | undefined
  readonly passOf: (accountId: string) => PassRecord | undefined
  readonly verdicts: (number: PassNumber) => Verdicts
  /** Both passes are finished: only then does one person learn of the other's verdicts. */
  readonly open: boolean
  readonly said: (page: PageRow) => TwoSayings
  readonly final: (page: PageRow) => FinalSaying
}

function twoSayings(first: KeptVerdict | null, second: KeptVerdict | null): TwoSayings {
  const holds = first?.settled === 'holds' ? 'first' : second?.settled === 'holds' ? 'second' : null
  return { first, second, holds }
}

export function sheetWork(
  records: PassRecords,
  reconciliationId: string,
  pages: readonly PageRow[],
): SheetWork {
  const passes = records.ofReconciliation(reconciliationId)
  const pass = (number: PassNumber) => passes.find((one) => one.number === number)
  const kept = new Map<PassNumber, { readonly all: Verdicts; readonly current: Verdicts }>()
  const of = (number: PassNumber) => {
    const known = kept.get(number)
    if (known !== undefined) return known
    const passId = pass(number)?.id
    const all: Verdicts = passId === undefined ? new Map() : records.verdicts(passId)
    const current = pages.flatMap(({ id, versionId }): [string, KeptVerdict][] => {
      const verdict = all.get(id)
      return verdict?.versionId === versionId ? [[id, verdict]] : []
    })
    const made = { all, current: new Map(current) }
    kept.set(number, made)
    return made
  }
  return {
    pages,
    pass,
    passOf: (accountId) => passes.find((one) => one.accountId === accountId),
    verdicts: (number) => of(number).current,
    open: passes.length === 2 && passes.every(({ finishedAt }) => finishedAt !== null),
    said: ({ id }) => twoSayings(of(1).current.get(id) ?? null, of(2).current.get(id) ?? null),
    final: ({ id }) => {
      const finished = ([1, 2] as const).filter((number) => pass(number)?.finishedAt != null)
      const current = finished.some((number) => of(number).current.has(id))
      const [first, second] = ([1, 2] as const).map((number) => {
        if (!finished.includes(number)) return null
        return (current ? of(number).current : of(number).all).get(id) ?? null
      })
      const at = [first?.judgedAt ?? '', second?.judgedAt ?? ''].sort().at(-1) ?? ''
      return { ...twoSayings(first ?? null, second ?? null), current, at }
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
