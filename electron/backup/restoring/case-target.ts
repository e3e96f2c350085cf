import { mkdir, readdir, readFile, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isAtomicWriteLeftover, writeFileAtomically } from '../../atomic-write.ts'
import { isErrno, withSystemErrors } from '../../errno.ts'
import { HEADER_FILE } from '../../vault/index.ts'
import { INCOMING, OBJECTS } from '../repository/layout.ts'
import { makeVaultFolders, requireEmpty } from '../repository/target-folder.ts'

/** Stands in the folder for as long as it is not whole, and says what is being restored to it. */
const MARK_FILE = 'restoring.json'

/** A folder that a case is being restored to. */
export interface CaseTarget {
  readonly folder: string
  /** Nothing more will be written. */
  readonly finish: () => Promise<void>
  /** Takes away what was made; the folder itself where it was not there before. */
  readonly clear: () => Promise<void>
}

const SIDES = ['', '-wal', '-shm', '-journal'] as const

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw error
  }
}

async function markIn(folder: string): Promise<string | undefined> {
  try {
    return await readFile(join(folder, MARK_FILE), 'utf8')
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}

async function removeMade(folder: string, files: readonly string[]): Promise<void> {
  for (const file of files)
    for (const side of SIDES) await rm(join(folder, `${file}${side}`), { force: true })
  for (const name of await namesIn(folder))
    if (isAtomicWriteLeftover(name)) await rm(join(folder, name), { force: true })
  for (const name of [OBJECTS, INCOMING]) await rm(join(folder, name), { recursive: true, force: true })
  // Last: what is left without it is nobody's.
  await rm(join(folder, MARK_FILE), { force: true })
}

/**
 * Takes an absent or empty folder, or one in which the same work was cut off: what that left goes first. A folder with
 * a header is a vault, and is never touched. `files` are all that the work writes beside the header. Throws
 * BACKUP_TARGET_IN_USE and SYSTEM_* errors.
 */
export async function takeCaseTarget(
  folder: string,
  work: Readonly<Record<string, string>>,
  files: readonly string[],
): Promise<CaseTarget> {
  const mark = `${JSON.stringify(work)}\n`
  const made = await withSystemErrors('backup.restore', async () => {
    const names = await namesIn(folder)
    const onlyMark = names.every((name) => name.startsWith(`.${MARK_FILE}.`) && isAtomicWriteLeftover(name))
    if (!names.includes(HEADER_FILE) && (onlyMark || (await markIn(folder)) === mark))
      await removeMade(folder, files)
    await requireEmpty(folder)
    const first = await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFileAtomically(join(folder, MARK_FILE), mark)
    return first
  })
  await makeVaultFolders(folder)
  return {
    folder,
    finish: () => withSystemErrors('backup.restore', () => rm(join(folder, MARK_FILE), { force: true })),
    clear: () =>
      withSystemErrors('backup.restore', async () => {
        await rm(join(folder, HEADER_FILE), { force: true })
        await removeMade(folder, files)
        if (made !== undefined) await rmdir(folder)
      }),
  }
}
