import type { Handlers } from '../../access/index.ts'
import { type BackupHandlerParts, sessionOf } from '../backup-handler-parts.ts'
import { prunePreview, requirePreviewed } from './prune-job.ts'

type BackupMethod =
  `backup.${'overview' | 'age' | 'run' | 'automation' | 'setAutomation' | 'dueOnLeaving' | 'runDue' | 'verify' | 'repair' | 'lastCheck' | 'list' | 'retention' | 'setRetention' | 'prunePreview' | 'prune'}`

const HISTORY_MS = 400 * 86_400_000

/** Answers the contract's `backup.*`. */
export function backupHandlers({ desk, jobs, now }: BackupHandlerParts): Handlers<BackupMethod> {
  const start = (
    kind: string,
    input: { readonly mediumId: string },
    call: Parameters<typeof sessionOf>[0],
  ) => {
    const medium = desk().media.get(input.mediumId)
    call.note({ subject: `medium:${medium.id}`, details: { medium: medium.number } })
    return { jobId: jobs().start(kind, input, sessionOf(call).accountId) }
  }
  const history = () => {
    const { snapshots, checks, media, catalogue } = desk()
    const from = new Date(now().getTime() - HISTORY_MS).toISOString()
    return [
      ...snapshots.list().map(({ createdAt: at, verifyResult }) => ({
        ...{ at, kind: 'backup' as const, sound: verifyResult === 'sound' },
      })),
      ...checks.since(from).map((check) => ({ ...check, kind: 'verify' as const })),
      ...catalogue.sql
        .all('SELECT ended_at, passed FROM restore_drill')
        .map((row) => ({ at: String(row.ended_at), kind: 'drill' as const, sound: row.passed === 1 })),
      ...media
        .events()
        .filter(({ event }) => event === 'inspected')
        .map(({ at, unreadable }) => ({ at, kind: 'inspection' as const, sound: (unreadable ?? 0) === 0 })),
    ]
      .filter(({ at }) => at >= from)
      .toSorted((one, other) => (one.at < other.at ? 1 : -1))
  }
  return {
    'backup.overview': async () => {
      const { snapshots, shelf, tasks, catalogue } = desk()
      const drill = catalogue.sql.one('SELECT max(ended_at) AS at FROM restore_drill WHERE passed = 1')
      return {
        lastProvenAt: snapshots.lastProven(),
        lastDrillAt: drill?.at === null || drill === undefined ? null : String(drill.at),
        media: await shelf.list(),
        duties: desk().duties(),
        history: history(),
        openTasks: tasks.list().filter(({ closedAt }) => closedAt === null).length,
      }
    },
    'backup.age': (_, call) => {
      const { snapshots, catalogue } = desk()
      const duties = desk().duties()
      // A room with pages in it and no backup at all is in want of one, whatever the calendar says.
      const bare = duties.some(({ kind, state }) => kind === 'incremental' && state === 'never')
      return {
        lastProvenAt: snapshots.lastProven(),
        overdue: duties.some(({ state }) => state === 'overdue') || (bare && catalogue.pages.count() > 0),
        mayAct: sessionOf(call).permissions.has('backup.run'),
      }
    },
    'backup.run': (input, call) => start('backup-run', input, call),
    'backup.automation': () => desk().plans.automation(),
    'backup.setAutomation': (automation, call) => {
      desk().plans.setAutomation(automation)
      call.note({ details: { ...automation } })
      desk().changed()
      return desk().plans.automation()
    },
    'backup.dueOnLeaving': async () =>
      desk().plans.automation().signOut ? await desk().automatic.due('sign-out') : null,
    'backup.runDue': async ({ passOver }, call) => {
      const run = await desk().automatic.start('scheduler', sessionOf(call).accountId, passOver)
      if (run !== null)
        call.note({
          subject: `medium:${run.mediumId}`,
          details: { medium: run.mediumNumber, kind: run.kind, reason: 'scheduler' },
        })
      return run
    },
    'backup.verify': (input, call) => start('backup-verify', input, call),
    'backup.repair': (input, call) => start('backup-repair', input, call),
    'backup.lastCheck': ({ mediumId }) => desk().checks.last(mediumId),
    'backup.list': ({ mediumId }) => desk().snapshots.list(mediumId),
    'backup.retention': () => desk().plans.retention(),
    'backup.setRetention': (retention, call) => {
      desk().plans.setRetention(retention)
      call.note({ details: { ...retention } })
      desk().changed()
      return desk().plans.retention()
    },
    'backup.prunePreview': ({ mediumId }) =>
      prunePreview(desk(), mediumId).map(({ id, createdAt, verifiedAt, reasons }) => ({
        ...{ snapshotId: id, createdAt, verifiedAt },
        reasons: [...reasons],
      })),
    'backup.prune': (input, call) => {
      requirePreviewed(desk(), input)
      return start('backup-prune', input, call)
    },
  }
}
