import path from 'node:path'
import { app, type BrowserWindow, dialog, ipcMain, Menu } from 'electron'
import {
  type CallResult,
  type CoreEvent,
  isMethodName,
  methodOf,
  type ShellMethodName,
} from '../shared/contract/index.ts'
import { AppError } from '../shared/errors.ts'
import { type CoreClient, coreClient } from './shell/core-client.ts'
import { startCore } from './shell/core-host.ts'
import { handleSchemes, registerSchemes } from './shell/schemes.ts'
import { isTrustedSender } from './shell/senders.ts'
import { shellMethods } from './shell/shell-methods.ts'
import { guardContents, openWindow, windowSession } from './shell/window.ts'

const dist = __dirname
/** The oldest Electron whose own Node can run the core; an older one is a test runtime. */
const OLDEST_PRODUCT_ELECTRON = 40
const testRuntime = Number.parseInt(process.versions.electron ?? '0', 10) < OLDEST_PRODUCT_ELECTRON
/** Honoured by old test runtimes alone: in the product nobody may choose what the core runs in. */
const nodeForTests = testRuntime ? process.env.JUANKU_CORE_NODE : undefined
const smoke = process.env.JUANKU_SMOKE === '1'

registerSchemes()
guardContents()
Menu.setApplicationMenu(null)

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function resourcesRoot(): string {
  return app.isPackaged ? process.resourcesPath : app.getAppPath()
}

interface Joined {
  readonly window: BrowserWindow
  readonly core: CoreClient
  /** Whether the window may close without asking. */
  readonly closing: { decided: boolean }
}

function joinWindowToCore(): Joined {
  const session = windowSession()
  const window = openWindow({
    session,
    preload: path.join(dist, 'preload.cjs'),
    iconFolder: path.join(resourcesRoot(), 'assets', 'icons'),
    title: '卷库',
  })
  const client = window.webContents.id
  const core = coreClient({
    start: () =>
      startCore({
        coreFile: path.join(dist, 'core.mjs'),
        nodeForTests,
        arguments: [`--root=${resourcesRoot()}`, `--desk=${app.getPath('userData')}`],
      }),
    onEvent: (_client: number | null, event: CoreEvent) => {
      if (!window.isDestroyed()) window.webContents.send('juanku:event', event)
    },
    log: (line) => say(line),
  })
  handleSchemes(session, path.join(dist, 'renderer'), core, () => client)

  const closing = { decided: false }
  const close = () => {
    closing.decided = true
    if (!window.isDestroyed()) window.close()
  }
  const shell = shellMethods({ window, testRuntime, close })
  ipcMain.handle('juanku:call', async (event, name: unknown, input: unknown): Promise<CallResult> => {
    const refuse = (code: 'CALL_UNTRUSTED_SENDER' | 'CALL_UNKNOWN_METHOD'): CallResult => ({
      ok: false,
      error: new AppError(code).toEnvelope(),
    })
    if (!isTrustedSender(event, window.webContents)) return refuse('CALL_UNTRUSTED_SENDER')
    if (typeof name !== 'string' || !isMethodName(name)) return refuse('CALL_UNKNOWN_METHOD')
    if (methodOf(name).host === 'shell') return await shell(name as ShellMethodName, input)
    try {
      return await core.call(client, name, input)
    } catch (error) {
      const known = error instanceof AppError ? error : new AppError('CORE_STOPPED', {}, { retryable: true })
      return { ok: false, error: known.toEnvelope() }
    }
  })
  return { window, core, closing }
}

async function hasRunningJob(core: CoreClient, window: BrowserWindow): Promise<boolean> {
  const result = await core.call(window.webContents.id, 'jobs.list', {}).catch(() => undefined)
  if (result?.ok !== true || !Array.isArray(result.value)) return false
  return result.value.some((job: { readonly state: string }) => job.state === 'running')
}

/** So long closing again is closing; later the person has stayed, and is offered the backup anew. */
const OFFER_STANDS_MS = 60_000

/** Whether a backup would run first if the person signed out now. */
async function isBackupDue(core: CoreClient, window: BrowserWindow): Promise<boolean> {
  const result = await core.call(window.webContents.id, 'backup.dueOnLeaving', {}).catch(() => undefined)
  return result?.ok === true && result.value !== null
}

/**
 * Closing with work under way asks first; the work itself is safe either way and can be resumed. While a backup is due
 * the window runs it first and then closes itself.
 */
function askBeforeClosing({ window, core, closing }: Joined): void {
  let offeredAt = Number.NEGATIVE_INFINITY
  window.on('close', (event) => {
    if (closing.decided) return
    event.preventDefault()
    const decide = async () => {
      const offered = performance.now() - offeredAt < OFFER_STANDS_MS
      if (!offered && (await isBackupDue(core, window))) {
        offeredAt = performance.now()
        const event: CoreEvent = { event: 'leave-asked' }
        window.webContents.send('juanku:event', event)
        return
      }
      if (await hasRunningJob(core, window)) {
        const answer = await dialog.showMessageBox(window, {
          type: 'question',
          title: '卷库',
          message: '有任务正在运行 · A task is running',
          detail:
            '关闭后任务会停在当前位置，下次登录可以继续，已完成的部分不会丢失。\nIt stops where it is and can be resumed after signing in; nothing done is lost.',
          buttons: ['继续工作 Stay', '停止并关闭 Stop and close'],
          defaultId: 0,
          cancelId: 0,
        })
        if (answer.response === 0) return
      }
      closing.decided = true
      window.close()
    }
    decide().catch(() => {
      closing.decided = true
      window.close()
    })
  })
}

async function start(): Promise<void> {
  await app.whenReady()
  const joined = joinWindowToCore()
  const { window, core } = joined
  askBeforeClosing(joined)
  let ending = false
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', (event) => {
    if (ending) return
    event.preventDefault()
    ending = true
    core.stop().then(
      () => app.exit(0),
      () => app.exit(3),
    )
  })
  await window.loadURL('juanku://app/index.html')
  if (smoke) {
    const state = await core.call(window.webContents.id, 'session.state', {})
    say(state.ok ? 'juanku ready' : 'juanku failed')
    app.quit()
  }
}

// A second copy of the program shows the first one's window and ends.
if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    say(`juanku could not start: ${error instanceof Error ? error.message : 'unknown'}`)
    app.exit(3)
  })
} else {
  app.quit()
}
