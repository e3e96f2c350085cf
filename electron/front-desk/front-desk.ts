import { hostname, userInfo } from 'node:os'
import {
  type ByteRange,
  isMethodName,
  methodOf,
  type PageRendition,
  type PageResult,
} from '../../shared/contract/index.ts'
import type { ResourceRef } from '../../shared/contract/method.ts'
import { refusalOf } from '../../shared/domain/access-decision.ts'
import {
  type Call,
  type CallPath,
  type CallRecord,
  callPath,
  passwordJudge,
  type Session,
} from '../access/index.ts'
import { auditHandlers } from '../audit/index.ts'
import { backupAreaHandlers } from '../backup/index.ts'
import { caseHandlers } from '../catalogue/index.ts'
import { intakeHandlers } from '../intake/index.ts'
import { jobHandlers } from '../jobs/index.ts'
import { lendingHandlers } from '../lending/index.ts'
import {
  proposalHandlers,
  type RecognitionHandlerParts,
  recognitionHandlers,
  textHandlers,
} from '../recognition/index.ts'
import { reconcileDesk, volumeProof } from '../reconcile/index.ts'
import type { RecordsRoom } from '../records-room.ts'
import { searchHandlers } from '../search/index.ts'
import { accountHandlers } from './account-handlers.ts'
import { caseFacts } from './case-facts.ts'
import { changeHandlers, jobRunsOn, refuseOldJobs } from './change-desk.ts'
import { draftHandlers } from './draft-handlers.ts'
import { leavingHandlers } from './leaving-handlers.ts'
import { maskReplies } from './masking.ts'
import { type FrontDeskParts, openDesk } from './open-desk.ts'
import { pageDesk } from './page-desk.ts'
import { weakPasswordRefuser } from './refuse-weak.ts'
import { reviewHandlers } from './review-handlers.ts'
import { rightHandlers } from './right-handlers.ts'
import { rolesInForce } from './role-matrix-desk.ts'
import { secondFactorHandlers } from './second-factor-handlers.ts'
import { sessionHandlers } from './session-handlers.ts'
import { vaultHandlers } from './vault-handlers.ts'

export type { FrontDeskParts } from './open-desk.ts'

/** After so many records the head of the log is signed again, however long the person stays. */
const RECORDS_A_HEAD = 200

/** Where the program runs, for the log: the machine and the account of its system. */
const HERE = { machine: hostname(), osUser: userInfo().username }

/** The core's services behind one path: what the window reaches by message and the command line in process. */
export interface FrontDesk {
  readonly call: CallPath['call']
  readonly page: (
    client: number,
    versionId: string,
    rendition: PageRendition,
    range: ByteRange | null,
  ) => Promise<PageResult>
  /** The window is gone: its session ends. */
  readonly clientGone: (client: number) => Promise<void>
  readonly room: () => RecordsRoom
  readonly close: () => Promise<void>
}

export function frontDesk(parts: FrontDeskParts): FrontDesk {
  const { now, newId } = parts
  const judge = passwordJudge()
  const refuseWeak = weakPasswordRefuser(judge)
  const desk = openDesk(parts)
  const { room, sessionOf } = desk

  let unsigned = 0
  const append = (entry: CallRecord) => {
    const open = desk.roomIfOpen()
    if (open === undefined) return
    const { caseId: known, ...record } = entry
    // A case that the call itself made is named by the record's subject alone.
    const caseId = known ?? /^case:(\w+)$/.exec(entry.subject)?.[1] ?? null
    const about = caseId === null ? undefined : open.catalogue.cases.find(caseId)
    open.audit.append({
      ...(about === undefined ? {} : { caseNumber: about.number }),
      ...(about === undefined || about.archiveNumber === '' ? {} : { archiveNumber: about.archiveNumber }),
      ...record,
      ...HERE,
    })
    unsigned += 1
    if (unsigned < RECORDS_A_HEAD) return
    unsigned = 0
    desk.signLog('interval')
  }

  const seesCase = (caseId: string, { session }: Call) => {
    if (session === null) return false
    const facts = caseFacts(room(), { kind: 'case', id: caseId }, session.accountId, now().toISOString())
    return refusalOf(session.grants, 'case.read', facts) === null
  }
  const factsOf = (resource: ResourceRef, session: Session) =>
    caseFacts(room(), resource, session.accountId, now().toISOString())
  const readsVolume = (volumeId: string, { session }: Call) => {
    const { sql } = room().catalogue
    if (session === null) return false
    if (sql.one('SELECT 1 FROM volume WHERE id = ?', volumeId) === undefined) return undefined
    const facts = factsOf({ kind: 'volume', id: volumeId }, session)
    const held = facts?.compartment != null && session.compartments.has(facts.compartment)
    return held && refusalOf(session.grants, 'page.read', facts) === null
  }
  const jobs = jobHandlers(() => room().jobs, seesCase)
  const recognition: RecognitionHandlerParts = {
    catalogue: () => room().catalogue,
    recognition: () => room().recognition,
    texts: () => room().texts,
    ...{ factsOf, now },
  }
  const calls: CallPath = callPath({
    handlers: maskReplies({
      ...sessionHandlers(parts, desk, refuseWeak),
      ...leavingHandlers(parts, desk),
      ...secondFactorHandlers(parts, desk),
      ...vaultHandlers(parts, desk, judge, refuseWeak),
      ...draftHandlers(parts, desk),
      ...accountHandlers(parts, desk, refuseWeak),
      ...rightHandlers(parts, desk),
      ...reviewHandlers(parts, desk),
      ...caseHandlers({
        catalogue: () => room().catalogue,
        now,
        newId,
        templateFor: (question) => room().templates.forVolume(question),
        newestTemplate: (id) => room().templates.find(id, null),
        changed: desk.caseChanged,
        seesCase,
        jobRuns: (caseId) => jobRunsOn(desk, caseId),
        proofOf: (volumeId) => volumeProof(room().catalogue, volumeId),
      }),
      ...searchHandlers({
        catalogue: () => room().catalogue,
        texts: () => room().texts,
        jobs: () => room().jobs,
        unitName: desk.unitName,
        logHeadWords: desk.logHeadWords,
        fonts: parts.assets,
        now,
        newId,
      }),
      ...intakeHandlers({
        catalogue: () => room().catalogue,
        jobs: () => room().jobs,
        templates: () => room().templates,
        unitName: desk.unitName,
        now,
        newId,
        changed: desk.caseChanged,
        settingsChanged: () => desk.emit({ event: 'changed', what: 'settings' }),
      }),
      ...lendingHandlers({
        catalogue: () => room().catalogue,
        images: () => room().images,
        jobs: () => room().jobs,
        factsOf,
        grantsOf: (accountId) => rolesInForce(room().catalogue, accountId, now().toISOString()).grants,
        unitName: desk.unitName,
        logHeadWords: desk.logHeadWords,
        machine: HERE.machine,
        fonts: parts.assets,
        now,
        newId,
        changed: desk.caseChanged,
      }),
      ...recognitionHandlers(recognition),
      ...textHandlers(recognition),
      ...proposalHandlers({
        catalogue: () => room().catalogue,
        proposals: () => room().proposals,
        factsOf,
        callFor: (...given) => calls.callFor(...given),
        now,
        changed: desk.caseChanged,
      }),
      ...reconcileDesk({
        catalogue: () => room().catalogue,
        vault: () => room().vault,
        images: () => room().images,
        pdf: () => room().pdf,
        texts: () => room().texts,
        jobs: () => room().jobs,
        audit: () => room().audit,
        factsOf,
        unitName: desk.unitName,
        logHeadWords: desk.logHeadWords,
        fonts: parts.assets,
        now,
        newId,
        caseChanged: desk.caseChanged,
        approvalsChanged: () => desk.emit({ event: 'changed', what: 'approvals' }),
        changed: (volumeId) => desk.emit({ event: 'changed', what: 'reconcile', volumeId }),
        proofProgress: (volumeId, progress) => desk.emit({ event: 'proof', volumeId, ...progress }),
      }),
      ...backupAreaHandlers({
        desk: () => room().backup,
        jobs: () => room().jobs,
        seesCase,
        readsVolume,
        caseChanged: desk.caseChanged,
        unitName: desk.unitName,
        logHeadWords: desk.logHeadWords,
        fonts: parts.assets,
        now,
        newId,
      }),
      ...jobs,
      ...refuseOldJobs(desk, jobs),
      ...changeHandlers(parts, desk, (...given) => calls.execute(...given)),
      ...auditHandlers({
        catalogue: () => room().catalogue,
        log: () => room().audit,
        alarms: () => room().alarms,
        signer: () => room().vault.signer(),
        vaultId: () => room().vault.id,
        unitName: desk.unitName,
        now,
        checker: parts.assets.evidenceChecker,
      }),
    }),
    sessionOf,
    factsOf,
    record: append,
    onFault: parts.onFault,
  })

  const pages = pageDesk(parts, desk, append)

  return {
    call: async (client, method, input) => {
      // What the screen asks by itself is a query; what a person does is not.
      if (isMethodName(method) && methodOf(method).kind !== 'query') desk.personActed()
      const result = await calls.call(client, method, input)
      if (result.ok) await desk.settle(method)
      return result
    },
    page: pages.read,
    clientGone: async (client) => {
      if (desk.isSeat(client)) await desk.leave()
    },
    room,
    close: desk.leave,
  }
}
