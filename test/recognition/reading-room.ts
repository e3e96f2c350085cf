import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect } from 'vitest'
import { locateAssets } from '../../electron/assets.ts'
import { createPageReader, type PageReader } from '../../electron/recognition/index.ts'
import type { OutputOf } from '../../shared/contract/index.ts'
import { freshFolder, importInto, openRoom, PROJECT, type TestRoom } from '../fixtures/records-room.ts'
import { wordPages } from '../fixtures/word-page.ts'

export const IDLE_SECONDS = 60

/** The reader that ships, with something put round it. */
export function shippedReader(more: Partial<PageReader> = {}): PageReader {
  const reader = createPageReader({ modelsFolder: locateAssets(PROJECT).readingModels })
  return { ...reader, ...more }
}

/** A machine whose running time a test moves. */
export function movedClock() {
  let seconds = 1_000
  return {
    pass: (more: number) => {
      seconds += more
    },
    clock: { boot: () => 'boot', uptimeSeconds: () => seconds, machine: 'station', user: 'keeper' },
  }
}

/** A room that reads in the background once {@link IDLE_SECONDS} have passed on a clock that the test moves. */
export async function idleRoom(openReader: () => PageReader = shippedReader) {
  const { clock, pass } = movedClock()
  const room = await openRoom(undefined, undefined, { clock, openReader, readWhenIdleSeconds: IDLE_SECONDS })
  return { ...room, pass, clock }
}

/** Small pages of words, imported; gives the volume's pages. */
export async function importWords(
  room: TestRoom,
  volumeId: string,
  pages: readonly (readonly string[])[],
): Promise<OutputOf<'pages.list'>> {
  const folder = await wordPages(path.join(await freshFolder(), 'scans'), pages)
  expect((await importInto(room, volumeId, [folder])).state).toBe('succeeded')
  return await room.call('pages.list', { volumeId })
}

export async function textOf(room: TestRoom, page: { readonly id: string; readonly versionId: string }) {
  const { text } = await room.call('texts.page', { pageId: page.id, versionId: page.versionId })
  return text === null ? null : text.lines.map((line) => line.text).join('\n')
}

export async function counts(room: TestRoom) {
  const { pagesRead, pagesLeft, pagesFailed } = await room.call('recognition.status', {})
  return { read: pagesRead, left: pagesLeft, failed: pagesFailed }
}

/** Flips a byte in the sealed image of a page. */
export async function damageImage(room: TestRoom, versionId: string): Promise<void> {
  const { objectName = '' } = room.desk.room().catalogue.pages.imageRef(versionId) ?? {}
  const file = path.join(room.folder, 'objects', objectName.slice(0, 2), objectName)
  const bytes = await readFile(file)
  const middle = bytes.length >> 1
  bytes[middle] = (bytes[middle] ?? 0) ^ 1
  await writeFile(file, bytes)
}
