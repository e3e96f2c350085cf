import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { parse } from 'csv-parse/sync'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const folder = join(import.meta.dirname, '../../assets/sample')

const sampleCase = z.object({
  fictional: z.literal(true),
  dpi: z.number(),
  caseNumber: z.string(),
  volumes: z.array(
    z.object({
      name: z.string(),
      numberedPages: z.number(),
      images: z.number(),
      files: z.array(
        z.object({
          path: z.string(),
          format: z.string(),
          frames: z.number(),
          sizeBytes: z.number(),
          sha256: z.string(),
        }),
      ),
      items: z.array(
        z.object({
          row: z.number(),
          title: z.string(),
          date: z.string(),
          author: z.string(),
          remark: z.string(),
          first: z.string(),
          last: z.string(),
        }),
      ),
      pages: z.array(
        z.object({
          id: z.string(),
          file: z.string(),
          frame: z.number(),
          kind: z.enum(['cover', 'catalogue', 'note', 'content', 'blank']),
          sheet: z.number(),
          side: z.enum(['A', 'B']),
          printed: z.string().nullable(),
          item: z.number().nullable(),
        }),
      ),
    }),
  ),
})
const truthFile = z.object({
  pages: z.array(
    z.object({
      id: z.string(),
      printed: z.string().nullable(),
      degradation: z.record(z.string(), z.unknown()),
    }),
  ),
})

const { caseNumber, dpi, volumes } = sampleCase.parse(
  JSON.parse(await readFile(join(folder, 'case.json'), 'utf8')),
)
const files = volumes.flatMap((volume) => volume.files)
const pages = volumes.flatMap((volume) => volume.pages)

/** Page sizes in pixels at the sample's resolution, one an image in the file. */
async function sizesIn(path: string): Promise<{ width: number; height: number }[]> {
  const data = await readFile(join(folder, path))
  if (!path.endsWith('.pdf')) {
    const { pages: frames = 1 } = await sharp(data).metadata()
    return Promise.all(
      Array.from({ length: frames }, async (_unused, page) => {
        const { info } = await sharp(data, { page }).raw().toBuffer({ resolveWithObject: true })
        return { width: info.width, height: info.height }
      }),
    )
  }
  const library = await PDFiumLibrary.init()
  try {
    const document = await library.loadDocument(data)
    const sizes = [...document.pages()].map((page) => page.getOriginalSize())
    document.destroy()
    return sizes.map(({ originalWidth, originalHeight }) => ({
      width: (originalWidth * dpi) / 72,
      height: (originalHeight * dpi) / 72,
    }))
  } finally {
    library.destroy()
  }
}

describe('the sample case', () => {
  test('has a number of a shape that courts use and 34 to 44 page images', () => {
    expect(caseNumber).toMatch(/^（2023）云\d{4}民初\d+号$/)
    expect(pages.length).toBeGreaterThanOrEqual(34)
    expect(pages.length).toBeLessThanOrEqual(44)
    expect(volumes.map((volume) => volume.name)).toEqual(['正卷', '副卷'])
  })

  test('is smaller than 8 MB', () => {
    expect(files.reduce((sum, file) => sum + file.sizeBytes, 0)).toBeLessThan(8_000_000)
  })

  test('lists exactly the files on disk, with their true size and digest', async () => {
    const onDisk = await readdir(join(folder, 'scans'), { recursive: true, withFileTypes: true })
    expect(onDisk.filter((entry) => entry.isFile()).length).toBe(files.length)
    for (const file of files) {
      const path = join(folder, file.path)
      expect((await stat(path)).size, file.path).toBe(file.sizeBytes)
      expect(
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
        file.path,
      ).toBe(file.sha256)
    }
  })

  test('opens in every page, an A4 sheet each', async () => {
    for (const file of files) {
      const sizes = await sizesIn(file.path)
      expect(sizes.length, file.path).toBe(file.frames)
      for (const size of sizes) {
        expect(size.width, file.path).toBeCloseTo((210 / 25.4) * dpi, -1)
        expect(size.height, file.path).toBeCloseTo((297 / 25.4) * dpi, -1)
      }
    }
  })

  test('says 200 dpi in each image that can say it', async () => {
    for (const file of files.filter((entry) => entry.format !== 'pdf'))
      expect((await sharp(join(folder, file.path)).metadata()).density, file.path).toBe(200)
  })

  test('keeps the promised formats: JPEG, PNG, PDF, and TIFF in Group 4, LZW and JPEG', async () => {
    expect(new Set(files.map((file) => file.format))).toEqual(
      new Set(['jpeg', 'png', 'pdf', 'tiff-g4', 'tiff-lzw', 'tiff-jpeg']),
    )
    for (const file of files.filter((entry) => entry.format.startsWith('tiff')))
      expect(await tiffCompression(file.path), file.path).toBe(
        { 'tiff-g4': 4, 'tiff-lzw': 5, 'tiff-jpeg': 7 }[file.format],
      )
    const bitonal = files.find((file) => file.format === 'tiff-g4')
    expect(bitonal?.frames).toBeGreaterThan(1)
    expect((await sharp(join(folder, bitonal?.path ?? '')).metadata()).bitsPerSample).toBe(1)
  })

  test('gives each page one place in one file', () => {
    const places = pages.map((page) => `${page.file}#${page.frame}`)
    expect(new Set(places).size).toBe(pages.length)
    expect(places.length).toBe(files.reduce((sum, file) => sum + file.frames, 0))
    for (const file of files)
      expect(pages.filter((page) => page.file === file.path).map((page) => page.frame)).toEqual(
        Array.from({ length: file.frames }, (_unused, frame) => frame),
      )
  })

  test('numbers the sides with content, and only those, without a hole', () => {
    for (const volume of volumes) {
      const printed = volume.pages.filter((page) => page.kind === 'content').map((page) => page.printed)
      expect(printed).toEqual(
        Array.from({ length: volume.numberedPages }, (_unused, index) => String(index + 1)),
      )
      expect(volume.pages.filter((page) => page.kind !== 'content' && page.printed !== null)).toEqual([])
      expect(volume.images).toBe(volume.pages.length)
    }
  })

  test('has a double-sided sheet and a blank back', () => {
    expect(pages.some((page) => page.side === 'B' && page.kind === 'content')).toBe(true)
    expect(pages.some((page) => page.side === 'B' && page.kind === 'blank')).toBe(true)
  })
})

describe('rows.csv', () => {
  test('begins with a byte order mark and says what case.json says', async () => {
    const text = await readFile(join(folder, 'rows.csv'), 'utf8')
    expect(text.startsWith('\ufeff')).toBe(true)
    const rows = z.array(z.record(z.string(), z.string())).parse(parse(text, { columns: true, bom: true }))
    const expected = volumes.flatMap((volume) =>
      volume.items.map((item) => ({
        卷别: volume.name,
        序号: String(item.row),
        文书材料名称: item.title,
        页次起: item.first,
        页次止: item.last,
        日期: item.date,
        责任者: item.author,
        备注: item.remark,
      })),
    )
    expect(rows).toEqual(expected)
  })

  test('has ranges that ascend without overlap or hole and match the printed numbers', () => {
    for (const volume of volumes) {
      let last = 0
      for (const item of volume.items) {
        expect(Number(item.first), item.title).toBe(last + 1)
        last = Number(item.last)
        const own = volume.pages.filter((page) => page.item === item.row && page.kind === 'content')
        expect(own.at(0)?.printed, item.title).toBe(item.first)
        expect(own.at(-1)?.printed, item.title).toBe(item.last)
      }
      expect(last).toBe(volume.numberedPages)
    }
  })
})

describe('the ground truth', () => {
  test('covers every page, and only a blank page is empty', async () => {
    for (const page of pages) {
      const text = (await readFile(join(folder, 'truth', `${page.id}.txt`), 'utf8')).trim()
      expect(text === '', page.id).toBe(page.kind === 'blank')
    }
  })

  test('names the printed number and the damage done to each page', async () => {
    const truth = truthFile.parse(JSON.parse(await readFile(join(folder, 'truth/pages.json'), 'utf8')))
    expect(truth.pages.map(({ id, printed }) => ({ id, printed }))).toEqual(
      pages.map(({ id, printed }) => ({ id, printed })),
    )
    for (const page of truth.pages) expect(Object.keys(page.degradation).length, page.id).toBeGreaterThan(0)
  })
})

/** TIFF 6.0, tag 259 of the first directory. */
async function tiffCompression(path: string): Promise<number | undefined> {
  const data = await readFile(join(folder, path))
  const little = data.toString('latin1', 0, 2) === 'II'
  const short = (at: number): number => (little ? data.readUInt16LE(at) : data.readUInt16BE(at))
  const directory = little ? data.readUInt32LE(4) : data.readUInt32BE(4)
  for (let entry = 0; entry < short(directory); entry += 1) {
    const at = directory + 2 + entry * 12
    if (short(at) === 259) return short(at + 8)
  }
  return undefined
}
