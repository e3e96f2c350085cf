import sharp from 'sharp'
import type { PageSpec } from './marks.ts'
import { pageSvg } from './svg.ts'

/** Pixels in memory, three channels (RGB), row by row. */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly data: Buffer
}

/** Draws a clean page: same description, seed and resolution, same pixels (given the same fonts). */
export async function drawPage(spec: PageSpec, seed: number, dpi = 200): Promise<Raster> {
  const { data, info } = await sharp(Buffer.from(pageSvg(spec, seed, dpi)))
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}
