import { execFileSync } from 'node:child_process'
import { copyFile, cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { type PageReading, plainText, quadOfCharacters, TURNS } from '../../shared/domain/page-text.ts'
import { freshFolder } from '../fixtures/records-room.ts'
import {
  accuracy,
  CONTRACT,
  darkestIn,
  greyOf,
  MODELS,
  newReader,
  sampleScan,
  sampleTruth,
  turnedContract,
} from './engine-pages.ts'

const reader = newReader()
afterAll(async () => await reader.close())

async function blankPage(): Promise<Buffer> {
  return await sharp({ create: { width: 1654, height: 2339, channels: 3, background: '#f6f2e8' } })
    .jpeg()
    .toBuffer()
}

describe('a printed page', () => {
  let reading: PageReading

  test('is read with at least 98 of 100 characters right', async () => {
    reading = await reader.read(await sampleScan(CONTRACT))
    expect(accuracy(await sampleTruth(CONTRACT), reading)).toBeGreaterThan(0.98)
    expect(reading).toMatchObject({ widthPixels: 1654, heightPixels: 2339, turn: 0 })
    expect(reading.confidence).toBeGreaterThan(0.9)
    expect(reading.model).toBe(reader.model)
  })

  test('gives every character its place, in order, on its own ink', async () => {
    const page = await greyOf(await sampleScan(CONTRACT))
    const long = reading.lines.filter(({ text }) => [...text].length > 20)
    expect(long.length).toBeGreaterThan(15)
    for (const line of long) {
      const characters = [...line.text]
      expect(line.places).toHaveLength(characters.length * 2)
      for (const [index, place] of line.places.entries())
        expect(place).toBeGreaterThanOrEqual(line.places[index - 1] ?? 0)
      for (const [index, character] of characters.entries()) {
        if (!/\p{Script=Han}/u.test(character)) continue
        expect(darkestIn(page, quadOfCharacters(line, index, index + 1))).toBeGreaterThan(90)
      }
    }
  })

  test('places a word where it stands and nowhere else', async () => {
    const line = reading.lines.find(({ text }) => text.includes('乙方（保证人）'))
    const at = [...(line?.text ?? '')].indexOf('保')
    const [x1 = 0, , x2 = 0] = line === undefined ? [] : quadOfCharacters(line, at, at + 3)
    const page = await sharp(await sampleScan(CONTRACT)).metadata()
    expect(page.width).toBe(1654)
    // Three characters of 14 points at 200 dpi are 117 pixels wide.
    expect(x2 - x1).toBeGreaterThan(95)
    expect(x2 - x1).toBeLessThan(140)
  })
})

describe.each(TURNS)('a page that must be turned by %i degrees', (turn) => {
  test('is read as if it stood upright, its quads on the image as it is stored', async () => {
    const image = await turnedContract(turn)
    const reading = await reader.read(image)
    expect(reading.turn).toBe(turn)
    const text = reading.lines.map((line) => line.text).join('')
    expect(text).toContain('乙方（保证人）：云州样例商贸有限公司')
    const [x1, y1, x2, y2] = reading.lines.find((line) => line.text.includes('保证人'))?.quad ?? []
    const along = [(x2 ?? 0) - (x1 ?? 0), (y2 ?? 0) - (y1 ?? 0)]
    const heading = { 0: [1, 0], 90: [0, -1], 180: [-1, 0], 270: [0, 1] }[turn]
    expect(along.map((part) => (Math.abs(part) < 50 ? 0 : Math.sign(part)))).toEqual(heading)
    const page = await greyOf(image)
    for (const line of reading.lines.filter(({ text: words }) => words.length > 10))
      expect(darkestIn(page, line.quad)).toBeGreaterThan(90)
  })
})

describe('what is not print', () => {
  test('a seal is marked as doubtful, without a guess, and the print under it is read', async () => {
    const reading = await reader.read(await sampleScan('033'))
    const seals = reading.lines.filter(({ kind, text }) => kind === 'doubtful' && text === '')
    const sizes = seals.map(({ quad: [x1, y1, , , x3, y3] }) => ({ wide: x3 - x1, high: y3 - y1 }))
    // The seal is 42 mm across: 331 pixels.
    expect(sizes.some(({ wide, high }) => wide > 260 && wide < 400 && high > 260 && high < 400)).toBe(true)
    // The date stands under the seal.
    expect(plainText(reading.lines)).toContain('二〇二三年五月二十二日')
  })

  test('handwriting is never passed off as print', async () => {
    const reading = await reader.read(await sampleScan('035'))
    const printed = reading.lines.filter(({ kind }) => kind === 'printed').map(({ text }) => text)
    expect(printed.join('')).toContain('送达地址')
    expect(reading.lines.filter(({ kind }) => kind === 'doubtful').length).toBeGreaterThan(3)
    for (const written of ['李样本', '范本街', '999001']) expect(printed.join('')).not.toContain(written)
  })

  test('a blank page has no lines, and that is sure', async () => {
    expect(await reader.read(await blankPage())).toMatchObject({ lines: [], confidence: 1, turn: 0 })
  })
})

describe('what goes wrong', () => {
  test('a damaged image fails by itself; the next page is read', async () => {
    const scan = await sampleScan('001')
    await expect(reader.read(scan.subarray(0, 4000))).rejects.toMatchObject({ code: 'RECOGNITION_FAILED' })
    await expect(reader.read(Buffer.from('no image'))).rejects.toMatchObject({ code: 'RECOGNITION_FAILED' })
    expect((await reader.read(await blankPage())).lines).toEqual([])
  })

  test('a page is given up while it is read, and one that waits at once', async () => {
    const running = new AbortController()
    const waiting = new AbortController()
    const first = reader.read(await sampleScan(CONTRACT), running.signal)
    const second = reader.read(await sampleScan('033'), waiting.signal)
    waiting.abort()
    await expect(second).rejects.toMatchObject({ code: 'CALL_CANCELLED' })
    running.abort()
    await expect(first).rejects.toMatchObject({ code: 'CALL_CANCELLED' })
    expect((await reader.read(await blankPage())).lines).toEqual([])
  })

  test('a page that takes too long costs that page, not the process', async () => {
    const hasty = newReader({ timeoutMs: 300 })
    await expect(hasty.read(await sampleScan(CONTRACT))).rejects.toMatchObject({
      code: 'RECOGNITION_FAILED',
      details: { reason: 'timeout' },
    })
    await hasty.close()
  })

  test('after a rest the models are loaded again', async () => {
    await reader.rest()
    expect((await reader.read(await blankPage())).lines).toEqual([])
  })

  test('an image above the limit is refused', async () => {
    const careful = newReader({ limitPixels: 1_000_000 })
    await expect(careful.read(await blankPage())).rejects.toMatchObject({ code: 'RECOGNITION_FAILED' })
    await careful.close()
  })
})

describe('the models', () => {
  async function copied(): Promise<string> {
    const folder = path.join(await freshFolder(), 'models')
    await mkdir(folder, { recursive: true })
    for (const name of await readdir(MODELS)) await copyFile(path.join(MODELS, name), path.join(folder, name))
    return folder
  }

  test('are there, proven by their hashes', async () => {
    const here = newReader({ modelsFolder: await copied() })
    expect(await here.unavailable()).toBeNull()
    await here.close()
  })

  test('missing: the reader says so and refuses to read', async () => {
    const folder = await copied()
    await rm(path.join(folder, 'ch_PP-OCRv4_rec_infer.onnx'))
    const without = newReader({ modelsFolder: folder })
    expect(await without.unavailable()).toBe('models-missing')
    await expect(without.read(await blankPage())).rejects.toMatchObject({
      code: 'RECOGNITION_UNAVAILABLE',
      details: { reason: 'models-missing' },
    })
    await without.close()
  })

  test.each(['ch_PP-OCRv4_det_infer.onnx', 'ppocr_keys_v1.txt'])(
    'changed %s: nothing is run',
    async (name) => {
      const folder = await copied()
      await writeFile(path.join(folder, name), 'something else')
      const changed = newReader({ modelsFolder: folder })
      expect(await changed.unavailable()).toBe('models-changed')
      await expect(changed.read(await blankPage())).rejects.toMatchObject({ code: 'RECOGNITION_UNAVAILABLE' })
      await changed.close()
    },
  )
})

/** Undefined when a process can be put where there is no network, else the reason why not. */
const obstacle = (() => {
  try {
    execFileSync('unshare', ['-n', 'true'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'a network of one’s own is not allowed here'
  }
})()

test.skipIf(obstacle !== undefined)('reading needs no network', () => {
  const child = path.join(import.meta.dirname, '../bench/ocr-child.ts')
  const scan = path.join(import.meta.dirname, '../../assets/sample/scans/正卷/003.jpg')
  const [text] = JSON.parse(
    execFileSync('unshare', ['-n', process.execPath, child, scan], { encoding: 'utf8' }),
  ) as string[]
  expect(text).toContain('审判流程管理信息表')
})

test('without its native library it says so, and the process goes on', async () => {
  // The sources beside every package but that one: nothing on the way to the worker can bring it in.
  const folder = await freshFolder()
  const project = path.join(import.meta.dirname, '../..')
  for (const part of ['electron', 'shared'])
    await cp(path.join(project, part), path.join(folder, part), { recursive: true })
  await mkdir(path.join(folder, 'node_modules'))
  for (const name of await readdir(path.join(project, 'node_modules')))
    if (name !== 'onnxruntime-node')
      await symlink(path.join(project, 'node_modules', name), path.join(folder, 'node_modules', name))
  const asks = `import { createPageReader } from './electron/recognition/index.ts'
const reader = createPageReader({ modelsFolder: ${JSON.stringify(MODELS)} })
const reason = await reader.unavailable()
const refused = await reader.read(new Uint8Array(8)).then(() => 'read', (error) => error.code)
await reader.close()
console.log(JSON.stringify({ reason, refused }))`
  await writeFile(path.join(folder, 'asks.ts'), asks)
  const printed = execFileSync(process.execPath, ['asks.ts'], { cwd: folder, encoding: 'utf8' })
  expect(JSON.parse(printed)).toEqual({ reason: 'native-library', refused: 'RECOGNITION_UNAVAILABLE' })
})
