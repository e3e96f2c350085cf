import type { Drill } from '../../../shared/contract/restores.ts'
import { AppError } from '../../../shared/errors.ts'
import { number, numberOrNull, type Row, type Statements, text, textOrNull } from '../../catalogue/index.ts'
import { type DrillApproval, type DrillRecord, drillNumber, type KeptPoint } from './drill-record.ts'

export type KeptDrill = DrillRecord & DrillApproval

/** The drills that were held. */
export interface DrillRecords {
  /** The next running number of a year. Ask within the transaction that inserts. */
  readonly nextSerial: (year: number) => number
  readonly insert: (drill: DrillRecord) => void
  /** Throws CATALOGUE_NOT_FOUND. */
  readonly get: (id: string) => KeptDrill
  /** Newest first. */
  readonly list: () => readonly KeptDrill[]
  readonly approve: (id: string, approval: { readonly [K in keyof DrillApproval]: string }) => void
}

const COLUMNS = [
  ...['id', 'year', 'serial', 'scenario', 'medium_id', 'medium_number', 'snapshot_id', 'machine', 'way'],
  ...['sample', 'started_at', 'ended_at', 'rto_target_minutes', 'rto_minutes', 'rpo_target_hours'],
  ...['rpo_hours', 'points', 'passed', 'by', 'participants', 'signature', 'public_key'],
]

function keptDrill(row: Row): KeptDrill {
  return {
    id: text(row, 'id'),
    year: number(row, 'year'),
    serial: number(row, 'serial'),
    scenario: text(row, 'scenario'),
    mediumId: text(row, 'medium_id'),
    mediumNumber: text(row, 'medium_number'),
    snapshotId: text(row, 'snapshot_id'),
    machine: text(row, 'machine'),
    way: text(row, 'way') as KeptDrill['way'],
    sample: numberOrNull(row, 'sample'),
    startedAt: text(row, 'started_at'),
    endedAt: text(row, 'ended_at'),
    rtoTargetMinutes: number(row, 'rto_target_minutes'),
    rtoMinutes: number(row, 'rto_minutes'),
    rpoTargetHours: number(row, 'rpo_target_hours'),
    rpoHours: number(row, 'rpo_hours'),
    points: JSON.parse(text(row, 'points')) as KeptPoint[],
    passed: number(row, 'passed') === 1,
    by: text(row, 'by'),
    participants: text(row, 'participants'),
    conclusion: text(row, 'conclusion'),
    approvedBy: textOrNull(row, 'approved_by'),
    approvedAt: textOrNull(row, 'approved_at'),
    signature: text(row, 'signature'),
    publicKey: text(row, 'public_key'),
  }
}

export function drillRecords(sql: Statements): DrillRecords {
  return {
    nextSerial: (year) =>
      number(
        sql.one('SELECT coalesce(max(serial), 0) + 1 AS n FROM restore_drill WHERE year = ?', year) ?? {},
        'n',
      ),
    insert: (drill) => {
      sql.run(
        `INSERT INTO restore_drill (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`,
        ...[drill.id, drill.year, drill.serial, drill.scenario, drill.mediumId, drill.mediumNumber],
        ...[drill.snapshotId, drill.machine, drill.way, drill.sample, drill.startedAt, drill.endedAt],
        ...[drill.rtoTargetMinutes, drill.rtoMinutes, drill.rpoTargetHours, drill.rpoHours],
        ...[JSON.stringify(drill.points), Number(drill.passed), drill.by, drill.participants],
        ...[drill.signature, drill.publicKey],
      )
    },
    get: (id) => {
      const row = sql.one('SELECT * FROM restore_drill WHERE id = ?', id)
      if (row === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'drill', id })
      return keptDrill(row)
    },
    list: () => sql.all('SELECT * FROM restore_drill ORDER BY year DESC, serial DESC').map(keptDrill),
    approve: (id, { conclusion, approvedBy, approvedAt }) => {
      sql.run(
        'UPDATE restore_drill SET conclusion = ?, approved_by = ?, approved_at = ? WHERE id = ?',
        ...[conclusion, approvedBy, approvedAt, id],
      )
    },
  }
}

/** As screens and paper show it; `nameOf` gives a person's name for an account. */
export function shownDrill(drill: KeptDrill, nameOf: (accountId: string) => string): Drill {
  const { year: _, serial: __, sample: ___, ...shown } = drill
  return {
    ...shown,
    number: drillNumber(drill),
    points: drill.points.map((point) => ({ ...point, findings: point.findings ?? [] })),
    by: nameOf(drill.by),
    approvedBy: drill.approvedBy === null ? null : nameOf(drill.approvedBy),
  }
}
