import type { OutputOf } from '../../shared/contract/index.ts'
import { refusalOf } from '../../shared/domain/access-decision.ts'
import { AppError } from '../../shared/errors.ts'
import type { Call, Handlers, Session } from '../access/index.ts'
import { lentView, type Sight } from '../catalogue/index.ts'
import type { ReconcileParts } from './reconcile-parts.ts'
import { matchRecords } from './records/match-records.ts'
import { paperRecords } from './records/paper-records.ts'
import { reconciliationRecords } from './records/reconciliation-records.ts'
import { forgetScans, sweepScans } from './records/swept-scans.ts'
import { reconciliationRow } from './rescan/reconciliation-row.ts'
import { RESCAN_JOB, type RescanInput } from './rescan/rescan-input.ts'
import { openComparison } from './rescan/sealed-content.ts'
import { sidesDigest } from './rescan/two-sides.ts'

type Methods =
  | 'reconcile.list'
  | 'reconcile.ofVolume'
  | 'reconcile.start'
  | 'reconcile.abandon'
  | 'reconcile.sides'
  | 'reconcile.rescan'
  | 'reconcile.removeScan'
  | 'reconcile.decideMatch'
  | 'reconcile.comparison'

/** Throws ACCESS_NOT_SIGNED_IN. */
function sessionOf(call: Call): Session {
  if (call.session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
  return call.session
}

/** Answers the contract's `reconcile.*`. */
export function reconcileHandlers(parts: ReconcileParts): Handlers<Methods> {
  const reconciliations = () => reconciliationRecords(parts.catalogue())
  const papers = () => paperRecords(parts.catalogue())
  const matches = () => matchRecords(parts.catalogue())
  const at = () => parts.now().toISOString()

  const sightOf = ({ accountId, grants, compartments }: Session): Sight => ({
    accountId,
    at: parts.catalogue().lent.moment(parts.now()),
    grants: grants.filter(({ permission }) => permission === 'difference.read'),
    restricted: compartments.has('restricted'),
  })
  /** Throws ACCESS_DENIED for who holds pages of the volume by loan alone. */
  const requirePaper = (volumeId: string, call: Call) => {
    const session = sessionOf(call)
    const { caseId, compartment } = parts.catalogue().volumes.require(volumeId)
    const needs = 'page.read'
    if (lentView(parts.catalogue(), session, caseId, needs, parts.now()) !== null)
      throw new AppError('ACCESS_DENIED', { needs, reason: 'out-of-scope' })
    return compartment
  }
  const isRescanning = (volumeId: string) =>
    parts
      .jobs()
      .list()
      .some(
        ({ id, kind, state }) =>
          kind === RESCAN_JOB && state === 'running' && parts.jobs().volumeOf(id) === volumeId,
      )
  const nameOf = (accountId: string) => parts.catalogue().accounts.find(accountId)?.displayName ?? accountId
  /**
   * Writes down what the matching is to go by, and has all matched anew. A running job notices it and goes round once
   * more; another job on the volume refuses it. Throws JOB_RESOURCE_BUSY.
   */
  const matchAnew = <T>(volumeId: string, reconciliationId: string, call: Call, write: () => T): T => {
    // Where nothing of the paper was read so far, a decision does not begin it.
    const readTexts = papers()
      .pages(reconciliationId)
      .some(({ read }) => read)
    const input: RescanInput = {
      ...{
        volumeId,
        reconciliationId,
        paths: [],
        part: false,
        duplex: false,
        afterPaperPageId: null,
        readTexts,
      },
    }
    const written = parts.catalogue().transaction(() => {
      const done = write()
      if (!isRescanning(volumeId)) parts.jobs().start(RESCAN_JOB, input, sessionOf(call).accountName)
      return done
    })
    parts.changed(volumeId)
    return written
  }

  return {
    'reconcile.list': ({ ended, caseId, limit }, call) => {
      const rows: OutputOf<'reconcile.list'> = []
      const session = sessionOf(call)
      for (const record of reconciliations().list(sightOf(session), { ended, caseId })) {
        const facts = parts.factsOf({ kind: 'volume', id: record.volumeId }, session)
        if (refusalOf(session.grants, 'difference.read', facts) !== null) continue
        rows.push(reconciliationRow(parts.catalogue(), record))
        if (rows.length === limit) break
      }
      return rows
    },
    'reconcile.ofVolume': ({ volumeId }) => {
      const record = reconciliations().ofVolume(volumeId)
      return record === undefined ? null : reconciliationRow(parts.catalogue(), record)
    },
    'reconcile.start': ({ volumeId }, call) => {
      const { caseId } = parts.catalogue().volumes.require(volumeId)
      const id = parts.newId()
      reconciliations().start({ id, volumeId, caseId, at: at(), by: sessionOf(call).accountId })
      call.note({ details: { reconciliation: id } })
      parts.changed(volumeId)
      return reconciliationRow(parts.catalogue(), reconciliations().require(volumeId, id))
    },
    'reconcile.abandon': async ({ volumeId, reconciliationId, reason }, call) => {
      reconciliations().requireOpen(volumeId, reconciliationId)
      if (isRescanning(volumeId)) throw new AppError('JOB_RESOURCE_BUSY', {}, { retryable: true })
      call.note({ reason, details: { reconciliation: reconciliationId } })
      const swept = parts.catalogue().transaction(() => {
        reconciliations().abandon(reconciliationId, reason, { at: at(), by: sessionOf(call).accountId })
        return forgetScans(parts.catalogue(), reconciliationId, null)
      })
      parts.changed(volumeId)
      await sweepScans(parts, swept)
      return {}
    },
    'reconcile.sides': ({ volumeId, reconciliationId }, call) => {
      requirePaper(volumeId, call)
      const { matchedDigest } = reconciliations().require(volumeId, reconciliationId)
      const paper = papers().pages(reconciliationId)
      const electronic = parts.catalogue().pages.list(volumeId)
      const digest = sidesDigest(paper, electronic, matches().decisions(reconciliationId))
      return {
        scans: papers()
          .scans(reconciliationId)
          .map(({ jobId: _, ...scan }) => ({ ...scan, by: nameOf(scan.by) })),
        paper: paper.map((page) => ({
          ...{ id: page.id, scanId: page.scanId, sequence: page.sequence, name: page.name },
          ...{ widthPixels: page.widthPixels, heightPixels: page.heightPixels, dpi: page.dpiX },
          ...{ colourMode: page.colourMode, turn: page.turn, printedNumber: page.printedNumber },
          ...{ side: page.side, read: page.read },
        })),
        matches: matches()
          .list(reconciliationId)
          .map((match) => ({
            ...match,
            decidedBy: match.decidedBy === null ? null : nameOf(match.decidedBy),
          })),
        current: digest === matchedDigest,
      }
    },
    'reconcile.rescan': (asked, call) => {
      const { volumeId, reconciliationId, paths, part, duplex, afterPaperPageId } = asked
      reconciliations().requireOpen(volumeId, reconciliationId)
      const scanned = papers().pages(reconciliationId)
      if (paths.length === 0 && scanned.length === 0)
        throw new AppError('RECONCILE_NOTHING_SCANNED', { volumeId })
      if (afterPaperPageId !== null && !scanned.some(({ id }) => id === afterPaperPageId))
        throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: afterPaperPageId })
      call.note({ details: { reconciliation: reconciliationId, files: paths.length, part, duplex } })
      const input: RescanInput = { ...asked }
      return parts.jobs().start(RESCAN_JOB, input, sessionOf(call).accountName)
    },
    'reconcile.removeScan': async ({ volumeId, reconciliationId, scanId }, call) => {
      reconciliations().requireOpen(volumeId, reconciliationId)
      if (
        !papers()
          .scans(reconciliationId)
          .some(({ id }) => id === scanId)
      )
        throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'scan', id: scanId })
      // Its import may be under way.
      if (isRescanning(volumeId)) throw new AppError('JOB_RESOURCE_BUSY', {}, { retryable: true })
      call.note({ details: { reconciliation: reconciliationId, scan: scanId } })
      const swept = matchAnew(volumeId, reconciliationId, call, () => {
        papers().removeScan(scanId, at())
        return forgetScans(parts.catalogue(), reconciliationId, scanId)
      })
      await sweepScans(parts, swept)
      return {}
    },
    'reconcile.decideMatch': ({ volumeId, reconciliationId, paperPageId, pageId }, call) => {
      reconciliations().requireOpen(volumeId, reconciliationId)
      if (
        paperPageId !== null &&
        !papers()
          .pages(reconciliationId)
          .some(({ id }) => id === paperPageId)
      )
        throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: paperPageId })
      if (
        pageId !== null &&
        !parts
          .catalogue()
          .pages.list(volumeId)
          .some(({ id }) => id === pageId)
      )
        throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: pageId })
      call.note({
        ...(pageId === null ? {} : { page: pageId }),
        details: {
          reconciliation: reconciliationId,
          ...(paperPageId === null ? {} : { paperPage: paperPageId }),
        },
      })
      const decision = { paperPageId, pageId, by: sessionOf(call).accountId, at: at() }
      matchAnew(volumeId, reconciliationId, call, () =>
        matches().decide(reconciliationId, parts.newId, decision),
      )
      return {}
    },
    'reconcile.comparison': ({ volumeId, reconciliationId, matchId }, call) => {
      const compartment = requirePaper(volumeId, call)
      reconciliations().require(volumeId, reconciliationId)
      const { pageId } = matches().require(reconciliationId, matchId)
      call.note(pageId === null ? {} : { page: pageId })
      const content = matches().content(matchId)
      if (content === undefined) return { matchId, comparison: null, text: [] }
      const { comparison, text } = openComparison(parts.vault(), compartment, matchId, content)
      return { matchId, comparison, text }
    },
  }
}
