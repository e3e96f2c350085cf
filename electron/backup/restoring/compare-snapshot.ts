import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { RestoreComparison } from '../../../shared/contract/restores.ts'
import { AppError } from '../../../shared/errors.ts'
import { writeFileAtomically } from '../../atomic-write.ts'
import { number, type Row, type Statements, statementsOf, text } from '../../catalogue/index.ts'
import { openDatabaseToRead } from '../../database.ts'
import { withSystemErrors } from '../../errno.ts'
import type { BackupRoom } from '../backup-room.ts'
import { bytesOf } from '../repository/restore-set.ts'
import { readSnapshot } from '../repository/set.ts'
import { CATALOGUE_FILE } from '../runs/stage-vault.ts'

/** The pages of a catalogue, or of one case in it, in the order of their ids. */
function pagesOf(sql: Statements, caseId: string | null): Iterator<Row> {
  return sql.each(
    `SELECT page.id, page.current_version_id AS version FROM page JOIN book ON book.id = page.book_id
       JOIN volume ON volume.id = book.volume_id
     WHERE page.withdrawn_at IS NULL AND (? IS NULL OR volume.case_id = ?) ORDER BY page.id`,
    ...[caseId, caseId],
  )
}

function countsOf(sql: Statements, caseId: string | null): RestoreComparison['today'] {
  const count = (what: string) =>
    number(sql.one(`SELECT count(*) AS n FROM ${what}`, caseId, caseId) ?? {}, 'n')
  return {
    cases: count('case_file WHERE ? IS NULL OR id = ?'),
    volumes: count('volume WHERE ? IS NULL OR case_id = ?'),
    pages: count(
      `page JOIN book ON book.id = page.book_id JOIN volume ON volume.id = book.volume_id
       WHERE page.withdrawn_at IS NULL AND (? IS NULL OR volume.case_id = ?)`,
    ),
  }
}

/** How the catalogue of a snapshot stands to today's: of the whole room, or of one case. */
export async function compareSnapshot(
  room: BackupRoom,
  about: { readonly mediumId: string; readonly snapshotId: string; readonly caseId?: string | undefined },
): Promise<RestoreComparison> {
  const { vault, catalogue } = room
  const folder = await room.shelf.setFolderOf(about.mediumId, 'read')
  const { document } = await readSnapshot(folder, about.snapshotId)
  const entry = document.files.find(({ name }) => name === CATALOGUE_FILE)
  if (entry === undefined)
    throw new AppError('BACKUP_SET_DAMAGED', { file: CATALOGUE_FILE, reason: 'missing' })
  const staging = join(vault.folder, 'incoming', `compare-${room.newId()}`)
  try {
    await withSystemErrors('backup.compare', () => mkdir(staging, { recursive: true, mode: 0o700 }))
    await writeFileAtomically(join(staging, CATALOGUE_FILE), bytesOf(folder, entry))
    const key = vault.catalogueKey()
    const database = openDatabaseToRead(join(staging, CATALOGUE_FILE), key)
    key.fill(0)
    try {
      const then = statementsOf(database)
      const caseId = about.caseId ?? null
      return {
        snapshotId: about.snapshotId,
        createdAt: document.createdAt,
        inSnapshot: countsOf(then, caseId),
        today: countsOf(catalogue.sql, caseId),
        ...comparePages(pagesOf(then, caseId), pagesOf(catalogue.sql, caseId)),
      }
    } finally {
      database.close()
    }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** Both sides in the order of their ids, side by side, so that neither stands in memory whole. */
function comparePages(
  then: Iterator<Row>,
  today: Iterator<Row>,
): Pick<RestoreComparison, 'pagesOnlyToday' | 'pagesOnlyThen' | 'pagesChanged'> {
  const counts = { pagesOnlyToday: 0, pagesOnlyThen: 0, pagesChanged: 0 }
  const next = (side: Iterator<Row>): Row | undefined => {
    const result = side.next()
    return result.done === true ? undefined : result.value
  }
  let old = next(then)
  let now = next(today)
  while (old !== undefined || now !== undefined) {
    const order =
      old === undefined ? 1 : now === undefined ? -1 : compareIds(text(old, 'id'), text(now, 'id'))
    if (order < 0) counts.pagesOnlyThen += 1
    else if (order > 0) counts.pagesOnlyToday += 1
    else if (old?.version !== now?.version) counts.pagesChanged += 1
    if (order <= 0) old = next(then)
    if (order >= 0) now = next(today)
  }
  return counts
}

/** As SQLite orders them. */
function compareIds(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
