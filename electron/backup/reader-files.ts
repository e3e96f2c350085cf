import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFileAtomically } from '../atomic-write.ts'
import { errnoOf, withSystemErrors } from '../errno.ts'
import { CHECKER_FILE, NOTE_FILE } from './repository/layout.ts'
import { onMedium } from './repository/medium-errors.ts'
import { fileDigest } from './repository/set.ts'

/** What the simplest editors need to see Chinese and the ends of lines. */
const BYTE_ORDER_MARK = '\uFEFF'

async function contentsOf(readerFolder: string): Promise<readonly (readonly [string, string])[]> {
  return await withSystemErrors('backup.reader-files', async () => {
    const note = await readFile(join(readerFolder, NOTE_FILE), 'utf8')
    const checker = await readFile(join(readerFolder, CHECKER_FILE), 'utf8')
    return [
      [NOTE_FILE, BYTE_ORDER_MARK + note.replaceAll('\n', '\r\n')],
      [CHECKER_FILE, checker],
    ]
  })
}

/**
 * Puts the note on restoring and the one-file checker into a set, where they are not there as they ship. Call it
 * before a run, whose index takes their digests in. `readerFolder` is `assets/backup`. Throws BACKUP_MEDIUM_* and
 * SYSTEM_* errors.
 */
export async function placeReaderFiles(setFolder: string, readerFolder: string): Promise<void> {
  for (const [name, content] of await contentsOf(readerFolder)) {
    const wanted = createHash('sha256').update(content, 'utf8').digest('hex')
    if ((await fileDigest(setFolder, name)) === wanted) continue
    await onMedium('backup.write', async () => {
      try {
        await writeFileAtomically(join(setFolder, name), content)
      } catch (error) {
        // What the medium said stands behind the program's own error.
        const cause = error instanceof Error ? error.cause : undefined
        throw cause !== undefined && errnoOf(cause) !== undefined ? cause : error
      }
    })
  }
}
