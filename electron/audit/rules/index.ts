import type { AlarmRuleId } from '../../../shared/domain/alarm-rule.ts'
import type { AuditRecord } from '../audit-record.ts'
import {
  dormant,
  outsideHours,
  overOwnMean,
  ownRequests,
  RIGHTS_ACTIONS,
  raisedAndLowered,
} from './particular.ts'
import { amount, DAY_MS, detail, HOUR_MS, MINUTE_MS, numberOf, type Rule } from './rule.ts'
import { counting, distinct, each, together } from './windows.ts'

export type { Finding, Rule, Watch } from './rule.ts'

const DENIED = new Set(['ACCESS_DENIED', 'VAULT_COMPARTMENT_CLOSED'])
const SIGN_IN = ['session.signed-in', 'session.sign-in-failed', 'session.unlock-failed']
const VIEWS = ['page.read', 'page.viewed', 'volume.opened', 'case.opened']
const PRINTS = ['page.printed', 'document.printed']
const EXPORTS = ['page.exported', 'item.exported', 'volume.exported', 'case.exported', 'package.made']
const WITHDRAWALS = ['page.withdrawn', 'pages.withdrawn']
const CLOCK_AND_CHAIN = [
  ...['audit.clock-went-back', 'audit.chain-broken', 'audit.gap', 'audit.journal-damaged', 'audit.verified'],
]
const FIXITY = ['fixity.failed', 'vault.object-damaged', 'vault.object-missing']
const CARRIERS = ['usb.unknown', 'carrier.unknown']
const BACKUP = ['backup.overdue', 'backup.unverified', 'backup.target-shrank']
const REQUESTS = ['approval.requested', 'loan.requested']
const APPROVALS = ['approval.decided', 'loan.approved', 'loan.second-approved']
const UNMASKING = ['mask.lifted', 'field.unmasked']

const among = (actions: readonly string[]) => {
  const wanted = new Set(actions)
  return ({ action }: AuditRecord) => wanted.has(action)
}
const done = (actions: readonly string[]) => {
  const wanted = among(actions)
  return (record: AuditRecord) => record.result === 'done' && wanted(record)
}
const failedSignIn = (record: AuditRecord) =>
  among(SIGN_IN)(record) && (record.result !== 'done' || record.action.endsWith('-failed'))

/** A decision that says yes; one that says no is no haste. */
const approval = (record: AuditRecord) => done(APPROVALS)(record) && detail(record, 'approve') !== false

/** A list of single events: each is a matter of its own. */
function events(actions: readonly string[], isOne: (record: AuditRecord) => boolean, what: string): Rule {
  return {
    actions,
    memoryMs: () => 0,
    start: (thresholds) => each(isOne, what, numberOf(thresholds, 'events')),
  }
}

const minutes = (thresholds: Parameters<Rule['memoryMs']>[0]) => numberOf(thresholds, 'minutes') * MINUTE_MS

/** A1 to A17, each over actions of the log. Some of the actions are only written by areas that come later. */
export const RULES: Readonly<Record<AlarmRuleId, Rule>> = {
  A1: {
    actions: SIGN_IN,
    memoryMs: minutes,
    start: (set) =>
      counting({
        when: failedSignIn,
        key: ({ accountId, details, subject }) => accountId ?? String(details.account ?? subject),
        windowMs: minutes(set),
        what: 'failed-sign-ins',
        // Failures from before the vault was open are taken into the log at the next sign-in, with their own time.
        time: ({ at, details }) => (typeof details.at === 'string' ? details.at : at),
        atLeast: numberOf(set, 'failures'),
      }),
  },
  A2: {
    actions: null,
    memoryMs: minutes,
    start: (set) =>
      counting({
        when: ({ result, code, action }) =>
          action === 'access.denied' || (result === 'refused' && code !== null && DENIED.has(code)),
        windowMs: minutes(set),
        what: 'denials',
        atLeast: numberOf(set, 'denials'),
      }),
  },
  A3: { actions: null, memoryMs: () => DAY_MS, start: outsideHours },
  A4: {
    actions: [...PRINTS, ...EXPORTS],
    memoryMs: (set) => numberOf(set, 'meanDays') * DAY_MS,
    start: (set) =>
      together(
        counting({
          when: done(PRINTS),
          windowMs: minutes(set),
          what: 'printed-pages',
          weight: (record) => amount(record, 'pages'),
          atLeast: numberOf(set, 'pages') + 1,
        }),
        counting({
          when: done(EXPORTS),
          windowMs: minutes(set),
          what: 'exported-items',
          weight: (record) => amount(record, 'items'),
          atLeast: numberOf(set, 'items') + 1,
        }),
        overOwnMean(set, done([...PRINTS, ...EXPORTS])),
      ),
  },
  A5: {
    actions: VIEWS,
    memoryMs: minutes,
    start: (set) =>
      together(
        distinct({
          when: done(VIEWS),
          windowMs: minutes(set),
          what: 'cases-viewed',
          of: ({ caseNumber }) => caseNumber,
          atLeast: numberOf(set, 'cases') + 1,
        }),
        distinct({
          when: (record) =>
            set.unassigned === true && done(VIEWS)(record) && detail(record, 'assigned') === false,
          // One alarm for a case, not one for each of its pages.
          key: ({ accountId, caseNumber }) => `${accountId}|${caseNumber}`,
          windowMs: minutes(set),
          what: 'case-not-assigned',
          of: ({ caseNumber }) => caseNumber,
          atLeast: 1,
        }),
      ),
  },
  A6: {
    actions: WITHDRAWALS,
    memoryMs: (set) => numberOf(set, 'hours') * HOUR_MS,
    start: (set) =>
      together(
        counting({
          when: done(WITHDRAWALS),
          windowMs: numberOf(set, 'hours') * HOUR_MS,
          what: 'withdrawals',
          weight: (record) => amount(record, 'pages'),
          atLeast: numberOf(set, 'withdrawals'),
        }),
        each((record) => {
          const whole = detail(record, 'bookPages')
          if (!done(WITHDRAWALS)(record) || typeof whole !== 'number' || whole === 0) return false
          return (100 * amount(record, 'pages')) / whole > numberOf(set, 'sharePercent')
        }, 'share-of-book'),
      ),
  },
  A7: {
    actions: VIEWS,
    memoryMs: () => 0,
    start: (set) =>
      counting({
        when: (record) =>
          done(VIEWS)(record) &&
          detail(record, 'compartment') === 'restricted' &&
          (detail(record, 'task') ?? false) === false,
        // One alarm for a volume that is read through, not one for each page.
        key: ({ accountId, caseNumber, sessionId }) => `${accountId}|${caseNumber}|${sessionId}`,
        windowMs: Number.POSITIVE_INFINITY,
        what: 'restricted-without-task',
        atLeast: numberOf(set, 'views'),
      }),
  },
  // The day's records tell of the use; earlier changes of rights tell what an account had before.
  A8: { actions: RIGHTS_ACTIONS, memoryMs: () => 3650 * DAY_MS, start: raisedAndLowered },
  A9: events(
    CLOCK_AND_CHAIN,
    (record) =>
      among(CLOCK_AND_CHAIN)(record) &&
      (record.action !== 'audit.verified' || detail(record, 'sound') === false),
    'clock-or-chain',
  ),
  A10: events(
    [...FIXITY, 'vault.checked'],
    (record) =>
      among(FIXITY)(record) || (record.action === 'vault.checked' && detail(record, 'sound') === false),
    'fixity',
  ),
  A11: events(CARRIERS, among(CARRIERS), 'unknown-carrier'),
  A12: events(BACKUP, among(BACKUP), 'backup'),
  A13: {
    actions: SIGN_IN,
    memoryMs: (set) => numberOf(set, 'days') * DAY_MS,
    lastOfEach: true,
    start: dormant,
  },
  A14: {
    actions: SIGN_IN,
    memoryMs: minutes,
    start: (set) =>
      distinct({
        when: ({ machine }) => machine !== null,
        windowMs: minutes(set),
        what: 'machines',
        of: ({ machine }) => machine,
        atLeast: numberOf(set, 'machines'),
      }),
  },
  A15: {
    actions: [...REQUESTS, ...APPROVALS],
    // As long as a request may wait.
    memoryMs: () => 90 * DAY_MS,
    start: (set) =>
      together(
        counting({
          when: approval,
          windowMs: minutes(set),
          what: 'approvals',
          atLeast: numberOf(set, 'approvals') + 1,
        }),
        ownRequests(done(REQUESTS), approval),
      ),
  },
  A16: events(['loan.overdue'], among(['loan.overdue']), 'loan-overdue'),
  A17: {
    actions: UNMASKING,
    memoryMs: minutes,
    start: (set) =>
      counting({
        when: done(UNMASKING),
        windowMs: minutes(set),
        what: 'unmaskings',
        atLeast: numberOf(set, 'unmaskings'),
      }),
  },
}
