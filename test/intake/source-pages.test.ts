import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createPdfReader,
  inspectSource,
  openSource,
  type PdfReader,
  renderView,
  type SourcePage,
  type SourcePages,
} from '../../electron/intake/index.ts'
import {
  emptyPagesPdf,
  fontlessPdf,
  joinTiffs,
  jpegFile,
  pdfFile,
  pngFile,
  scanPdf,
  textPdf,
  tiffFile,
} from '../fixtures/good-files.ts'

let pdf: PdfReader

beforeAll(() => {
  pdf = createPdfReader()
})
afterAll(async () => {
  await pdf[Symbol.asyncDispose]()
})

async function allOf(source: SourcePages, first = 0): Promise<SourcePage[]> {
  const pages: SourcePage[] = []
  for await (const page of source.pages(first)) pages.push(page)
  return pages
}

async function pagesOf(bytes: Uint8Array, name: string, first = 0): Promise<SourcePage[]> {
  await using source = await openSource(bytes, name, { pdf })
  return await allOf(source, first)
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

async function threePageTiff(): Promise<Buffer> {
  return joinTiffs([
    await tiffFile('g4', { widthPixels: 400, heightPixels: 560, dpi: 200 }),
    await tiffFile('lzw', { widthPixels: 300, heightPixels: 200, dpi: 300 }),
    await tiffFile('jpeg', { widthPixels: 320, heightPixels: 480, dpi: 150 }),
  ])
}

describe('an image', () => {
  it('tells size, resolution, colour and compression from its header', async () => {
    const facts = async (bytes: Promise<Buffer>, name: string) => inspectSource(await bytes, name).frames[0]
    expect(await facts(jpegFile({ dpi: 300 }), 'a.jpg')).toMatchObject({
      widthPixels: 400,
      heightPixels: 560,
      dpiX: 300,
      dpiY: 300,
      colourMode: 'colour',
      bitDepth: 8,
      orientation: 1,
      compression: 'baseline',
    })
    expect(await facts(jpegFile({ grey: true }), 'a.jpg')).toMatchObject({
      colourMode: 'grey',
      dpiX: undefined,
    })
    const png = await facts(pngFile({ dpi: 200 }), 'a.png')
    expect(png).toMatchObject({ widthPixels: 400, colourMode: 'colour', compression: 'deflate' })
    expect(png?.dpiX).toBeCloseTo(200, 0)
    expect(await facts(tiffFile('g4', { dpi: 300 }), 'a.tif')).toMatchObject({
      colourMode: 'bitonal',
      bitDepth: 1,
      compression: 'ccitt-g4',
    })
  })

  it('is filed as it came, with an upright thumbnail', async () => {
    const bytes = await jpegFile({ orientation: 6 })
    const [page] = await pagesOf(bytes, 'turned.jpg')
    expect(page).toMatchObject({ origin: 'original', orientation: 6, widthPixels: 400, heightPixels: 560 })
    expect(page?.bytes).toBe(bytes)
    expect(page?.thumbnail).toMatchObject({ widthPixels: 240, heightPixels: 171 })
  })

  it('whose name says otherwise is taken with a remark', async () => {
    await using source = await openSource(await pngFile(), '第1页.JPG', { pdf })
    expect(source.format).toBe('png')
    expect(source.remarks).toEqual([{ code: 'name-differs-from-content', extension: 'jpg', format: 'png' }])
  })

  it('that does not say its resolution is remarked on', async () => {
    const bytes = await jpegFile()
    expect(inspectSource(bytes, 'a.jpg').remarks).toEqual([{ code: 'resolution-missing', frame: 0 }])
    expect((await pagesOf(bytes, 'a.jpg'))[0]?.remarks).toEqual([{ code: 'resolution-missing', frame: 0 }])
  })
})

describe('a TIFF of several pages', () => {
  it('gives each page as a file of its own with the same pixels', async () => {
    const bytes = await threePageTiff()
    const pages = await pagesOf(bytes, 'three.tif')
    expect(pages.map(({ widthPixels, heightPixels }) => [widthPixels, heightPixels])).toEqual([
      [400, 560],
      [300, 200],
      [320, 480],
    ])
    for (const page of pages) {
      expect(page.origin).toBe('copied')
      const alone = await sharp(page.bytes).raw().toBuffer()
      const within = await sharp(bytes, { page: page.index }).raw().toBuffer()
      expect(digest(alone)).toBe(digest(within))
    }
    expect(pages.map(({ dpiX }) => Math.round(dpiX ?? 0))).toEqual([200, 300, 150])
    expect(pages.map(({ colourMode }) => colourMode)).toEqual(['bitonal', 'colour', 'colour'])
  })

  it('can be taken up at any page', async () => {
    const bytes = await threePageTiff()
    const all = await pagesOf(bytes, 'three.tif')
    const rest = await pagesOf(bytes, 'three.tif', 1)
    expect(rest.map((page) => digest(page.bytes))).toEqual(all.slice(1).map((page) => digest(page.bytes)))
  })

  it('is shown page by page as a browser can show it', async () => {
    const bytes = await threePageTiff()
    const { frames } = inspectSource(bytes, 'three.tif')
    const [first, second] = frames
    if (first === undefined || second === undefined) throw new Error('two frames expected')
    expect(await renderView(bytes, first)).toMatchObject({ mediaType: 'image/png', widthPixels: 400 })
    const scaled = await renderView(bytes, second, { maxSidePixels: 150 })
    expect(scaled).toMatchObject({ mediaType: 'image/jpeg', widthPixels: 150, heightPixels: 100 })
  })

  it('with more pages than the limit is refused', async () => {
    const bytes = await threePageTiff()
    await expect(async () =>
      inspectSource(bytes, 'three.tif', {
        maxFileBytes: 1e9,
        maxSidePixels: 30_000,
        maxPixels: 3e8,
        maxFrames: 2,
        decodeSeconds: 10,
      }),
    ).rejects.toMatchObject({ code: 'INTAKE_TOO_MANY_PAGES' })
  })

  it('whose directories run in a circle is refused', async () => {
    const bytes = await tiffFile('none', { widthPixels: 64, heightPixels: 64 })
    const directory = bytes.readUInt32LE(4)
    bytes.writeUInt32LE(directory, directory + 2 + bytes.readUInt16LE(directory) * 12)
    await expect(async () => inspectSource(bytes, 'circle.tif')).rejects.toMatchObject({
      code: 'INTAKE_UNREADABLE_FILE',
      details: { reason: 'tiff-loop' },
    })
  })
})

describe('a PDF', () => {
  it('is drawn at 200 dpi, and says so in the picture', async () => {
    const pages = await pagesOf(await textPdf(2), 'text.pdf')
    expect(pages).toHaveLength(2)
    for (const page of pages) {
      expect(page).toMatchObject({
        origin: 'drawn',
        widthPixels: 1654,
        heightPixels: 2339,
        dpiX: 200,
        colourMode: 'grey',
      })
      expect((await sharp(page.bytes).metadata()).density).toBe(200)
      expect(page.remarks).toEqual([])
    }
  })

  it('that is a scan is drawn at the resolution of the scan, 300 at most', async () => {
    const widths = await Promise.all(
      [150, 300, 400].map(async (dpi) => (await pagesOf(await scanPdf(dpi), 's.pdf'))[0]),
    )
    expect(widths.map((page) => Math.round(page?.dpiX ?? 0))).toEqual([150, 300, 300])
    expect(widths[0]).toMatchObject({
      widthPixels: 1240,
      heightPixels: 1754,
      format: 'jpeg',
      colourMode: 'colour',
    })
  })

  it('gives the same bytes for the same page every time, from any page on, in any reader', async () => {
    const bytes = await textPdf(4)
    const digests = (pages: readonly SourcePage[]): string[] => pages.map((page) => digest(page.bytes))
    const whole = digests(await pagesOf(bytes, 'a.pdf'))
    expect(digests(await pagesOf(bytes, 'a.pdf', 2))).toEqual(whole.slice(2))
    await using other = createPdfReader()
    await using source = await openSource(bytes, 'a.pdf', { pdf: other })
    expect(digests(await allOf(source))).toEqual(whole)
  })

  it('whose font is not in the file is remarked on', async () => {
    const bytes = await pdfFile((file) => {
      file.addPage()
      file.text('text')
    })
    const renamed = Buffer.from(bytes.toString('latin1').replaceAll('/Helvetica', '/SomeOther'), 'latin1')
    const [page] = await pagesOf(renamed, 'a.pdf')
    expect(page?.remarks).toEqual([{ code: 'pdf-font-not-embedded', page: 1 }])
  })

  it('whose Chinese font is not in the file is drawn with the font that is lent, and remarked on', async () => {
    const fallbackFontPath = createRequire(import.meta.url).resolve(
      '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
    )
    await using lent = createPdfReader({ fallbackFontPath })
    await using source = await openSource(fontlessPdf(), 'a.pdf', { pdf: lent })
    const [page] = await allOf(source)
    const [ink] = (await sharp(page?.bytes).stats()).channels
    expect(page?.remarks).toEqual([{ code: 'pdf-font-not-embedded', page: 1 }])
    // Five characters of 40 points: about one part in two hundred of an A4 page is ink.
    expect(255 - (ink?.mean ?? 255)).toBeGreaterThan(0.5)
    const [white] = await pagesOf(fontlessPdf(), 'a.pdf')
    expect(white?.remarks).toEqual([{ code: 'pdf-font-not-embedded', page: 1 }])
  })

  it('with other bytes after its end is taken with a remark', async () => {
    const bytes = Buffer.concat([await textPdf(2), Buffer.alloc(5_000, 7)])
    await using source = await openSource(bytes, 'a.pdf', { pdf })
    expect(source.pageCount).toBe(2)
    expect(source.remarks).toEqual([{ code: 'pdf-repaired' }])
  })

  it('may be left half way, and the next is opened', async () => {
    const bytes = await textPdf(5)
    for (let round = 0; round < 3; round++) {
      await using source = await openSource(bytes, 'a.pdf', { pdf })
      for await (const page of source.pages()) if (page.index === 1) break
    }
    expect(await pagesOf(await textPdf(1), 'b.pdf')).toHaveLength(1)
  })

  it('is drawn no further once the import is cancelled', async () => {
    const cancel = new AbortController()
    await using source = await openSource(await textPdf(5), 'a.pdf', { pdf, signal: cancel.signal })
    const taken: number[] = []
    await expect(async () => {
      for await (const page of source.pages()) {
        taken.push(page.index)
        cancel.abort()
      }
    }).rejects.toMatchObject({ code: 'CALL_CANCELLED' })
    expect(taken).toEqual([0])
  })

  it('of 3,000 pages is opened, of one page more it is not', async () => {
    await using source = await openSource(emptyPagesPdf(3_000), 'a.pdf', { pdf })
    expect(source.pageCount).toBe(3_000)
    await source[Symbol.asyncDispose]()
    await expect(openSource(emptyPagesPdf(3_001), 'a.pdf', { pdf })).rejects.toMatchObject({
      code: 'INTAKE_TOO_MANY_PAGES',
      details: { pages: 3_001, limit: 3_000 },
    })
  })

  it('takes no more memory for more pages', async () => {
    const bytes = await textPdf(40)
    await using source = await openSource(bytes, 'a.pdf', { pdf })
    let early = 0
    for await (const page of source.pages()) if (page.index === 9) early = process.memoryUsage().rss
    expect(process.memoryUsage().rss - early).toBeLessThan(250 * 1024 ** 2)
  })
})
