import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createPdfReader,
  openSource,
  type PdfReader,
  readRowTable,
  sniffFormat,
} from '../../electron/intake/index.ts'
import { AppError } from '../../shared/errors.ts'
import { emptyPagesPdf, joinTiffs, jpegFile, pngFile, textPdf, tiffFile } from '../fixtures/good-files.ts'

let pdf: PdfReader

beforeAll(() => {
  pdf = createPdfReader({ timeoutMs: 20_000 })
})
afterAll(async () => {
  await pdf[Symbol.asyncDispose]()
})

/** Reads whatever there is to read; only an AppError may come of it. */
async function survives(bytes: Uint8Array, name = 'page.jpg'): Promise<void> {
  try {
    await using source = await openSource(bytes, name, { pdf })
    for await (const page of source.pages()) if (page.index > 3) break
  } catch (error) {
    expect(error).toBeInstanceOf(AppError)
    expect((error as AppError).code).toMatch(/^INTAKE_/)
  }
}

interface Change {
  readonly at: number
  readonly value: number
}

function changed(bytes: Buffer, changes: readonly Change[], keep: number): Buffer {
  const copy = Buffer.from(bytes.subarray(0, Math.ceil(bytes.length * keep)))
  for (const { at, value } of changes) copy[Math.floor(at * copy.length)] = value
  return copy
}

// Whole numbers, because random fractions crowd near zero and would only ever change the first byte.
const share = fc.integer({ min: 0, max: 9_999 }).map((part) => part / 10_000)
const change = fc.record({
  // Half of the changes fall on the first part, where the headers are.
  at: fc.oneof(
    share,
    share.map((part) => part / 20),
  ),
  value: fc.integer({ min: 0, max: 255 }),
})
const changes = fc.array(change, { minLength: 1, maxLength: 6 })
const keep = fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, share)

const small = { widthPixels: 96, heightPixels: 120 }
const SOURCES: readonly (readonly [string, () => Promise<Buffer>, number])[] = [
  ['JPEG', () => jpegFile({ ...small, orientation: 3 }), 400],
  ['PNG', () => pngFile({ ...small, dpi: 200 }), 400],
  ['TIFF with G4', () => tiffFile('g4', small), 400],
  ['TIFF with LZW', () => tiffFile('lzw', small), 300],
  [
    'TIFF of two pages',
    async () => joinTiffs([await tiffFile('jpeg', small), await tiffFile('none', small)]),
    300,
  ],
  ['PDF', () => textPdf(1), 150],
  ['PDF written plainly', async () => emptyPagesPdf(2), 150],
]

describe('whatever the bytes', () => {
  it.each(SOURCES)(
    'a damaged %s ends in pages or in an AppError',
    async (_, make, numRuns) => {
      const bytes = await make()
      await fc.assert(
        fc.asyncProperty(changes, keep, async (list, part) => survives(changed(bytes, list, part))),
        { numRuns },
      )
    },
    240_000,
  )

  it('noise ends in an AppError', async () => {
    const starts = [
      [],
      [0xff, 0xd8, 0xff],
      [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
      [0x49, 0x49, 0x2a, 0],
    ].concat([[0x4d, 0x4d, 0, 0x2a], [0x49, 0x49, 0x2b, 0, 8, 0, 0, 0], [...Buffer.from('%PDF-1.7\n')]])
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 600 }), async (start, noise) =>
        survives(Buffer.concat([Buffer.from(start), noise])),
      ),
      { numRuns: 600 },
    )
  }, 240_000)

  it('every beginning is called something', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 64 }),
        (head) => typeof sniffFormat(head).supported === 'boolean',
      ),
      { numRuns: 1_000 },
    )
  })

  it('a table ends in rows or in an AppError', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }),
          fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => Buffer.from(`序号,题名\n${text}`)),
          fc
            .uint8Array({ maxLength: 200 })
            .map((tail) => Buffer.concat([Buffer.from('PK\x03\x04xl/', 'latin1'), tail])),
        ),
        async (bytes) => {
          await readRowTable(bytes).catch((error: unknown) => expect(error).toBeInstanceOf(AppError))
        },
      ),
      { numRuns: 500 },
    )
  })
})
