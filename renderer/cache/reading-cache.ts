import Dexie, { type Table } from 'dexie'
import type { OutputOf } from '../../shared/contract/index.ts'

type CaseWindow = OutputOf<'cases.list'>
type CaseTree = OutputOf<'cases.tree'>

/**
 * Copies of what the core has said, for scrolling and going back without a wait. It lives in a session
 * partition that is never written to disk and can be thrown away at any moment: the core is the truth.
 */
class ReadingCache extends Dexie {
  declare readonly caseWindows: Table<{ key: string; window: CaseWindow }, string>
  declare readonly caseTrees: Table<{ caseId: string; tree: CaseTree }, string>

  constructor() {
    super('juanku-reading')
    this.version(1).stores({ caseWindows: 'key', caseTrees: 'caseId' })
  }
}

const cache = new ReadingCache()

/** Grows with every invalidation, so that an answer asked for before it is not kept after it. */
let generation = 0

/** A cache that fails costs speed, nothing else: the caller asks the core. */
async function orNothing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    console.warn('reading cache unavailable', error instanceof Error ? error.name : 'unknown')
    return undefined
  }
}

async function readThrough<T>(
  found: () => Promise<T | undefined>,
  fetched: () => Promise<T>,
  keep: (value: T) => Promise<unknown>,
): Promise<T> {
  const before = generation
  const cached = await orNothing(found())
  if (cached !== undefined && before === generation) return cached
  const asked = generation
  const value = await fetched()
  if (asked === generation) await orNothing(keep(value))
  return value
}

export function caseWindow(key: string, fetched: () => Promise<CaseWindow>): Promise<CaseWindow> {
  return readThrough(
    async () => (await cache.caseWindows.get(key))?.window,
    fetched,
    (window) => cache.caseWindows.put({ key, window }),
  )
}

export function caseTree(caseId: string, fetched: () => Promise<CaseTree>): Promise<CaseTree> {
  return readThrough(
    async () => (await cache.caseTrees.get(caseId))?.tree,
    fetched,
    (tree) => cache.caseTrees.put({ caseId, tree }),
  )
}

export async function forgetCaseList(): Promise<void> {
  generation += 1
  await orNothing(cache.caseWindows.clear())
}

export async function forgetCase(caseId: string): Promise<void> {
  generation += 1
  await orNothing(cache.caseTrees.delete(caseId))
}

/** Before another person signs in, and whenever the core has been away. */
export async function forgetEverything(): Promise<void> {
  generation += 1
  await orNothing(Promise.all([cache.caseWindows.clear(), cache.caseTrees.clear()]))
}
