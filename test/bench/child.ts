import { type ChildProcess, fork } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

interface Reply {
  readonly id: number
  readonly value?: unknown
  readonly problem?: string
}

/** A process of the benchmark's own that answers one question at a time. */
export interface Child<Question> {
  readonly ask: <Answer>(question: Question) => Promise<Answer>
  /** The most memory it ever held, in MB; undefined where the system does not tell. */
  readonly peakMegabytes: () => Promise<number | undefined>
  readonly end: () => Promise<void>
}

export async function startChild<Question extends object>(
  file: string,
  options: {
    readonly execArgv?: readonly string[]
    readonly environment?: Readonly<Record<string, string>>
  } = {},
): Promise<Child<Question>> {
  const process_: ChildProcess = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    execArgv: [...(options.execArgv ?? [])],
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  const wait = (id: number) => new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }))
  process_.on('message', (reply: Reply) => {
    const found = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (reply.problem === undefined) found?.resolve(reply.value)
    else found?.reject(new Error(reply.problem))
  })
  process_.on('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended: ${signal ?? code}`))
    waiting.clear()
  })
  let lastId = 0
  await wait(0)
  return {
    ask: async <Answer>(question: Question) => {
      lastId += 1
      const answer = wait(lastId)
      process_.send({ ...question, id: lastId })
      return (await answer) as Answer
    },
    peakMegabytes: async () => {
      const status = await readFile(`/proc/${process_.pid}/status`, 'utf8').catch(() => '')
      const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]
      return kibibytes === undefined ? undefined : (Number(kibibytes) * 1024) / 1e6
    },
    end: async () => {
      const gone = new Promise<void>((resolve) => process_.once('exit', () => resolve()))
      process_.disconnect()
      await gone
    },
  }
}
