import { type CoreMethodName, methodOf, type ParsedInputOf } from '../../shared/contract/index.ts'
import type { ResourceRef } from '../../shared/contract/method.ts'
import { refusalOf } from '../../shared/domain/access-decision.ts'
import { AppError } from '../../shared/errors.ts'
import type { Session } from '../access/index.ts'
import type { ApprovalRecord, Catalogue } from '../catalogue/index.ts'
import type { ViewParts } from './approval-view.ts'
import { describeChange, digestOf, isDescribed } from './describe-change.ts'
import type { DescribeParts } from './describe-parts.ts'

const DAY_MS = 86_400_000
const DEFAULT_DAYS = 7
const MOST_DAYS = 90

export interface RequestParts extends ViewParts, DescribeParts {
  readonly newId: () => string
}

interface Wanted {
  readonly method: string
  readonly input: Readonly<Record<string, unknown>>
  readonly reason: string
  readonly expiresAt?: string | undefined
}

function parsedInput(method: CoreMethodName, given: unknown): Readonly<Record<string, unknown>> {
  const parsed = methodOf(method).input.safeParse(given)
  if (parsed.success) return parsed.data as Readonly<Record<string, unknown>>
  const at = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new AppError('CALL_INVALID_INPUT', { method, field: at })
}

function volumeOf(catalogue: Catalogue, { kind, id }: ResourceRef): string | null {
  if (kind === 'volume') return id
  return kind === 'item' ? catalogue.volumes.ofItem(id).id : null
}

function expiry(now: Date, wanted: string | undefined): string {
  if (wanted === undefined) return new Date(now.getTime() + DEFAULT_DAYS * DAY_MS).toISOString()
  const days = (Date.parse(wanted) - now.getTime()) / DAY_MS
  if (days <= 0 || days > MOST_DAYS) throw new AppError('CALL_INVALID_INPUT', { field: 'expiresAt' })
  return new Date(wanted).toISOString()
}

/** Makes the record of a request; nothing is kept yet. */
export async function requestChange(
  { method, input: given, reason, expiresAt }: Wanted,
  session: Session,
  parts: RequestParts,
): Promise<ApprovalRecord> {
  if (!isDescribed(method)) throw new AppError('CALL_INVALID_INPUT', { field: 'method' })
  const parsed = parsedInput(method, given)
  const resource = methodOf(method).resource?.(parsed)
  const facts = resource === undefined ? null : parts.factsOf(resource, session)
  if (resource === undefined || facts === null) throw new AppError('CALL_INVALID_INPUT', { field: 'input' })
  const needs = 'change.request'
  const refusal = refusalOf(session.grants, needs, facts)
  if (refusal !== null) throw new AppError('ACCESS_DENIED', { needs, reason: refusal })
  if (facts.compartment !== null && !session.compartments.has(facts.compartment))
    throw new AppError('VAULT_COMPARTMENT_CLOSED', { compartment: facts.compartment })
  if (facts.status !== 'filed') throw new AppError('APPROVAL_NOT_NEEDED')
  const until = expiry(parts.now(), expiresAt)
  const { input, changes } = await describeChange(method, parsed as ParsedInputOf<typeof method>, parts)
  if (changes.every(({ before, after }) => before === after))
    throw new AppError('CALL_INVALID_INPUT', { method, field: 'no-change' })
  return {
    id: parts.newId(),
    caseId: facts.caseId,
    volumeId: volumeOf(parts.catalogue(), resource),
    method,
    input,
    changes,
    beforeDigest: digestOf(changes, 'before'),
    afterDigest: null,
    state: 'requested',
    reason,
    requestedBy: session.accountId,
    requestedAt: parts.now().toISOString(),
    expiresAt: until,
    decidedBy: null,
    decidedAt: null,
    decisionNote: '',
    executedBy: null,
    executedAt: null,
    jobId: null,
    checkedBy: null,
    checkedAt: null,
    checkNote: '',
    closingNote: '',
  }
}
