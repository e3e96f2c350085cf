import { createReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import path from 'node:path'

/** What is left free for the contenders themselves. */
const LEFT_FREE_BYTES = 1.5 * 1024 ** 3

async function freeBytes(): Promise<number> {
  const told = await readFile('/proc/meminfo', 'utf8').catch(() => '')
  return Number(/^MemFree:\s+(\d+) kB$/m.exec(told)?.[1] ?? 0) * 1024
}

/**
 * Fills free memory with file pages that the system may take back at any time, as on a machine that has been at
 * work for a day: a virtual machine gets memory from its host at the first touch, which costs many times the write
 * itself, and gives it back when it is freed. Reads a file without blocks in `folder`; leave it there until the end.
 */
export async function settleMemory(folder: string): Promise<void> {
  const wanted = (await freeBytes()) - LEFT_FREE_BYTES
  if (wanted <= 0) return
  const file = path.join(folder, 'without-blocks')
  const handle = await open(file, 'wx')
  await handle.truncate(wanted)
  await handle.close()
  const stream = createReadStream(file, { highWaterMark: 4 * 1024 ** 2 })
  for await (const _ of stream);
}
