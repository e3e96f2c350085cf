/**
 * The hash-chained log: each record holds the hash of the one before, so that altering, removing or inserting one
 * breaks the chain at that place. Signed heads, kept outside the catalogue too, show where its end was cut off.
 * Rules hear every record and raise alarms; evidence is exported so that anybody can check it.
 */

/** The rules at work: they raise alarms in the transaction of the record that sets them off. */
export { type AlarmDesk, type AlarmDeskParts, alarmDesk } from './alarm-desk.ts'
export type { Alarm, RuleSetting } from './alarm-records.ts'
/** Answers the contract's `audit.*`. */
export { type AuditDeskParts, auditHandlers } from './audit-handlers.ts'
export type { AuditLog, AuditLogOptions } from './audit-log.ts'
/** The log over the catalogue's tables; one a room. */
export { auditLog } from './audit-log.ts'
export type { RecordFilter } from './audit-queries.ts'
export type { AuditEntry, AuditRecord } from './audit-record.ts'
/** Writes a folder that `check.mjs` proves without this program. Throws SYSTEM_* errors. */
export { type Evidence, type EvidenceParts, exportEvidence } from './evidence.ts'
/** A witness keeps one note of the last head outside the vault, on the workstation. */
export { fileWitness, HEAD_FILE, type HeadWitness, type WitnessNote } from './head-book.ts'
/** Whether something that is said of the log, as by a report, stands in it. */
export { type LogPoints, logPoints } from './log-points.ts'
export type { Finding } from './rules/index.ts'
/** What the vault gives for signing, and what comes of it. */
export type { HeadSigner, SignedHead } from './signed-head.ts'
export type { ChainReport, Damage } from './verify-chain.ts'
