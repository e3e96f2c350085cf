import { execFile } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { build } from 'vite'
import { addObjects, freshSet, likeVault } from '../fixtures/backup-set.ts'
import { projectRoot } from './project-root.ts'
import type { BenchOptions, BenchResult, Goal } from './report.ts'
import { median, rounded } from './spread.ts'

const run = promisify(execFile)

/** Sealed pages: of colour and grey scans, and of bitonal ones. */
const SIZES: readonly { readonly objects: number; readonly bytes: () => number }[] = [
  { objects: 2000, bytes: () => 60_000 + Math.floor(Math.random() * 480_000) },
  { objects: 20_000, bytes: () => 20_000 + Math.floor(Math.random() * 160_000) },
]
const ADDED_SHARE = 0.01
/** A disk is moody: every way does everything so often, from nothing, and the medians are kept. */
const ROUNDS = 3

/** What is done in each way, in this order. */
const STEPS = ['first', 'added', 'same', 'quick', 'verify', 'restore'] as const
type Step = (typeof STEPS)[number]

interface Measured {
  readonly seconds: number
  readonly peakMegabytes: number
}

type Commands = Readonly<Record<Step, readonly string[] | undefined>>

interface Way {
  readonly name: string
  readonly commands: Commands
  readonly env?: Readonly<Record<string, string>>
  /** What it wrote its copy to. */
  readonly folder: string
  readonly prepare: () => Promise<void>
}

/** Runs a command in a process of its own; GNU time tells the most memory that any process of it held. */
async function measured(
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Measured> {
  await run('sync', [])
  const started = performance.now()
  const { stderr } = await run('/usr/bin/time', ['-f', 'peak %M', ...command], {
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
  })
  const seconds = (performance.now() - started) / 1000
  return { seconds, peakMegabytes: Number(/peak (\d+)/.exec(stderr)?.[1] ?? 0) / 1024 }
}

async function usedBytes(folder: string): Promise<number> {
  const { stdout } = await run('du', ['-s', '-B1', folder])
  return Number(stdout.split('\t')[0])
}

async function has(command: string): Promise<boolean> {
  return await run('which', [command]).then(
    () => true,
    () => false,
  )
}

/** As the program is shipped: one file and its workers, so that reading the sources is in no figure. */
async function builtEngine(outDir: string): Promise<string> {
  const worker = 'electron/backup/repository/file-worker.ts'
  await build({
    ...{ configFile: false, root: projectRoot, logLevel: 'warn', publicDir: false },
    build: {
      ...{ ssr: true, target: 'node24', outDir, emptyOutDir: true },
      rolldownOptions: {
        input: { engine: 'test/bench/backup-engine-child.ts', 'file-worker': worker },
        output: { format: 'es', entryFileNames: '[name].mjs' },
      },
    },
  })
  return path.join(outDir, 'engine.mjs')
}

/** What is checked or restored lies on a medium that was away: nothing of it is in the system's memory. */
const FROM_THE_MEDIUM: ReadonlySet<Step> = new Set(['quick', 'verify', 'restore'])

const FORGET = `
import os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        file = os.open(os.path.join(folder, name), os.O_RDONLY)
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(file)
`

/** The system forgets what it remembers of the files of a folder; false where it cannot be told to. */
async function forgotten(folder: string): Promise<boolean> {
  await run('sync', [])
  return await run('python3', ['-c', FORGET, folder]).then(
    () => true,
    () => false,
  )
}

async function waysOver(base: string, vault: string, engine: string): Promise<readonly Way[]> {
  const at = (name: string) => path.join(base, name)
  const target = at('restored')
  const own = (step: string, ...more: readonly string[]) => [
    process.execPath,
    engine,
    step,
    vault,
    at('set'),
    ...more,
  ]
  const copied = (from: string, to: string) => [
    'bash',
    '-c',
    `cp -r '${from}' '${to}' && find '${to}' -type f -print0 | xargs -0 sync && sync -f '${to}'`,
  ]
  const restic = (...words: readonly string[]) => ['restic', '--no-cache', '-q', '-r', at('restic'), ...words]
  const archive = (name: string) => `${at('borg')}::${name}`
  const ways: Way[] = [
    {
      name: 'cp',
      folder: at('cp'),
      prepare: async () => undefined,
      commands: {
        ...{ first: copied(vault, at('cp')), restore: copied(at('cp'), target) },
        ...{ added: undefined, same: undefined, quick: undefined, verify: undefined },
      },
    },
    {
      name: 'juanku',
      folder: at('set'),
      prepare: async () => {
        await freshSet(at('set'))
      },
      commands: {
        ...{ first: own('run'), added: own('run'), same: own('run') },
        ...{ quick: own('quick'), verify: own('full'), restore: own('restore', target) },
      },
    },
  ]
  if (await has('restic'))
    ways.push({
      name: 'restic',
      folder: at('restic'),
      env: { RESTIC_PASSWORD: 'bench' },
      prepare: async () => {
        await run('restic', ['-q', '-r', at('restic'), 'init'], {
          env: { ...process.env, RESTIC_PASSWORD: 'bench' },
        })
      },
      commands: {
        ...{ first: restic('backup', vault), added: restic('backup', vault), same: restic('backup', vault) },
        ...{ quick: restic('check'), verify: restic('check', '--read-data') },
        restore: restic('restore', 'latest', '--target', target),
      },
    })
  if (await has('borg'))
    ways.push({
      name: 'borg',
      folder: at('borg'),
      prepare: async () => {
        await run('borg', ['init', '-e', 'none', at('borg')], { env: { ...process.env, ...BORG } })
      },
      env: BORG,
      commands: {
        first: ['borg', 'create', '-C', 'none', archive('first'), vault],
        added: ['borg', 'create', '-C', 'none', archive('added'), vault],
        same: ['borg', 'create', '-C', 'none', archive('same'), vault],
        quick: ['borg', 'check', at('borg')],
        verify: ['borg', 'check', '--verify-data', at('borg')],
        restore: [
          'bash',
          '-c',
          `mkdir -p '${target}' && cd '${target}' && borg extract '${archive('same')}'`,
        ],
      },
    })
  return ways
}

const BORG = { BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes', BORG_RELOCATED_REPO_ACCESS_IS_OK: 'yes' }

async function measureSize(
  base: string,
  objects: number,
  bytes: () => number,
  say: (line: string) => void,
): Promise<Record<string, number | string>> {
  await rm(base, { recursive: true, force: true })
  await mkdir(base, { recursive: true })
  const vault = await likeVault(path.join(base, 'vault'), objects, bytes)
  await run('sync', [])
  const figures: Record<string, number | string> = {
    readFrom: 'the medium',
    [`vaultMegabytes${objects}`]: rounded((await usedBytes(vault)) / 1e6, 0),
  }
  const ways = await waysOver(base, vault, await builtEngine(path.join(base, 'built')))
  const before = new Map<string, number>()
  for (const way of ways) await way.prepare()
  for (const step of STEPS) {
    if (step === 'added') await addObjects(vault, Math.max(1, Math.round(objects * ADDED_SHARE)), bytes)
    for (const { name, commands, env, folder } of ways) {
      const command = commands[step]
      if (command === undefined) continue
      if (FROM_THE_MEDIUM.has(step) && !(await forgotten(folder))) figures.readFrom = "the system's memory"
      const { seconds, peakMegabytes } = await measured(command, env)
      const key = `${name}${step.charAt(0).toUpperCase()}${step.slice(1)}`
      figures[`${key}Seconds${objects}`] = rounded(seconds, 2)
      const peak = `${name}PeakMegabytes${objects}`
      figures[peak] = Math.max(Number(figures[peak] ?? 0), rounded(peakMegabytes, 0))
      if (step === 'first' || step === 'added') {
        const used = await usedBytes(folder)
        figures[`${key}WrittenMegabytes${objects}`] = rounded((used - (before.get(name) ?? 0)) / 1e6, 1)
        before.set(name, used)
      }
      say(`${objects} objects, ${name} ${step}: ${seconds.toFixed(2)} s, ${peakMegabytes.toFixed(0)} MB`)
      await rm(path.join(base, 'restored'), { recursive: true, force: true })
    }
  }
  await rm(base, { recursive: true, force: true })
  return figures
}

/** Each figure's median of all rounds. */
function medians(
  rounds: readonly Readonly<Record<string, number | string>>[],
): Record<string, number | string> {
  const [first = {}] = rounds
  return Object.fromEntries(
    Object.entries(first).map(([name, value]) => {
      const all = rounds.map((round) => round[name] ?? Number.NaN)
      return [name, typeof value === 'string' ? value : rounded(median(all.map(Number)), 2)]
    }),
  )
}

/** How a step of ours stands to another's: under 1 is faster. */
function ratios(figures: Readonly<Record<string, number | string>>, objects: number): Record<string, number> {
  const seconds = (name: string, step: string) => Number(figures[`${name}${step}Seconds${objects}`])
  const found: Record<string, number> = {
    [`firstToCp${objects}`]: seconds('juanku', 'First') / seconds('cp', 'First'),
  }
  for (const other of ['restic', 'borg']) {
    const label = `${other.charAt(0).toUpperCase()}${other.slice(1)}`
    for (const step of ['First', 'Added', 'Verify', 'Restore'])
      if (figures[`${other}${step}Seconds${objects}`] !== undefined)
        found[`${step.toLowerCase()}To${label}${objects}`] = seconds('juanku', step) / seconds(other, step)
  }
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, rounded(value, 2)]))
}

/**
 * Vaults of 2,000 and of 20,000 sealed pages: first backup, 1 % more, nothing new, quick check, full check and restore,
 * beside restic, borg and cp with fsync, each step of all ways before the next. What is checked or restored is read
 * from the disk by all of them: before, the system is told to forget it.
 */
export async function backupBench({ scale, say }: BenchOptions): Promise<BenchResult> {
  const figures: Record<string, number | string> = {}
  const goals: Goal[] = []
  for (const { objects: whole, bytes } of SIZES) {
    const objects = Math.max(50, Math.round(whole * scale))
    const base = path.join(projectRoot, '.cache', 'bench', `backup-${objects}`)
    const rounds: Record<string, number | string>[] = []
    for (let round = 0; round < ROUNDS; round++) rounds.push(await measureSize(base, objects, bytes, say))
    Object.assign(figures, medians(rounds))
    const found = ratios(figures, objects)
    Object.assign(figures, found)
    for (const name of Object.keys(found))
      goals.push({ figure: name, under: name.startsWith('firstToCp') ? 1.3 : 1 })
    goals.push({ figure: `juankuPeakMegabytes${objects}`, under: 200 })
  }
  for (const tool of ['restic', 'borg']) if (!(await has(tool))) figures[tool] = 'not installed'
  return { figures, goals }
}
