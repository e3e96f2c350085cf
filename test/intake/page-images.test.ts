import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { openCacheDatabase } from '../../electron/database.ts'
import type { ByteRange, PageRendition } from '../../shared/contract/index.ts'
import { jpegFile, textPdf, tiffFile } from '../fixtures/good-files.ts'
import { CLIENT, freshFolder, importInto, newCase, newId, openRoom } from '../fixtures/records-room.ts'

async function filed(name: string, bytes: Uint8Array) {
  const folder = path.join(await freshFolder(), 'scans')
  await mkdir(folder)
  await writeFile(path.join(folder, name), bytes)
  const room = await openRoom()
  const { volume } = await newCase(room, '（2024）云0199民初1号')
  await importInto(room, volume.id, [folder])
  const [page] = await room.call('pages.list', { volumeId: volume.id })
  if (page === undefined) throw new Error('no page was filed')
  const result = (rendition: PageRendition, range: ByteRange | null = null, client = CLIENT) =>
    room.desk.page(client, page.versionId, rendition, range)
  const served = async (rendition: PageRendition, range: ByteRange | null = null) => {
    const got = await result(rendition, range)
    if (!got.ok) throw new Error(got.error.code)
    return got
  }
  const codeOf = async (rendition: PageRendition, range: ByteRange | null = null) => {
    const got = await result(rendition, range)
    return got.ok ? 'ok' : got.error.code
  }
  return { room, page, result, served, codeOf }
}

/** Changes one byte in the middle of every file under a folder of the vault. */
async function damage(folder: string): Promise<number> {
  let damaged = 0
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const bytes = await readFile(file)
    const at = Math.floor(bytes.length / 2)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    await writeFile(file, bytes)
    damaged += 1
  }
  return damaged
}

/** Cuts every derived view short; returns how many. */
function damageDerived(folder: string): number {
  const file = openCacheDatabase(path.join(folder, 'derived.db'), 'test')
  const { changes } = file.prepare('UPDATE derived SET sealed = substr(sealed, 1, length(sealed) - 1)').run()
  file.close()
  return changes
}

describe('a page image', () => {
  test('is served as thumbnail, as it is shown and as it came', async () => {
    const bytes = await jpegFile({ widthPixels: 800, heightPixels: 1100 })
    const { served } = await filed('1.jpg', bytes)
    const thumbnail = await served('thumbnail')
    const { width, height, format } = await sharp(thumbnail.bytes).metadata()
    expect({ format, longSide: Math.max(width, height), mediaType: thumbnail.mediaType }).toEqual({
      format: 'jpeg',
      longSide: 240,
      mediaType: 'image/jpeg',
    })
    for (const rendition of ['view', 'source'] as const) {
      const whole = await served(rendition)
      expect(whole).toMatchObject({ mediaType: 'image/jpeg', sizeBytes: bytes.length, range: null })
      expect(Buffer.from(whole.bytes).equals(bytes)).toBe(true)
    }
  })

  test.each([
    ['g4', 'image/png'],
    ['lzw', undefined],
    ['jpeg', undefined],
  ] as const)('of a %s TIFF is shown in a form that browsers know, whole size', async (kind, wanted) => {
    const bytes = await tiffFile(kind, { widthPixels: 600, heightPixels: 840 })
    const { served } = await filed('1.tif', bytes)
    const first = await served('view')
    const again = await served('view')
    const { format, width, height } = await sharp(first.bytes).metadata()
    expect(first.mediaType).toBe(`image/${format}`)
    expect(['png', 'jpeg']).toContain(format)
    if (wanted !== undefined) expect(first.mediaType).toBe(wanted)
    expect([width, height]).toEqual([600, 840])
    // What was drawn is kept: the second time it comes from the vault, and knows its own kind.
    expect([again.mediaType, Buffer.compare(again.bytes, first.bytes)]).toEqual([first.mediaType, 0])
    const source = await served('source')
    expect([source.mediaType, Buffer.compare(source.bytes, bytes)]).toEqual(['image/tiff', 0])
  })

  test('of a PDF is shown as a picture and given out as the PDF', async () => {
    const bytes = await textPdf(1)
    const { served } = await filed('1.pdf', bytes)
    expect((await served('view')).mediaType).toMatch(/^image\/(png|jpeg)$/)
    const source = await served('source')
    expect([source.mediaType, Buffer.compare(source.bytes, bytes)]).toEqual(['application/pdf', 0])
  })

  test.each([
    [{ start: 0, end: 0 }, 0, 1],
    [{ start: 100, end: 199 }, 100, 200],
    [{ start: 5, end: null }, 5, Number.POSITIVE_INFINITY],
    [{ start: 10, end: 10_000_000 }, 10, Number.POSITIVE_INFINITY],
  ])('gives the range %j and says which it is', async (range, from, to) => {
    const bytes = await jpegFile()
    const { served } = await filed('1.jpg', bytes)
    for (const rendition of ['source', 'view', 'thumbnail'] as const) {
      const whole = Buffer.from((await served(rendition)).bytes)
      const piece = await served(rendition, range)
      const wanted = whole.subarray(from, Math.min(to, whole.length))
      expect(Buffer.from(piece.bytes).equals(wanted), rendition).toBe(true)
      expect(piece.range).toEqual({ start: from, end: from + wanted.length - 1 })
      expect(piece.sizeBytes).toBe(whole.length)
    }
  })

  test('has nothing beyond its end', async () => {
    const { served, result } = await filed('1.jpg', await jpegFile())
    for (const rendition of ['source', 'view', 'thumbnail'] as const) {
      const { sizeBytes } = await served(rendition)
      expect(await result(rendition, { start: sizeBytes, end: null })).toEqual({
        ok: false,
        error: { code: 'SYSTEM_RANGE_UNSATISFIABLE', details: { sizeBytes }, retryable: false },
      })
    }
  })

  test('whose thumbnail or view is damaged or gone is made anew', async () => {
    const { room, served } = await filed('1.tif', await tiffFile('g4'))
    const thumbnail = await served('thumbnail')
    const view = await served('view')
    expect(damageDerived(room.folder)).toBe(2)
    for (const [rendition, before] of [
      ['thumbnail', thumbnail],
      ['view', view],
    ] as const) {
      const after = await served(rendition)
      expect([after.mediaType, Buffer.compare(after.bytes, before.bytes)]).toEqual([before.mediaType, 0])
    }
  })

  test('whose original is damaged or gone is said to be, and never shown', async () => {
    const { room, codeOf } = await filed('1.jpg', await jpegFile())
    expect(await damage(path.join(room.folder, 'objects'))).toBe(1)
    expect([await codeOf('view'), await codeOf('source')]).toEqual([
      'VAULT_OBJECT_DAMAGED',
      'VAULT_OBJECT_DAMAGED',
    ])
    const { catalogue, vault } = room.desk.room()
    const [object] = catalogue.pages.objects()
    await vault.objects.quarantine(object?.objectName ?? '')
    expect([await codeOf('view'), await codeOf('source')]).toEqual([
      'VAULT_OBJECT_MISSING',
      'VAULT_OBJECT_MISSING',
    ])
  })

  test('is shown to nobody without a session, and there is none for an unknown page', async () => {
    const { room, result } = await filed('1.jpg', await jpegFile())
    expect(await result('view', null, CLIENT + 1)).toMatchObject({
      ok: false,
      error: { code: 'ACCESS_NOT_SIGNED_IN' },
    })
    expect(await room.desk.page(CLIENT, newId(), 'view', null)).toMatchObject({
      ok: false,
      error: { code: 'CATALOGUE_NOT_FOUND' },
    })
  })
})
