import {
  type CallResult,
  type CoreMethodName,
  contract,
  isMethodName,
  methodOf,
  type ParsedInputOf,
  type ReplyOf,
} from '../../shared/contract/index.ts'
import type { Method, ResourceRef } from '../../shared/contract/method.ts'
import { type CaseFacts, refusalOf } from '../../shared/domain/access-decision.ts'
import { AppError, type ErrorCode, type ErrorDetails, type ErrorEnvelope } from '../../shared/errors.ts'
import { systemError } from '../errno.ts'
import type { Session } from './session.ts'

/** What a handler knows of its caller. */
export interface Call {
  readonly client: number
  readonly session: Session | null
  /** The approved request that this call carries out, if any. */
  readonly approvalId: string | null
  /** What the log is to know beside the call itself. */
  readonly note: (facts: CallNote) => void
}

/** What a handler adds to its record: digests and reasons, never content. */
export interface CallNote {
  readonly subject?: string
  readonly page?: string
  readonly archiveNumber?: string
  readonly beforeDigest?: string
  readonly afterDigest?: string
  readonly reason?: string
  readonly approvalId?: string
  readonly details?: ErrorDetails
}

export type Handler<M extends CoreMethodName> = (
  input: ParsedInputOf<M>,
  call: Call,
) => ReplyOf<M> | Promise<ReplyOf<M>>

/** Handlers for some of the contract's methods; an area gives its own, the core joins them. */
export type Handlers<M extends CoreMethodName = CoreMethodName> = { readonly [Name in M]: Handler<Name> }

/** What the audit log is told of a call. */
export interface CallRecord extends Omit<CallNote, 'subject' | 'details'> {
  readonly action: string
  readonly accountId: string | null
  readonly sessionId: string | null
  /** The roles the person acted in, joined by commas. */
  readonly role: string
  readonly caseId: string | null
  readonly subject: string
  readonly result: 'done' | 'refused' | 'failed'
  readonly code: ErrorCode | null
  readonly details: ErrorDetails
}

export interface CallPathParts {
  readonly handlers: Handlers
  readonly sessionOf: (client: number) => Session | null
  /** What is known of a resource and of how the person stands to it; null when it is about no case. */
  readonly factsOf: (resource: ResourceRef, session: Session) => CaseFacts | null
  /** Records; a no-op while no vault is open. */
  readonly record: (entry: CallRecord) => void
  readonly onFault: (method: string, error: unknown) => void
}

export interface CallPath {
  readonly call: (client: number, method: string, input: unknown) => Promise<CallResult>
  /** Carries out what a request was approved for: the same path, past the lock that 归档 puts on a case. */
  readonly execute: (
    client: number,
    method: string,
    input: unknown,
    approvalId: string,
  ) => Promise<CallResult>
  /** What one call brings about by another, as the same person: the whole path, with more for its record. */
  readonly callFor: (
    client: number,
    method: string,
    input: unknown,
    details: ErrorDetails,
  ) => Promise<CallResult>
}

type AnyHandler = (input: unknown, call: Call) => unknown

/** The core does not start with a method that nobody answers, nor with an answer to no method. */
function completeHandlers(handlers: Handlers): ReadonlyMap<string, AnyHandler> {
  const wanted = Object.entries(contract).filter(([, method]: [string, Method]) => method.host !== 'shell')
  const given = new Map(Object.entries(handlers) as [string, AnyHandler][])
  const missing = wanted.map(([name]) => name).filter((name) => !given.has(name))
  const unknown = [...given.keys()].filter((name) => !wanted.some(([other]) => other === name))
  if (missing.length > 0 || unknown.length > 0) {
    throw new Error(`handlers missing: ${missing.join(', ')}; handlers of no method: ${unknown.join(', ')}`)
  }
  return given
}

/** Refusals that are recorded whatever was asked. */
const DENIALS: ReadonlySet<ErrorCode> = new Set([
  'ACCESS_DENIED',
  'ACCESS_APPROVAL_NEEDED',
  'APPROVAL_SAME_PERSON',
  'VAULT_COMPARTMENT_CLOSED',
])

/**
 * The one path that every call walks: parse → session → permission, with the resource in hand → approval, where one
 * is needed → handler → output → audit. Nothing but the error's code and details leaves it.
 */
export function callPath(parts: CallPathParts): CallPath {
  const handlers = completeHandlers(parts.handlers)

  const permit = (
    method: Method,
    session: Session | null,
    resource: ResourceRef | undefined,
    approvalId: string | null,
  ): CaseFacts | null => {
    if (method.needs === 'anyone') return null
    if (session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
    if (method.needs === 'signed-in') return null
    const { needs } = method
    // Asked first without the resource: who may not do this at all is not told whether the thing exists.
    if (!session.permissions.has(needs)) throw new AppError('ACCESS_DENIED', { needs })
    if (resource === undefined) return null
    const facts = parts.factsOf(resource, session)
    if (facts === null) return null
    // A job about a case tells of the case: who may not read it may not look at or steer what is done with it.
    const asked = resource.kind === 'job' ? 'case.read' : needs
    const refusal = refusalOf(session.grants, asked, facts)
    if (refusal !== null) throw new AppError('ACCESS_DENIED', { needs, reason: refusal })
    if (facts.compartment !== null && !session.compartments.has(facts.compartment)) {
      throw new AppError('VAULT_COMPARTMENT_CLOSED', { compartment: facts.compartment })
    }
    if (method.afterFiling === 'approval' && facts.status === 'filed' && approvalId === null) {
      throw new AppError('ACCESS_APPROVAL_NEEDED', { needs })
    }
    return facts
  }

  const envelopeOf = (method: string, error: unknown): ErrorEnvelope => {
    const mapped = systemError(error, method)
    if (mapped instanceof AppError) {
      if (mapped.code === 'CALL_INTERNAL') parts.onFault(method, error)
      return mapped.toEnvelope()
    }
    parts.onFault(method, error)
    return new AppError('CALL_INTERNAL', { method }).toEnvelope()
  }

  const record = (
    method: Method,
    about: {
      readonly before: Session | null
      readonly after: Session | null
      readonly resource: ResourceRef | undefined
      readonly facts: CaseFacts | null
      readonly note: CallNote
    },
    error: ErrorEnvelope | null,
  ) => {
    const denied = error !== null && DENIALS.has(error.code)
    if (method.kind === 'query' && method.audit === undefined && !denied) return
    const session = about.before ?? about.after
    const { subject, details, ...note } = about.note
    const { resource } = about
    parts.record({
      ...note,
      action: method.audit === undefined ? 'access.denied' : method.audit,
      accountId: session?.accountId ?? null,
      sessionId: session?.id ?? null,
      role: session?.roles.join(',') ?? '',
      caseId: about.facts?.caseId ?? (resource?.kind === 'case' ? resource.id : null),
      subject: subject ?? (resource === undefined ? '' : `${resource.kind}:${resource.id}`),
      result: error === null ? 'done' : denied ? 'refused' : 'failed',
      code: error?.code ?? null,
      details: details ?? {},
    })
  }

  const walk = async (
    client: number,
    name: string,
    given: unknown,
    approvalId: string | null,
    more: ErrorDetails = {},
  ): Promise<CallResult> => {
    if (!isMethodName(name) || !handlers.has(name)) {
      return { ok: false, error: new AppError('CALL_UNKNOWN_METHOD').toEnvelope() }
    }
    const method = methodOf(name)
    const before = parts.sessionOf(client)
    let resource: ResourceRef | undefined
    let facts: CaseFacts | null = null
    let note: CallNote = { details: more, ...(approvalId === null ? {} : { approvalId }) }
    const about = () => ({ before, after: parts.sessionOf(client), resource, facts, note })
    try {
      const input = method.input.safeParse(given)
      if (!input.success) {
        const field = input.error.issues[0]?.path.join('.') ?? ''
        throw new AppError('CALL_INVALID_INPUT', { method: name, field })
      }
      const { reason } = input.data as { reason?: unknown }
      if (typeof reason === 'string') note = { ...note, reason }
      resource = method.resource?.(input.data)
      facts = permit(method, before, resource, approvalId)
      const reply = await handlers.get(name)?.(input.data, {
        client,
        session: before,
        approvalId,
        note: (said) => {
          note = { ...note, ...said, details: { ...note.details, ...said.details } }
        },
      })
      const output = method.output.parse(reply)
      record(method, about(), null)
      return { ok: true, value: output }
    } catch (error) {
      const envelope = envelopeOf(name, error)
      try {
        record(method, about(), envelope)
      } catch (fault) {
        // A log that cannot be written, as on a full disk, must not leave the caller without an answer.
        parts.onFault('audit', fault)
      }
      return { ok: false, error: envelope }
    }
  }

  return {
    call: (client, name, given) => walk(client, name, given, null),
    execute: (client, name, given, approvalId) => walk(client, name, given, approvalId),
    callFor: (client, name, given, details) => walk(client, name, given, null, details),
  }
}
