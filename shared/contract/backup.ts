import { z } from 'zod'
import { DUTY_KINDS } from '../domain/backup/duty.ts'
import { MEDIUM_EVENTS, MEDIUM_SETS, MEDIUM_STATES } from '../domain/backup/medium.ts'
import { area, command, job, query } from './method.ts'
import { Empty, Id, IsoTime } from './model.ts'

const Folder = z.string().min(1).max(4096)
const Note = z.string().trim().max(500)
const JobStarted = z.object({ jobId: Id })
const SnapshotId = z.string().regex(/^\d{8}T\d{6}Z-[0-9a-f]{6}$/)
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** 载体台账: one line. */
export const Medium = z.object({
  id: Id,
  /** 介质编号, given by the unit. */
  number: z.string(),
  set: z.enum(MEDIUM_SETS),
  state: z.enum(MEDIUM_STATES),
  /** 品牌型号. */
  model: z.string(),
  serial: z.string(),
  capacityBytes: z.number().int().nullable(),
  secrecy: z.string(),
  /** 存放地. */
  place: z.string(),
  /** Where it was last plugged in. */
  folder: z.string(),
  setId: Id,
  registeredAt: IsoTime,
  lastSeenAt: IsoTime.nullable(),
  /** Whether its set can be read there now. */
  present: z.boolean(),
  freeBytes: z.number().int().nullable(),
  inspectionDueAt: IsoTime,
  lastBackupAt: IsoTime.nullable(),
  lastVerifiedAt: IsoTime.nullable(),
  /** SMART as read when it was last plugged in; empty where it cannot be read. */
  smart: z.string(),
  note: z.string(),
})
export type Medium = z.infer<typeof Medium>

export const MediumEventRow = z.object({
  sequence: z.number().int(),
  mediumId: Id,
  number: z.string(),
  event: z.enum(MEDIUM_EVENTS),
  at: IsoTime,
  by: z.string(),
  /** Where from and to, whom to. */
  fromPlace: z.string(),
  toPlace: z.string(),
  counterpart: z.string(),
  /** 定期检测: items looked at and unreadable ones. */
  sampled: z.number().int().nullable(),
  unreadable: z.number().int().nullable(),
  smart: z.string(),
  note: z.string(),
})
export type MediumEventRow = z.infer<typeof MediumEventRow>

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

export const MediumCheck = z.object({
  at: IsoTime,
  by: z.string(),
  depth: z.enum(['quick', 'full']),
  snapshots: z.number().int(),
  objects: z.number().int(),
  bytes: z.number().int(),
  /** Whether the medium itself was read, and not the system's memory of it. */
  pastCache: z.boolean(),
  problems: z.array(MediumProblem),
  unneeded: z.number().int(),
})
export type MediumCheck = z.infer<typeof MediumCheck>

const OfMedium = z.object({ mediumId: Id })

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
    input: OfMedium.extend({ depth: z.enum(['quick', 'full']) }),
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

/** 载体台账. */
export const media = area('media', {
  list: query({ input: Empty, output: z.array(Medium), needs: 'backup.read' }),
  /** What is plugged in under a folder: nothing yet, a registered medium's set, another vault's. */
  look: query({
    input: z.object({ folder: Folder }),
    output: z.object({
      state: z.enum(['empty', 'registered', 'unregistered-set', 'foreign', 'unwritable']),
      medium: Medium.nullable(),
      serial: z.string(),
      freeBytes: z.number().int().nullable(),
      capacityBytes: z.number().int().nullable(),
      fileSystem: z.string(),
    }),
    needs: 'backup.read',
  }),
  register: command({
    input: z.object({
      folder: Folder,
      number: z.string().trim().min(1).max(60),
      set: z.enum(MEDIUM_SETS),
      model: z.string().trim().max(120).default(''),
      serial: z.string().trim().max(120).default(''),
      secrecy: z.string().trim().max(40).default(''),
      place: z.string().trim().min(1).max(120),
      note: Note.default(''),
    }),
    output: Medium,
    needs: 'backup.manage',
    audit: 'media.registered',
  }),
  /** 出入库、交接、检测、报废: writes a line and changes the medium's place and state. */
  note: command({
    input: OfMedium.extend({
      event: z.enum(MEDIUM_EVENTS),
      toPlace: z.string().trim().max(120).default(''),
      counterpart: z.string().trim().max(120).default(''),
      sampled: z.number().int().min(0).nullable().default(null),
      unreadable: z.number().int().min(0).nullable().default(null),
      note: Note.default(''),
    }),
    output: Medium,
    needs: 'backup.manage',
    audit: 'media.noted',
  }),
  events: query({
    input: z.object({ mediumId: Id.optional() }),
    output: z.array(MediumEventRow),
    needs: 'backup.read',
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

/** What differs between a snapshot and today. */
export const RestoreComparison = z.object({
  snapshotId: SnapshotId,
  createdAt: IsoTime,
  inSnapshot: z.object({ cases: z.number().int(), volumes: z.number().int(), pages: z.number().int() }),
  today: z.object({ cases: z.number().int(), volumes: z.number().int(), pages: z.number().int() }),
  /** Pages of today that the snapshot does not have, and the other way round; pages whose version differs. */
  pagesOnlyToday: z.number().int(),
  pagesOnlyThen: z.number().int(),
  pagesChanged: z.number().int(),
})
export type RestoreComparison = z.infer<typeof RestoreComparison>

/** 恢复. Never over a living vault: always into a new, empty folder. */
export const restores = area('restores', {
  compare: query({
    input: OfMedium.extend({ snapshotId: SnapshotId, caseId: Id.optional() }),
    output: RestoreComparison,
    needs: 'backup.restore',
  }),
  /** A whole vault as of a snapshot into a new folder. */
  vault: job({
    input: OfMedium.extend({ snapshotId: SnapshotId, target: Folder }),
    output: JobStarted,
    needs: 'backup.restore',
    audit: 'restore.vault-started',
  }),
  /** Objects that the vault has damaged or lost, from a snapshot that has them whole. */
  objects: job({
    input: OfMedium.extend({ snapshotId: SnapshotId }),
    output: JobStarted,
    needs: 'backup.restore',
    audit: 'restore.objects-started',
  }),
})

export const DrillPoint = z.object({
  point: z.enum(['set', 'restore', 'key', 'catalogue', 'counts', 'audit', 'objects', 'pages']),
  passed: z.boolean(),
  checked: z.number().int(),
  wrong: z.number().int(),
  note: z.string(),
})

export type DrillPoint = z.infer<typeof DrillPoint>

/** 恢复演练记录. */
export const Drill = z.object({
  id: Id,
  /** 编号: year and running number. */
  number: z.string(),
  scenario: z.string(),
  mediumId: Id,
  mediumNumber: z.string(),
  snapshotId: SnapshotId,
  machine: z.string(),
  way: z.enum(['password', 'shares']),
  startedAt: IsoTime,
  endedAt: IsoTime,
  rtoTargetMinutes: z.number().int(),
  rtoMinutes: z.number(),
  rpoTargetHours: z.number().int(),
  rpoHours: z.number(),
  points: z.array(DrillPoint),
  passed: z.boolean(),
  by: z.string(),
  participants: z.string(),
  conclusion: z.string(),
  approvedBy: z.string().nullable(),
  approvedAt: IsoTime.nullable(),
  /** Ed25519 over the record, base64, and the key. */
  signature: z.string(),
  publicKey: z.string(),
})
export type Drill = z.infer<typeof Drill>

export const drills = area('drills', {
  run: job({
    input: OfMedium.extend({
      snapshotId: SnapshotId,
      scenario: z.string().trim().min(1).max(200),
      participants: z.string().trim().max(300).default(''),
      /** The real key path: an account's password, or two of the three recovery shares. Never written down. */
      key: z.discriminatedUnion('way', [
        z.object({ way: z.literal('password'), accountName: z.string().min(1), password: z.string().min(1) }),
        z.object({ way: z.literal('shares'), shares: z.array(z.string().min(1)).length(2) }),
      ]),
      /** Objects to open: all, or a seeded sample of so many. */
      sample: z.number().int().min(1).nullable().default(null),
      rtoTargetMinutes: z.number().int().min(1).max(100_000).default(240),
      rpoTargetHours: z.number().int().min(1).max(100_000).default(24),
    }),
    output: JobStarted,
    needs: 'backup.run',
    audit: 'drill.started',
  }),
  list: query({ input: Empty, output: z.array(Drill), needs: 'backup.read' }),
  /** A second person puts their name to the record. */
  approve: command({
    input: z.object({ drillId: Id, conclusion: z.string().trim().min(1).max(500) }),
    output: Drill,
    needs: 'backup.manage',
    audit: 'drill.approved',
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
