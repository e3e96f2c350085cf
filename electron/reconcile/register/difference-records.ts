import type { DifferenceFilter } from '../../../shared/contract/differences.ts'
import type {
  DifferenceCause,
  DifferenceType,
  FindingMethod,
  FindingStage,
  OriginStage,
} from '../../../shared/domain/reconcile/difference-type.ts'
import type { DifferenceState, Handling, Severity } from '../../../shared/domain/reconcile/handling.ts'
import { OVERDUE_DAYS } from '../../../shared/domain/reconcile/proof.ts'
import { AppError } from '../../../shared/errors.ts'
import { type Catalogue, number, numberOrNull, type Row, text, textOrNull } from '../../catalogue/index.ts'
import type { Compartment } from '../../vault/index.ts'

export interface Deed {
  readonly by: string
  readonly at: string
}

/** What a way of finding may bring up to date while nobody has judged it. */
export interface FoundFields {
  readonly type: DifferenceType
  readonly foundStage: FindingStage
  readonly methods: readonly FindingMethod[]
  readonly book: number | null
  readonly itemId: string | null
  readonly paperPlace: string
  readonly electronicPlace: string
  readonly paperPageId: string | null
  readonly pageId: string | null
  readonly versionId: string | null
  readonly matchId: string | null
  readonly confidence: number
  readonly severity: Severity
  /** Empty: a person chose it. */
  readonly severityRule: string
}

/** A row of the register as it stands in the catalogue; its words are sealed. */
export interface DifferenceRecord extends FoundFields {
  readonly id: string
  readonly year: number
  readonly serial: number
  readonly reconciliationId: string | null
  readonly caseId: string
  readonly volumeId: string
  readonly compartment: Compartment
  readonly identity: string
  readonly found: Deed
  readonly cause: DifferenceCause | null
  readonly originStage: OriginStage | null
  readonly originPerson: string
  readonly state: DifferenceState
  readonly handling: Handling | null
  readonly judged: Deed | null
  readonly approved: (Deed & { readonly note: string }) | null
  readonly handled: Deed | null
  readonly beforeDigest: string
  readonly afterDigest: string
  readonly checked: (Deed & { readonly ok: boolean; readonly note: string }) | null
  readonly planId: string | null
  readonly noted: boolean
  readonly trainingMeasure: string
  readonly closedAt: string | null
  readonly content: Uint8Array | null
}

/** Which rows of the register; of whom they may be seen is judged elsewhere. */
export type DifferenceQuestion = DifferenceFilter & { readonly now: Date }

export interface DifferenceRecords {
  /** Gives the next number of the year: serials are never used twice, since rows are never deleted. */
  readonly nextSerial: (year: number) => number
  readonly insert: (record: DifferenceRecord) => void
  /** Writes everything that may change of a row. */
  readonly save: (record: DifferenceRecord) => void
  readonly find: (id: string) => DifferenceRecord | undefined
  /** Throws CATALOGUE_NOT_FOUND for one of another volume. */
  readonly require: (volumeId: string, id: string) => DifferenceRecord
  readonly ofReconciliation: (reconciliationId: string) => readonly DifferenceRecord[]
  readonly ofPlan: (planId: string) => readonly DifferenceRecord[]
  /** Newest number first. */
  readonly list: (question: DifferenceQuestion) => readonly DifferenceRecord[]
}

/** 编号 of a row, such as BF2026-0001. */
export function differenceNumber({ year, serial }: Pick<DifferenceRecord, 'year' | 'serial'>): string {
  return `BF${year}-${String(serial).padStart(4, '0')}`
}

function deed(row: Row, kind: string): Deed | null {
  const by = textOrNull(row, `${kind}_by`)
  const at = textOrNull(row, `${kind}_at`)
  return by === null || at === null ? null : { by, at }
}

function recordOf(row: Row): DifferenceRecord {
  const approved = deed(row, 'approved')
  const checked = deed(row, 'checked')
  return {
    id: text(row, 'id'),
    year: number(row, 'year'),
    serial: number(row, 'serial'),
    reconciliationId: textOrNull(row, 'reconciliation_id'),
    caseId: text(row, 'case_id'),
    volumeId: text(row, 'volume_id'),
    compartment: text(row, 'compartment') as Compartment,
    identity: text(row, 'identity'),
    found: { by: text(row, 'found_by'), at: text(row, 'found_at') },
    foundStage: text(row, 'found_stage') as FindingStage,
    methods: JSON.parse(text(row, 'methods')) as FindingMethod[],
    type: text(row, 'type') as DifferenceType,
    book: numberOrNull(row, 'book'),
    itemId: textOrNull(row, 'item_id'),
    paperPlace: text(row, 'paper_place'),
    electronicPlace: text(row, 'electronic_place'),
    paperPageId: textOrNull(row, 'paper_page_id'),
    pageId: textOrNull(row, 'page_id'),
    versionId: textOrNull(row, 'version_id'),
    matchId: textOrNull(row, 'match_id'),
    confidence: number(row, 'confidence'),
    severity: text(row, 'severity') as Severity,
    severityRule: text(row, 'severity_rule'),
    cause: textOrNull(row, 'cause') as DifferenceCause | null,
    originStage: textOrNull(row, 'origin_stage') as OriginStage | null,
    originPerson: text(row, 'origin_person'),
    state: text(row, 'state') as DifferenceState,
    handling: textOrNull(row, 'handling') as Handling | null,
    judged: deed(row, 'judged'),
    approved: approved === null ? null : { ...approved, note: text(row, 'approval_note') },
    handled: deed(row, 'handled'),
    beforeDigest: text(row, 'before_digest'),
    afterDigest: text(row, 'after_digest'),
    checked:
      checked === null
        ? null
        : { ...checked, ok: number(row, 'check_ok') === 1, note: text(row, 'check_note') },
    planId: textOrNull(row, 'plan_id'),
    noted: number(row, 'noted') === 1,
    trainingMeasure: text(row, 'training_measure'),
    closedAt: textOrNull(row, 'closed_at'),
    content: row.content instanceof Uint8Array ? row.content : null,
  }
}

type Value = string | number | null | Uint8Array

/** Every column and its value: what an insert names and an update sets. */
function columnsOf(record: DifferenceRecord): Readonly<Record<string, Value>> {
  const { found, judged, approved, handled, checked } = record
  return {
    year: record.year,
    serial: record.serial,
    reconciliation_id: record.reconciliationId,
    case_id: record.caseId,
    volume_id: record.volumeId,
    compartment: record.compartment,
    identity: record.identity,
    found_at: found.at,
    found_by: found.by,
    found_stage: record.foundStage,
    methods: JSON.stringify(record.methods),
    type: record.type,
    book: record.book,
    item_id: record.itemId,
    paper_place: record.paperPlace,
    electronic_place: record.electronicPlace,
    paper_page_id: record.paperPageId,
    page_id: record.pageId,
    version_id: record.versionId,
    match_id: record.matchId,
    confidence: record.confidence,
    severity: record.severity,
    severity_rule: record.severityRule,
    cause: record.cause,
    origin_stage: record.originStage,
    origin_person: record.originPerson,
    state: record.state,
    handling: record.handling,
    judged_by: judged?.by ?? null,
    judged_at: judged?.at ?? null,
    approved_by: approved?.by ?? null,
    approved_at: approved?.at ?? null,
    approval_note: approved?.note ?? '',
    handled_by: handled?.by ?? null,
    handled_at: handled?.at ?? null,
    before_digest: record.beforeDigest,
    after_digest: record.afterDigest,
    checked_by: checked?.by ?? null,
    checked_at: checked?.at ?? null,
    check_ok: checked === null ? null : checked.ok ? 1 : 0,
    check_note: checked?.note ?? '',
    plan_id: record.planId,
    noted: record.noted ? 1 : 0,
    training_measure: record.trainingMeasure,
    closed_at: record.closedAt,
    content: record.content,
  }
}

const DAY_MS = 24 * 60 * 60 * 1000
/** Days of a filter are those of the room's wall calendar (UTC+8), as in the statistics. */
const FOUND_DAY = `date(found_at, '+8 hours')`

function conditionOf({ now, ...filter }: DifferenceQuestion): { sql: string; values: readonly Value[] } {
  const parts: string[] = []
  const values: Value[] = []
  const is = (column: string, value: string | undefined) => {
    if (value === undefined) return
    parts.push(`${column} = ?`)
    values.push(value)
  }
  const among = (column: string, wanted: readonly string[]) => {
    if (wanted.length === 0) return
    parts.push(`${column} IN (${wanted.map(() => '?').join(', ')})`)
    values.push(...wanted)
  }
  is('volume_id', filter.volumeId)
  is('case_id', filter.caseId)
  is('reconciliation_id', filter.reconciliationId)
  is('origin_person', filter.originPerson)
  among('state', filter.states)
  among('type', filter.types)
  among('severity', filter.severities)
  among('cause', filter.causes)
  among('origin_stage', filter.originStages)
  if (filter.from !== undefined) {
    parts.push(`${FOUND_DAY} >= ?`)
    values.push(filter.from)
  }
  if (filter.to !== undefined) {
    parts.push(`${FOUND_DAY} <= ?`)
    values.push(filter.to)
  }
  if (filter.olderThanDays !== undefined) {
    parts.push(`state IN ('found', 'judged', 'handled') AND found_at < ?`)
    values.push(new Date(now.getTime() - filter.olderThanDays * DAY_MS).toISOString())
  }
  if (filter.overdue === true) {
    const since = (severity: Severity) =>
      new Date(now.getTime() - OVERDUE_DAYS[severity] * DAY_MS).toISOString()
    parts.push(`state IN ('found', 'judged', 'handled')
      AND found_at < CASE severity WHEN 'serious' THEN ? WHEN 'ordinary' THEN ? ELSE ? END`)
    values.push(since('serious'), since('ordinary'), since('slight'))
  }
  return { sql: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, values }
}

export function differenceRecords({ sql }: Pick<Catalogue, 'sql'>): DifferenceRecords {
  const find = (id: string) => {
    const row = sql.one('SELECT * FROM difference WHERE id = ?', id)
    return row === undefined ? undefined : recordOf(row)
  }
  return {
    nextSerial: (year) =>
      number(
        sql.one('SELECT coalesce(max(serial), 0) + 1 AS n FROM difference WHERE year = ?', year) ?? {},
        'n',
      ),
    insert: (record) => {
      const columns = columnsOf(record)
      const names = Object.keys(columns)
      sql.run(
        `INSERT INTO difference (id, ${names.join(', ')}) VALUES (?, ${names.map(() => '?').join(', ')})`,
        ...[record.id, ...Object.values(columns)],
      )
    },
    save: (record) => {
      const columns = columnsOf(record)
      sql.run(
        `UPDATE difference SET ${Object.keys(columns)
          .map((name) => `${name} = ?`)
          .join(', ')} WHERE id = ?`,
        ...[...Object.values(columns), record.id],
      )
    },
    find,
    require: (volumeId, id) => {
      const found = find(id)
      if (found === undefined || found.volumeId !== volumeId)
        throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'difference', id })
      return found
    },
    ofReconciliation: (reconciliationId) =>
      sql
        .all('SELECT * FROM difference WHERE reconciliation_id = ? ORDER BY year, serial', reconciliationId)
        .map(recordOf),
    ofPlan: (planId) =>
      sql.all('SELECT * FROM difference WHERE plan_id = ? ORDER BY year, serial', planId).map(recordOf),
    list: (question) => {
      const { sql: condition, values } = conditionOf(question)
      return sql
        .all(`SELECT * FROM difference ${condition} ORDER BY year DESC, serial DESC`, ...values)
        .map(recordOf)
    },
  }
}
