import type { Duty } from '../../../shared/contract/backup.ts'
import { type DutyKind, dutyStanding } from '../../../shared/domain/backup/duty.ts'
import { type Statements, textOrNull } from '../../catalogue/index.ts'
import type { MediumRecords } from '../media/medium-records.ts'
import type { CheckRecords } from '../runs/check-records.ts'
import type { SnapshotRecords } from '../runs/snapshot-records.ts'
import type { PlanRecords } from './duty-records.ts'

export interface DutyParts {
  readonly sql: Statements
  readonly media: MediumRecords
  readonly snapshots: SnapshotRecords
  readonly checks: CheckRecords
  readonly plans: PlanRecords
  readonly now: () => Date
}

/** Only what was found whole counts as done: a backup that nobody read back, or a drill that failed, is none. */
export function dutyStandings({ sql, media, snapshots, checks, plans, now }: DutyParts): Duty[] {
  const lastDrill = (whole: boolean) =>
    textOrNull(
      sql.one(
        `SELECT max(ended_at) AS at FROM restore_drill WHERE passed = 1${whole ? ' AND sample IS NULL' : ''}`,
      ) ?? {},
      'at',
    )
  // The medium that waits longest decides.
  const inspections = media
    .all()
    .filter(({ state }) => state !== 'retired' && state !== 'lost')
    .map(({ inspectedAt, registeredAt }) => inspectedAt ?? registeredAt)
    .sort()
  const last: Readonly<Record<DutyKind, () => string | null>> = {
    incremental: () => snapshots.lastProven(),
    full: () => snapshots.lastProven({ kind: 'full' }),
    'offline-set': () => snapshots.lastProven({ set: 'A' }),
    'off-site': () => snapshots.lastProven({ set: 'B' }),
    sample: () => checks.lastAt('sample'),
    rehash: () => checks.lastAt('full'),
    drill: () => lastDrill(false),
    'full-drill': () => lastDrill(true),
    inspection: () => inspections[0] ?? null,
  }
  return plans.duties().map((plan) => dutyStanding(plan, last[plan.kind](), now()))
}
