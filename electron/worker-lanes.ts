import { Worker } from 'node:worker_threads'
import type { AppError } from '../shared/errors.ts'

/** A task that a worker thread has in hand. */
export interface TaskInHand<Reply> {
  readonly reply: Promise<Reply>
  /** Ends the thread; the task is lost, and the next one starts another thread. */
  readonly end: () => Promise<void>
}

/** Worker threads of one kind, each with one task in hand; started when first needed. */
export interface WorkerLanes<Task, Reply> {
  /** How many tasks run at once; more than that wait. */
  readonly lanes: number
  readonly start: (task: Task) => Promise<TaskInHand<Reply>>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

export interface WorkerLanesParts {
  readonly url: URL
  readonly lanes: number
  readonly workerData?: unknown
  /** What a task fails with when its thread ends under it. */
  readonly lost: (cause: unknown) => AppError
}

interface Lane<Task, Reply> {
  readonly run: (task: Task) => Promise<Reply>
  readonly isAlive: () => boolean
  readonly end: () => Promise<void>
}

function startLane<Task, Reply>({ url, workerData, lost }: WorkerLanesParts): Lane<Task, Reply> {
  // Nothing of the core's command line or environment is its business.
  const worker = new Worker(url, { workerData, execArgv: [], env: {}, stdout: true, stderr: true })
  worker.stdout.resume()
  worker.stderr.resume()
  // An idle thread keeps no process open.
  worker.unref()
  let alive = true
  let waiting: { resolve: (reply: Reply) => void; reject: (error: AppError) => void } | undefined
  const settle = () => {
    const mine = waiting
    waiting = undefined
    worker.unref()
    return mine
  }
  const fail = (cause?: unknown) => {
    alive = false
    settle()?.reject(lost(cause))
  }
  worker.on('message', (reply: Reply) => settle()?.resolve(reply))
  worker.on('error', fail)
  worker.on('exit', () => fail())
  return {
    run: async (task) => {
      const { promise, resolve, reject } = Promise.withResolvers<Reply>()
      waiting = { resolve, reject }
      worker.ref()
      worker.postMessage(task)
      return await promise
    },
    isAlive: () => alive,
    end: async () => {
      alive = false
      await worker.terminate()
    },
  }
}

export function workerLanes<Task, Reply>(parts: WorkerLanesParts): WorkerLanes<Task, Reply> {
  const { lanes } = parts
  const idle: Lane<Task, Reply>[] = []
  const all = new Set<Lane<Task, Reply>>()
  const turns: (() => void)[] = []
  let busy = 0

  const take = async (): Promise<Lane<Task, Reply>> => {
    while (busy >= lanes) await new Promise<void>((resolve) => turns.push(resolve))
    busy += 1
    for (let lane = idle.pop(); lane !== undefined; lane = idle.pop()) if (lane.isAlive()) return lane
    const lane = startLane<Task, Reply>(parts)
    all.add(lane)
    return lane
  }
  const give = (lane: Lane<Task, Reply>) => {
    busy -= 1
    if (lane.isAlive()) idle.push(lane)
    else all.delete(lane)
    turns.shift()?.()
  }

  return {
    lanes,
    start: async (task) => {
      const lane = await take()
      const reply = lane.run(task)
      void reply.catch(() => undefined).finally(() => give(lane))
      return { reply, end: lane.end }
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...all].map((lane) => lane.end()))
    },
  }
}
