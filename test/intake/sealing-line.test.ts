import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { type SealingLine, sealInGroups } from '../../electron/intake/sealing-line.ts'
import type { ObjectStore } from '../../electron/vault/index.ts'
import { freshVault } from '../vault/fresh-vault.ts'

type Line = SealingLine<number, { readonly item: number; readonly name: string }>

/** A line over real objects: each item is sealed as its own text. */
function lineOf(objects: ObjectStore, change: Partial<Line> & Pick<Line, 'file'>): Line {
  return {
    items: Array.from({ length: 23 }, (_, place) => place),
    groupSize: 4,
    lanes: 3,
    newBatch: () => objects.batch(),
    seal: async (item, batch) => {
      const { name } = await batch.putBuffer('open', Buffer.from(`item ${item}`))
      return { item, name }
    },
    review: async () => undefined,
    signal: new AbortController().signal,
    ...change,
  }
}

async function storedNames(objects: ObjectStore): Promise<readonly string[]> {
  const names: string[] = []
  for await (const { name } of objects.list()) names.push(name)
  return names.sort()
}

describe('sealing in groups', () => {
  test('files every item once, in order, though later ones are sealed sooner', async () => {
    const { objects } = (await freshVault()).vault
    const filed: number[] = []
    const plain = lineOf(objects, { file: (group) => void filed.push(...group.map(({ item }) => item)) })
    await sealInGroups({
      ...plain,
      seal: async (item, batch) => {
        await wait((23 - item) % 5)
        return await plain.seal(item, batch)
      },
    })
    expect(filed).toEqual(plain.items)
  })

  test('stores a group before it is filed', async () => {
    const { objects } = (await freshVault()).vault
    const line = lineOf(objects, { file: () => undefined })
    const there: Promise<boolean>[] = []
    await sealInGroups({
      ...line,
      file: (group) => {
        for (const { name } of group) there.push(objects.has(name))
      },
    })
    expect(await Promise.all(there)).toEqual(line.items.map(() => true))
  })

  test('does not file a group again that failed, though groups behind it end later', async () => {
    const { objects } = (await freshVault()).vault
    const attempts: number[] = []
    const line = lineOf(objects, {
      file: (group) => {
        attempts.push(group[0]?.item ?? -1)
        if (attempts.length === 2) throw new Error('the catalogue is full')
      },
    })
    await expect(sealInGroups(line)).rejects.toThrow('the catalogue is full')
    expect(attempts).toEqual([0, 4])
  })

  test('keeps the groups before an item that fails and leaves nothing of the others', async () => {
    const { objects } = (await freshVault()).vault
    const filed: string[] = []
    const line = lineOf(objects, { file: (group) => void filed.push(...group.map(({ name }) => name)) })
    const failing = sealInGroups({
      ...line,
      seal: async (item, batch) => {
        if (item === 9) throw new Error('the disk is gone')
        return await line.seal(item, batch)
      },
    })
    await expect(failing).rejects.toThrow('the disk is gone')
    expect(filed).toHaveLength(8)
    expect(await storedNames(objects)).toEqual(filed.toSorted())
  })

  test('ends when it is cancelled, also while lanes wait for a slow group', async () => {
    const { objects } = (await freshVault()).vault
    const abort = new AbortController()
    const line = lineOf(objects, { file: () => undefined, signal: abort.signal, groupSize: 1 })
    const running = sealInGroups({
      ...line,
      seal: async (item, batch) => {
        if (item === 0) {
          await wait(50)
          abort.abort()
        }
        return await line.seal(item, batch)
      },
    })
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
  })
})
