import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { CoreEvent, InputOf, MethodName, OutputOf } from '../../shared/contract/index.ts'
import type { JobSummary } from '../../shared/contract/jobs.ts'
import { AppError } from '../../shared/errors.ts'
import type { FrontDesk } from '../front-desk/index.ts'

/** Options that every command takes. */
export interface CommonOptions {
  readonly vault?: string
  readonly user?: string
  readonly json?: boolean
  readonly takeOverLock?: boolean
  readonly passwordFd?: string
}

/** 0 success, 1 what was checked does not hold, 2 wrong use, 3 a failure. */
export type ExitCode = 0 | 1 | 2 | 3

/** What a command works with: the core's services in process, and the terminal. */
export interface CommandContext {
  readonly desk: FrontDesk
  readonly call: <M extends MethodName>(method: M, input: InputOf<M>) => Promise<OutputOf<M>>
  readonly print: (line: string) => void
  /** Prints the one JSON document of `--json`, or lines for people. */
  readonly show: (document: unknown, lines: readonly string[]) => void
  /** `unattended`: the password comes from a descriptor or a prompt, and never from the environment. */
  readonly signIn: (how?: { readonly unattended: boolean }) => Promise<void>
  /** Waits for a job, showing its progress on a terminal; Ctrl-C stops it so that it can be resumed. */
  readonly follow: (jobId: string) => Promise<JobSummary>
  readonly exit: (code: ExitCode) => void
  readonly assetsRoot: string
}

const CLIENT = 0

/** A use of the command line that cannot be carried out; its message is for people. */
export class WrongUse extends Error {}

/** From the variable of the environment, where one may be asked, else from the terminal. */
export async function askPassword(
  question: string,
  variable: string | null = 'JUANKU_PASSWORD',
): Promise<string> {
  const given = variable === null ? undefined : process.env[variable]
  if (given !== undefined && given !== '') return given
  if (!process.stdin.isTTY)
    throw new WrongUse(`No password: use --password-fd, set ${variable} or run in a terminal. 缺少密码。`)
  process.stderr.write(question)
  // Readline echoes what it is given to write on: nowhere.
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: mute, terminal: true })
  try {
    return await lines.question('')
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}

/** The first line of an open file descriptor: 0 is standard input. */
async function passwordFrom(descriptor: string): Promise<string> {
  const fd = Number(descriptor)
  if (!/^\d+$/.test(descriptor)) throw new WrongUse(`--password-fd N 须是文件描述符的编号: ${descriptor}`)
  let text = ''
  try {
    for await (const chunk of createReadStream('', { fd, autoClose: false })) {
      text += String(chunk)
      if (text.includes('\n')) break
    }
  } catch {
    throw new WrongUse(`Nothing can be read from descriptor ${fd}. 读不到文件描述符 ${fd}。`)
  }
  const [password = ''] = text.split(/\r?\n/)
  if (password === '') throw new WrongUse(`No password on descriptor ${fd}. 文件描述符 ${fd} 没有给出密码。`)
  return password
}

/** A second factor, where the environment gives one. */
function given<N extends 'code' | 'keyFile'>(name: N, variable: string): { readonly [K in N]?: string } {
  const value = process.env[variable]
  return (value === undefined || value === '' ? {} : { [name]: value }) as { readonly [K in N]?: string }
}

export function commandContext(
  desk: FrontDesk,
  options: CommonOptions,
  assetsRoot: string,
  events: { readonly onEvent: (listener: (event: CoreEvent) => void) => void },
): CommandContext & { readonly exitCode: () => ExitCode } {
  let code: ExitCode = 0
  const json = options.json === true
  const print = (line: string) => {
    if (!json) process.stdout.write(`${line}\n`)
  }
  const call: CommandContext['call'] = async (method, input) => {
    const result = await desk.call(CLIENT, method, input)
    if (!result.ok) throw AppError.fromEnvelope(result.error)
    return result.value as never
  }
  const draw = (job: JobSummary) => {
    if (json || !process.stderr.isTTY) return
    const { done, total, phase } = job.progress
    process.stderr.write(`\r\u001b[K${phase} ${done}${total === null ? '' : `/${total}`}`)
  }
  events.onEvent((event) => {
    if (event.event === 'job') draw(event.job)
  })
  return {
    desk,
    call,
    print,
    show: (document, lines) => {
      if (json) process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
      else for (const line of lines) process.stdout.write(`${line}\n`)
    },
    signIn: async (how = { unattended: false }) => {
      const { vault, user } = options
      if (vault === undefined || user === undefined)
        throw new WrongUse('--vault DIR and --user NAME are needed. 需要 --vault 与 --user。')
      const descriptor =
        options.passwordFd ?? (how.unattended && process.stdin.isTTY !== true ? '0' : undefined)
      const password =
        descriptor === undefined
          ? await askPassword(`密码 password (${user}): `, how.unattended ? null : undefined)
          : await passwordFrom(descriptor)
      await call('session.signIn', {
        folder: vault,
        accountName: user,
        password,
        ...given('code', 'JUANKU_CODE'),
        ...given('keyFile', 'JUANKU_KEY_FILE'),
        takeOverLock: options.takeOverLock === true,
      })
    },
    follow: async (jobId) => {
      const { jobs } = desk.room()
      const stop = () => {
        jobs.cancel(jobId)
      }
      process.once('SIGINT', stop)
      const ended = await jobs.ended(jobId)
      process.off('SIGINT', stop)
      if (!json && process.stderr.isTTY) process.stderr.write('\r\u001b[K')
      return ended
    },
    exit: (wanted) => {
      code = wanted
    },
    exitCode: () => code,
    assetsRoot,
  }
}
