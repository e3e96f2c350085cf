import { advance } from '../../../shared/domain/approval.ts'
import { AppError } from '../../../shared/errors.ts'
import type { ApprovalRecord, Catalogue } from '../../catalogue/index.ts'
import { differenceRecords } from '../register/difference-records.ts'
import type { SettlingParts } from './apply-plan.ts'
import { closingNote } from './closing-note.ts'
import { dropTexts, putTexts, takeTexts, textPlace } from './page-texts.ts'
import { type PlanRecord, planRecords } from './plan-records.ts'
import { type GoingPage, leaveOld, nameAnew, sealAnew } from './sealing-anew.ts'
import { readVolume, volumeDigest } from './volume-reading.ts'
import { removeItem, restoreSnapshot } from './volume-snapshot.ts'

/** The request that a plan was applied by ends with it. */
function endApproval({ approvals }: Catalogue, approvalId: string | null, reason: string): void {
  const record: ApprovalRecord | undefined = approvalId === null ? undefined : approvals.find(approvalId)
  if (record === undefined) return
  const undone = advance(record, { step: 'undo' })
  if (undone.ok) approvals.save({ ...record, ...undone.course, closingNote: `执行后撤销：${reason}` })
}

/**
 * Puts a volume back as it stood before a plan, as one step: pages, rows, numbers and turns to the letter; images that
 * the plan brought stay as versions, pages that it made are withdrawn, its lines of 备考表 too.
 * @throws RECONCILE_WRONG_STATE once it is checked, RECONCILE_CHANGED_MEANWHILE when anything was changed since
 */
export async function undoPlan(
  parts: SettlingParts,
  {
    volumeId,
    planId,
    by,
    reason,
  }: {
    readonly volumeId: string
    readonly planId: string
    readonly by: string
    readonly reason: string
  },
): Promise<PlanRecord> {
  const catalogue = parts.catalogue()
  const vault = parts.vault()
  const plans = planRecords(catalogue, vault)
  const plan = plans.require(volumeId, planId)
  const { snapshots, made } = plan.content
  if (plan.state !== 'applied' || snapshots === null)
    throw new AppError('RECONCILE_WRONG_STATE', { state: plan.state })
  const stands = (id: string, digest: string) => {
    if (volumeDigest(readVolume(catalogue, id)) !== digest) throw new AppError('RECONCILE_CHANGED_MEANWHILE')
  }
  const standsAsApplied = () => {
    stands(volumeId, plan.afterDigest)
    for (const target of made.targets) stands(target.volumeId, target.digest)
  }
  standsAsApplied()

  // Pages that show another image afterwards, or stand in another volume, which their texts follow.
  const changed: string[] = []
  const returning: GoingPage[] = []
  for (const snapshot of snapshots)
    for (const { id, versionId } of snapshot.pages) {
      const row = catalogue.sql.one(
        'SELECT current_version_id AS v, book.volume_id AS n FROM page JOIN book ON book.id = page.book_id WHERE page.id = ?',
        id,
      )
      if (row?.n !== snapshot.volumeId) returning.push({ pageId: id, toVolumeId: snapshot.volumeId })
      else if (row.v !== versionId) changed.push(id)
    }
  const sealed = await sealAnew(catalogue, vault, returning)
  dropTexts(
    parts,
    [...changed, ...made.pages].map((pageId) => textPlace(catalogue, pageId)),
  )
  const carried = takeTexts(parts, returning)

  const { undone, old } = catalogue.transaction(() => {
    if (plans.require(volumeId, planId).state !== 'applied')
      throw new AppError('RECONCILE_WRONG_STATE', { state: plan.state })
    standsAsApplied()
    const at = parts.now().toISOString()
    for (const snapshot of snapshots) restoreSnapshot(catalogue, snapshot)
    for (const pageId of made.pages)
      catalogue.sql.run('UPDATE page SET withdrawn_at = ?, item_id = NULL WHERE id = ?', at, pageId)
    for (const itemId of made.items) removeItem(catalogue, itemId)
    const left = nameAnew(catalogue, vault, returning, sealed, true)
    stands(volumeId, plan.beforeDigest)
    closingNote(catalogue, vault).withdraw(planId, at)
    const differences = differenceRecords(catalogue)
    for (const difference of differences.ofPlan(planId))
      differences.save({
        ...{ ...difference, state: 'judged', handled: null, approved: null, noted: false, planId: null },
        ...{ beforeDigest: '', afterDigest: '' },
      })
    catalogue.pages.recountCase(plan.caseId, at)
    endApproval(catalogue, plan.approvalId, reason)
    const record: PlanRecord = {
      ...{ ...plan, state: 'undone', undone: { by, at, reason } },
      content: { ...plan.content, snapshots: null },
    }
    plans.save(record)
    return { undone: record, old: left }
  })
  putTexts(parts, carried)
  await leaveOld(parts, old)
  return undone
}
