import sharp, { type Sharp } from 'sharp'
import { describe, expect, it } from 'vitest'
import { matchSequences, signPage } from '../../../electron/reconcile/matching/index.ts'
import { madeText, readingOf, sequence } from './made-pages.ts'

const WIDTH = 827
const HEIGHT = 1169

/** Bars of ink where words would stand, on paper that is darker towards one edge. */
function drawn(seed: number, paper = 245): Sharp {
  const next = sequence(seed * 977 + 1)
  const data = new Uint8Array(WIDTH * HEIGHT)
  for (let index = 0; index < data.length; index++)
    data[index] = paper - Math.round(((index % WIDTH) / WIDTH) * 25)
  for (let y = 90; y < HEIGHT - 90; y += 34) {
    const end = 120 + next() * (WIDTH - 240)
    for (let x = 80; x < end; x += 18) {
      if (next() < 0.25) continue
      for (let row = y; row < y + 14; row += 1 + Math.floor(next() * 2))
        data.fill(35, row * WIDTH + x, row * WIDTH + x + 13)
    }
  }
  return sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } })
}

const good = (seed: number) => drawn(seed).png().toBuffer()

/** Another scanner: more pixels, in black and white, leaning, cut elsewhere, stretched a little. */
async function poor(seed: number, turn = 0): Promise<Buffer> {
  const leaning = await drawn(seed, 225).rotate(1.2, { background: '#d8d8d8' }).png().toBuffer()
  const stretched = await sharp(leaning)
    .resize(1500, 2100, { fit: 'fill' })
    .extend({ left: 24, top: 10, right: 6, bottom: 20, background: '#d8d8d8' })
    .png()
    .toBuffer()
  return await sharp(stretched)
    .rotate(turn)
    .greyscale()
    .threshold(130)
    .toColourspace('b-w')
    .tiff({ compression: 'ccittfax4', bitdepth: 1 })
    .toBuffer()
}

const signAll = async (images: readonly Promise<Buffer>[]) =>
  await Promise.all(images.map(async (data) => await signPage({ data: await data }, null)))

describe('the signature of a page', () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8]

  it('finds the page in the scan of another scanner, at any turn, without its text', async () => {
    const turns = [0, 0, 180, 0, 90, 0, 270, 0] as const
    const paper = await signAll(seeds.map(async (seed) => await good(seed)))
    const electronic = await signAll(seeds.map(async (seed, index) => await poor(seed, turns[index])))
    const { matches, missing } = matchSequences(paper, electronic.toReversed())
    expect(missing).toEqual([])
    expect(matches.map((match) => match.electronic)).toEqual(
      seeds.map((_, index) => seeds.length - 1 - index),
    )
    expect(matches.map(({ turn }) => turn)).toEqual(turns.map((turn) => (360 - turn) % 360))
  })

  it('takes at most 16 KB, however much stands on the page', async () => {
    const reading = readingOf(madeText(3, 6000))
    const { cells, words } = await signPage({ data: await good(1) }, reading)
    const textBytes = 2 * (words?.lines.join('').length ?? 0)
    const bytes =
      cells.byteLength + (words?.pairs.byteLength ?? 0) + (words?.numbers.byteLength ?? 0) + textBytes
    expect(bytes).toBeLessThanOrEqual(16 * 1024)
  })

  it('calls a side blank that bears only a shadow and the grain of the paper', async () => {
    const next = sequence(5)
    const grain = Uint8Array.from(
      { length: WIDTH * HEIGHT },
      (_, index) => 236 - (index % WIDTH < 30 ? 70 : 0) - next() * 9,
    )
    const side = await sharp(grain, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } })
      .jpeg({ quality: 40 })
      .toBuffer()
    expect((await signPage({ data: side }, readingOf([]))).blank).toBe(true)
    expect((await signPage({ data: await good(1) }, null)).blank).toBe(false)
    expect((await signPage({ data: side }, readingOf(['以下空白']))).blank).toBe(false)
    // The front's print, seen through the paper and read mirrored.
    const guessed = { ...readingOf(['公期贸商本委人受', '人资']), confidence: 0.67 }
    expect((await signPage({ data: side }, guessed)).blank).toBe(true)
  })

  it('keeps the printed number that it is told', async () => {
    expect(await signPage({ data: await good(1) }, null, { printedNumber: '12-1' })).toMatchObject({
      printedNumber: '12-1',
    })
  })

  it('is refused for what is no image', async () => {
    await expect(signPage({ data: Buffer.from('no image') }, null)).rejects.toThrow()
  })
})
