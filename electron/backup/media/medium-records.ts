import type { MediumEventRow } from '../../../shared/contract/media.ts'
import type { MediumEvent, MediumSet, MediumState } from '../../../shared/domain/backup/medium.ts'
import { AppError } from '../../../shared/errors.ts'
import { number, numberOrNull, type Row, type Statements, text, textOrNull } from '../../catalogue/index.ts'

/** 载体台账: a line as it is stored. */
export interface MediumRecord {
  readonly id: string
  readonly number: string
  readonly set: MediumSet
  readonly state: MediumState
  readonly model: string
  readonly serial: string
  /** What the file system on it is known by; empty where it cannot be read. */
  readonly volumeSerial: string
  readonly capacityBytes: number | null
  readonly secrecy: string
  readonly place: string
  /** Its root, where it was last plugged in. */
  readonly folder: string
  readonly setId: string
  readonly registeredAt: string
  readonly lastSeenAt: string | null
  readonly inspectedAt: string | null
  readonly smart: string
  readonly note: string
}

/** What was seen of a medium that is plugged in. */
export interface MediumSight {
  readonly folder: string
  readonly volumeSerial: string
  readonly capacityBytes: number | null
  readonly smart: string
}

export interface MediumRecords {
  readonly insert: (medium: MediumRecord) => void
  readonly all: () => readonly MediumRecord[]
  /** Throws BACKUP_MEDIUM_UNREGISTERED. */
  readonly get: (mediumId: string) => MediumRecord
  readonly ofSet: (setId: string) => MediumRecord | undefined
  readonly ofNumber: (mediumNumber: string) => MediumRecord | undefined
  readonly seen: (mediumId: string, sight: MediumSight, at: string) => void
  readonly change: (
    mediumId: string,
    change: {
      readonly state: MediumState
      readonly place: string
      readonly inspectedAt: string | null
      readonly smart: string
    },
  ) => void
  /** How often the medium's index was written, as far as this vault knows; 0: it does not. */
  readonly indexSequence: (mediumId: string) => number
  readonly indexWritten: (mediumId: string, sequence: number) => void
  readonly addEvent: (event: Omit<MediumEventRow, 'sequence' | 'number'>) => void
  /** Newest first. */
  readonly events: (mediumId?: string) => MediumEventRow[]
}

function mediumRecord(row: Row): MediumRecord {
  return {
    id: text(row, 'id'),
    number: text(row, 'number'),
    set: text(row, 'set_letter') as MediumSet,
    state: text(row, 'state') as MediumState,
    model: text(row, 'model'),
    serial: text(row, 'serial'),
    volumeSerial: text(row, 'volume_serial'),
    capacityBytes: numberOrNull(row, 'capacity_bytes'),
    secrecy: text(row, 'secrecy'),
    place: text(row, 'place'),
    folder: text(row, 'folder'),
    setId: text(row, 'set_id'),
    registeredAt: text(row, 'registered_at'),
    lastSeenAt: textOrNull(row, 'last_seen_at'),
    inspectedAt: textOrNull(row, 'inspected_at'),
    smart: text(row, 'smart'),
    note: text(row, 'note'),
  }
}

function eventRow(row: Row): MediumEventRow {
  return {
    sequence: number(row, 'sequence'),
    mediumId: text(row, 'medium_id'),
    number: text(row, 'number'),
    event: text(row, 'event') as MediumEvent,
    at: text(row, 'at'),
    by: text(row, 'by'),
    fromPlace: text(row, 'from_place'),
    toPlace: text(row, 'to_place'),
    counterpart: text(row, 'counterpart'),
    sampled: numberOrNull(row, 'sampled'),
    unreadable: numberOrNull(row, 'unreadable'),
    smart: text(row, 'smart'),
    note: text(row, 'note'),
  }
}

export function mediumRecords(sql: Statements): MediumRecords {
  const found = (row: Row | undefined) => (row === undefined ? undefined : mediumRecord(row))
  return {
    insert: (medium) => {
      sql.run(
        `INSERT INTO backup_medium (id, number, set_letter, state, model, serial, volume_serial, capacity_bytes, secrecy,
           place, folder, set_id, registered_at, last_seen_at, inspected_at, smart, note)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[medium.id, medium.number, medium.set, medium.state, medium.model, medium.serial],
        ...[medium.volumeSerial, medium.capacityBytes, medium.secrecy, medium.place, medium.folder],
        ...[medium.setId, medium.registeredAt, medium.lastSeenAt, medium.inspectedAt, medium.smart],
        medium.note,
      )
    },
    all: () => sql.all('SELECT * FROM backup_medium ORDER BY set_letter DESC, number').map(mediumRecord),
    get: (mediumId) => {
      const row = sql.one('SELECT * FROM backup_medium WHERE id = ?', mediumId)
      if (row === undefined) throw new AppError('BACKUP_MEDIUM_UNREGISTERED', { medium: mediumId })
      return mediumRecord(row)
    },
    ofSet: (setId) => found(sql.one('SELECT * FROM backup_medium WHERE set_id = ?', setId)),
    ofNumber: (mediumNumber) => found(sql.one('SELECT * FROM backup_medium WHERE number = ?', mediumNumber)),
    seen: (mediumId, { folder, volumeSerial, capacityBytes, smart }, at) => {
      sql.run(
        `UPDATE backup_medium SET folder = ?, last_seen_at = ?, capacity_bytes = coalesce(?, capacity_bytes),
           volume_serial = iif(volume_serial = '', ?, volume_serial), smart = iif(? = '', smart, ?) WHERE id = ?`,
        ...[folder, at, capacityBytes, volumeSerial, smart, smart, mediumId],
      )
    },
    change: (mediumId, { state, place, inspectedAt, smart }) => {
      sql.run(
        'UPDATE backup_medium SET state = ?, place = ?, inspected_at = ?, smart = ? WHERE id = ?',
        ...[state, place, inspectedAt, smart, mediumId],
      )
    },
    indexSequence: (mediumId) =>
      number(
        sql.one('SELECT index_sequence FROM backup_medium WHERE id = ?', mediumId) ?? { index_sequence: 0 },
        'index_sequence',
      ),
    indexWritten: (mediumId, sequence) => {
      sql.run('UPDATE backup_medium SET index_sequence = ? WHERE id = ?', sequence, mediumId)
    },
    addEvent: (event) => {
      sql.run(
        `INSERT INTO backup_medium_event (medium_id, event, at, by, from_place, to_place, counterpart, sampled,
           unreadable, smart, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[event.mediumId, event.event, event.at, event.by, event.fromPlace, event.toPlace],
        ...[event.counterpart, event.sampled, event.unreadable, event.smart, event.note],
      )
    },
    events: (mediumId) =>
      sql
        .all(
          `SELECT e.*, m.number FROM backup_medium_event e JOIN backup_medium m ON m.id = e.medium_id
           WHERE ? IS NULL OR e.medium_id = ? ORDER BY e.sequence DESC`,
          ...[mediumId ?? null, mediumId ?? null],
        )
        .map(eventRow),
  }
}
