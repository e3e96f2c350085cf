import type { ProofLack } from '../../../shared/domain/reconcile/proof.ts'
import { type Catalogue, number } from '../../catalogue/index.ts'
import { RESCAN_JOB } from '../rescan/rescan-input.ts'
import { FINALLY_DISMISSED } from './volume-sides.ts'

export interface Lacking {
  readonly code: ProofLack
  readonly count: number
}

const STANDING = `FROM page JOIN book ON book.id = page.book_id
    WHERE book.volume_id = ? AND page.withdrawn_at IS NULL`
/** Pages that were held against the paper in the version that stands now; a pair that was not compared was not. */
const BY_MATCH = `EXISTS (SELECT 1 FROM page_match m WHERE m.reconciliation_id = ? AND m.page_id = page.id
    AND m.version_id = page.current_version_id AND (m.kind <> 'same' OR m.compared_at IS NOT NULL))`
const BY_SHEET = `EXISTS (SELECT 1 FROM sheet_pass p JOIN sheet_verdict s ON s.pass_id = p.id
    WHERE p.reconciliation_id = ? AND p.finished_at IS NOT NULL AND s.page_id = page.id
      AND s.version_id = page.current_version_id)`
/** A page whose image is itself the fresh scan of the paper, put in by a plan. */
const BY_PAPER = `EXISTS (SELECT 1 FROM page_version v JOIN paper_page paper ON paper.object_name = v.object_name
    WHERE v.id = page.current_version_id AND paper.reconciliation_id = ?)`

/** What still stands between a checking and its report; empty when everything is settled. */
export function lackingFor(
  { sql }: Catalogue,
  { volumeId, reconciliationId }: { readonly volumeId: string; readonly reconciliationId: string },
): readonly Lacking[] {
  const count = (query: string, ...values: readonly string[]) => number(sql.one(query, ...values) ?? {}, 'n')
  const pages = count(`SELECT count(*) AS n ${STANDING}`, volumeId)
  const ways = count(
    `SELECT (SELECT count(*) FROM sheet_pass WHERE reconciliation_id = ? AND finished_at IS NOT NULL)
       + (SELECT count(*) FROM paper_scan WHERE reconciliation_id = ? AND removed_at IS NULL) AS n`,
    ...[reconciliationId, reconciliationId],
  )
  const found: readonly Lacking[] = [
    { code: 'no-pages', count: pages === 0 ? 1 : 0 },
    { code: 'way-missing', count: ways === 0 ? 1 : 0 },
    {
      code: 'scan-unfinished',
      // What was found comes into the register as the last thing that the job does.
      count: count(
        `SELECT count(*) AS n FROM (SELECT state FROM job
           WHERE kind = ? AND json_extract(input, '$.reconciliationId') = ? ORDER BY created_at DESC, id DESC LIMIT 1)
         WHERE state <> 'succeeded'`,
        ...[RESCAN_JOB, reconciliationId],
      ),
    },
    {
      code: 'page-unaccounted',
      count: count(
        `SELECT count(*) AS n ${STANDING} AND NOT (${BY_MATCH} OR ${BY_SHEET} OR ${BY_PAPER})`,
        ...[volumeId, reconciliationId, reconciliationId, reconciliationId],
      ),
    },
    {
      code: 'paper-unmatched',
      count: count(
        `SELECT count(*) AS n FROM paper_page p JOIN paper_scan s ON s.id = p.scan_id
         WHERE p.reconciliation_id = ? AND s.removed_at IS NULL
           AND p.with_page_id IS NULL
           AND NOT EXISTS (SELECT 1 FROM page_match m WHERE m.paper_page_id = p.id)`,
        reconciliationId,
      ),
    },
    {
      code: 'match-undecided',
      count: count(
        'SELECT count(*) AS n FROM page_match WHERE reconciliation_id = ? AND sure = 0 AND decided_by IS NULL',
        reconciliationId,
      ),
    },
    {
      code: 'pass-unfinished',
      count: count(
        'SELECT count(*) AS n FROM sheet_pass WHERE reconciliation_id = ? AND finished_at IS NULL',
        reconciliationId,
      ),
    },
    {
      code: 'disagreement-unsettled',
      count: count(
        `SELECT count(*) AS n FROM sheet_verdict one
         JOIN sheet_pass first ON first.id = one.pass_id AND first.number = 1
         JOIN sheet_pass second ON second.reconciliation_id = first.reconciliation_id AND second.number = 2
         JOIN sheet_verdict other ON other.pass_id = second.id AND other.page_id = one.page_id
         JOIN page ON page.id = one.page_id AND page.withdrawn_at IS NULL
         WHERE first.reconciliation_id = ? AND second.finished_at IS NOT NULL
           AND (one.verdict <> other.verdict OR one.type IS NOT other.type)
           AND one.settled IS NULL AND other.settled IS NULL`,
        reconciliationId,
      ),
    },
    {
      code: 'difference-open',
      count: count(
        `SELECT count(*) AS n FROM difference WHERE volume_id = ? AND state IN ('found', 'judged', 'handled')`,
        volumeId,
      ),
    },
    {
      code: 'dismissal-unchecked',
      count: count(
        `SELECT count(*) AS n FROM difference WHERE volume_id = ? AND state = 'dismissed' AND NOT ${FINALLY_DISMISSED}`,
        volumeId,
      ),
    },
    {
      code: 'plan-open',
      count: count(
        `SELECT count(*) AS n FROM settlement_plan
         WHERE volume_id = ? AND state IN ('prepared', 'requested', 'applied')`,
        volumeId,
      ),
    },
  ]
  return found.filter(({ count: n }) => n > 0)
}
