import { createHash, randomBytes } from 'node:crypto'
import { copyFile, mkdir, open, readFile, truncate, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type OpenVault, objectPath } from '../../electron/vault/index.ts'
import { SEALED_SEGMENT_BYTES, SEGMENT_BYTES } from '../../electron/vault/segments.ts'
import { addClerk, CLERK, codeOf, failureOf, freshVault, openAs } from './fresh-vault.ts'

const HEADER = 48

async function readWhole(vault: OpenVault, name: string): Promise<Buffer> {
  const reader = await vault.objects.open('open', name)
  try {
    return await reader.readAll()
  } finally {
    await reader.close()
  }
}

/** An object of 2.5 segments, and a way to replace its sealed file. */
async function sealedExample() {
  const { vault, folder } = await freshVault()
  const content = randomBytes(2.5 * SEGMENT_BYTES)
  const { name } = await vault.objects.putBuffer('open', content)
  const path = join(folder, objectPath(name))
  const sealed = await readFile(path)
  const segment = (number: number) =>
    sealed.subarray(HEADER + number * SEALED_SEGMENT_BYTES, HEADER + (number + 1) * SEALED_SEGMENT_BYTES)
  const readDamaged = async (bytes: Uint8Array) => {
    await writeFile(path, bytes)
    return await failureOf(readWhole(vault, name))
  }
  return {
    vault,
    folder,
    content,
    name,
    path,
    sealed,
    header: sealed.subarray(0, HEADER),
    segment,
    readDamaged,
  }
}

function flipped(bytes: Buffer, at: number, bit = 1): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ bit
  return copy
}

describe('a sealed object', () => {
  test('gives back what was put, whatever its size, and any range of it', { timeout: 120_000 }, async () => {
    const { vault } = await freshVault()
    const nearSegment = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -2, max: 2 }))
    const size = fc.oneof(
      fc.integer({ min: 0, max: 5_000 }),
      nearSegment.map(([count, off]) => Math.max(0, count * SEGMENT_BYTES + off)),
    )
    await fc.assert(
      fc.asyncProperty(
        size,
        fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 6 }),
        async (sizeBytes, ranges) => {
          const content = randomBytes(sizeBytes)
          const stored = await vault.objects.putBuffer('open', content)
          expect(stored.sha256).toBe(createHash('sha256').update(content).digest('hex'))
          const reader = await vault.objects.open('open', stored.name)
          expect(reader.sizeBytes).toBe(sizeBytes)
          expect((await reader.readAll()).equals(content)).toBe(true)
          for (const [a, b] of ranges) {
            const [start, end] = [a % (sizeBytes + 2), b % (sizeBytes + 2)].sort((x, y) => x - y) as [
              number,
              number,
            ]
            expect((await reader.read(start, end)).equals(content.subarray(start, end))).toBe(true)
          }
          const pieces: Buffer[] = []
          for await (const piece of reader.stream()) pieces.push(piece)
          expect(Buffer.concat(pieces).equals(content)).toBe(true)
          await reader.close()
          await vault.objects.verify('open', stored.name, { expectedSha256: stored.sha256 })
        },
      ),
      { numRuns: 40 },
    )
  })

  test('with any byte of its header changed does not open', { timeout: 120_000 }, async () => {
    const { sealed, readDamaged } = await sealedExample()
    for (let at = 0; at < HEADER; at += 1) {
      const { code, details } = await readDamaged(flipped(sealed, at, 1 << (at % 8)))
      expect([at, code]).toEqual([at, 'VAULT_OBJECT_DAMAGED'])
      if (at < 8 || at === 47) expect([at, details.reason]).toEqual([at, 'header'])
    }
  })

  test('with one bit changed names the segment', async () => {
    const { sealed, readDamaged, name } = await sealedExample()
    for (const number of [0, 1, 2]) {
      const start = HEADER + number * SEALED_SEGMENT_BYTES
      const end = Math.min(start + SEALED_SEGMENT_BYTES, sealed.length)
      for (const at of [start, start + 1234, end - 17, end - 16, end - 1]) {
        const { code, details } = await readDamaged(flipped(sealed, at, 128))
        expect(code).toBe('VAULT_OBJECT_DAMAGED')
        expect(details).toEqual({ object: name, reason: 'segment', segment: number })
      }
    }
  })

  test('keeps giving the segments that are whole when another is damaged', async () => {
    const { vault, path, sealed, content, name } = await sealedExample()
    await writeFile(path, flipped(sealed, HEADER + 10))
    const reader = await vault.objects.open('open', name)
    const range = await reader.read(SEGMENT_BYTES, SEGMENT_BYTES + 100)
    expect(range.equals(content.subarray(SEGMENT_BYTES, SEGMENT_BYTES + 100))).toBe(true)
    expect(await codeOf(reader.read(0, 1))).toBe('VAULT_OBJECT_DAMAGED')
    await reader.close()
  })

  test('cut anywhere does not open', async () => {
    const { sealed, readDamaged } = await sealedExample()
    const one = HEADER + SEALED_SEGMENT_BYTES
    const cuts = [0, 1, 47, 48, 49, 63, 64, 65, one - 1, one, one + 1, one + 15, one + 16, one + 17]
    cuts.push(one + SEALED_SEGMENT_BYTES, sealed.length - 16, sealed.length - 1)
    for (const length of cuts) {
      const { code } = await readDamaged(sealed.subarray(0, length))
      expect([length, code]).toEqual([length, 'VAULT_OBJECT_DAMAGED'])
    }
  })

  test('cut exactly after a segment is told to be truncated', async () => {
    const { sealed, readDamaged } = await sealedExample()
    const { details } = await readDamaged(sealed.subarray(0, HEADER + 2 * SEALED_SEGMENT_BYTES))
    expect(details).toMatchObject({ reason: 'truncated', segment: 1 })
  })

  test('with segments swapped, repeated, dropped or added does not open', async () => {
    const { sealed, header, segment, readDamaged } = await sealedExample()
    const [a, b, c] = [segment(0), segment(1), segment(2)] as const
    const arrangements = [
      [b, a, c],
      [a, a, c],
      [a, c],
      [b, c],
      [c],
      [a, b, b, c],
      [a, b, c, c],
      [a, b, a],
      [a, b, c.subarray(0, 16)],
    ]
    for (const parts of arrangements) {
      expect((await readDamaged(Buffer.concat([header, ...parts]))).code).toBe('VAULT_OBJECT_DAMAGED')
    }
    for (const extra of [1, 15, 16, 17, SEALED_SEGMENT_BYTES]) {
      expect((await readDamaged(Buffer.concat([sealed, Buffer.alloc(extra)]))).code).toBe(
        'VAULT_OBJECT_DAMAGED',
      )
    }
  })

  test('put under the name of another does not open', async () => {
    const { vault, folder, path } = await sealedExample()
    const other = await vault.objects.putBuffer('open', Buffer.from('another page'))
    await copyFile(path, join(folder, objectPath(other.name)))
    expect((await failureOf(readWhole(vault, other.name))).details.reason).toBe('segment')
  })

  test('of one compartment does not open as one of another', async () => {
    const { vault, folder, name, path, sealed } = await sealedExample()
    expect((await failureOf(vault.objects.open('restricted', name))).details.reason).toBe('header')
    // The code in the header is bound too: relabelling does not help.
    const relabelled = Buffer.from(sealed)
    relabelled[5] = 2
    await writeFile(path, relabelled)
    expect(await codeOf(vault.objects.verify('restricted', name))).toBe('VAULT_OBJECT_DAMAGED')
    expect(folder).not.toBe('')
  })

  test('of another vault does not open here', async () => {
    const mine = await sealedExample()
    const theirs = await sealedExample()
    await mkdir(dirname(join(mine.folder, objectPath(theirs.name))), { recursive: true })
    await copyFile(theirs.path, join(mine.folder, objectPath(theirs.name)))
    expect(await codeOf(mine.vault.objects.verify('open', theirs.name))).toBe('VAULT_OBJECT_DAMAGED')
  })

  test('with a byte set that this version leaves zero is not taken', async () => {
    const { readDamaged, sealed } = await sealedExample()
    expect((await readDamaged(flipped(sealed, 7))).details.reason).toBe('header')
  })

  test('whose content is not the one expected is reported by name', async () => {
    const { vault, name } = await sealedExample()
    const failure = await failureOf(vault.objects.verify('open', name, { expectedSha256: '0'.repeat(64) }))
    expect(failure).toEqual({ code: 'VAULT_OBJECT_DAMAGED', details: { object: name, reason: 'name' } })
  })

  test('that shrinks while it is open fails instead of giving old or short bytes', async () => {
    const { vault, name, path } = await sealedExample()
    const reader = await vault.objects.open('open', name)
    await truncate(path, HEADER + 100)
    expect((await failureOf(reader.readAll())).details.reason).toBe('truncated')
    await reader.close()
  })

  test('that is missing, or named by something that is no name, is told to be missing', async () => {
    const { vault } = await sealedExample()
    expect(await codeOf(vault.objects.open('open', 'a'.repeat(64)))).toBe('VAULT_OBJECT_MISSING')
    for (const name of ['', '../vault.json', 'A'.repeat(64), `${'a'.repeat(62)}/.`]) {
      expect(await codeOf(vault.objects.open('open', name))).toBe('VAULT_OBJECT_MISSING')
      expect(await vault.objects.has(name)).toBe(false)
    }
  })

  test('stops being readable when the vault is closed', async () => {
    const { vault, name } = await sealedExample()
    const reader = await vault.objects.open('open', name)
    await vault.close()
    expect(await codeOf(reader.read(0, 10))).toBe('VAULT_NOT_OPEN')
    expect(await codeOf(vault.objects.open('open', name))).toBe('VAULT_NOT_OPEN')
    expect(await codeOf(vault.objects.putBuffer('open', Buffer.from('x')))).toBe('VAULT_NOT_OPEN')
    await reader.close()
  })
})

describe('an account without the restricted compartment', () => {
  test('opens nothing restricted with any key that its password yields', async () => {
    const { vault, folder } = await freshVault()
    await addClerk(vault)
    const secret = await vault.objects.putBuffer('restricted', Buffer.from('合议庭笔录'))
    await vault.close()
    const clerk = await openAs(folder, CLERK)
    expect([...clerk.compartments]).toEqual(['open'])
    expect(await failureOf(clerk.objects.open('restricted', secret.name))).toEqual({
      code: 'VAULT_COMPARTMENT_CLOSED',
      details: { compartment: 'restricted' },
    })
    expect(await codeOf(clerk.objects.putBuffer('restricted', Buffer.from('x')))).toBe(
      'VAULT_COMPARTMENT_CLOSED',
    )
    expect(await codeOf(clerk.objects.getDerived('restricted', 'x'))).toBe('VAULT_COMPARTMENT_CLOSED')
    // Relabelled as open, so that every key of the clerk's is really tried.
    const path = join(folder, objectPath(secret.name))
    const file = await open(path, 'r+')
    await file.write(Buffer.from([1]), 0, 1, 5)
    await file.close()
    expect(await codeOf(clerk.objects.verify('open', secret.name))).toBe('VAULT_OBJECT_DAMAGED')
  })
})
