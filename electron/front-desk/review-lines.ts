import { createHash } from 'node:crypto'
import type { ReviewConcern } from '../../shared/contract/reviews.ts'
import type { Role } from '../../shared/domain/permission.ts'
import { type Grant, type RoleMatrix, SHIPPED_MATRIX } from '../../shared/domain/role-matrix.ts'
import { compareSecrecy } from '../../shared/domain/secrecy.ts'
import type {
  AccountRecord,
  DelegationRecord,
  ReviewFacts,
  ReviewLineRecord,
  ReviewRecord,
} from '../catalogue/index.ts'
import type { RecordsRoom } from '../records-room.ts'
import { readableCompartments } from './account-rights.ts'
import { matrixInForce } from './role-matrix-desk.ts'

/** A13: an account that nobody used for this long is dormant. */
const DORMANT_MS = 30 * 86_400_000

function isDormant({ lastActiveAt, createdAt }: AccountRecord, now: Date): boolean {
  return now.getTime() - Date.parse(lastActiveAt ?? createdAt) > DORMANT_MS
}

function within<T>(values: readonly T[] | undefined, allowed: readonly T[] | undefined): boolean {
  return allowed === undefined || (values?.every((value) => allowed.includes(value)) ?? false)
}

/** Whether one grant gives nothing that another does not. */
function isCovered(grant: Grant, by: Grant): boolean {
  return (
    grant.permission === by.permission &&
    (by.scope === 'all' || by.scope === grant.scope) &&
    within(grant.compartments, by.compartments) &&
    within(grant.statuses, by.statuses) &&
    (by.secrecyUpTo === undefined ||
      (grant.secrecyUpTo !== undefined && compareSecrecy(grant.secrecyUpTo, by.secrecyUpTo) <= 0))
  )
}

/** Whether the unit gave a role something that it was not shipped with. */
function isWidened(role: Role, matrix: RoleMatrix): boolean {
  return matrix[role].some((grant) => !SHIPPED_MATRIX[role].some((shipped) => isCovered(grant, shipped)))
}

/** A role that somebody has: their own, or lent to them. */
export interface HeldRole {
  readonly account: AccountRecord
  readonly role: Role
  readonly delegationId: string | null
}

function delegationsTo(
  { catalogue }: RecordsRoom,
  accountId: string,
  at: string,
): readonly DelegationRecord[] {
  return catalogue.assignments
    .delegations()
    .filter(
      ({ toAccount, endedAt, fromAt, untilAt }) =>
        toAccount === accountId && endedAt === null && fromAt <= at && untilAt > at,
    )
}

/** Every role that an active account has now. */
export function heldRoles(room: RecordsRoom, now: Date): readonly HeldRole[] {
  const active = room.catalogue.accounts.all().filter(({ state }) => state === 'active')
  return active.flatMap((account) => [
    ...account.roles.map((role) => ({ account, role, delegationId: null })),
    ...delegationsTo(room, account.id, now.toISOString()).flatMap(({ id, roles }) =>
      roles.map((role) => ({ account, role, delegationId: id })),
    ),
  ])
}

/** What is so of a role that somebody has now, and what of it deserves a second look. */
export function reviewFacts(room: RecordsRoom, held: HeldRole, now: Date): ReviewFacts {
  const { account, role, delegationId } = held
  const { catalogue, vault } = room
  const at = now.toISOString()
  const { matrix } = matrixInForce(catalogue)
  const slot = vault.info().accounts.find(({ accountId }) => accountId === account.id)
  const delegationCount = delegationsTo(room, account.id, at).length
  const singleCaseCount = catalogue.reviews.singleCaseCount(account.id, at)
  const restrictedKey = slot?.compartments.includes('restricted') ?? false
  const found: readonly (readonly [ReviewConcern, boolean])[] = [
    ['dormant', isDormant(account, now)],
    ['delegated', delegationId !== null],
    ['single-cases', singleCaseCount > 0],
    ['restricted-key', restrictedKey && !readableCompartments(account.roles, matrix).includes('restricted')],
    ['several-roles', account.roles.length > 1],
    ['role-widened', isWidened(role, matrix)],
    ['locked', slot?.locked ?? true],
  ]
  return {
    accountName: account.name,
    displayName: account.displayName,
    staffNumber: account.staffNumber,
    lastActiveAt: account.lastActiveAt,
    approvedBy:
      account.approvedBy === null ? '' : (catalogue.accounts.find(account.approvedBy)?.displayName ?? ''),
    delegationCount,
    singleCaseCount,
    delegationId,
    concerns: found.filter(([, so]) => so).map(([concern]) => concern),
  }
}

/** The one way in which a review is written before it is signed: fields in a fixed order, as a JSON array. */
function canonical(vaultId: string, review: ReviewRecord, lines: readonly ReviewLineRecord[]): string {
  return JSON.stringify([
    'juanku-review-1',
    vaultId,
    ...[review.id, review.period, review.startedBy, review.startedAt, review.finishedBy, review.finishedAt],
    lines.map((line) => [
      ...[line.id, line.sequence, line.accountId, line.role],
      ...[line.accountName, line.displayName, line.staffNumber, line.lastActiveAt, line.approvedBy],
      ...[line.delegationCount, line.singleCaseCount, line.delegationId, line.concerns],
      ...[line.verdict, line.note, line.decidedBy, line.decidedAt],
    ]),
  ])
}

/** SHA-256 of the canonical review: what is signed. */
export function reviewDigest(
  vaultId: string,
  review: ReviewRecord,
  lines: readonly ReviewLineRecord[],
): Buffer {
  return createHash('sha256')
    .update(canonical(vaultId, review, lines), 'utf8')
    .digest()
}
