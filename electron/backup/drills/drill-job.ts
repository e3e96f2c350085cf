import { hostname } from 'node:os'
import { z } from 'zod'
import { Id } from '../../../shared/contract/model.ts'
import type { DrillPoint } from '../../../shared/contract/restores.ts'
import type { Finding } from '../../../shared/domain/backup/finding.ts'
import { AppError } from '../../../shared/errors.ts'
import type { JobKind } from '../../jobs/index.ts'
import { type BackupRoom, mediumResources, noteDeed } from '../backup-room.ts'
import type { DrillKeys } from './drill-keys.ts'
import { type DrillRecord, drillNumber, signedDrill } from './drill-record.ts'
import { drillRecords } from './drill-records.ts'
import { holdDrill } from './drill-run.ts'
import { missed, targetsPoint } from './drill-targets.ts'
import { lostHours } from './lost-hours.ts'

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
        rpoHours: lostHours(room.catalogue.sql, { createdAt, head: snapshot?.audit.records, startedAt }),
      })
      openTasks(room, drill)
      for (const { point, passed, checked, wrong } of drill.points)
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

function keepRecord(room: BackupRoom, held: Held): DrillRecord {
  const { input, startedAt, by } = held
  const endedAt = room.now()
  const { mediumId, snapshotId, scenario, participants, way, sample } = input
  const { rtoTargetMinutes, rpoTargetHours } = input
  const figures = {
    rtoTargetMinutes,
    rtoMinutes: hundredths(Math.max(0, endedAt.getTime() - startedAt.getTime()) / MINUTE_MS),
    ...{ rpoTargetHours, rpoHours: hundredths(held.rpoHours) },
  }
  const points = [...held.points, targetsPoint(figures, held.points)]
  const records = drillRecords(room.catalogue.sql)
  return room.catalogue.transaction(() => {
    const year = startedAt.getFullYear()
    const drill = signedDrill(
      {
        ...{ id: room.newId(), year, serial: records.nextSerial(year), scenario, mediumId },
        ...{ mediumNumber: room.media.get(mediumId).number, snapshotId, machine: hostname(), way, sample },
        ...{ startedAt: startedAt.toISOString(), endedAt: endedAt.toISOString() },
        ...figures,
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

/** What a failed drill leaves to do: one task a drill, with every point that failed and what it found. */
function openTasks(room: BackupRoom, drill: DrillRecord): void {
  const findings = drill.points
    .filter(({ passed }) => !passed)
    .flatMap(({ point, findings: found = [] }): Finding[] =>
      point === 'targets' ? missed(drill) : [{ code: 'point-failed', details: { point } }, ...found],
    )
  if (findings.length === 0) return
  room.tasks.open({ origin: 'drill', subject: `${drillNumber(drill)} · ${drill.mediumNumber}`, findings })
}

/** `20261123T225133Z-4f2a9c` as a time. */
function createdAtOf(snapshotId: string): string {
  return snapshotId.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, '$1-$2-$3T$4:$5:$6.000Z')
}
