import { z } from 'zod'
import { PlannedPage, PlanStep } from '../../../shared/contract/settlements.ts'
import type { PlanState } from '../../../shared/domain/reconcile/handling.ts'
import { AppError } from '../../../shared/errors.ts'
import { type Catalogue, number, type Row, text, textOrNull } from '../../catalogue/index.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'
import type { VolumeSnapshot } from './volume-snapshot.ts'

type Seals = Pick<OpenVault, 'sealDraft' | 'openDraft'>

const PlanContent = z.object({
  steps: z.array(PlanStep),
  before: z.array(PlannedPage),
  after: z.array(PlannedPage),
  catalogueChanges: z.array(
    z.object({ row: z.string(), field: z.string(), before: z.string(), after: z.string() }),
  ),
  /** What stood before it was applied, volume by volume; null: not applied. */
  snapshots: z.custom<readonly VolumeSnapshot[]>().nullable(),
  /** Pages and rows that applying made, and how the volumes that pages went to stood afterwards. */
  made: z.object({
    pages: z.array(z.string()),
    items: z.array(z.string()),
    targets: z.array(z.object({ volumeId: z.string(), digest: z.string() })),
  }),
})
export type PlanContent = z.output<typeof PlanContent>

interface Deed {
  readonly by: string
  readonly at: string
}

/** A plan as it stands in the catalogue, with its sealed content opened. */
export interface PlanRecord {
  readonly id: string
  readonly reconciliationId: string
  readonly volumeId: string
  readonly caseId: string
  readonly compartment: Compartment
  readonly state: PlanState
  readonly beforeDigest: string
  readonly afterDigest: string
  readonly prepared: Deed
  readonly approvalId: string | null
  readonly approvedBy: string | null
  readonly applied: Deed | null
  readonly checked: (Deed & { readonly ok: boolean; readonly note: string }) | null
  readonly undone: (Deed & { readonly reason: string }) | null
  readonly content: PlanContent
}

export interface PlanRecords {
  readonly insert: (plan: PlanRecord) => void
  readonly save: (plan: PlanRecord) => void
  /** Throws CATALOGUE_NOT_FOUND for one of another volume. */
  readonly require: (volumeId: string, planId: string) => PlanRecord
  /** Newest first. */
  readonly list: (volumeId: string) => readonly PlanRecord[]
}

const place = (compartment: Compartment, id: string) => ({ label: `plan|${id}`, compartment })

export function planRecords({ sql }: Pick<Catalogue, 'sql'>, vault: Seals): PlanRecords {
  const sealed = ({ id, compartment, content }: PlanRecord) =>
    vault.sealDraft(place(compartment, id), Buffer.from(JSON.stringify(content), 'utf8'))
  const deed = (row: Row, kind: string): Deed | null => {
    const by = textOrNull(row, `${kind}_by`)
    const at = textOrNull(row, `${kind}_at`)
    return by === null || at === null ? null : { by, at }
  }
  const planOf = (row: Row): PlanRecord => {
    const id = text(row, 'id')
    const compartment = text(row, 'compartment') as Compartment
    const bytes = row.content instanceof Uint8Array ? row.content : Buffer.alloc(0)
    const checked = deed(row, 'checked')
    const undone = deed(row, 'undone')
    return {
      ...{ id, compartment, reconciliationId: text(row, 'reconciliation_id') },
      ...{ volumeId: text(row, 'volume_id'), caseId: text(row, 'case_id') },
      state: text(row, 'state') as PlanState,
      ...{ beforeDigest: text(row, 'before_digest'), afterDigest: text(row, 'after_digest') },
      prepared: { by: text(row, 'prepared_by'), at: text(row, 'prepared_at') },
      ...{ approvalId: textOrNull(row, 'approval_id'), approvedBy: textOrNull(row, 'approved_by') },
      applied: deed(row, 'applied'),
      checked:
        checked === null
          ? null
          : { ...checked, ok: number(row, 'check_ok') === 1, note: text(row, 'check_note') },
      undone: undone === null ? null : { ...undone, reason: text(row, 'undo_reason') },
      content: PlanContent.parse(JSON.parse(vault.openDraft(place(compartment, id), bytes).toString('utf8'))),
    }
  }
  return {
    insert: (plan) => {
      sql.run(
        `INSERT INTO settlement_plan (id, reconciliation_id, volume_id, case_id, compartment, state, before_digest,
           after_digest, prepared_by, prepared_at, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[plan.id, plan.reconciliationId, plan.volumeId, plan.caseId, plan.compartment, plan.state],
        ...[plan.beforeDigest, plan.afterDigest, plan.prepared.by, plan.prepared.at, sealed(plan)],
      )
    },
    save: (plan) => {
      const { applied, checked, undone } = plan
      sql.run(
        `UPDATE settlement_plan SET state = ?, approval_id = ?, approved_by = ?, applied_by = ?, applied_at = ?,
           checked_by = ?, checked_at = ?, check_ok = ?, check_note = ?, undone_by = ?, undone_at = ?,
           undo_reason = ?, content = ? WHERE id = ?`,
        ...[plan.state, plan.approvalId, plan.approvedBy, applied?.by ?? null, applied?.at ?? null],
        ...[checked?.by ?? null, checked?.at ?? null, checked === null ? null : checked.ok ? 1 : 0],
        ...[checked?.note ?? '', undone?.by ?? null, undone?.at ?? null, undone?.reason ?? ''],
        ...[sealed(plan), plan.id],
      )
    },
    require: (volumeId, planId) => {
      const row = sql.one('SELECT * FROM settlement_plan WHERE id = ? AND volume_id = ?', planId, volumeId)
      if (row === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'plan', id: planId })
      return planOf(row)
    },
    list: (volumeId) =>
      sql
        .all('SELECT * FROM settlement_plan WHERE volume_id = ? ORDER BY prepared_at DESC, id DESC', volumeId)
        .map(planOf),
  }
}
