import type { PageThenAndNow, PageVersionSide } from '../../../shared/contract/restores.ts'
import { AppError } from '../../../shared/errors.ts'
import { number, type Row, type Statements, text, textOrNull } from '../../catalogue/index.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'
import type { BackupRoom } from '../backup-room.ts'

const PAGE = `SELECT page.id, page.position, page.printed_number, page.withdrawn_at, page.book_id,
    book.sequence AS book, volume.id AS volume_id, volume.kind AS volume_kind, volume.case_id,
    v.id AS version_id, v.number, v.created_at, v.sha256, v.compartment, v.object_name
  FROM page JOIN book ON book.id = page.book_id JOIN volume ON volume.id = book.volume_id
    JOIN page_version v ON v.id = page.current_version_id`

/** A page with the version that it shows, in whatever catalogue. */
export function pageWithVersion(sql: Statements, pageId: string): Row | undefined {
  return sql.one(`${PAGE} WHERE page.id = ?`, pageId)
}

export function compartmentOf(row: Row): Compartment {
  return text(row, 'compartment') as Compartment
}

/** How many objects are opened at once; a case has thousands. */
const AT_ONCE = 4

/** What is wrong with an object of the vault; without its key only whether it is there. */
async function faultIn(vault: OpenVault, row: Row, signal?: AbortSignal): Promise<PageVersionSide['fault']> {
  const [compartment, name] = [compartmentOf(row), text(row, 'object_name')]
  if (!(await vault.objects.has(name))) return 'missing'
  if (!vault.compartments.has(compartment)) return null
  try {
    const expectedSha256 = text(row, 'sha256')
    await vault.objects.verify(compartment, name, {
      expectedSha256,
      ...(signal === undefined ? {} : { signal }),
    })
    return null
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'VAULT_OBJECT_MISSING') return 'missing'
    if (error.code === 'VAULT_OBJECT_DAMAGED') return 'damaged'
    throw error
  }
}

async function sideOf(vault: OpenVault, row: Row): Promise<PageVersionSide> {
  return {
    versionId: text(row, 'version_id'),
    number: number(row, 'number'),
    createdAt: text(row, 'created_at'),
    sha256: text(row, 'sha256'),
    fault: await faultIn(vault, row),
  }
}

export interface PageVersionsQuestion {
  readonly caseId: string
  /** Whether the person may read a volume of today, or of the snapshot where there is none today. */
  readonly reads: (volumeId: string, compartment: Compartment) => boolean
  readonly limit: number
}

/** The version that a snapshot shows, as the vault has it today: sealed anew meanwhile, it lies under another name. */
export function versionToday(sql: Statements, versionId: string): Row | undefined {
  return sql.one('SELECT * FROM page_version WHERE id = ?', versionId)
}

/**
 * The pages of a case whose version in a snapshot is not what they show today, or cannot be shown today: both sides, in
 * the order of the volume. Opens every image of the case that is in the vault.
 */
export async function pageVersions(
  { vault, catalogue }: Pick<BackupRoom, 'vault' | 'catalogue'>,
  then: Statements,
  { caseId, reads, limit }: PageVersionsQuestion,
): Promise<{ total: number; rows: PageThenAndNow[] }> {
  const pages = then.all(
    `${PAGE} WHERE volume.case_id = ? AND page.withdrawn_at IS NULL
     ORDER BY volume.sequence, book.sequence, page.position, page.id`,
    caseId,
  )
  const found: (PageThenAndNow | undefined)[] = Array.from({ length: pages.length })
  const queue = pages.entries()
  const lane = async () => {
    for (const [at, row] of queue) {
      const now = pageWithVersion(catalogue.sql, text(row, 'id'))
      if (!reads(text(now ?? row, 'volume_id'), compartmentOf(now ?? row))) continue
      found[at] = await compared(vault, catalogue.sql, row, now)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  const rows = found.filter((one): one is PageThenAndNow => one !== undefined)
  return { total: rows.length, rows: rows.slice(0, limit) }
}

/** Undefined: the page shows today what it showed then, and shows it. */
async function compared(
  vault: OpenVault,
  sql: Statements,
  row: Row,
  now: Row | undefined,
): Promise<PageThenAndNow | undefined> {
  const kept = versionToday(sql, text(row, 'version_id'))
  const thenSide = await sideOf(vault, kept === undefined ? row : { ...kept, version_id: kept.id })
  const today = now === undefined ? null : await sideOf(vault, now)
  const withdrawn = now !== undefined && textOrNull(now, 'withdrawn_at') !== null
  const difference =
    today === null
      ? 'gone'
      : withdrawn
        ? 'withdrawn'
        : today.sha256 !== thenSide.sha256
          ? 'changed'
          : today.fault
  if (difference === null) return undefined
  const place = now ?? row
  return {
    pageId: text(row, 'id'),
    volumeId: text(place, 'volume_id'),
    volumeKind: text(place, 'volume_kind') as PageThenAndNow['volumeKind'],
    book: number(place, 'book'),
    position: number(place, 'position'),
    printedNumber: text(place, 'printed_number'),
    inSnapshot: thenSide,
    today,
    difference,
  }
}
