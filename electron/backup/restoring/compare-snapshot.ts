import type { RestoreComparison } from '../../../shared/contract/restores.ts'
import { number, type Row, type Statements, text } from '../../catalogue/index.ts'
import type { BackupRoom } from '../backup-room.ts'

/** What of a catalogue is compared: all of it, or one case with the compartments that the person may read. */
interface Extent {
  readonly caseId: string | null
  readonly restricted: boolean
}

const IN_EXTENT = "(? IS NULL OR volume.case_id = ?) AND (? = 1 OR volume.compartment = 'open')"
const PAGES = `page JOIN book ON book.id = page.book_id JOIN volume ON volume.id = book.volume_id
    JOIN page_version v ON v.id = page.current_version_id
  WHERE page.withdrawn_at IS NULL AND ${IN_EXTENT}`

function valuesOf({ caseId, restricted }: Extent) {
  return [caseId, caseId, Number(restricted)] as const
}

/** In the order of their ids, with what they show: brought back, the same image is a new version of its page. */
function pagesOf(sql: Statements, extent: Extent): Iterator<Row> {
  return sql.each(`SELECT page.id, v.sha256 AS version FROM ${PAGES} ORDER BY page.id`, ...valuesOf(extent))
}

function countsOf(sql: Statements, extent: Extent): RestoreComparison['today'] {
  const count = (what: string) =>
    number(sql.one(`SELECT count(*) AS n FROM ${what}`, ...valuesOf(extent)) ?? {}, 'n')
  return {
    cases: count('case_file WHERE (? IS NULL OR id = ?) AND ? IS NOT NULL'),
    volumes: count(`volume WHERE ${IN_EXTENT}`),
    pages: count(PAGES),
  }
}

/**
 * How the catalogue of a snapshot stands to today's: of the whole room, or of one case. `mayRead` says whether 副卷
 * counts, and throws where the person may not know of the case.
 */
export async function compareSnapshot(
  room: BackupRoom,
  about: { readonly mediumId: string; readonly snapshotId: string; readonly caseId?: string | undefined },
  mayRead: (then: Statements) => boolean,
): Promise<RestoreComparison> {
  const today = room.catalogue.sql
  const folder = await room.shelf.setFolderOf(about.mediumId, 'read')
  return await room.opened.read(folder, about.snapshotId, ({ document, sql: then }) => {
    const extent = { caseId: about.caseId ?? null, restricted: mayRead(then) }
    return {
      snapshotId: about.snapshotId,
      createdAt: document.createdAt,
      inSnapshot: countsOf(then, extent),
      today: countsOf(today, extent),
      ...comparePages(pagesOf(then, extent), pagesOf(today, extent)),
    }
  })
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
