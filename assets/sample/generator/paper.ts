/**
 * Makes the fresh scan of the paper 正卷, as a second scanner gives it after things happened to the paper:
 * `node assets/sample/generator/paper.ts [--only PAGE-ID …] [--out DIR]`. What happened is in paper.json.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import type { PlannedPage } from './assemble.ts'
import { assemble } from './assemble.ts'
import { resolution } from './documents/resolution.ts'
import type { DegradeOptions } from './page/degrade.ts'
import { degrade } from './page/degrade.ts'
import type { Raster } from './page/draw.ts'
import { drawPage } from './page/draw.ts'
import { requireFonts } from './page/fonts.ts'
import type { Mark, PageSpec } from './page/marks.ts'
import { createRandom, seedFrom } from './page/random.ts'
import { dpi, seed } from './plan.ts'
import { volumes } from './volumes.ts'

const jpegQuality = 52
/** The second scanner's accidents are none of the first one's. */
const secondScanner = 0x2b5ca9
const lacking = 'main-024'
const boundAfter = 'main-022'
const stamped = 'main-012'
const altered = { id: 'main-021', from: '币200000元', to: '币250000元' }
const swapped = ['main-035', 'main-036'] as const
/** The operator chose colour for the cover and where the new stamp and the new seal stand; the rest is grey. */
const inColour = ['main-001', stamped, `${boundAfter}a`]

const withMarks = (page: PlannedPage, marks: readonly Mark[]): PlannedPage => ({
  ...page,
  spec: { ...page.spec, marks },
})

function stampedLater(page: PlannedPage): PlannedPage {
  const stamp: Mark = {
    kind: 'stamp',
    lines: ['云州市临江区人民法院', '核 对 章', '2023年9月6日'],
    x: 150,
    y: 260,
    width: 54,
    sizePt: 12,
    tiltDeg: 5,
  }
  return withMarks(page, [...page.spec.marks, stamp])
}

function withOtherAmount(page: PlannedPage): PlannedPage {
  const marks = page.spec.marks.map((mark) =>
    mark.kind === 'text' ? { ...mark, text: mark.text.replace(altered.from, altered.to) } : mark,
  )
  if (JSON.stringify(marks) === JSON.stringify(page.spec.marks)) throw new Error(`${page.id} has no amount`)
  return withMarks(page, marks)
}

function boundIn(before: PlannedPage): PlannedPage {
  const [spec] = resolution()
  if (spec === undefined) throw new RangeError('a document needs a page')
  const printed = `${before.printed ?? ''}-1`
  const number: Mark = { kind: 'number', text: printed, x: 190, y: 15 }
  const numbered: PageSpec = { ...spec, marks: [...spec.marks, number] }
  const id = `${before.id}a`
  return { ...before, id, spec: numbered, seed: (seedFrom(id) ^ seed) >>> 0, printed, behindId: null }
}

/** The paper's pages in the order in which they are bound now. */
function paperPages(pages: readonly PlannedPage[]): readonly PlannedPage[] {
  const [first, second] = swapped.map((id) => pages.find((page) => page.id === id))
  return pages
    .filter(({ id }) => id !== lacking)
    .map((page) => (page === first ? (second ?? page) : page === second ? (first ?? page) : page))
    .map((page) => (page.id === stamped ? stampedLater(page) : page))
    .map((page) => (page.id === altered.id ? withOtherAmount(page) : page))
    .flatMap((page) => (page.id === boundAfter ? [page, boundIn(page)] : [page]))
}

/** What belongs to the paper stays as the first scanner saw it; skew, grain, light and dust are the second one's. */
function scannedAgain({ id, scan, kind }: PlannedPage): DegradeOptions {
  const random = createRandom(seedFrom(`second ${id}`))
  const { fade, photocopy, showThrough, bindingEdge } = scan
  return {
    ...(fade === undefined ? {} : { fade }),
    ...(photocopy === undefined ? {} : { photocopy }),
    ...(showThrough === undefined ? {} : { showThrough: showThrough * 0.7 }),
    ...(bindingEdge === undefined ? {} : { bindingEdge }),
    skewDeg: random.between(-1, 1),
    noise: 1.4,
    tint: [0.97, 0.972, 0.968],
    uneven: kind === 'cover' ? 6 : 2,
    edgeShadow: random.between(6, 16),
    holes: true,
    specks: random.whole(0, 9),
    blur: 0.6,
  }
}

/** The feeder pulls a little more than the sheet's length. */
async function fed({ width, height, data }: Raster, stretch: number): Promise<Raster> {
  const target = Math.round(height * stretch)
  const pulled = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(width, target, { fit: 'fill' })
    .raw()
    .toBuffer()
  return { width, height: target, data: pulled }
}

async function scanPaper(page: PlannedPage, all: readonly PlannedPage[]): Promise<Buffer> {
  const options = scannedAgain(page)
  const behind = all.find(({ id }) => id === page.behindId)
  const ghost =
    behind === undefined || options.showThrough === undefined
      ? undefined
      : await drawPage(behind.spec, behind.seed, dpi)
  const clean = await drawPage(page.spec, page.seed, dpi)
  const scan = await degrade(clean, options, (page.seed ^ secondScanner) >>> 0, ghost)
  const stretch = 1 + createRandom(seedFrom(`feeder ${page.id}`)).between(0.001, 0.004)
  const { width, height, data } = await fed(scan, stretch)
  const image = sharp(data, { raw: { width, height, channels: 3 } })
  const toned = inColour.includes(page.id) ? image : image.greyscale().toColourspace('b-w')
  return await toned
    .withDensity(dpi)
    .jpeg({ quality: jpegQuality, mozjpeg: true, chromaSubsampling: '4:2:0' })
    .toBuffer()
}

const fileAt = (place: number): string => `paper/${String(place + 1).padStart(3, '0')}.jpg`

/** Places are image places from 1, of the paper's scan and of the electronic 正卷. */
function truth(
  paper: readonly PlannedPage[],
  electronic: readonly PlannedPage[],
  digests: readonly string[],
) {
  const paperAt = (id: string) => paper.findIndex((page) => page.id === id) + 1
  const electronicAt = (id: string) => electronic.findIndex((page) => page.id === id) + 1
  return {
    format: 'juanku-sample-paper/1',
    fictional: true,
    volume: '正卷',
    /** A slip of the first scanning, made in the electronic file before the checking. */
    turnedBefore: { id: 'main-009', electronic: electronicAt('main-009'), degrees: 180 },
    differences: [
      { type: 'D05', id: 'main-009', paper: paperAt('main-009'), electronic: electronicAt('main-009') },
      { type: 'D18', id: stamped, paper: paperAt(stamped), electronic: electronicAt(stamped) },
      { type: 'D19', id: altered.id, paper: paperAt(altered.id), electronic: electronicAt(altered.id) },
      { type: 'D01', id: `${boundAfter}a`, paper: paperAt(`${boundAfter}a`), electronic: null },
      { type: 'D02', id: lacking, paper: null, electronic: electronicAt(lacking) },
      {
        type: 'D04',
        ids: swapped,
        paper: swapped.map(paperAt),
        electronic: swapped.map(electronicAt),
      },
    ],
    pages: paper.map(({ id, printed }, place) => ({
      id,
      file: fileAt(place),
      printed,
      electronic: electronicAt(id) === 0 ? null : electronicAt(id),
      sha256: digests[place],
    })),
  }
}

async function generate(folder: string, only: readonly string[]): Promise<void> {
  requireFonts()
  const plan = volumes.find(({ code }) => code === 'main')
  if (plan === undefined) throw new Error('the sample has no main volume')
  const { pages: electronic } = assemble(plan, seed)
  const paper = paperPages(electronic)
  if (only.length === 0) await rm(join(folder, 'paper'), { recursive: true, force: true })
  await mkdir(join(folder, 'paper'), { recursive: true })
  const images: Buffer[] = []
  for (const [place, page] of paper.entries()) {
    const file = join(folder, fileAt(place))
    if (only.length === 0 || only.includes(page.id)) await writeFile(file, await scanPaper(page, electronic))
    images.push(await readFile(file))
  }
  const digests = images.map((image) => createHash('sha256').update(image).digest('hex'))
  await writeFile(
    join(folder, 'paper.json'),
    `${JSON.stringify(truth(paper, electronic, digests), null, 2)}\n`,
  )
  const sizeBytes = images.reduce((sum, image) => sum + image.length, 0)
  console.log(`${paper.length} files, ${(sizeBytes / 1e6).toFixed(2)} MB`)
}

const { values } = parseArgs({
  options: { out: { type: 'string' }, only: { type: 'string', multiple: true } },
})
await generate(resolve(values.out ?? join(import.meta.dirname, '..')), values.only ?? [])
