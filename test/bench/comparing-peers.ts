import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pixelmatch from 'pixelmatch'
import sharp from 'sharp'
import type { ComparedPage } from '../../electron/reconcile/comparing/index.ts'

/** The resolution at which the peer sees pages; the same as the program's own. */
const DPI = 150

interface Drawn {
  readonly width: number
  readonly height: number
  readonly data: Buffer
}

async function upright({ data, turn }: ComparedPage): Promise<Drawn> {
  const { density = 200, width, height } = await sharp(data).metadata()
  const scale = DPI / density
  const small = await sharp(data)
    .resize(Math.round(width * scale), Math.round(height * scale), { fit: 'fill' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { info } = small
  const turned = await sharp(small.data, {
    raw: { width: info.width, height: info.height, channels: info.channels },
  })
    .rotate(turn)
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: turned.info.width, height: turned.info.height, data: turned.data }
}

function over(
  page: Drawn,
  width: number,
  height: number,
  place: (x: number, y: number) => readonly [number, number],
): Buffer {
  const out = Buffer.alloc(width * height * 4, 255)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = place(x + 0.5, y + 0.5)
      const [column, row] = [Math.floor(u), Math.floor(v)]
      if (column < 0 || row < 0 || column >= page.width || row >= page.height) continue
      out.writeUInt32LE(page.data.readUInt32LE((row * page.width + column) * 4), (y * width + x) * 4)
    }
  }
  return out
}

/** Share of the pixels in which pixelmatch, with its own settings, finds the two pages different. */
export interface PixelShares {
  /** The electronic page stretched to the paper page's size. */
  readonly unregistered: number
  /** Laid over it by the program's own registration. */
  readonly registered: number
}

/** `transform` leads from shares of the electronic page to shares of the paper page. */
export async function pixelShares(
  paper: ComparedPage,
  electronic: ComparedPage,
  transform: readonly number[],
): Promise<PixelShares> {
  const [mine, theirs] = [await upright(paper), await upright(electronic)]
  const { width, height } = mine
  const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0] = transform
  const size = a * e - b * d
  const stretched = over(theirs, width, height, (x, y) => [
    (x * theirs.width) / width,
    (y * theirs.height) / height,
  ])
  const laid = over(theirs, width, height, (x, y) => {
    const [u, v] = [x / width - c, y / height - f]
    return [((e * u - b * v) / size) * theirs.width, ((a * v - d * u) / size) * theirs.height]
  })
  const share = (other: Buffer) => pixelmatch(mine.data, other, undefined, width, height) / (width * height)
  return { unregistered: share(stretched), registered: share(laid) }
}

export function hasTesseract(): boolean {
  const { status, stdout } = spawnSync('tesseract', ['--list-langs'], { encoding: 'utf8' })
  return status === 0 && stdout.includes('chi_sim') && spawnSync('diff', ['--version']).status === 0
}

async function textFile(folder: string, name: string, { data, turn }: ComparedPage): Promise<string> {
  const image = path.join(folder, `${name}.png`)
  await sharp(data).rotate(turn).png().toFile(image)
  const { stdout } = spawnSync('tesseract', [image, '-', '-l', 'chi_sim'], {
    encoding: 'utf8',
    env: { ...process.env, OMP_THREAD_LIMIT: '1' },
  })
  const lines = stdout
    .split('\n')
    .map((line) => line.normalize('NFKC').replace(/[\s\p{P}]/gu, ''))
    .filter((line) => line !== '')
  const file = path.join(folder, `${name}.txt`)
  await writeFile(file, `${lines.join('\n')}\n`)
  return file
}

/** How many lines `diff` finds changed between what tesseract reads on both; blanks and punctuation left out. */
export async function differingLines(paper: ComparedPage, electronic: ComparedPage): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'juanku-bench-comparing-'))
  try {
    const files = [await textFile(folder, 'paper', paper), await textFile(folder, 'electronic', electronic)]
    const { stdout } = spawnSync('diff', files, { encoding: 'utf8' })
    return stdout.split('\n').filter((line) => line.startsWith('<') || line.startsWith('>')).length
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
