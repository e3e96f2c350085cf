import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { searchablePdf } from '../../electron/forms/index.ts'
import { createPdfReader } from '../../electron/intake/index.ts'
import { type Quad, quadOfCharacters, type TextLine } from '../../shared/domain/page-text.ts'
import { freshFolder } from '../fixtures/records-room.ts'
import { documentOf, evenLine, gathered, jpegImage, layerOf, pageOf, raw, upright } from './made-pages.ts'
import { copiedText, openPdf, shownCharacters } from './pdf-text.ts'
import { nameOf, readPdf } from './read-pdf.ts'

async function opened(bytes: Uint8Array) {
  const pdf = await openPdf(bytes)
  onTestFinished(() => pdf.close())
  return pdf.document
}

/** A line of uneven characters with gaps between them, as reading gives it. */
function unevenLine(text: string, quad: Quad): TextLine {
  const characters = Array.from(text)
  const widths = characters.map((character) => (/[\x21-\x7e]/.test(character) ? 5 : 9))
  const total = widths.reduce((sum, width) => sum + width + 1, 0)
  let at = 0
  const places = widths.flatMap((width) => {
    const from = (1000 * at) / total
    const to = (1000 * (at + width)) / total
    at += width + 1
    return [Math.round(from), Math.round(to)]
  })
  return { quad, text, confidence: 0.98, kind: 'printed', places }
}

const centreOf = (corners: readonly (readonly [number, number])[]) =>
  corners.reduce(([x, y], [cornerX, cornerY]) => [x + cornerX / 4, y + cornerY / 4], [0, 0]) as [
    number,
    number,
  ]

/** Every character of the PDF stands over the place where it was read, within a quarter of the line's height. */
async function expectInPlace(bytes: Uint8Array, lines: readonly TextLine[], height: number, scale: number) {
  const shown = await shownCharacters(await opened(bytes), 1)
  const wanted = lines.flatMap((line) =>
    Array.from(line.text).map((character, place) => {
      const quad = quadOfCharacters(line, place, place + 1)
      const corners = [0, 2, 4, 6].map((at): [number, number] => [
        (quad[at] ?? 0) * scale,
        height - (quad[at + 1] ?? 0) * scale,
      ])
      const lineHeight = Math.hypot(line.quad[6] - line.quad[0], line.quad[7] - line.quad[1]) * scale
      return { character, centre: centreOf(corners), lineHeight }
    }),
  )
  expect(shown.map(({ character }) => character).join('')).toBe(
    wanted.map(({ character }) => character).join(''),
  )
  for (const [place, { corners }] of shown.entries()) {
    const target = wanted[place]
    if (target === undefined) throw new Error('more characters than were read')
    const [x, y] = centreOf(corners)
    const away = Math.hypot(x - target.centre[0], y - target.centre[1])
    expect(away / target.lineHeight).toBeLessThan(0.25)
  }
}

test('text stands where it was read: lines across, slanting and down the page, characters of all widths', async () => {
  const lines = [
    unevenLine('原告王小样，身份证号110101199003070000。', upright(20, 40, 380, 58)),
    unevenLine('2023年3月14日', [60, 100, 200, 108, 199, 126, 59, 118]),
    unevenLine('云州市临江区人民法院', [350, 140, 350, 400, 330, 400, 330, 140]),
    evenLine('𠮷', upright(20, 500, 40, 520)),
  ]
  const bytes = await gathered(searchablePdf(documentOf([pageOf('1', await jpegImage(), layerOf(lines))])))
  await expectInPlace(bytes, lines, (560 * 72) / 200, 72 / 200)
  expect(await copiedText(await opened(bytes), 1)).toBe(lines.map(({ text }) => text).join('\n'))
})

test('whatever the line and its places are, each character comes back in its place', async () => {
  const image = await jpegImage(40, 56)
  const words = fc.string({
    unit: fc.constantFrom(...'民事起诉状原告被1234567890Aa，。（）'),
    minLength: 1,
    maxLength: 30,
  })
  await fc.assert(
    fc.asyncProperty(
      words,
      fc.integer({ min: 0, max: 200 }),
      fc.integer({ min: 0, max: 500 }),
      fc.double({ min: -0.05, max: 0.05, noNaN: true }),
      async (text, left, top, slant) => {
        const [width, height] = [Array.from(text).length * 18, 20]
        const quad: Quad = [
          ...[left, top, left + width, top + width * slant],
          ...[
            left + width - height * slant,
            top + width * slant + height,
            left - height * slant,
            top + height,
          ],
        ] as unknown as Quad
        const line = unevenLine(text, quad)
        const layer = layerOf([line], { widthPixels: 400, heightPixels: 560 })
        const bytes = await gathered(searchablePdf(documentOf([pageOf('1', image, layer)])))
        await expectInPlace(bytes, [line], (56 * 72) / 200, 72 / 2000)
      },
    ),
    { numRuns: 60 },
  )
})

test('a name spread over the line is found as one word', async () => {
  const characters = ['王', '小', '样']
  const line: TextLine = {
    ...{ quad: upright(20, 40, 380, 58), text: characters.join(''), confidence: 1, kind: 'printed' },
    places: [0, 50, 450, 500, 950, 1000],
  }
  const bytes = await gathered(searchablePdf(documentOf([pageOf('1', await jpegImage(), layerOf([line]))])))
  expect(await copiedText(await opened(bytes), 1)).toBe('王小样')
})

test('pages have the true size, lie upright, and are labelled by their printed numbers under 卷 and 件', async () => {
  const image = await jpegImage()
  const lying = await jpegImage(560, 400, { dpiX: 300, dpiY: 150 })
  const line = evenLine('起诉状', upright(10, 10, 100, 40))
  const pages = [
    pageOf('封面', image, null),
    pageOf('9', image, layerOf([line])),
    pageOf('10', lying, layerOf([line], { widthPixels: 560, heightPixels: 400 }), 90),
    pageOf('10-1', image, layerOf([])),
    pageOf('11', await jpegImage(1000, 1400, { dpiX: null, dpiY: null }), null),
  ]
  const bookmarks = [
    {
      title: '正卷',
      page: 0,
      children: [
        { title: '起诉状（一）', page: 1, children: [] },
        { title: '证据', page: 3, children: [] },
      ],
    },
  ]
  const document = await opened(await gathered(searchablePdf(documentOf(pages, { bookmarks }))))
  expect(document.numPages).toBe(5)
  expect(await document.getPageLabels()).toEqual(['封面', '9', '10', '10-1', '11'])
  const sizes: number[][] = []
  for (let number = 1; number <= 5; number += 1) {
    const page = await document.getPage(number)
    sizes.push([...page.view.slice(2).map((side) => Math.round(side * 10) / 10), page.rotate])
  }
  expect(sizes).toEqual([
    [144, 201.6, 0],
    [144, 201.6, 0],
    [134.4, 192, 90],
    [144, 201.6, 0],
    [601.4, 841.9, 0],
  ])
  const [volume] = (await document.getOutline()) ?? []
  expect(volume?.title).toBe('正卷')
  expect(volume?.items.map(({ title }: { title: string }) => title)).toEqual(['起诉状（一）', '证据'])
  const target = volume?.items[1]?.dest as [{ num: number; gen: number }]
  expect(await document.getPageIndex(target[0])).toBe(3)
})

test('images that a PDF reader can decode go in byte for byte', async () => {
  const jpeg = await jpegImage()
  const grey = await raw(64, 48, 1).toColourspace('b-w').jpeg({ progressive: true }).toBuffer()
  // Small enough for one piece of compressed rows, so that it can be looked for whole.
  const png = await raw(32, 24, 3).png().toBuffer()
  const size = { widthPixels: 64, heightPixels: 48, orientation: 1, dpiX: 200, dpiY: 200 }
  const pages = [
    pageOf('1', jpeg, null),
    pageOf('2', { ...size, bytes: grey, format: 'jpeg', colourMode: 'grey' }, null),
    pageOf(
      '3',
      { ...size, widthPixels: 32, heightPixels: 24, bytes: png, format: 'png', colourMode: 'colour' },
      null,
    ),
  ]
  const bytes = await gathered(searchablePdf(documentOf(pages)))
  const pdf = readPdf(bytes)
  const images = [...pdf.objects.values()].filter(
    ({ value }) => value instanceof Map && nameOf(value.get('Subtype')) === 'Image',
  )
  expect(images[0]?.stream?.equals(jpeg.bytes)).toBe(true)
  expect(images[1]?.stream?.equals(grey)).toBe(true)
  expect(png.includes(images[2]?.stream ?? Buffer.from('none'))).toBe(true)
})

/** What a PDF shows, by another engine than wrote it, at its own resolution. */
async function drawn(bytes: Buffer, dpi: number) {
  await using reader = createPdfReader()
  await using pdf = await reader.open(bytes)
  const pixels = await pdf.render(0)
  expect(pixels.dpi).toBeGreaterThanOrEqual(dpi)
  const { data, info } = await sharp(pixels.data, {
    raw: { width: pixels.widthPixels, height: pixels.heightPixels, channels: pixels.channels },
  })
    .resize(64, 48, { fit: 'fill' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect([info.width, info.height]).toEqual([64, 48])
  return data
}

/** A picture that is not the same turned or mirrored: dark in one corner, grey along one side. */
async function signed(): Promise<Buffer> {
  const pixels = Buffer.alloc(640 * 480, 255)
  for (let y = 0; y < 480; y += 1)
    for (let x = 0; x < 640; x += 1) {
      if (x < 200 && y < 100) pixels[y * 640 + x] = 0
      else if (x > 560) pixels[y * 640 + x] = 128
    }
  return await sharp(pixels, { raw: { width: 640, height: 480, channels: 1 } })
    .png()
    .toBuffer()
}

function apart(a: Buffer, b: Buffer): number {
  return a.reduce((sum, value, place) => sum + Math.abs(value - (b[place] ?? 0)), 0) / a.length
}

test('every kind of image is shown as it is, whatever way its file says that it lies', async () => {
  const picture = await signed()
  const small = await sharp(picture).resize(64, 48, { fit: 'fill' }).toColourspace('b-w').raw().toBuffer()
  const known = { widthPixels: 640, heightPixels: 480, orientation: 1, dpiX: 200, dpiY: 200 }
  const bitonal = () => sharp(picture).threshold(64).toColourspace('b-w')
  const kinds = [
    { ...known, bytes: await sharp(picture).jpeg().toBuffer(), format: 'jpeg', colourMode: 'grey' },
    { ...known, bytes: picture, format: 'png', colourMode: 'grey' },
    {
      ...known,
      bytes: await sharp(picture).png({ palette: true }).toBuffer(),
      format: 'png',
      colourMode: 'grey',
    },
    {
      ...known,
      bytes: await sharp(picture).ensureAlpha().png().toBuffer(),
      format: 'png',
      colourMode: 'colour',
    },
    {
      ...known,
      bytes: await sharp(picture).tiff({ compression: 'lzw' }).toBuffer(),
      format: 'tiff',
      colourMode: 'grey',
    },
    {
      ...known,
      bytes: await sharp(picture).toColourspace('cmyk').jpeg().toBuffer(),
      format: 'jpeg',
      colourMode: 'colour',
    },
  ] as const
  for (const image of kinds) {
    const shown = await drawn(await gathered(searchablePdf(documentOf([pageOf('1', image, null)]))), 72)
    expect(apart(shown, small), image.format).toBeLessThan(6)
  }
  const black = await bitonal().resize(64, 48, { fit: 'fill' }).toColourspace('b-w').raw().toBuffer()
  const tiff = await bitonal().tiff({ compression: 'ccittfax4', bitdepth: 1 }).toBuffer()
  const image = { ...known, bytes: tiff, format: 'tiff', colourMode: 'bitonal' } as const
  const shown = await drawn(await gathered(searchablePdf(documentOf([pageOf('1', image, null)]))), 72)
  expect(apart(shown, black)).toBeLessThan(6)

  for (let orientation = 2; orientation <= 8; orientation += 1) {
    const bytes = await sharp(picture).jpeg().withMetadata({ orientation }).toBuffer()
    const upright = await sharp(bytes, { autoOrient: true }).toColourspace('b-w').toBuffer()
    const wanted = await sharp(upright).resize(64, 48, { fit: 'fill' }).toColourspace('b-w').raw().toBuffer()
    const turned = { ...known, bytes, format: 'jpeg', colourMode: 'grey', orientation } as const
    const found = await drawn(await gathered(searchablePdf(documentOf([pageOf('1', turned, null)]))), 72)
    expect(apart(found, wanted), `orientation ${orientation}`).toBeLessThan(6)
  }
})

test('a case of 2,000 pages comes piece by piece, without standing in memory', {
  timeout: 120_000,
}, async () => {
  const count = 2000
  const { bytes } = await jpegImage(600, 840)
  const line = evenLine('民事起诉状'.repeat(6), upright(20, 40, 380, 58))
  const lines = Array.from({ length: 20 }, () => line)
  const pages = Array.from({ length: count }, (_, place) => ({
    label: String(place + 1),
    turn: 0 as const,
    image: () => jpegOf(bytes),
    layer: () => layerOf(lines),
  }))
  const jpegOf = (original: Uint8Array) =>
    Promise.resolve({
      ...{
        bytes: Buffer.from(original),
        format: 'jpeg' as const,
        orientation: 1,
        colourMode: 'colour' as const,
      },
      ...{ widthPixels: 600, heightPixels: 840, dpiX: 200, dpiY: 200 },
    })
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let [written, most] = [0, 0]
  for await (const piece of searchablePdf(documentOf(pages))) {
    written += piece.byteLength
    most = Math.max(most, process.memoryUsage().rss)
  }
  expect(written).toBeGreaterThan(count * bytes.byteLength)
  // The file is several hundred megabytes; what may stand in memory is a page, and garbage not yet collected.
  expect(written).toBeGreaterThan(300 * 1024 * 1024)
  expect(most - before).toBeLessThan(150 * 1024 * 1024)
})

const qpdf = (() => {
  try {
    execFileSync('qpdf', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

test.skipIf(!qpdf)('qpdf finds nothing wrong with the structure', async () => {
  const image = await jpegImage()
  const layer = layerOf([evenLine('民事起诉状', upright(10, 10, 100, 40))])
  const pages = Array.from({ length: 130 }, (_, place) => pageOf(String(place + 1), image, layer))
  const bookmarks = [{ title: '正卷', page: 0, children: [{ title: '起诉状', page: 64, children: [] }] }]
  const file = path.join(await freshFolder(), 'checked.pdf')
  await writeFile(file, await gathered(searchablePdf(documentOf(pages, { bookmarks }))))
  expect(execFileSync('qpdf', ['--check', file], { encoding: 'utf8' })).toContain(
    'No syntax or stream encoding errors',
  )
})
