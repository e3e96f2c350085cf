import type { SHEET_VERDICTS, SheetVerdict } from '../../../shared/contract/paper-catalogue.ts'
import type { DifferenceType } from '../../../shared/domain/reconcile/difference-type.ts'
import { type Catalogue, number, type Row, text, textOrNull } from '../../catalogue/index.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'

export type PassNumber = 1 | 2

/** A pass through a volume with the paper in hand. */
export interface PassRecord {
  readonly id: string
  readonly number: PassNumber
  readonly accountId: string
  readonly startedAt: string
  readonly finishedAt: string | null
}

export interface KeptVerdict extends SheetVerdict {
  readonly judgedAt: string
  /** Which of two disagreeing verdicts holds; null: nobody said so. */
  readonly settled: 'holds' | 'yields' | null
}

export interface PassRecords {
  readonly ofReconciliation: (reconciliationId: string) => readonly PassRecord[]
  readonly insert: (reconciliationId: string, pass: PassRecord) => void
  /** Null takes the pass up again. */
  readonly setFinished: (passId: string, at: string | null) => void
  /** By page, of whatever version. Throws VAULT_COMPARTMENT_CLOSED, VAULT_OBJECT_DAMAGED. */
  readonly verdicts: (passId: string) => ReadonlyMap<string, KeptVerdict>
  /** A later verdict takes the place of an earlier one, and what was settled about the page is open again. */
  readonly judge: (reconciliationId: string, passId: string, verdict: SheetVerdict, at: string) => void
  readonly settle: (passId: string, pageId: string, settled: 'holds' | 'yields', by: string) => void
}

/** What was noted about a page that went to another compartment went with it: see `moved-notes.ts`. */
interface SealedPart {
  readonly note: string
  readonly missingAfter: string
}

/** What a note of a pass about a page is sealed as. */
export const notePlace = (passId: string, pageId: string, compartment: Compartment) => ({
  label: `sheet|${passId}|${pageId}`,
  compartment,
})

/** Passes and verdicts of a volume; notes and missing numbers are sealed under its compartment. */
export function passRecords(
  { sql }: Pick<Catalogue, 'sql'>,
  vault: Pick<OpenVault, 'sealDraft' | 'openDraft'>,
  compartment: Compartment,
): PassRecords {
  const place = (passId: string, pageId: string) => notePlace(passId, pageId, compartment)
  const sealed = (passId: string, { pageId, note, missingAfter }: SheetVerdict): Uint8Array | null => {
    if (note === '' && missingAfter === '') return null
    const part: SealedPart = { note, missingAfter }
    return vault.sealDraft(place(passId, pageId), Buffer.from(JSON.stringify(part), 'utf8'))
  }
  const opened = (passId: string, pageId: string, row: Row): SealedPart =>
    row.content instanceof Uint8Array
      ? (JSON.parse(vault.openDraft(place(passId, pageId), row.content).toString('utf8')) as SealedPart)
      : { note: '', missingAfter: '' }
  return {
    ofReconciliation: (reconciliationId) =>
      sql
        .all('SELECT * FROM sheet_pass WHERE reconciliation_id = ? ORDER BY number', reconciliationId)
        .map((row) => ({
          id: text(row, 'id'),
          number: number(row, 'number') === 1 ? 1 : 2,
          accountId: text(row, 'account_id'),
          startedAt: text(row, 'started_at'),
          finishedAt: textOrNull(row, 'finished_at'),
        })),
    insert: (reconciliationId, pass) => {
      sql.run(
        `INSERT INTO sheet_pass (id, reconciliation_id, number, account_id, started_at, finished_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
        ...[pass.id, reconciliationId, pass.number, pass.accountId, pass.startedAt, pass.finishedAt],
      )
    },
    setFinished: (passId, at) => {
      sql.run('UPDATE sheet_pass SET finished_at = ? WHERE id = ?', at, passId)
    },
    verdicts: (passId) =>
      new Map(
        sql.all('SELECT * FROM sheet_verdict WHERE pass_id = ?', passId).map((row): [string, KeptVerdict] => {
          const pageId = text(row, 'page_id')
          return [
            pageId,
            {
              ...{ pageId, versionId: text(row, 'version_id') },
              verdict: text(row, 'verdict') as (typeof SHEET_VERDICTS)[number],
              type: textOrNull(row, 'type') as DifferenceType | null,
              judgedAt: text(row, 'judged_at'),
              settled: textOrNull(row, 'settled') as KeptVerdict['settled'],
              ...opened(passId, pageId, row),
            },
          ]
        }),
      ),
    judge: (reconciliationId, passId, verdict, at) =>
      sql.transaction(() => {
        const { pageId, versionId, type } = verdict
        sql.run(
          `INSERT INTO sheet_verdict (pass_id, page_id, version_id, verdict, type, judged_at, content)
           VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (pass_id, page_id) DO UPDATE SET version_id = excluded.version_id, verdict = excluded.verdict,
             type = excluded.type, judged_at = excluded.judged_at, content = excluded.content, moved_content = NULL`,
          ...[passId, pageId, versionId, verdict.verdict, type, at, sealed(passId, verdict)],
        )
        sql.run(
          `UPDATE sheet_verdict SET settled = NULL, settled_by = NULL WHERE page_id = ?
             AND pass_id IN (SELECT id FROM sheet_pass WHERE reconciliation_id = ?)`,
          ...[pageId, reconciliationId],
        )
      }),
    settle: (passId, pageId, settled, by) => {
      sql.run(
        'UPDATE sheet_verdict SET settled = ?, settled_by = ? WHERE pass_id = ? AND page_id = ?',
        ...[settled, by, passId, pageId],
      )
    },
  }
}
