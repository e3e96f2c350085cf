import PDFDocument from 'pdfkit'
import sharp from 'sharp'
import type { Raster } from './draw.ts'

export type ImageFormat = 'jpeg' | 'png' | 'tiff-g4' | 'tiff-lzw' | 'tiff-jpeg' | 'pdf'

const raw = (raster: Raster) => ({
  raw: { width: raster.width, height: raster.height, channels: 3 as const },
})

export async function encodeJpeg(
  raster: Raster,
  dpi: number,
  quality: number,
  grey = false,
): Promise<Buffer> {
  const work = sharp(raster.data, raw(raster))
  const toned = grey ? work.greyscale().toColourspace('b-w') : work
  return toned
    .withMetadata({ density: dpi })
    .jpeg({ quality, mozjpeg: true, chromaSubsampling: '4:2:0' })
    .toBuffer()
}

/** Few colours on purpose: full-colour PNG of scanner noise is ten times the size. */
export async function encodePng(raster: Raster, dpi: number, colours: number): Promise<Buffer> {
  return sharp(raster.data, raw(raster))
    .withMetadata({ density: dpi })
    .png({ palette: true, colours, dither: 0, compressionLevel: 9, effort: 10 })
    .toBuffer()
}

/** ITU-T T.6 bitonal, all pages in one file. Pages must be of one size. */
export async function encodeGroup4(
  rasters: readonly Raster[],
  dpi: number,
  threshold: number,
): Promise<Buffer> {
  const first = rasters[0]
  if (first === undefined) throw new RangeError('a TIFF needs a page')
  const planes = await Promise.all(
    rasters.map((raster) =>
      sharp(raster.data, raw(raster)).greyscale().toColourspace('b-w').raw().toBuffer(),
    ),
  )
  const { width, height } = first
  return sharp(Buffer.concat(planes), {
    raw: { width, height: height * rasters.length, channels: 1, pageHeight: height },
  })
    .threshold(threshold)
    .toColourspace('b-w')
    .tiff({ compression: 'ccittfax4', bitdepth: 1, xres: dpi / 25.4, yres: dpi / 25.4 })
    .toBuffer()
}

/** LZW, grey, sixteen levels, as an office copier's scan-to-file writes it. */
export async function encodeLzw(raster: Raster, dpi: number): Promise<Buffer> {
  const plane = await sharp(raster.data, raw(raster)).greyscale().toColourspace('b-w').raw().toBuffer()
  for (let at = 0; at < plane.length; at += 1) plane[at] = Math.round((plane[at] ?? 0) / 17) * 17
  return sharp(plane, { raw: { width: raster.width, height: raster.height, channels: 1 } })
    .toColourspace('b-w')
    .tiff({ compression: 'lzw', predictor: 'none', xres: dpi / 25.4, yres: dpi / 25.4 })
    .toBuffer()
}

export async function encodeTiffJpeg(raster: Raster, dpi: number, quality: number): Promise<Buffer> {
  return sharp(raster.data, raw(raster))
    .tiff({ compression: 'jpeg', quality, xres: dpi / 25.4, yres: dpi / 25.4 })
    .toBuffer()
}

/** Page images in one PDF, as a copier's scan-to-PDF makes it: no text layer, no fonts. */
export async function encodePdf(
  rasters: readonly Raster[],
  dpi: number,
  quality: number,
  created: Date,
): Promise<Buffer> {
  const document = new PDFDocument({ autoFirstPage: false, info: { CreationDate: created, Title: '' } })
  const chunks: Buffer[] = []
  const done = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', () => resolve(Buffer.concat(chunks)))
    document.on('error', reject)
  })
  for (const raster of rasters) {
    const size: [number, number] = [(raster.width * 72) / dpi, (raster.height * 72) / dpi]
    document.addPage({ size, margin: 0 })
    document.image(await encodeJpeg(raster, dpi, quality), 0, 0, { width: size[0], height: size[1] })
  }
  document.end()
  return done
}
