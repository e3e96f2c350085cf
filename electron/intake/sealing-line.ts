import type { WriteBatch } from '../vault/index.ts'

/** What the line works on, and what is done at its stations. */
export interface SealingLine<Item, Sealed> {
  readonly items: readonly Item[]
  /** Items made durable together: one sync a folder and one commit for all of them. */
  readonly groupSize: number
  /** Items sealed at once. */
  readonly lanes: number
  readonly newBatch: () => WriteBatch
  readonly seal: (item: Item, batch: WriteBatch) => Promise<Sealed>
  /** Looks once more at a whole group before it is committed. */
  readonly review: (sealed: Sealed[], batch: WriteBatch) => Promise<void>
  /** Names what was sealed in the catalogue. Called once a group, in the order of the items. */
  readonly file: (sealed: readonly Sealed[]) => void
  readonly signal: AbortSignal
}

interface Group<Item, Sealed> {
  readonly items: readonly Item[]
  readonly batch: WriteBatch
  readonly sealed: Sealed[]
  left: number
}

/** How far lanes may run ahead of a group that waits for one long document. */
const GROUPS_AHEAD = 3

/**
 * Seals items in lanes that never wait for a group to end, while finished groups are made durable and filed behind
 * them, strictly in order. When an item or a commit fails, the groups before it stand and the others are abandoned.
 * @throws what failed first
 */
export async function sealInGroups<Item, Sealed>(line: SealingLine<Item, Sealed>): Promise<void> {
  /** Groups begun and not yet filed; a filed one is let go, or a long import would keep them all. */
  const groups = new Map<number, Group<Item, Sealed>>()
  let nextItem = 0
  let filed = 0
  let failure: { readonly error: unknown } | undefined
  let committing: Promise<void> = Promise.resolve()
  let wake: () => void = () => undefined
  let moved = new Promise<void>((resolve) => {
    wake = resolve
  })
  const tell = () => {
    const waken = wake
    moved = new Promise((resolve) => {
      wake = resolve
    })
    waken()
  }
  const fail = (error: unknown) => {
    failure ??= { error }
    tell()
  }

  const groupOf = (index: number): Group<Item, Sealed> => {
    const known = groups.get(index)
    if (known !== undefined) return known
    const items = line.items.slice(index * line.groupSize, (index + 1) * line.groupSize)
    const made = {
      items,
      batch: line.newBatch(),
      sealed: new Array<Sealed>(items.length),
      left: items.length,
    }
    groups.set(index, made)
    return made
  }
  const commitFinished = async () => {
    for (let group = groups.get(filed); group?.left === 0; group = groups.get(filed)) {
      await line.review(group.sealed, group.batch)
      await group.batch.commit()
      line.file(group.sealed)
      groups.delete(filed)
      filed += 1
      tell()
    }
  }
  const lane = async () => {
    while (failure === undefined && nextItem < line.items.length) {
      line.signal.throwIfAborted()
      if (Math.floor(nextItem / line.groupSize) > filed + GROUPS_AHEAD) {
        await moved
        continue
      }
      const place = nextItem++
      const group = groupOf(Math.floor(place / line.groupSize))
      const item = group.items[place % line.groupSize]
      if (item === undefined) return
      group.sealed[place % line.groupSize] = await line.seal(item, group.batch)
      group.left -= 1
      if (group.left > 0) continue
      // Once a commit has failed the chain stays broken, so that no later group tries the failed one again.
      committing = committing.then(commitFinished)
      committing.catch(fail)
    }
  }

  await Promise.all(Array.from({ length: line.lanes }, () => lane().catch(fail)))
  await committing.catch(fail)
  await Promise.all([...groups.values()].map((group) => group.batch.abandon()))
  if (failure !== undefined) throw failure.error
}
