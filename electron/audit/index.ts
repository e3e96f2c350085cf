/**
 * The hash-chained log: each record holds the hash of the one before, so that altering, removing or inserting one
 * breaks the chain at that place. Built for every command of the contract; its workbench and signed heads follow.
 */
export type { AuditEntry, AuditLog, ChainReport } from './audit-log.ts'
export { auditLog } from './audit-log.ts'
