import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { projectRoot } from './project-root.ts'

/** A kind of page as a scanner makes it: `a4` is A4 in colour at 300 dpi, `small` the same sheet at 75 dpi. */
export type PageSize = 'a4' | 'small'

const SIZES = {
  a4: { width: 2480, height: 3508, dpi: 300, quality: 80 },
  small: { width: 620, height: 877, dpi: 75, quality: 76 },
} as const satisfies Record<PageSize, object>

/** Raised whenever the pages made change, so that old ones are not taken for them. */
const EDITION = 1
const NOISE_LENGTH = 1 << 20
const NOISE_AMPLITUDE = 5
const SCANS_AT_ONCE = 2

/** Small, fast and the same everywhere: an xorshift generator (Marsaglia, 2003). */
function randomBits(seed: number): () => number {
  let state = seed | 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}

/** Noise as a sensor makes it: roughly bell-shaped, the same at each run. */
function sensorNoise(): Int8Array {
  const next = randomBits(20_260_101)
  const noise = new Int8Array(NOISE_LENGTH)
  for (let at = 0; at < noise.length; at++) {
    const bits = next()
    const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + ((bits >>> 24) & 255)
    noise[at] = Math.round(((sum - 510) / 148) * NOISE_AMPLITUDE)
  }
  return noise
}

async function sampleScans(): Promise<readonly string[]> {
  const folder = path.join(projectRoot, 'assets', 'sample', 'scans')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.jpg'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}

interface Sheet {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

async function enlarge(scan: string, size: PageSize): Promise<Sheet> {
  const { width, height } = SIZES[size]
  const upright = sharp(scan).resize(width, height, { fit: 'fill' }).toColourspace('srgb').removeAlpha()
  return { width, height, pixels: await upright.raw().toBuffer() }
}

/** The sheet with noise and a brightness of its own: page `number`. */
async function drawPage(sheet: Sheet, number: number, size: PageSize, noise: Int8Array): Promise<Buffer> {
  const { dpi, quality } = SIZES[size]
  const { width, height, pixels } = sheet
  const next = randomBits(Math.imul(number, 2_654_435_761))
  const shade = (next() % 9) - 4
  let place = next() % NOISE_LENGTH
  const noisy = new Uint8ClampedArray(pixels.length)
  for (let at = 0; at < pixels.length; at += 3) {
    const change = (noise[place] ?? 0) + shade
    place = (place + 1) & (NOISE_LENGTH - 1)
    noisy[at] = (pixels[at] ?? 0) + change
    noisy[at + 1] = (pixels[at + 1] ?? 0) + change
    noisy[at + 2] = (pixels[at + 2] ?? 0) + change
  }
  return await sharp(noisy, { raw: { width, height, channels: 3 } })
    .withDensity(dpi)
    .jpeg({ quality })
    .toBuffer()
}

/**
 * The first `count` pages of a kind, made where they are missing and kept in `.cache/bench`. No two are alike, and
 * the same number is the same page at every run.
 */
export async function scannedPages(size: PageSize, count: number): Promise<readonly string[]> {
  const folder = path.join(projectRoot, '.cache', 'bench', `pages-${size}-${EDITION}`)
  await mkdir(folder, { recursive: true })
  const files = Array.from({ length: count }, (_, place) =>
    path.join(folder, `${String(place + 1).padStart(5, '0')}.jpg`),
  )
  const scans = await sampleScans()
  const noise = sensorNoise()
  const queue = scans.entries()
  // Scan by scan, so that each is enlarged once for all the pages made of it.
  const lane = async () => {
    for (const [first, scan] of queue) {
      const missing = files
        .map((file, place) => ({ file, place }))
        .filter(({ file, place }) => place % scans.length === first && !existsSync(file))
      if (missing.length === 0) continue
      const sheet = await enlarge(scan, size)
      for (const { file, place } of missing) {
        const bytes = await drawPage(sheet, place + 1, size, noise)
        const temporary = `${file}.${process.pid}.tmp`
        await writeFile(temporary, bytes)
        await rename(temporary, file)
      }
    }
  }
  await Promise.all(Array.from({ length: SCANS_AT_ONCE }, lane))
  return files
}
