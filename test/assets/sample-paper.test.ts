import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const folder = join(import.meta.dirname, '../../assets/sample')

const Page = z.object({
  id: z.string(),
  file: z.string(),
  printed: z.string().nullable(),
  electronic: z.number().nullable(),
  sha256: z.string(),
})
const Paper = z.object({
  fictional: z.literal(true),
  differences: z.array(
    z.object({
      type: z.string(),
      paper: z.union([z.number(), z.array(z.number())]).nullable(),
      electronic: z.union([z.number(), z.array(z.number())]).nullable(),
    }),
  ),
  pages: z.array(Page),
})
const { differences, pages } = Paper.parse(JSON.parse(await readFile(join(folder, 'paper.json'), 'utf8')))
const electronicImages = 38

describe('the fresh scan of the sample’s paper', () => {
  test('is the files that its list names, byte for byte, and at most 4.5 MB', async () => {
    const onDisk = await readdir(join(folder, 'paper'))
    expect(onDisk.toSorted().map((name) => `paper/${name}`)).toEqual(pages.map(({ file }) => file))
    let sizeBytes = 0
    for (const { file, sha256 } of pages) {
      const image = await readFile(join(folder, file))
      sizeBytes += image.length
      expect(createHash('sha256').update(image).digest('hex'), file).toBe(sha256)
    }
    expect(sizeBytes).toBeLessThan(4_500_000)
  })

  test('comes from another scanner: grey but for three pages, none of the size of a sheet at 200 dpi', async () => {
    const seen = await Promise.all(pages.map(({ file }) => sharp(join(folder, file)).metadata()))
    expect(seen.filter(({ channels }) => channels === 3)).toHaveLength(3)
    expect(seen.every(({ density, height }) => density === 200 && height > (297 / 25.4) * 200)).toBe(true)
  })

  test('has one page more and one less than the images, and two that stand the other way round', () => {
    const partners = pages.map(({ electronic }) => electronic)
    expect(partners.filter((place) => place === null)).toHaveLength(1)
    const images = Array.from({ length: electronicImages }, (_, at) => at + 1)
    expect(images.filter((place) => !partners.includes(place))).toEqual([24])
    const known = partners.filter((place) => place !== null)
    expect(known.filter((place, at) => at > 0 && place < (known[at - 1] ?? 0))).toEqual([35])
  })

  test('names six differences at places that the pages bear out', () => {
    expect(differences.map(({ type }) => type).toSorted()).toEqual(['D01', 'D02', 'D04', 'D05', 'D18', 'D19'])
    for (const { type, paper, electronic } of differences) {
      const places = [paper ?? []].flat()
      expect(places.map((place) => pages[place - 1]?.electronic ?? null)).toEqual(
        type === 'D01' ? [null] : type === 'D02' ? [] : [electronic].flat(),
      )
    }
  })
})
