import type { FileLanes } from './file-lanes.ts'

const TURN_FILES = 32
const TURN_BYTES = 8 * 1024 * 1024

/** Items in turns of what one thread is given at a time. */
function turnsOf<T extends { readonly size: number }>(items: readonly T[]): readonly (readonly T[])[] {
  const turns: T[][] = []
  let bytes = 0
  for (const item of items) {
    const last = turns.at(-1)
    if (last === undefined || last.length >= TURN_FILES || bytes + item.size > TURN_BYTES) {
      turns.push([item])
      bytes = item.size
    } else {
      last.push(item)
      bytes += item.size
    }
  }
  return turns
}

/** Works on turns, one a thread at a time; nothing new begins after a failure, and what is under way is waited for. */
export async function inTurns<T extends { readonly size: number }>(
  { lanes }: FileLanes,
  items: readonly T[],
  work: (turn: readonly T[]) => Promise<void>,
): Promise<void> {
  const queue = turnsOf(items).values()
  let stopped = false
  const lane = async () => {
    for (const turn of queue) {
      if (stopped) return
      try {
        await work(turn)
      } catch (error) {
        stopped = true
        throw error
      }
    }
  }
  const results = await Promise.allSettled(Array.from({ length: lanes }, lane))
  for (const result of results) if (result.status === 'rejected') throw result.reason
}
