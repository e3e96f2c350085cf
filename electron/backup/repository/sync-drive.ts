import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

let possible = process.platform === 'linux'

/**
 * Makes everything written to the drive under a folder survive a power cut, in one call (syncfs, by coreutils): far
 * quicker than asking for each of thousands of files. False where the system has no such call or the drive fails: then
 * the caller syncs file by file, where a failure has a name.
 */
export async function syncDrive(folder: string): Promise<boolean> {
  if (!possible) return false
  try {
    await run('sync', ['--file-system', folder])
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    // Without an exit code the command itself is missing.
    if (typeof code !== 'number') possible = false
    return false
  }
}
