import { z } from 'zod'
import { DUTY_KINDS } from '../domain/backup/duty.ts'
import { Folder, JobStarted, OfMedium, SnapshotId } from './backup-fields.ts'
import { Medium } from './media.ts'
import { area, command, job, query } from './method.ts'
import { Empty, Id, IsoTime } from './model.ts'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** 备份登记: one line, see domain.md §6. */
export const BackupRow = z.object({
  snapshotId: SnapshotId,
  mediumId: Id,
  mediumNumber: z.string(),
  createdAt: IsoTime,
  kind: z.enum(['incremental', 'full']),
  cases: z.number().int(),
  volumes: z.number().int(),
  pages: z.number().int(),
  objects: z.number().int(),
  bytes: z.number().int(),
  bytesWritten: z.number().int(),
  /** 档号或案号区间. */
  firstCase: z.string(),
  lastCase: z.string(),
  /** 摘要根值: SHA-256 of the list of objects; and of the snapshot's own file. */
  objectsSha256: Sha256,
  snapshotSha256: Sha256,
  missing: z.number().int(),
  /** Names of some of them. */
  missingNames: z.array(z.string()),
  by: z.string(),
  verifiedAt: IsoTime.nullable(),
  verifiedBy: z.string().nullable(),
  verifyResult: z.enum(['sound', 'damaged', 'not-yet']),
  prunedAt: IsoTime.nullable(),
})
export type BackupRow = z.infer<typeof BackupRow>

export const Duty = z.object({
  kind: z.enum(DUTY_KINDS),
  everyDays: z.number().int(),
  lastAt: IsoTime.nullable(),
  dueAt: IsoTime.nullable(),
  state: z.enum(['never', 'overdue', 'soon', 'done', 'off']),
})
export type Duty = z.infer<typeof Duty>

export const Retention = z.object({
  daily: z.number().int().min(0).max(366),
  weekly: z.number().int().min(0).max(520),
  monthly: z.number().int().min(0).max(240),
  yearly: z.number().int().min(0).max(100),
})
export type Retention = z.infer<typeof Retention>

/** One fault on a medium, as the last check found it. */
export const MediumProblem = z.object({
  file: z.string(),
  reason: z.enum([
    'missing',
    'size',
    'changed',
    'unreadable',
    'signature',
    'unknown-signer',
    'stranger',
    'rolled-back',
  ]),
  snapshots: z.array(z.string()),
  /** Whether the vault has what is needed to make it good. */
  repairable: z.boolean(),
})
export type MediumProblem = z.infer<typeof MediumProblem>

/** How much of a medium is read back: nothing, a drawn sample, every byte. */
export const CheckDepth = z.enum(['quick', 'sample', 'full'])
export type CheckDepth = z.infer<typeof CheckDepth>

export const MediumCheck = z.object({
  at: IsoTime,
  by: z.string(),
  depth: CheckDepth,
  snapshots: z.number().int(),
  objects: z.number().int(),
  bytes: z.number().int(),
  /** Whether the medium itself was read, and not the system's memory of it. */
  pastCache: z.boolean(),
  problems: z.array(MediumProblem),
  unneeded: z.number().int(),
  /** 抽样核验: by which seed, how many objects were read, and how many of these were not as they should be. */
  sample: z.object({ seed: z.string(), sampled: z.number().int(), unreadable: z.number().int() }).nullable(),
})
export type MediumCheck = z.infer<typeof MediumCheck>

/** 备份: what there is, what is due, and the runs. */
export const backup = area('backup', {
  /** For the screen's first glance and the frame's dot. */
  overview: query({
    input: Empty,
    output: z.object({
      lastProvenAt: IsoTime.nullable(),
      lastDrillAt: IsoTime.nullable(),
      media: z.array(Medium),
      duties: z.array(Duty),
      /** Runs, checks and drills, for the calendar: newest first, 400 days. */
      history: z.array(
        z.object({
          at: IsoTime,
          kind: z.enum(['backup', 'verify', 'drill', 'inspection']),
          sound: z.boolean(),
        }),
      ),
      openTasks: z.number().int(),
    }),
    needs: 'backup.read',
  }),
  /** For everybody's frame: how old the last proven backup is, and whether something is overdue. */
  age: query({
    input: Empty,
    output: z.object({ lastProvenAt: IsoTime.nullable(), overdue: z.boolean(), mayAct: z.boolean() }),
    needs: 'signed-in',
  }),
  run: job({
    input: OfMedium.extend({ kind: z.enum(['incremental', 'full']) }),
    output: JobStarted,
    needs: 'backup.run',
    audit: 'backup.started',
  }),
  verify: job({
    input: OfMedium.extend({ depth: CheckDepth }),
    output: JobStarted,
    needs: 'backup.run',
    audit: 'backup.verify-started',
  }),
  /** Copies anew from the vault what the last check found damaged on the medium. */
  repair: job({ input: OfMedium, output: JobStarted, needs: 'backup.run', audit: 'backup.repair-started' }),
  lastCheck: query({ input: OfMedium, output: MediumCheck.nullable(), needs: 'backup.read' }),
  /** 备份登记, newest first. */
  list: query({
    input: z.object({ mediumId: Id.optional() }),
    output: z.array(BackupRow),
    needs: 'backup.read',
  }),
  retention: query({ input: Empty, output: Retention, needs: 'backup.read' }),
  setRetention: command({
    input: Retention,
    output: Retention,
    needs: 'backup.manage',
    audit: 'backup.retention-set',
  }),
  prunePreview: query({
    input: OfMedium,
    output: z.array(
      z.object({
        snapshotId: SnapshotId,
        createdAt: IsoTime,
        verifiedAt: IsoTime.nullable(),
        /** Why it stays; empty: it goes. */
        reasons: z.array(z.enum(['daily', 'weekly', 'monthly', 'yearly', 'newest', 'unverified'])),
      }),
    ),
    needs: 'backup.read',
  }),
  /** Removes exactly what the preview showed; refused when that has changed meanwhile (CALL_INVALID_INPUT). */
  prune: job({
    input: OfMedium.extend({ remove: z.array(SnapshotId).min(1) }),
    output: JobStarted,
    needs: 'backup.manage',
    audit: 'backup.prune-started',
  }),
})

/** 备份策略: the regular duties. */
export const duties = area('duties', {
  list: query({ input: Empty, output: z.array(Duty), needs: 'backup.read' }),
  set: command({
    input: z.object({
      kind: z.enum(DUTY_KINDS),
      everyDays: z.number().int().min(1).max(3660),
      active: z.boolean(),
    }),
    output: z.array(Duty),
    needs: 'backup.manage',
    audit: 'duty.set',
  }),
})

/** 异常处置: what a failed check or drill left to do. */
export const BackupTask = z.object({
  id: Id,
  openedAt: IsoTime,
  origin: z.enum(['verify', 'drill', 'inspection', 'backup']),
  subject: z.string(),
  details: z.string(),
  closedAt: IsoTime.nullable(),
  closedBy: z.string().nullable(),
  remedy: z.string(),
})
export type BackupTask = z.infer<typeof BackupTask>

export const backupTasks = area('backupTasks', {
  list: query({ input: Empty, output: z.array(BackupTask), needs: 'backup.read' }),
  close: command({
    input: z.object({ taskId: Id, remedy: z.string().trim().min(1).max(500) }),
    output: BackupTask,
    needs: 'backup.manage',
    audit: 'backup.task-closed',
  }),
})

export const BACKUP_REGISTERS = [
  'policy',
  'backups',
  'media',
  'media-events',
  'inspections',
  'migrations',
  'drills',
  'tasks',
] as const

/** The registers of domain.md §6, to be printed or taken into a table. */
export const backupForms = area('backupForms', {
  write: command({
    input: z.object({
      register: z.enum(BACKUP_REGISTERS),
      format: z.enum(['pdf', 'csv']),
      target: Folder,
      drillId: Id.optional(),
    }),
    output: z.object({ path: z.string(), rows: z.number().int() }),
    needs: 'backup.read',
    audit: 'backup.register-written',
  }),
})
