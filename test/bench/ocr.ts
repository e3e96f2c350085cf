import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import sharp from 'sharp'
import { type KeptPage, keptPages, missingFonts } from './ocr-pages.ts'
import { measuredRun } from './process-tree.ts'
import type { BenchOptions, BenchResult, Figures, Goal } from './report.ts'
import { median, rounded } from './spread.ts'
import { accuracyPercent, type Tally, tally } from './text-accuracy.ts'

/** Sixteen pages of every kind, resolution and state make one set; 64 pages in all. */
const SETS = 4
const CORES = 2

const INSTALL = `The peer and the fonts of the pages come from Debian:
  apt-get install ocrmypdf tesseract-ocr-chi-sim fonts-noto-cjk fonts-arphic-ukai
  and FandolFang, FandolKai, FandolHei (otf) out of the package texlive-lang-chinese, copied to /usr/local/share/fonts`

interface Reading {
  readonly seconds: number
  readonly processorSeconds: number
  readonly peakMegabytes: number
  readonly tallies: readonly Tally[]
}

function requireParts(): void {
  const tesseract = spawnSync('tesseract', ['--list-langs'], { encoding: 'utf8' })
  const ocrmypdf = spawnSync('ocrmypdf', ['--version'], { encoding: 'utf8' })
  if (ocrmypdf.status !== 0 || !(tesseract.stdout ?? '').includes('chi_sim'))
    throw new Error(`ocrmypdf with chi_sim is not installed.\n${INSTALL}`)
  const fonts = missingFonts()
  if (fonts.length > 0) throw new Error(`Fonts are missing: ${fonts.join(', ')}.\n${INSTALL}`)
}

/** On a larger machine both are held to the same two cores. */
function onEqualCores(command: string, parts: readonly string[]): readonly [string, readonly string[]] {
  if (availableParallelism() <= CORES) return [command, parts]
  return ['taskset', ['-c', '0,1', command, ...parts]]
}

async function pdfOf(pages: readonly KeptPage[]): Promise<Buffer> {
  const document = new PDFDocument({ autoFirstPage: false })
  const chunks: Buffer[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  document.on('data', (chunk: Buffer) => chunks.push(chunk))
  document.on('end', resolve)
  for (const { file, dpi } of pages) {
    const { width, height } = await sharp(file).metadata()
    const size: [number, number] = [(width * 72) / dpi, (height * 72) / dpi]
    document.addPage({ size, margin: 0 })
    // The JPEG goes in as it is.
    document.image(file, 0, 0, { width: size[0], height: size[1] })
  }
  document.end()
  await promise
  return Buffer.concat(chunks)
}

async function byReader(pages: readonly KeptPage[]): Promise<Reading> {
  const child = fileURLToPath(new URL('./ocr-child.ts', import.meta.url))
  const files = pages.map(({ file }) => file)
  // As ocrmypdf does with itself: on a busy machine the two wait equally.
  const run = await measuredRun(...onEqualCores('nice', ['-n', '5', process.execPath, child, ...files]))
  const texts = JSON.parse(run.output) as string[]
  return { ...run, tallies: pages.map(({ lines }, index) => tally(lines.join('\n'), texts[index] ?? '')) }
}

async function byOcrmypdf(pages: readonly KeptPage[], extra: readonly string[]): Promise<Reading> {
  const folder = await mkdtemp(path.join(tmpdir(), 'juanku-bench-ocr-'))
  try {
    const [input, output, sidecar] = ['in.pdf', 'out.pdf', 'text.txt'].map((name) => path.join(folder, name))
    await writeFile(input ?? '', await pdfOf(pages))
    const settings = [
      '-q',
      '-l',
      'chi_sim',
      '--jobs',
      String(CORES),
      '--output-type',
      'pdf',
      '--optimize',
      '0',
    ]
    const run = await measuredRun(
      ...onEqualCores('ocrmypdf', [
        ...settings,
        ...extra,
        '--sidecar',
        sidecar ?? '',
        input ?? '',
        output ?? '',
      ]),
    )
    const texts = (await readFile(sidecar ?? '', 'utf8')).split('\f')
    return { ...run, tallies: pages.map(({ lines }, index) => tally(lines.join('\n'), texts[index] ?? '')) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const GROUPS: Readonly<Record<string, (page: KeptPage) => boolean>> = {
  clean: ({ degraded }) => !degraded,
  degraded: ({ degraded }) => degraded,
  '200 dpi, clean': ({ dpi, degraded }) => dpi === 200 && !degraded,
  '200 dpi, degraded': ({ dpi, degraded }) => dpi === 200 && degraded,
  '300 dpi, clean': ({ dpi, degraded }) => dpi === 300 && !degraded,
  '300 dpi, degraded': ({ dpi, degraded }) => dpi === 300 && degraded,
  'running text': ({ kind }) => kind === 'text',
  tables: ({ kind }) => kind === 'table',
  'print under seals': ({ kind }) => kind === 'seal',
  'small print': ({ kind }) => kind === 'small',
}

function accuracies(name: string, pages: readonly KeptPage[], tallies: readonly Tally[]): Figures {
  return Object.fromEntries(
    Object.entries(GROUPS).map(([group, belongs]) => {
      const among = tallies.filter((_, index) => {
        const page = pages[index]
        return page !== undefined && belongs(page)
      })
      return [`${name}, ${group}: characters right, %`, rounded(accuracyPercent(among), 2)]
    }),
  )
}

/**
 * The reader beside ocrmypdf on the same pages, at two cores, in turns of sixteen pages: how many characters are
 * right, seconds a page, the most memory of all processes together.
 */
export async function ocrBench({ scale, say }: BenchOptions): Promise<BenchResult> {
  requireParts()
  const pages = await keptPages(Math.max(1, Math.round(SETS * scale)), say)
  const perTurn = 16
  const ours: Reading[] = []
  const theirs: Reading[] = []
  for (let from = 0; from < pages.length; from += perTurn) {
    const turn = pages.slice(from, from + perTurn)
    say(`Pages ${from + 1} to ${from + turn.length} of ${pages.length}: reader, then ocrmypdf`)
    ours.push(await byReader(turn))
    theirs.push(await byOcrmypdf(turn, []))
  }
  const seconds = (turns: readonly Reading[]) => turns.reduce((sum, turn) => sum + turn.seconds, 0)
  const processor = (turns: readonly Reading[]) => turns.reduce((sum, turn) => sum + turn.processorSeconds, 0)
  const peak = (turns: readonly Reading[]) => Math.max(...turns.map((turn) => turn.peakMegabytes))
  const tallies = (turns: readonly Reading[]) => turns.flatMap((turn) => turn.tallies)
  const ratios = ours.map((turn, index) => turn.seconds / (theirs[index]?.seconds ?? Number.NaN))
  const figures: Figures = {
    pages: pages.length,
    'characters in all': tallies(ours).reduce((sum, { characters }) => sum + characters, 0),
    cores: CORES,
    ...accuracies('reader', pages, tallies(ours)),
    ...accuracies('ocrmypdf', pages, tallies(theirs)),
    'reader, seconds a page': rounded(seconds(ours) / pages.length),
    'ocrmypdf, seconds a page': rounded(seconds(theirs) / pages.length),
    'reader, processor seconds a page': rounded(processor(ours) / pages.length),
    'ocrmypdf, processor seconds a page': rounded(processor(theirs) / pages.length),
    'reader / ocrmypdf, processor time': rounded(processor(ours) / processor(theirs)),
    'reader / ocrmypdf, time, median of turns': rounded(median(ratios)),
    'reader / ocrmypdf, time, best turn': rounded(Math.min(...ratios)),
    'reader / ocrmypdf, time, worst turn': rounded(Math.max(...ratios)),
    'reader, peak memory, MB': rounded(peak(ours), 0),
    'ocrmypdf, peak memory, MB': rounded(peak(theirs), 0),
  }
  const goals: readonly Goal[] = [
    { figure: 'reader, clean: characters right, %', least: 99 },
    { figure: 'reader, degraded: characters right, %', least: 98.5 },
    { figure: 'reader / ocrmypdf, time, median of turns', under: 1 },
  ]
  return { figures, goals }
}
