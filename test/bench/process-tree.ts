import { type ChildProcess, spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'

const SAMPLE_MS = 250
/** Linux's USER_HZ, the same on every machine that it is built for. */
const TICKS_A_SECOND = 100

/** A process and everything that it started, by /proc. */
async function treeOf(root: number): Promise<readonly number[]> {
  const children = new Map<number, number[]>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const tree = [root]
  for (const pid of tree) tree.push(...(children.get(pid) ?? []))
  return tree
}

/** Processor time of a process and of its children that have ended, in clock ticks. */
async function ticksOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const times = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return [11, 12, 13, 14].reduce((sum, field) => sum + Number(times[field] ?? 0), 0)
}

/** Memory of a process that is its own, shared pages by their part (PSS), in kB. */
async function ownKilobytes(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
  return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0)
}

export interface MeasuredRun {
  readonly output: string
  readonly seconds: number
  /** Of all the processes together; short of what they did in their last moment. */
  readonly processorSeconds: number
  /** The most that the whole tree of processes held, in MB. */
  readonly peakMegabytes: number
}

async function ended(child: ChildProcess): Promise<number | null> {
  return await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
}

/** Runs a command to its end and watches the memory of all its processes. */
export async function measuredRun(command: string, parts: readonly string[]): Promise<MeasuredRun> {
  const started = performance.now()
  const child = spawn(command, [...parts], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (chunk: string) => {
    output += chunk
  })
  let peak = 0
  let ticks = 0
  let over = false
  const watch = async () => {
    while (!over && child.pid !== undefined) {
      const tree = await treeOf(child.pid)
      const sizes = await Promise.all(tree.map(ownKilobytes))
      const times = await Promise.all(tree.map(ticksOf))
      ticks = Math.max(
        ticks,
        times.reduce((sum, time) => sum + time, 0),
      )
      peak = Math.max(
        peak,
        sizes.reduce((sum, size) => sum + size, 0),
      )
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS))
    }
  }
  const watching = watch()
  const code = await ended(child)
  const seconds = (performance.now() - started) / 1000
  over = true
  await watching
  if (code !== 0) throw new Error(`${command} ended with ${code}`)
  return { output, seconds, processorSeconds: ticks / TICKS_A_SECOND, peakMegabytes: (peak * 1024) / 1e6 }
}
