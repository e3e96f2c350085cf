import type { FieldChange } from '../../../shared/contract/approvals.ts'
import type { PlannedPage } from '../../../shared/contract/settlements.ts'
import { type ApprovalState, PENDING_STATES } from '../../../shared/domain/approval.ts'
import { AppError } from '../../../shared/errors.ts'
import { type ApprovalRecord, type Catalogue, text } from '../../catalogue/index.ts'
import type { OpenVault } from '../../vault/index.ts'
import { attachmentRecords } from '../attachments/attachment-records.ts'
import { differenceNumber, differenceRecords } from '../register/difference-records.ts'
import { planRecords } from './plan-records.ts'
import { readVolume, volumeDigest } from './volume-reading.ts'

const LIVE: ReadonlySet<ApprovalState> = new Set([...PENDING_STATES, 'executing'])

/** The request that a plan waits for or is being carried out by; undefined: none. */
export function liveRequest(
  { sql, approvals }: Catalogue,
  { volumeId, planId, at }: { readonly volumeId: string; readonly planId: string; readonly at: string },
): ApprovalRecord | undefined {
  return sql
    .all(
      `SELECT id FROM approval WHERE method = 'settlements.apply' AND volume_id = ?
         AND json_extract(input, '$.planId') = ? ORDER BY id DESC`,
      ...[volumeId, planId],
    )
    .map((row) => approvals.require(text(row, 'id')))
    .find(({ state, expiresAt }) => LIVE.has(state) && (state === 'executing' || expiresAt > at))
}

const placeWords = ({ position, printedNumber }: PlannedPage) =>
  printedNumber === '' ? `#${position}` : `#${position} · ${printedNumber}`

/**
 * A plan field by field, for those who decide on it. Once it was applied every field stands as it was to be; the
 * digest of the whole volume tells when anything else was changed meanwhile.
 * @throws CATALOGUE_NOT_FOUND, CATALOGUE_CONFLICT for one that was dropped, undone or checked
 */
export function describePlan(
  catalogue: Catalogue,
  vault: OpenVault,
  { volumeId, planId }: { readonly volumeId: string; readonly planId: string },
): readonly FieldChange[] {
  const { state, content, beforeDigest, afterDigest } = planRecords(catalogue, vault).require(
    volumeId,
    planId,
  )
  if (state !== 'prepared' && state !== 'applied')
    throw new AppError('CATALOGUE_CONFLICT', { kind: 'plan', id: planId })
  const now = volumeDigest(readVolume(catalogue, volumeId))
  const isMade = now === afterDigest && now !== beforeDigest
  const field = (
    name: string,
    subject: string,
    before: string | null,
    after: string | null,
  ): FieldChange => ({
    ...{ field: name, subject, before: isMade ? after : before, after },
  })
  const imageWords = (table: 'page_version' | 'paper_page', id: string | null) => {
    const row = id === null ? undefined : catalogue.sql.one(`SELECT sha256 FROM ${table} WHERE id = ?`, id)
    return row === undefined ? null : `SHA-256 ${text(row, 'sha256')}`
  }
  const old = new Map(content.before.map((page) => [page.pageId, page]))
  const leaving = content.before
    .filter(({ change }) => change === 'removed')
    .flatMap((page) => {
      const step = content.steps.find((one) => 'pageId' in one && one.pageId === page.pageId)
      const reason = step !== undefined && 'reason' in step ? step.reason : ''
      const subject = placeWords(page)
      return [
        // In codes: the approver's screen has the words.
        field('page', subject, 'standing', step?.kind === 'move-volume' ? 'moved-away' : 'removed'),
        ...(reason === '' ? [] : [field('reason', subject, null, reason)]),
      ]
    })
  const changed = content.after.flatMap((page): FieldChange[] => {
    const was = page.pageId === null ? undefined : old.get(page.pageId)
    if (was === undefined)
      return [field('page', placeWords(page), null, imageWords('paper_page', page.paperPageId))]
    const subject = placeWords(was)
    return [
      ...(page.change === 'replaced'
        ? [
            field(
              'image',
              subject,
              imageWords('page_version', was.versionId),
              imageWords('paper_page', page.paperPageId),
            ),
          ]
        : []),
      ...(page.change === 'moved'
        ? [field('position', subject, String(was.position), String(page.position))]
        : []),
      ...(was.turn === page.turn ? [] : [field('turn', subject, String(was.turn), String(page.turn))]),
      ...(was.printedNumber === page.printedNumber
        ? []
        : [field('printedNumber', subject, was.printedNumber, page.printedNumber)]),
    ]
  })
  const rows = content.catalogueChanges.map(({ field: name, row, before, after }) =>
    field(name, row, before, after),
  )
  const attachments = attachmentRecords(catalogue, vault)
  const attached = differenceRecords(catalogue)
    .ofPlan(planId)
    .flatMap((difference) =>
      // Without its name: what is described is kept with the request, and is the same wherever the file lies by then.
      attachments.ofDifference(difference.id).map(({ pages, sha256 }): FieldChange => {
        const words = `${pages.length} × SHA-256 ${sha256}`
        return { field: 'attachment', subject: differenceNumber(difference), before: words, after: words }
      }),
    )
  return [
    { field: 'volumeState', subject: '', before: now, after: afterDigest },
    ...[...leaving, ...changed, ...rows, ...attached],
  ]
}
