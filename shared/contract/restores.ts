import { z } from 'zod'
import { Finding, Folder, JobStarted, OfMedium, SnapshotId } from './backup-fields.ts'
import { area, command, job, query } from './method.ts'
import { Empty, Id, IsoTime } from './model.ts'

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
  point: z.enum(['set', 'restore', 'key', 'catalogue', 'counts', 'audit', 'objects', 'pages', 'targets']),
  passed: z.boolean(),
  checked: z.number().int(),
  wrong: z.number().int(),
  /** What records of earlier versions say, in Chinese; empty for the others. */
  note: z.string(),
  findings: z.array(Finding).default([]),
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
