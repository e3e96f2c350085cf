import { mkdirSync, readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { app, type BrowserWindow, dialog } from 'electron'
import {
  type CallResult,
  methodOf,
  type ParsedInputOf,
  type ReplyOf,
  type ShellMethodName,
} from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'
import { writeFileAtomically } from '../atomic-write.ts'
import { systemError } from '../errno.ts'
import { openInSystem } from './window.ts'

type ShellHandlers = {
  readonly [M in ShellMethodName]: (input: ParsedInputOf<M>) => Promise<ReplyOf<M>> | ReplyOf<M>
}

interface Remembered {
  readonly lastVaultFolder: string | null
}

export interface ShellMethodsParts {
  readonly window: BrowserWindow
  readonly testRuntime: boolean
  /** Closes the window, whatever runs. */
  readonly close: () => void
}

const SCANS = [
  { name: '扫描件', extensions: ['jpg', 'jpeg', 'png', 'tif', 'tiff', 'pdf'] },
  { name: '所有文件', extensions: ['*'] },
]
const TABLES = [{ name: '目录表', extensions: ['csv', 'txt', 'xlsx'] }]

function memoryFile(): string {
  return path.join(app.getPath('userData'), 'desk.json')
}

/** The one thing the shell remembers: where the vault was. Anything unreadable counts as nothing. */
function remembered(): Remembered {
  try {
    const read: unknown = JSON.parse(readFileSync(memoryFile(), 'utf8'))
    if (typeof read === 'object' && read !== null && 'lastVaultFolder' in read) {
      return { lastVaultFolder: typeof read.lastVaultFolder === 'string' ? read.lastVaultFolder : null }
    }
  } catch {
    // First start, or a file cut by a power failure: the person chooses the folder again.
  }
  return { lastVaultFolder: null }
}

/** Answers the contract's `shell.*` methods: what only Electron can do. */
export function shellMethods({ window, testRuntime, close }: ShellMethodsParts) {
  /** Files that the person named in a save dialog: the only ones that may be opened again. */
  const named = new Set<string>()
  const open = async (options: Electron.OpenDialogOptions) => {
    const chosen = await dialog.showOpenDialog(window, options)
    return { paths: chosen.canceled ? [] : chosen.filePaths }
  }
  const handlers: ShellHandlers = {
    'shell.info': () => ({
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      platform: process.platform,
      testRuntime,
      lastVaultFolder: remembered().lastVaultFolder,
      defaultVaultFolder: path.join(app.getPath('documents'), '卷库'),
    }),
    'shell.chooseFolder': ({ title }) => open({ title, properties: ['openDirectory', 'createDirectory'] }),
    'shell.chooseFiles': ({ title, kind }) => {
      switch (kind) {
        case 'scans':
          return open({ title, properties: ['openFile', 'multiSelections'], filters: SCANS })
        case 'table':
          return open({ title, properties: ['openFile'], filters: TABLES })
        case 'attachment':
          return open({ title, properties: ['openFile', 'multiSelections'], filters: SCANS })
        case 'key-file':
        case 'report':
          return open({ title, properties: ['openFile'] })
        case 'folder-of-scans':
          return open({ title, properties: ['openDirectory', 'multiSelections'] })
      }
    },
    'shell.chooseSaveFile': async ({ title, suggestedName }) => {
      const chosen = await dialog.showSaveDialog(window, {
        title,
        defaultPath: path.join(app.getPath('documents'), suggestedName),
      })
      const file =
        chosen.canceled || chosen.filePath === undefined || chosen.filePath === '' ? null : chosen.filePath
      if (file !== null) named.add(path.resolve(file))
      return { path: file }
    },
    'shell.rememberVaultFolder': async ({ folder }) => {
      mkdirSync(path.dirname(memoryFile()), { recursive: true })
      await writeFileAtomically(
        memoryFile(),
        JSON.stringify({ lastVaultFolder: folder } satisfies Remembered),
      )
      return {}
    },
    'shell.openWrittenFile': async ({ path: file }) => {
      if (!named.has(path.resolve(file)) || !file.toLowerCase().endsWith('.pdf'))
        throw new AppError('ACCESS_DENIED')
      if (!(await stat(file)).isFile() || !(await openInSystem(file)))
        throw new AppError('SYSTEM_IO_FAILED', { operation: 'open' })
      return {}
    },
    'shell.close': () => {
      // The answer leaves before the window does.
      setImmediate(close)
      return {}
    },
    'shell.setTitle': ({ title }) => {
      window.setTitle(title)
      return {}
    },
  }

  return async (name: ShellMethodName, given: unknown): Promise<CallResult> => {
    try {
      const method = methodOf(name)
      const input = method.input.safeParse(given)
      if (!input.success) throw new AppError('CALL_INVALID_INPUT', { method: name })
      const handler = handlers[name] as (input: unknown) => unknown
      return { ok: true, value: method.output.parse(await handler(input.data)) }
    } catch (error) {
      const mapped = systemError(error, name)
      const known = mapped instanceof AppError ? mapped : new AppError('CALL_INTERNAL', { method: name })
      return { ok: false, error: known.toEnvelope() }
    }
  }
}
