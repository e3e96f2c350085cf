import type { PlanStep } from '../../contract/settlements.ts'
import type { PageKind } from '../page-kind.ts'
import type { Turn } from '../page-text.ts'
import { planItems } from './plan-items.ts'
import { countBook } from './plan-numbers.ts'
import type { LeavingPage, PageChange, PlanOutcome, StepRefusal } from './plan-outcome.ts'
import type { StatePage, VolumeState } from './volume-state.ts'

/** What a plan may draw on beside the volume. */
export interface PlanContext {
  /** Pages of the fresh scan by id. */
  readonly paper: ReadonlyMap<
    string,
    { readonly sha256: string; readonly turn: Turn; readonly printedNumber: string; readonly kind: PageKind }
  >
  /** The other volumes of the case. */
  readonly otherVolumes: ReadonlySet<string>
}

class Refused extends Error {
  readonly refusal: StepRefusal
  constructor(refusal: StepRefusal) {
    super(refusal)
    this.refusal = refusal
  }
}

/** Steps as they change single pages, gathered before anything moves. */
interface Gathered {
  readonly leaving: Map<string, LeavingPage>
  readonly moved: Set<string>
  readonly turns: Map<string, Turn>
  readonly images: Map<string, string>
  /** Pages that come before a page (by key), or at the end of a book (by `end:<book>`), in the order of the steps. */
  readonly arriving: Map<string, StatePage[]>
  readonly touchedBooks: Set<string>
}

function gather(before: VolumeState, context: PlanContext) {
  const pages = new Map(before.pages.map((page) => [page.key, page]))
  const gathered: Gathered = {
    leaving: new Map(),
    moved: new Set(),
    turns: new Map(),
    images: new Map(),
    arriving: new Map(),
    touchedBooks: new Set(),
  }
  const usedPaper = new Set<string>()
  const pageOf = (pageId: string): StatePage => {
    const page = pages.get(pageId)
    if (page === undefined) throw new Refused('unknown-page')
    return page
  }
  const scanOf = (paperPageId: string) => {
    const scan = context.paper.get(paperPageId)
    if (scan === undefined) throw new Refused('unknown-paper-page')
    if (usedPaper.has(paperPageId)) throw new Refused('paper-page-used-twice')
    usedPaper.add(paperPageId)
    return scan
  }
  /** A page leaves only when nothing else is done to it. */
  const untouched = (key: string) => {
    const { leaving, moved, turns, images } = gathered
    if (leaving.has(key) || moved.has(key) || turns.has(key) || images.has(key))
      throw new Refused('page-handled-twice')
  }
  const stays = (key: string, handled: { has: (key: string) => boolean }) => {
    if (gathered.leaving.has(key) || handled.has(key)) throw new Refused('page-handled-twice')
  }
  const arrive = (page: StatePage, bookId: string, beforePageId: string | null) => {
    if (!before.books.some(({ id }) => id === bookId)) throw new Refused('unknown-book')
    if (beforePageId !== null && pages.get(beforePageId)?.bookId !== bookId)
      throw new Refused('unknown-place')
    const slot = beforePageId ?? `end:${bookId}`
    gathered.arriving.set(slot, [...(gathered.arriving.get(slot) ?? []), { ...page, bookId }])
    gathered.touchedBooks.add(bookId)
  }
  const take = (step: PlanStep): void => {
    switch (step.kind) {
      case 'insert': {
        const { sha256, turn, kind } = scanOf(step.paperPageId)
        const item = before.items.find(({ key }) => key === step.itemId)
        if (step.itemId !== null && item === undefined) throw new Refused('unknown-item')
        if (item !== undefined && item.bookId !== step.bookId) throw new Refused('item-of-other-book')
        const made = {
          ...{ key: `paper:${step.paperPageId}`, paperPageId: step.paperPageId, versionId: null, sha256 },
          ...{ bookId: step.bookId, itemId: step.itemId, printedNumber: '', confirmed: false },
        }
        arrive({ ...made, kind, turn }, step.bookId, step.beforePageId)
        return
      }
      case 'replace': {
        const page = pageOf(step.pageId)
        stays(page.key, gathered.images)
        scanOf(step.paperPageId)
        gathered.images.set(page.key, step.paperPageId)
        return
      }
      case 'move': {
        const page = pageOf(step.pageId)
        stays(page.key, gathered.moved)
        if (step.beforePageId === page.key) throw new Refused('before-itself')
        gathered.moved.add(page.key)
        gathered.touchedBooks.add(page.bookId)
        const otherBook = step.bookId !== page.bookId
        arrive(otherBook ? { ...page, itemId: null } : page, step.bookId, step.beforePageId)
        return
      }
      case 'rotate': {
        const page = pageOf(step.pageId)
        stays(page.key, gathered.turns)
        gathered.turns.set(page.key, step.turn)
        return
      }
      case 'remove':
      case 'move-volume': {
        const page = pageOf(step.pageId)
        untouched(page.key)
        const toVolumeId = step.kind === 'remove' ? null : step.toVolumeId
        if (toVolumeId !== null && !context.otherVolumes.has(toVolumeId)) throw new Refused('unknown-volume')
        gathered.leaving.set(page.key, { pageId: page.key, reason: step.reason, toVolumeId })
        gathered.touchedBooks.add(page.bookId)
        return
      }
      case 'edit-item':
      case 'add-item':
      case 'remove-item':
      case 'note':
        return
    }
  }
  return { gathered, take }
}

/** Each page once, in its new place: nothing is lost and nothing doubled, since every page has one slot of its own. */
function arranged(before: VolumeState, { leaving, moved, arriving }: Gathered): readonly StatePage[] {
  return before.books.flatMap(({ id }) => {
    const ofBook = before.pages.filter(({ bookId }) => bookId === id)
    const kept = ofBook.flatMap((page) => [
      ...(arriving.get(page.key) ?? []),
      ...(leaving.has(page.key) || moved.has(page.key) ? [] : [page]),
    ])
    return [...kept, ...(arriving.get(`end:${id}`) ?? [])]
  })
}

function changesOf(before: VolumeState, after: VolumeState, { leaving, moved, turns, images }: Gathered) {
  const old = new Map(before.pages.map((page) => [page.key, page]))
  const changes = new Map<string, PageChange>()
  for (const key of leaving.keys()) changes.set(key, 'removed')
  for (const page of after.pages) {
    const was = old.get(page.key)
    const change: PageChange =
      was === undefined
        ? 'inserted'
        : images.has(page.key)
          ? 'replaced'
          : moved.has(page.key)
            ? 'moved'
            : turns.has(page.key)
              ? 'rotated'
              : was.printedNumber !== page.printedNumber
                ? 'renumbered'
                : 'none'
    if (change !== 'none') changes.set(page.key, change)
  }
  return changes
}

/** What a step does, whatever difference it settles and however it is reasoned; null: twice is not once. */
function sameChange(step: PlanStep): string | null {
  if (step.kind === 'add-item') return null
  return JSON.stringify({ ...step, differenceId: null, ...('reason' in step ? { reason: '' } : {}) })
}

/**
 * What steps make of a volume, or the first step that cannot be. Places are those of the volume as it stood before;
 * pages that no step names keep their order. Pure.
 */
export function applySteps(
  before: VolumeState,
  steps: readonly PlanStep[],
  context: PlanContext,
): PlanOutcome {
  const { gathered, take } = gather(before, context)
  const rows = planItems(before.items, before.books)
  const seen = new Set<string>()
  for (const [place, step] of steps.entries()) {
    // Two differences may be settled by one and the same change.
    const said = sameChange(step)
    if (said !== null && seen.has(said)) continue
    if (said !== null) seen.add(said)
    try {
      take(step)
      const refusal = rows.take(step, place)
      if (refusal !== null) throw new Refused(refusal)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return { ok: false, step: place + 1, refusal: error.refusal }
    }
  }
  const { items, catalogueChanges, removed, touchedBooks } = rows.result()
  const imaged = (page: StatePage): StatePage => {
    const paperPageId = gathered.images.get(page.key)
    const scan = paperPageId === undefined ? undefined : context.paper.get(paperPageId)
    const image =
      paperPageId === undefined || scan === undefined
        ? {}
        : { paperPageId, versionId: null, sha256: scan.sha256, turn: scan.turn }
    const turn = gathered.turns.get(page.key)
    const itemId = page.itemId !== null && removed.has(page.itemId) ? null : page.itemId
    return { ...page, ...image, ...(turn === undefined ? {} : { turn }), itemId }
  }
  const paperNumbers = new Map(
    [...context.paper].flatMap(([id, { printedNumber }]) =>
      printedNumber === '' ? [] : [[`paper:${id}`, printedNumber] as const],
    ),
  )
  const placed = arranged(before, gathered).map(imaged)
  const pages = before.books.flatMap(({ id }) => {
    const ofBook = placed.filter(({ bookId }) => bookId === id)
    if (!gathered.touchedBooks.has(id) && !touchedBooks.has(id)) return ofBook
    return countBook(
      ofBook,
      items.filter(({ bookId }) => bookId === id),
      paperNumbers,
    )
  })
  const after: VolumeState = { books: before.books, pages, items }
  return {
    ok: true,
    after,
    changes: changesOf(before, after, gathered),
    leaving: [...gathered.leaving.values()],
    catalogueChanges,
    notes: steps.flatMap((step) => (step.kind === 'note' ? [step.text] : [])),
  }
}
