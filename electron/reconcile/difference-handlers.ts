import type { DifferenceRow } from '../../shared/contract/differences.ts'
import { maskSensitive } from '../../shared/domain/sensitive-text.ts'
import { AppError } from '../../shared/errors.ts'
import type { Call, Handlers, Session } from '../access/index.ts'
import { writeFileAtomically } from '../atomic-write.ts'
import { lentView } from '../catalogue/index.ts'
import { attaching } from './attachments/attaching.ts'
import { differenceStatistics } from './proving/statistics.ts'
import type { ReconcileParts } from './reconcile-parts.ts'
import { type DifferenceRecord, differenceNumber, differenceRecords } from './register/difference-records.ts'
import { differenceRows } from './register/difference-rows.ts'
import { differenceJudging } from './register/judging.ts'
import { registerCsv, registerPdf } from './register/register-table.ts'

type Methods =
  | 'differences.list'
  | 'differences.report'
  | 'differences.judge'
  | 'differences.dismiss'
  | 'differences.explain'
  | 'differences.attach'
  | 'differences.detach'
  | 'differences.check'
  | 'differences.reopen'
  | 'differences.exportAttachment'
  | 'differences.exportRegister'
  | 'differences.statistics'

function requireSession(call: Call): Session {
  if (call.session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
  return call.session
}

/** Numbers of people and the like are masked in words as everywhere; the image shows what they are. */
function masked(row: DifferenceRow): DifferenceRow {
  return {
    ...row,
    itemWords: maskSensitive(row.itemWords),
    paperWords: maskSensitive(row.paperWords),
    electronicWords: maskSensitive(row.electronicWords),
    basis: maskSensitive(row.basis),
    explanation: maskSensitive(row.explanation),
    attachments: row.attachments.map((one) => ({ ...one, name: maskSensitive(one.name) })),
    regions: row.regions.map((region) => ({
      ...region,
      ...(region.paperText === undefined ? {} : { paperText: maskSensitive(region.paperText) }),
      ...(region.electronicText === undefined
        ? {}
        : { electronicText: maskSensitive(region.electronicText) }),
    })),
  }
}

/** Answers the contract's `differences.*`: the register, and what is decided of each of its rows. */
export function differenceHandlers(parts: ReconcileParts): Handlers<Methods> {
  const records = () => differenceRecords(parts.catalogue())
  const judging = differenceJudging(parts)
  const attachments = attaching(parts)
  /** After a step: the log, the screens, and the row as the person sees it now. */
  const told = (record: DifferenceRecord, call: Call): DifferenceRow => {
    const { type, state, handling } = record
    call.note({
      subject: `difference:${differenceNumber(record)}`,
      details: { type, state, ...(handling === null ? {} : { handling }) },
      ...(record.pageId === null ? {} : { page: record.pageId }),
    })
    parts.changed(record.volumeId)
    return masked(differenceRows(parts, requireSession(call)).row(record))
  }
  /** Who asked for the change: the approval's requester, else who prepared the plan. */
  const requesterOf = ({ planId, judgedBy }: { planId: string | null; judgedBy: string }): string => {
    const { sql, accounts } = parts.catalogue()
    const row = sql.one(
      `SELECT coalesce(a.requested_by, p.prepared_by) AS by FROM settlement_plan p
         LEFT JOIN approval a ON a.id = p.approval_id WHERE p.id = ?`,
      planId,
    )
    const by = row?.by
    return typeof by === 'string' ? (accounts.find(by)?.displayName ?? by) : judgedBy
  }

  /** Checkings in which this person is still at a pass: what the other pass alone found stays hidden, it is blind. */
  const atPass = ({ accountId }: Session): ReadonlySet<string> =>
    new Set(
      parts
        .catalogue()
        .sql.all(
          'SELECT reconciliation_id AS id FROM sheet_pass WHERE account_id = ? AND finished_at IS NULL',
          accountId,
        )
        .map((row) => String(row.id)),
    )
  const isHidden = (blind: ReadonlySet<string>, { reconciliationId, methods }: DifferenceRecord) =>
    reconciliationId !== null && blind.has(reconciliationId) && methods.every((method) => method === 'sheets')

  return {
    'differences.list': ({ filter, offset, limit }, call) => {
      const session = requireSession(call)
      const seen = differenceRows(parts, session)
      const blind = atPass(session)
      const found = records()
        .list({ ...filter, now: parts.now() })
        .filter((record) => seen.sees(record) && !isHidden(blind, record))
      return {
        total: found.length,
        rows: found
          .slice(offset, offset + limit)
          .map(seen.row)
          .map(masked)
          .map((row) => ({
            ...row,
            requestedBy: requesterOf({ planId: row.planId, judgedBy: row.judged?.by ?? '' }),
          })),
      }
    },
    'differences.report': (input, call) => told(judging.report(input, requireSession(call).accountId), call),
    'differences.judge': (input, call) => told(judging.judge(input, requireSession(call).accountId), call),
    'differences.dismiss': ({ volumeId, differenceId, reason }, call) =>
      told(judging.dismiss(volumeId, differenceId, reason, requireSession(call).accountId), call),
    'differences.explain': ({ volumeId, differenceId, explanation }, call) =>
      told(judging.explain(volumeId, differenceId, explanation), call),
    'differences.attach': async (input, call) => {
      const { record, added } = await attachments.attach(input, requireSession(call).accountId)
      call.note({
        details: {
          sha256: added.map(({ sha256 }) => sha256).join(','),
          pages: added.reduce((sum, { pages }) => sum + pages.length, 0),
          ...(input.replaces === undefined ? {} : { replaces: input.replaces }),
        },
      })
      return told(record, call)
    },
    'differences.detach': async (input, call) => {
      const { record, gone } = await attachments.detach(input)
      call.note({ details: { sha256: gone.sha256, pages: gone.pages.length } })
      return told(record, call)
    },
    'differences.check': (input, call) => {
      call.note({ details: { ok: input.ok } })
      return told(judging.check(input, requireSession(call).accountId), call)
    },
    'differences.reopen': ({ volumeId, differenceId }, call) =>
      told(judging.reopen(volumeId, differenceId), call),
    'differences.exportAttachment': async ({ volumeId, differenceId, attachmentId, path }, call) => {
      const session = requireSession(call)
      const record = records().require(volumeId, differenceId)
      call.note({ subject: `difference:${differenceNumber(record)}` })
      // A loan lends pages of the volume, and this is none.
      const needs = 'page.export'
      if (lentView(parts.catalogue(), session, record.caseId, needs, parts.now()) !== null)
        throw new AppError('ACCESS_DENIED', { needs, reason: 'out-of-scope' })
      const shown = differenceRows(parts, session)
        .row(record)
        .attachments.find(({ id }) => id === attachmentId)
      if (shown?.readable === false)
        throw new AppError('VAULT_COMPARTMENT_CLOSED', { compartment: 'restricted' })
      const { sha256 } = await attachments.write(record.id, attachmentId, path)
      call.note({ details: { sha256 } })
      return {}
    },
    'differences.exportRegister': async ({ filter, format, path }, call) => {
      const session = requireSession(call)
      const seen = differenceRows(parts, session)
      const blind = atPass(session)
      const rows = records()
        .list({ ...filter, now: parts.now() })
        .filter((record) => !isHidden(blind, record))
        .toReversed()
        .map((record) => masked(seen.row(record)))
        .map((row) => ({
          ...row,
          requestedBy: requesterOf({ planId: row.planId, judgedBy: row.judged?.by ?? '' }),
        }))
      const bytes =
        format === 'csv'
          ? registerCsv(rows)
          : await registerPdf(rows, {
              ...{ unitName: parts.unitName(), logHead: parts.logHeadWords(), now: parts.now() },
              ...parts.fonts,
            })
      await writeFileAtomically(path, bytes)
      call.note({ details: { rows: rows.length, format } })
      return { rows: rows.length }
    },
    'differences.statistics': (period, call) =>
      differenceStatistics(parts.catalogue(), requireSession(call), period, parts.now()),
  }
}
