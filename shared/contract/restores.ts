import { z } from 'zod'
import { Finding, Folder, JobStarted, OfMedium, SnapshotId } from './backup-fields.ts'
import { area, command, job, query, type ResourceRef } from './method.ts'
import { Empty, Id, IsoTime, VolumeKind } from './model.ts'

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

/** A case as a snapshot has it: it may be gone today, or have another number. */
export const SnapshotCase = z.object({
  caseId: Id,
  number: z.string(),
  archiveNumber: z.string(),
  title: z.string(),
  status: z.enum(['open', 'filed']),
  pageCount: z.number().int(),
  /** Its number today; null: there is no such case today. */
  numberToday: z.string().nullable(),
  /** 归档 today: what its pages show changes only by an approved request. */
  filedToday: z.boolean(),
})
export type SnapshotCase = z.infer<typeof SnapshotCase>

/** A version of a page, and what is wrong with its image in the vault. */
export const PageVersionSide = z.object({
  versionId: Id,
  number: z.number().int(),
  createdAt: IsoTime,
  sha256: z.string(),
  fault: z.enum(['missing', 'damaged']).nullable(),
})
export type PageVersionSide = z.infer<typeof PageVersionSide>

/** A page that shows today, or shows no more, something else than a snapshot shows of it. */
export const PageThenAndNow = z.object({
  pageId: Id,
  /** Where it stands today, or else where it stood. */
  volumeId: Id,
  volumeKind: VolumeKind,
  book: z.number().int(),
  position: z.number().int(),
  printedNumber: z.string(),
  inSnapshot: PageVersionSide,
  /** Null: there is no such page today. */
  today: PageVersionSide.nullable(),
  /** `missing`, `damaged`: the same version, whose image the vault has no more, or not whole. */
  difference: z.enum(['changed', 'withdrawn', 'gone', 'missing', 'damaged']),
})
export type PageThenAndNow = z.infer<typeof PageThenAndNow>

const PageOfSnapshot = OfMedium.extend({ snapshotId: SnapshotId, volumeId: Id, pageId: Id })
const ofVolume = ({ volumeId }: { volumeId: string }): ResourceRef => ({ kind: 'volume', id: volumeId })

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
  /** The cases of a snapshot that the person may know of, by number, 档号, side or cause. */
  cases: query({
    input: OfMedium.extend({
      snapshotId: SnapshotId,
      text: z.string().max(200).default(''),
      limit: z.number().int().min(1).max(100).default(50),
    }),
    output: z.object({ total: z.number().int(), rows: z.array(SnapshotCase) }),
    needs: 'backup.restore',
  }),
  /** One case as of a snapshot into a new folder: a vault with no other case in it. */
  case: job({
    input: OfMedium.extend({ snapshotId: SnapshotId, caseId: Id, target: Folder }),
    output: JobStarted,
    needs: 'backup.restore',
    audit: 'restore.case-started',
  }),
  /** Pages of a case whose version differs, or can no longer be shown; in the order of the volume. */
  pageVersions: query({
    input: OfMedium.extend({
      snapshotId: SnapshotId,
      caseId: Id,
      limit: z.number().int().min(1).max(1000).default(200),
    }),
    output: z.object({ total: z.number().int(), rows: z.array(PageThenAndNow) }),
    needs: 'backup.restore',
  }),
  /** What a page showed, read from the medium: to be looked at beside what it shows today. */
  pagePicture: query({
    input: OfMedium.extend({ snapshotId: SnapshotId, caseId: Id, pageId: Id }),
    output: z.object({ mediaType: z.string(), base64: z.string() }),
    needs: 'backup.restore',
    audit: 'restore.page-looked-at',
  }),
  /** Puts back the image of a page that the vault has damaged or lost; what the page shows stays. */
  pageImage: command({
    input: PageOfSnapshot,
    output: z.object({ mended: z.number().int() }),
    needs: 'backup.restore',
    resource: ofVolume,
    audit: 'restore.page-image',
  }),
  /** Has a page show again what the snapshot shows, as a new version; its image is put back where it must be. */
  page: command({
    input: PageOfSnapshot.extend({
      /** What the person saw of the snapshot. */
      versionId: Id,
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      reason: z.string().trim().min(1).max(300),
    }),
    output: z.object({ versionId: Id, mended: z.number().int() }),
    needs: 'backup.restore',
    resource: ofVolume,
    audit: 'restore.page-returned',
    afterFiling: 'approval',
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
