import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { archiveCase, PAGES_A_CASE } from './search-archive.ts'

const run = promisify(execFile)
const FILES_A_FOLDER = 500

export interface RecollRun {
  readonly pages: number
  readonly indexSeconds: number
  readonly indexBytes: number
  readonly textBytes: number
  /** Milliseconds of each question, the process included. */
  readonly times: readonly number[]
  /** Milliseconds of a question that finds nothing: what the process alone costs. */
  readonly emptyTimes: readonly number[]
  readonly version: string
}

async function sizeOf(folder: string): Promise<number> {
  const { stdout } = await run('du', ['-sb', folder])
  return Number(stdout.split('\t')[0])
}

/** Indexes the pages of the first cases as files and asks; undefined where recoll is not installed. */
export async function recollRun(
  folder: string,
  size: number,
  cases: number,
  words: readonly string[],
): Promise<RecollRun | undefined> {
  const version = await run('recollindex', ['-v']).then(
    ({ stdout, stderr }) => `${stdout}${stderr}`.trim().split('\n')[0] ?? '',
    () => undefined,
  )
  const present = await run('which', ['recollindex', 'recollq']).then(
    () => true,
    () => false,
  )
  if (!present) return undefined
  const top = path.join(folder, 'files')
  const config = path.join(folder, 'recoll')
  await mkdir(config, { recursive: true })
  await writeFile(path.join(config, 'recoll.conf'), `topdirs = ${top}\nloglevel = 1\nidxflushmb = 200\n`)
  let textBytes = 0
  for (let place = 0; place < cases; place++) {
    const inside = path.join(top, String(Math.floor((place * PAGES_A_CASE) / FILES_A_FOLDER)))
    if ((place * PAGES_A_CASE) % FILES_A_FOLDER < PAGES_A_CASE) await mkdir(inside, { recursive: true })
    for (const [page, lines] of archiveCase(place, size).pages.entries()) {
      const text = lines.join('\n')
      textBytes += Buffer.byteLength(text)
      await writeFile(path.join(inside, `${place}-${page}.txt`), text)
    }
  }
  const start = performance.now()
  await run('recollindex', ['-c', config], { maxBuffer: 64 * 1024 ** 2 })
  const indexSeconds = (performance.now() - start) / 1000
  const indexBytes = await sizeOf(path.join(config, 'xapiandb'))
  const askOnce = async (word: string) => {
    const from = performance.now()
    await run('recollq', ['-c', config, '-n', '50', '-q', word], { maxBuffer: 64 * 1024 ** 2 }).catch(
      () => undefined,
    )
    return performance.now() - from
  }
  for (const word of words.slice(0, 5)) await askOnce(word)
  const times: number[] = []
  const emptyTimes: number[] = []
  for (const word of words) {
    times.push(await askOnce(word))
    emptyTimes.push(await askOnce('zzqqxx'))
  }
  await rm(top, { recursive: true, force: true })
  return {
    pages: cases * PAGES_A_CASE,
    indexSeconds,
    indexBytes,
    textBytes,
    times,
    emptyTimes,
    version: version ?? 'unknown',
  }
}
