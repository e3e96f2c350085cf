import { readFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { locateAssets } from '../../electron/assets.ts'
import {
  createPageReader,
  type PageReader,
  type PageReaderOptions,
} from '../../electron/recognition/index.ts'
import { type PageReading, plainText, type Quad } from '../../shared/domain/page-text.ts'
import { tally } from '../bench/text-accuracy.ts'
import { PROJECT } from '../fixtures/records-room.ts'

const SAMPLE = path.join(PROJECT, 'assets', 'sample')

export const MODELS = locateAssets(PROJECT).readingModels

export const newReader = (more: Partial<PageReaderOptions> = {}): PageReader =>
  createPageReader({ modelsFolder: MODELS, threads: 2, ...more })

/** A scan of the sample's main volume: the contract, printed throughout. */
export const CONTRACT = '021'

export async function sampleScan(name: string): Promise<Buffer> {
  return await readFile(path.join(SAMPLE, 'scans', '正卷', `${name}.jpg`))
}

export async function sampleTruth(name: string): Promise<string> {
  return await readFile(path.join(SAMPLE, 'truth', `main-${name}.txt`), 'utf8')
}

/** Share of the characters that are right, 0 to 1. */
export function accuracy(truth: string, reading: PageReading): number {
  const { errors, characters } = tally(truth, plainText(reading.lines))
  return 1 - errors / characters
}

/** The upper part of the contract, turned counter-clockwise: small, so that a test reads it quickly. */
export async function turnedContract(turn: number): Promise<Buffer> {
  const part = await sharp(await sampleScan(CONTRACT))
    .extract({ left: 0, top: 180, width: 1654, height: 760 })
    .png()
    .toBuffer()
  return await sharp(part)
    .rotate((360 - turn) % 360)
    .png()
    .toBuffer()
}

export interface Grey {
  readonly width: number
  readonly height: number
  readonly data: Buffer
}

export async function greyOf(image: Uint8Array): Promise<Grey> {
  const { data, info } = await sharp(image).greyscale().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}

/** How much darker than white the pixels of an upright quad's middle are at most, in grey levels. */
export function darkestIn({ width, data }: Grey, quad: Quad): number {
  const xs = [quad[0], quad[2], quad[4], quad[6]]
  const ys = [quad[1], quad[3], quad[5], quad[7]]
  let darkest = 255
  for (let y = Math.ceil(Math.min(...ys)); y < Math.max(...ys); y++) {
    for (let x = Math.floor(Math.min(...xs)); x <= Math.max(...xs); x++)
      darkest = Math.min(darkest, data[y * width + x] ?? 255)
  }
  return 255 - darkest
}
