/**
 * Makes the sample case: `node assets/sample/generator/generate.ts [--only PAGE-ID …] [--out DIR]`.
 * The same seed, fonts and library versions give the same bytes.
 */
import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { AssembledVolume, PlannedPage } from './assemble.ts'
import { assemble } from './assemble.ts'
import { degrade } from './page/degrade.ts'
import type { Raster } from './page/draw.ts'
import { drawPage } from './page/draw.ts'
import { encodeGroup4, encodeJpeg, encodeLzw, encodePdf, encodePng, encodeTiffJpeg } from './page/encode.ts'
import { requireFonts } from './page/fonts.ts'
import { truthOf } from './page/marks.ts'
import { dpi, seed } from './plan.ts'
import type { WrittenFile } from './records.ts'
import { caseJson, rowsCsv, truthJson } from './records.ts'
import { volumes } from './volumes.ts'

const jpegQuality = 66

async function scanPage(page: PlannedPage, all: readonly PlannedPage[]): Promise<Raster> {
  const clean = await drawPage(page.spec, page.seed, dpi)
  const behind = all.find((other) => other.id === page.behindId)
  const ghost =
    behind === undefined || page.scan.showThrough === undefined
      ? undefined
      : await drawPage(behind.spec, behind.seed, dpi)
  return degrade(clean, page.scan, page.seed, ghost)
}

async function encode(first: PlannedPage, rasters: readonly Raster[]): Promise<Buffer> {
  const [raster] = rasters
  if (raster === undefined) throw new RangeError('a file needs a page')
  switch (first.format) {
    case 'jpeg':
      return encodeJpeg(raster, dpi, jpegQuality, first.scan.grey)
    case 'png':
      return encodePng(raster, dpi, 20)
    case 'tiff-g4':
      return encodeGroup4(rasters, dpi, 150)
    case 'tiff-lzw':
      return encodeLzw(raster, dpi)
    case 'tiff-jpeg':
      return encodeTiffJpeg(raster, dpi, jpegQuality)
    case 'pdf':
      return encodePdf(rasters, dpi, jpegQuality, new Date('2023-04-20T01:00:00Z'))
  }
}

async function put(folder: string, path: string, data: Buffer | string): Promise<void> {
  const target = join(folder, path)
  await mkdir(dirname(target), { recursive: true })
  await writeFile(target, data)
}

async function writeScans(
  folder: string,
  volume: AssembledVolume,
  only: readonly string[],
): Promise<WrittenFile[]> {
  const byFile = new Map<string, PlannedPage[]>()
  for (const page of volume.pages) byFile.set(page.file, [...(byFile.get(page.file) ?? []), page])
  const written: WrittenFile[] = []
  for (const [path, pages] of byFile) {
    const [first] = pages
    if (first === undefined || (only.length > 0 && !pages.some((page) => only.includes(page.id)))) continue
    const rasters: Raster[] = []
    for (const page of pages) rasters.push(await scanPage(page, volume.pages))
    const data = await encode(first, rasters)
    await put(folder, path, data)
    const sha256 = createHash('sha256').update(data).digest('hex')
    written.push({ path, format: first.format, frames: pages.length, sizeBytes: data.length, sha256 })
    console.log(`${path}  ${Math.round(data.length / 1024)} KiB`)
  }
  return written
}

async function generate(folder: string, only: readonly string[]): Promise<void> {
  requireFonts()
  if (only.length === 0)
    for (const part of ['scans', 'truth']) await rm(join(folder, part), { recursive: true, force: true })
  const assembled = volumes.map((plan) => assemble(plan, seed))
  const files: WrittenFile[] = []
  for (const volume of assembled) files.push(...(await writeScans(folder, volume, only)))
  if (only.length > 0) return
  for (const { pages } of assembled)
    for (const page of pages) await put(folder, `truth/${page.id}.txt`, `${truthOf(page.spec).text}\n`)
  await put(folder, 'truth/pages.json', truthJson(assembled))
  await put(folder, 'case.json', caseJson(assembled, files, seed, dpi))
  await put(folder, 'rows.csv', rowsCsv(assembled))
  const total = files.reduce((sum, file) => sum + file.sizeBytes, 0)
  console.log(`${files.length} files, ${(total / 1e6).toFixed(2)} MB`)
}

const { values } = parseArgs({
  options: { out: { type: 'string' }, only: { type: 'string', multiple: true } },
})
await generate(resolve(values.out ?? join(import.meta.dirname, '..')), values.only ?? [])
