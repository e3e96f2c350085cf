import type { SnapshotCase } from '../../../shared/contract/restores.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Call } from '../../access/index.ts'
import { listCases, type Statements, seenCase } from '../../catalogue/index.ts'
import { type BackupHandlerParts, sightOf } from '../backup-handler-parts.ts'

type SightParts = Pick<BackupHandlerParts, 'desk' | 'seesCase' | 'now'>

/** Who may not know of a case today, as after 回避, may not by way of a backup either. */
function seenToday({ desk, seesCase }: SightParts, caseId: string, call: Call): boolean {
  return desk().catalogue.cases.find(caseId) === undefined || seesCase(caseId, call)
}

/** What a person may know of the cases in a snapshot. */
export async function snapshotCases(
  parts: SightParts,
  about: {
    readonly mediumId: string
    readonly snapshotId: string
    readonly text: string
    readonly limit: number
  },
  call: Call,
): Promise<{ total: number; rows: SnapshotCase[] }> {
  const room = parts.desk()
  const folder = await room.shelf.setFolderOf(about.mediumId, 'read')
  return await room.opened.read(folder, about.snapshotId, ({ sql }) => {
    const filter = { text: about.text, years: [], types: [], statuses: [], retentions: [] }
    const sort = { column: 'number' as const, descending: false }
    const { total, rows } = listCases(
      sql,
      { filter, sort, offset: 0, limit: about.limit },
      sightOf(call, parts.now),
    )
    const seen = rows.filter(({ id }) => seenToday(parts, id, call))
    return {
      total: total - (rows.length - seen.length),
      rows: seen.map(({ id, number, archiveNumber, title, status, pageCount }) => ({
        ...{ caseId: id, number, archiveNumber, title, status, pageCount },
        numberToday: room.catalogue.cases.find(id)?.number ?? null,
        filedToday: room.catalogue.cases.find(id)?.status === 'filed',
      })),
    }
  })
}

/** Throws CATALOGUE_NOT_FOUND for a case that is not there, and for one that the caller may not know of. */
export function requireSeen(parts: SightParts, sql: Statements, caseId: string, call: Call): void {
  const row = seenCase(sql, caseId, sightOf(call, parts.now))
  if (row === undefined || !seenToday(parts, caseId, call))
    throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'case', id: caseId })
}
