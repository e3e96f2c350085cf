import type { OutputOf } from '../../shared/contract/index.ts'
import type { SheetVerdict } from '../../shared/contract/paper-catalogue.ts'
import { printedNumberGaps } from '../../shared/domain/reconcile/number-gaps.ts'
import { sayingsDisagree } from '../../shared/domain/reconcile/sheet-passes.ts'
import { AppError } from '../../shared/errors.ts'
import type { Call, Handlers, Session } from '../access/index.ts'
import type { ReconcileParts } from './reconcile-parts.ts'
import { reconciliationRecords } from './records/reconciliation-records.ts'
import { differenceDesk } from './register/difference-desk.ts'
import { bookTotals } from './sheets/book-totals.ts'
import { type KeptVerdict, type PassRecord, type PassRecords, passRecords } from './sheets/pass-records.ts'
import { sheetDifferences } from './sheets/sheet-differences.ts'
import { disagreeing, nextPage, type SheetWork, sheetWork } from './sheets/sheet-work.ts'

type Methods = 'sheets.get' | 'sheets.begin' | 'sheets.judge' | 'sheets.finish' | 'sheets.settle'

interface Work {
  readonly volumeId: string
  readonly reconciliationId: string
}

/** Throws ACCESS_NOT_SIGNED_IN. */
function sessionOf(call: Call): Session {
  if (call.session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
  return call.session
}

const shown = ({ settled: _, judgedAt: __, ...verdict }: KeptVerdict): SheetVerdict => verdict
const wrongState = (reason: string) => new AppError('RECONCILE_WRONG_STATE', { reason })

/**
 * 逐页核对: one pass sheet by sheet, and a second one by another person who is told nothing of the first. Work stops and
 * resumes anywhere; a page that has another image since is asked for again.
 */
export function sheetHandlers(parts: ReconcileParts): Handlers<Methods> {
  const catalogue = () => parts.catalogue()
  const recordsOf = (volumeId: string): PassRecords =>
    passRecords(catalogue(), parts.vault(), catalogue().volumes.require(volumeId).compartment)
  const workOf = (records: PassRecords, { volumeId, reconciliationId }: Work): SheetWork =>
    sheetWork(records, reconciliationId, catalogue().pages.list(volumeId))
  const opened = ({ volumeId, reconciliationId }: Work) =>
    reconciliationRecords(catalogue()).requireOpen(volumeId, reconciliationId)
  const nameOf = (accountId: string) => catalogue().accounts.find(accountId)?.displayName ?? accountId

  const passShown = (work: SheetWork, pass: PassRecord, accountId: string) => {
    const mine = pass.accountId === accountId
    const told = mine || work.open
    return {
      ...{ number: pass.number, by: nameOf(pass.accountId), mine },
      ...{ startedAt: pass.startedAt, finishedAt: pass.finishedAt, of: work.pages.length },
      // of another's pass nothing but its end is told until both are finished
      done: told ? work.verdicts(pass.number).size : pass.finishedAt === null ? 0 : work.pages.length,
    }
  }
  /** The pass that this person is at. Throws RECONCILE_WRONG_STATE. */
  const running = (work: SheetWork, accountId: string): PassRecord => {
    const pass = work.passOf(accountId)
    if (pass === undefined) throw wrongState('not-begun')
    if (pass.finishedAt !== null) throw wrongState('finished')
    return pass
  }
  const file = (records: PassRecords, input: Work, by: string) =>
    differenceDesk(parts).file(
      input.reconciliationId,
      'sheets',
      sheetDifferences(catalogue(), input, workOf(records, input)),
      by,
    )
  const gapsOf = (
    { pages }: SheetWork,
    totals: OutputOf<'sheets.get'>['totals'],
  ): OutputOf<'sheets.get'>['gaps'] =>
    totals.flatMap(({ bookId, printed }) =>
      printedNumberGaps(
        pages.filter((page) => page.bookId === bookId),
        { last: printed },
      ),
    )

  return {
    'sheets.get': (input, call) => {
      reconciliationRecords(catalogue()).require(input.volumeId, input.reconciliationId)
      const { accountId } = sessionOf(call)
      const work = workOf(recordsOf(input.volumeId), input)
      const own = work.passOf(accountId)
      const mine = own === undefined ? new Map<string, KeptVerdict>() : work.verdicts(own.number)
      const totals = bookTotals(catalogue(), parts.vault(), input, work.pages)
      return {
        passes: ([1, 2] as const).flatMap((number) => {
          const pass = work.pass(number)
          return pass === undefined ? [] : [passShown(work, pass, accountId)]
        }),
        mine: [...mine.values()].map(shown),
        nextPageId: own === undefined ? null : nextPage(work.pages, mine),
        totals,
        gaps: gapsOf(work, totals),
        disagreements: work.open
          ? disagreeing(work).map((page) => {
              const first = work.verdicts(1).get(page.id)
              const second = work.verdicts(2).get(page.id)
              return {
                pageId: page.id,
                first: first === undefined ? null : shown(first),
                second: second === undefined ? null : shown(second),
                settled: work.said(page).holds !== null,
              }
            })
          : [],
      }
    },
    'sheets.begin': (input, call) => {
      opened(input)
      const { accountId } = sessionOf(call)
      const records = recordsOf(input.volumeId)
      const begun = catalogue().transaction((): PassRecord => {
        const work = workOf(records, input)
        const own = work.passOf(accountId)
        if (own !== undefined) return resumed(records, work, own)
        if (work.pass(2) !== undefined) throw wrongState('passes-taken')
        const number = work.pass(1) === undefined ? 1 : 2
        const startedAt = parts.now().toISOString()
        const pass: PassRecord = { id: parts.newId(), number, accountId, startedAt, finishedAt: null }
        records.insert(input.reconciliationId, pass)
        return pass
      })
      call.note({ details: { pass: begun.number } })
      parts.changed(input.volumeId)
      return passShown(workOf(records, input), begun, accountId)
    },
    'sheets.judge': (input, call) => {
      opened(input)
      const { accountId } = sessionOf(call)
      const { verdict } = input
      const records = recordsOf(input.volumeId)
      if (verdict.verdict === 'differs' && verdict.type === null)
        throw new AppError('CALL_INVALID_INPUT', { method: 'sheets.judge', field: 'verdict.type' })
      const after = catalogue().transaction(() => {
        const work = workOf(records, input)
        const pass = running(work, accountId)
        const page = work.pages.find(({ id }) => id === verdict.pageId)
        if (page === undefined)
          throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: verdict.pageId })
        // what was looked at is no longer what stands there
        if (page.versionId !== verdict.versionId) throw new AppError('RECONCILE_CHANGED_MEANWHILE')
        const kept = verdict.verdict === 'agrees' ? { ...verdict, type: null } : verdict
        records.judge(input.reconciliationId, pass.id, kept, parts.now().toISOString())
        return { pass, work: workOf(records, input) }
      })
      call.note({ page: verdict.pageId })
      const verdicts = after.work.verdicts(after.pass.number)
      return {
        ...{ done: verdicts.size, of: after.work.pages.length },
        nextPageId: nextPage(after.work.pages, verdicts, verdict.pageId),
      }
    },
    'sheets.finish': (input, call) => {
      opened(input)
      const { accountId } = sessionOf(call)
      const records = recordsOf(input.volumeId)
      const reply = catalogue().transaction(() => {
        const before = workOf(records, input)
        const pass = running(before, accountId)
        const left = before.pages.length - before.verdicts(pass.number).size
        if (left > 0) throw new AppError('RECONCILE_PASS_UNFINISHED', { left })
        records.setFinished(pass.id, parts.now().toISOString())
        const work = workOf(records, input)
        // while the other is at work, the register does not tell what this one found
        const blind = ([1, 2] as const).some((number) => work.pass(number)?.finishedAt === null)
        const { added } = blind ? { added: 0 } : file(records, input, accountId)
        return { newDifferences: added, disagreements: work.open ? disagreeing(work).length : 0 }
      })
      call.note({ details: reply })
      parts.changed(input.volumeId)
      return reply
    },
    'sheets.settle': (input, call) => {
      opened(input)
      const { accountId } = sessionOf(call)
      const records = recordsOf(input.volumeId)
      catalogue().transaction(() => {
        const work = workOf(records, input)
        const [first, second] = [work.pass(1), work.pass(2)]
        if (!work.open || first === undefined || second === undefined) throw wrongState('passes-open')
        const page = work.pages.find(({ id }) => id === input.pageId)
        if (page === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: input.pageId })
        if (!sayingsDisagree(work.said(page))) throw wrongState('no-disagreement')
        records.settle(first.id, page.id, input.holds === 'first' ? 'holds' : 'yields', accountId)
        records.settle(second.id, page.id, input.holds === 'second' ? 'holds' : 'yields', accountId)
        file(records, input, accountId)
      })
      call.note({ page: input.pageId, details: { holds: input.holds } })
      parts.changed(input.volumeId)
      return {}
    },
  }
}

/**
 * One's own pass goes on where it was; a finished one is taken up again when pages have come or changed since. Throws
 * RECONCILE_SAME_PERSON: who made the first pass does not make the second.
 */
function resumed(records: PassRecords, work: SheetWork, own: PassRecord): PassRecord {
  if (own.finishedAt === null) return own
  if (work.verdicts(own.number).size < work.pages.length) {
    records.setFinished(own.id, null)
    return { ...own, finishedAt: null }
  }
  if (own.number === 1) throw new AppError('RECONCILE_SAME_PERSON')
  return own
}
