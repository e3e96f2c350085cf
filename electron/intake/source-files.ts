import { open, readdir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError, type ErrorEnvelope } from '../../shared/errors.ts'
import { isErrno, systemError } from '../errno.ts'
import { compareNames } from './natural-order.ts'
import { INTAKE_LIMITS } from './source-format.ts'

export interface SourceFile {
  /** Relative to what was chosen, with `/`, in NFC, safe to show: control characters are replaced. */
  readonly displayName: string
  readonly absolutePath: string
  readonly sizeBytes: number
  readonly modifiedMs: number
}

export interface SourceProblem {
  readonly displayName: string
  readonly error: ErrorEnvelope
}

export interface SourceListing {
  /** In counting order: the files of a folder first, then its folders. */
  readonly files: readonly SourceFile[]
  /** Entries that could not be taken, each with its reason. */
  readonly problems: readonly SourceProblem[]
  /** Hidden files and those that systems and office programs leave behind. */
  readonly ignoredCount: number
  /** Entries reached a second time: chosen twice, or linked to from inside the folder. */
  readonly repeatedCount: number
}

export interface WalkLimits {
  readonly maxFiles: number
  readonly maxDepth: number
}

const WALK_LIMITS: WalkLimits = { maxFiles: 100_000, maxDepth: 32 }
const IGNORED =
  /^(?:\..*|~\$.*|thumbs\.db|ehthumbs\.db|desktop\.ini|\$recycle\.bin|system volume information|__macosx)$/iu
// Control characters and those that turn the direction of text, which would let a name lie on the screen.
const UNSHOWABLE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

interface Walk {
  readonly limits: WalkLimits
  readonly signal: AbortSignal | undefined
  readonly seen: Set<string>
  readonly files: SourceFile[]
  readonly problems: SourceProblem[]
  ignoredCount: number
  repeatedCount: number
  full: boolean
}

interface Place {
  readonly absolutePath: string
  readonly displayName: string
  /** The real path of the folder that was chosen: links may not lead out of it. */
  readonly root: string
  readonly depth: number
}

function showable(name: string): string {
  return name.normalize('NFC').replace(UNSHOWABLE, '\ufffd')
}

/** A name as text, or undefined when its bytes are no UTF-8. */
function nameOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** How a name of unknown bytes is shown: as GB18030 when it is that, which is what old Chinese systems wrote. */
function guessName(bytes: Buffer): string {
  try {
    return showable(new TextDecoder('gb18030', { fatal: true }).decode(bytes))
  } catch {
    return showable(bytes.toString('utf8'))
  }
}

function problem(walk: Walk, displayName: string, error: unknown): void {
  const known = systemError(error, 'intake.list')
  if (!(known instanceof AppError)) throw known
  walk.problems.push({ displayName, error: known.toEnvelope() })
}

function isInside(root: string, target: string): boolean {
  const relative = path.relative(root, target)
  return (
    relative === '' ||
    (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative))
  )
}

async function visitFolder(walk: Walk, place: Place): Promise<void> {
  if (place.depth > walk.limits.maxDepth) {
    problem(walk, place.displayName, new AppError('INTAKE_NAME_UNUSABLE', { reason: 'too-deep' }))
    return
  }
  const entries = await readdir(place.absolutePath, { withFileTypes: true, encoding: 'buffer' })
  const names: { name: string; folder: boolean }[] = []
  for (const entry of entries) {
    const name = nameOf(entry.name)
    if (name === undefined) {
      const displayName = `${place.displayName}/${guessName(entry.name)}`
      problem(walk, displayName, new AppError('INTAKE_NAME_UNUSABLE', { reason: 'not-utf8' }))
    } else if (IGNORED.test(name)) walk.ignoredCount++
    else names.push({ name, folder: entry.isDirectory() })
  }
  names.sort((a, b) => Number(a.folder) - Number(b.folder) || compareNames(a.name, b.name))
  for (const { name } of names) {
    if (walk.full) return
    await visit(walk, {
      absolutePath: path.join(place.absolutePath, name),
      displayName: `${place.displayName}/${showable(name)}`,
      root: place.root,
      depth: place.depth + 1,
    })
  }
}

async function visit(walk: Walk, place: Place, known?: string): Promise<void> {
  walk.signal?.throwIfAborted()
  try {
    const real = known ?? (await realpath(place.absolutePath))
    if (!isInside(place.root, real)) throw new AppError('INTAKE_LINK_OUTSIDE')
    if (walk.seen.has(real)) {
      walk.repeatedCount++
      return
    }
    walk.seen.add(real)
    const facts = await stat(real)
    if (facts.isDirectory()) return await visitFolder(walk, place)
    if (!facts.isFile()) throw new AppError('INTAKE_UNREADABLE_FILE', { reason: 'not-a-file' })
    if (walk.files.length >= walk.limits.maxFiles) {
      walk.full = true
      throw new AppError('INTAKE_TOO_MANY_PAGES', { limit: walk.limits.maxFiles, counted: 'files' })
    }
    walk.files.push({
      displayName: place.displayName,
      absolutePath: place.absolutePath,
      sizeBytes: facts.size,
      modifiedMs: facts.mtimeMs,
    })
  } catch (error) {
    if (isErrno(error, 'ELOOP'))
      problem(walk, place.displayName, new AppError('INTAKE_LINK_OUTSIDE', { reason: 'loop' }))
    else if (isErrno(error, 'ENOENT')) problem(walk, place.displayName, new AppError('INTAKE_FILE_VANISHED'))
    else if (isErrno(error, 'ENAMETOOLONG')) {
      problem(walk, place.displayName, new AppError('INTAKE_NAME_UNUSABLE', { reason: 'too-long' }))
    } else if (walk.signal?.aborted === true) throw systemError(error, 'intake.list')
    else problem(walk, place.displayName, error)
  }
}

/**
 * Lists the files under the chosen files and folders in counting order, without reading them. A link is followed
 * when it stays inside the chosen folder, and each real file is listed once; a link that leads out is
 * INTAKE_LINK_OUTSIDE. Whatever cannot be taken stands among the problems: nothing is thrown for one entry.
 *
 * Throws CALL_CANCELLED when the signal is aborted.
 */
export async function listSourceFiles(
  paths: readonly string[],
  options: { readonly limits?: WalkLimits; readonly signal?: AbortSignal } = {},
): Promise<SourceListing> {
  const walk: Walk = {
    limits: options.limits ?? WALK_LIMITS,
    signal: options.signal,
    seen: new Set(),
    files: [],
    problems: [],
    ignoredCount: 0,
    repeatedCount: 0,
    full: false,
  }
  const chosen = paths.map((chosenPath) => path.resolve(chosenPath))
  chosen.sort((a, b) => compareNames(path.basename(a), path.basename(b)) || (a < b ? -1 : a > b ? 1 : 0))
  for (const absolutePath of chosen) {
    const displayName = showable(path.basename(absolutePath) || absolutePath)
    // What a person points at is taken as it is, a link too; containment is judged against where it leads.
    const real = await realpath(absolutePath).catch(() => undefined)
    try {
      await visit(walk, { absolutePath, displayName, root: real ?? absolutePath, depth: 0 }, real)
    } catch (error) {
      throw systemError(error, 'intake.list')
    }
  }
  return {
    files: walk.files,
    problems: walk.problems,
    ignoredCount: walk.ignoredCount,
    repeatedCount: walk.repeatedCount,
  }
}

/**
 * Reads a listed file whole, and proves that what was read is one state of the file.
 *
 * Throws INTAKE_EMPTY_FILE, INTAKE_FILE_TOO_LARGE `{ sizeBytes, limitBytes }`, INTAKE_FILE_VANISHED,
 * INTAKE_FILE_CHANGED (retryable: it is still being written), or a SYSTEM code.
 */
export async function readSourceFile(
  file: SourceFile,
  options: { readonly maxFileBytes?: number; readonly signal?: AbortSignal } = {},
): Promise<Uint8Array> {
  const limitBytes = options.maxFileBytes ?? INTAKE_LIMITS.maxFileBytes
  const changed = (): AppError => new AppError('INTAKE_FILE_CHANGED', {}, { retryable: true })
  if (file.sizeBytes > limitBytes)
    throw new AppError('INTAKE_FILE_TOO_LARGE', { sizeBytes: file.sizeBytes, limitBytes })
  if (file.sizeBytes === 0) throw new AppError('INTAKE_EMPTY_FILE')
  try {
    await using handle = await open(file.absolutePath, 'r')
    // Every byte of it is read before anybody sees it, so it need not be cleared first.
    const bytes = new Uint8Array(Buffer.allocUnsafeSlow(file.sizeBytes).buffer)
    let filled = 0
    while (filled < bytes.length) {
      options.signal?.throwIfAborted()
      const { bytesRead } = await handle.read(
        bytes,
        filled,
        Math.min(bytes.length - filled, 16 * 1024 ** 2),
        filled,
      )
      if (bytesRead === 0) throw changed()
      filled += bytesRead
    }
    const after = await handle.stat()
    if (!after.isFile()) throw new AppError('INTAKE_UNREADABLE_FILE', { reason: 'not-a-file' })
    if (after.size !== file.sizeBytes || after.mtimeMs !== file.modifiedMs) throw changed()
    return bytes
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ESTALE')) throw new AppError('INTAKE_FILE_VANISHED', {}, { cause: error })
    throw systemError(error, 'intake.read')
  }
}
