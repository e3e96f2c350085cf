import { hostname } from 'node:os'
import { z } from 'zod'
import { Id } from '../../../shared/contract/model.ts'
import type { DrillPoint } from '../../../shared/contract/restores.ts'
import { AppError } from '../../../shared/errors.ts'
import { type Statements, textOrNull } from '../../catalogue/index.ts'
import type { JobKind } from '../../jobs/index.ts'
import { type BackupRoom, mediumResources, noteDeed } from '../backup-room.ts'
import type { DrillKeys } from './drill-keys.ts'
import { type DrillRecord, drillNumber, signedDrill } from './drill-record.ts'
import { drillRecords } from './drill-records.ts'
import { holdDrill } from './drill-run.ts'

export const DRILL_JOB = 'backup-drill'

/** As `drills.run` takes it, without the key: this is written into the database. */
const DrillInput = z.object({
  mediumId: Id,
  snapshotId: z.string(),
  scenario: z.string(),
  participants: z.string(),
  way: z.enum(['password', 'shares']),
  sample: z.number().int().nullable(),
  rtoTargetMinutes: z.number().int(),
  rpoTargetHours: z.number().int(),
})
export type DrillInput = z.infer<typeof DrillInput>

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const POINT_WORDS: Readonly<Record<DrillPoint['point'], string>> = {
  set: '备份集',
  restore: '恢复',
  key: '开锁',
  catalogue: '目录数据库',
  counts: '数量',
  audit: '审计链',
  objects: '文件抽验',
  pages: '页面比对',
}

/**
 * A restore drill (恢复演练, domain.md §6): restores a snapshot to a place of its own, opens it with a password or two
 * recovery shares, examines it, and writes the signed record. The key is in memory alone, so that a drill which ended
 * early cannot be resumed: BACKUP_DRILL_KEY_GONE.
 */
export function drillJob(room: BackupRoom, keys: DrillKeys): JobKind<DrillInput> {
  return {
    kind: DRILL_JOB,
    input: DrillInput,
    label: ({ mediumId, snapshotId }) => `${room.media.get(mediumId).number} ${snapshotId}`,
    resources: ({ mediumId }) => mediumResources(mediumId),
    run: async (work) => {
      const { input, jobId, record, startedBy } = work
      const key = keys.take(jobId)
      if (key === undefined) throw new AppError('BACKUP_DRILL_KEY_GONE')
      const { mediumId, snapshotId, sample } = input
      const startedAt = room.now()
      const folder = await room.shelf.setFolderOf(mediumId, 'read')
      const order = { folder, mediumId, snapshotId, key, sample }
      const { points, snapshot } = await holdDrill(room, order, work)
      const createdAt = snapshot?.createdAt ?? createdAtOf(snapshotId)
      const drill = keepRecord(room, {
        ...{ input, startedAt, points, by: startedBy },
        rpoHours: lostHours(room.catalogue.sql, createdAt, startedAt),
      })
      openTasks(room, drill)
      for (const { point, passed, checked, wrong } of points)
        record({
          unitKey: point,
          subject: point,
          outcome: passed ? 'sound' : 'damaged',
          details: { checked, wrong },
        })
      const details = { drillId: drill.id, number: drillNumber(drill), passed: drill.passed }
      record({ unitKey: 'summary', subject: details.number, outcome: 'sound', details })
      room.changed()
    },
  }
}

interface Held {
  readonly input: DrillInput
  readonly startedAt: Date
  readonly points: readonly DrillPoint[]
  readonly rpoHours: number
  readonly by: string
}

/** Rounds up, to hundredths, so that a target is never met by rounding. */
function hundredths(value: number): number {
  return Math.ceil(value * 100) / 100
}

function keepRecord(room: BackupRoom, { input, startedAt, points, rpoHours, by }: Held): DrillRecord {
  const endedAt = room.now()
  const { mediumId, snapshotId, scenario, participants, way, sample } = input
  const { rtoTargetMinutes, rpoTargetHours } = input
  const records = drillRecords(room.catalogue.sql)
  return room.catalogue.transaction(() => {
    const year = startedAt.getFullYear()
    const drill = signedDrill(
      {
        ...{ id: room.newId(), year, serial: records.nextSerial(year), scenario, mediumId },
        ...{ mediumNumber: room.media.get(mediumId).number, snapshotId, machine: hostname(), way, sample },
        ...{ startedAt: startedAt.toISOString(), endedAt: endedAt.toISOString() },
        rtoTargetMinutes,
        rtoMinutes: hundredths(Math.max(0, endedAt.getTime() - startedAt.getTime()) / MINUTE_MS),
        ...{ rpoTargetHours, rpoHours: hundredths(rpoHours) },
        ...{ points, passed: points.every(({ passed }) => passed), by, participants },
      },
      room.vault.signer(),
    )
    records.insert(drill)
    noteDeed(room, {
      ...{ action: 'drill.finished', mediumId, by },
      ...(drill.passed ? {} : { result: 'failed', code: 'BACKUP_SET_DAMAGED' }),
      details: { number: drillNumber(drill), snapshot: snapshotId, passed: drill.passed },
    })
    return drill
  })
}

/** What a failed drill leaves to do: one task a drill, with every point that failed and every target that was missed. */
function openTasks(room: BackupRoom, drill: DrillRecord): void {
  const failed = drill.points
    .filter(({ passed }) => !passed)
    .map(({ point, note }) => `${POINT_WORDS[point]}：${note === '' ? '未通过' : note}`)
  if (drill.rtoMinutes > drill.rtoTargetMinutes)
    failed.push(`恢复用时 ${drill.rtoMinutes} 分钟，超过目标 ${drill.rtoTargetMinutes} 分钟`)
  if (drill.rpoHours > drill.rpoTargetHours)
    failed.push(`会丢失 ${drill.rpoHours} 小时的变动，超过目标 ${drill.rpoTargetHours} 小时`)
  if (failed.length === 0) return
  const subject = `演练 ${drillNumber(drill)}（${drill.mediumNumber}）`
  room.tasks.open({ origin: 'drill', subject, details: failed.join('；') })
}

/** `20261123T225133Z-4f2a9c` as a time. */
function createdAtOf(snapshotId: string): string {
  return snapshotId.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, '$1-$2-$3T$4:$5:$6.000Z')
}

/**
 * RPO: hours from the snapshot to the newest change of case files, which is what would be lost. Zero when nothing
 * changed since.
 */
function lostHours(sql: Statements, createdAt: string, startedAt: Date): number {
  const row = sql.one(
    `SELECT max(at) AS at FROM (SELECT max(updated_at) AS at FROM case_file
       UNION ALL SELECT max(created_at) FROM page_version)`,
  )
  const newest = row === undefined ? null : textOrNull(row, 'at')
  if (newest === null || newest <= createdAt) return 0
  return (Math.min(Date.parse(newest), startedAt.getTime()) - Date.parse(createdAt)) / HOUR_MS
}
