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
import { AppError, type ErrorCode, type ErrorDetails, type ErrorEnvelope } from '../../shared/errors.ts'
import { systemError } from '../errno.ts'
import type { Compartment } from '../vault/index.ts'
import type { Session } from './session.ts'

/** What a handler knows of its caller. */
export interface Call {
  readonly client: number
  readonly session: Session | null
}

export type Handler<M extends CoreMethodName> = (
  input: ParsedInputOf<M>,
  call: Call,
) => ReplyOf<M> | Promise<ReplyOf<M>>

/** Handlers for some of the contract's methods; an area gives its own, the core joins them. */
export type Handlers<M extends CoreMethodName = CoreMethodName> = { readonly [Name in M]: Handler<Name> }

/** What the audit log is told of a call. */
export interface CallRecord {
  readonly action: string
  readonly accountId: string | null
  readonly sessionId: string | null
  readonly subject: string
  readonly result: 'done' | 'refused' | 'failed'
  readonly code: ErrorCode | null
  readonly details: ErrorDetails
}

export interface CallPathParts {
  readonly handlers: Handlers
  readonly sessionOf: (client: number) => Session | null
  /** The compartment that a resource lies in; undefined when it is the catalogue's own. */
  readonly compartmentOf: (resource: ResourceRef) => Compartment | undefined
  /** Records; a no-op while no vault is open. */
  readonly record: (entry: CallRecord) => void
  readonly onFault: (method: string, error: unknown) => void
}

export interface CallPath {
  readonly call: (client: number, method: string, input: unknown) => Promise<CallResult>
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

/**
 * The one path that every call walks: parse → session → permission, with the resource in hand → handler →
 * output → audit. Nothing but the error's code and details leaves it.
 */
export function callPath(parts: CallPathParts): CallPath {
  const handlers = completeHandlers(parts.handlers)

  const permit = (method: Method, session: Session | null, resource: ResourceRef | undefined) => {
    if (method.needs === 'anyone') return
    if (session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
    if (method.needs === 'signed-in') return
    if (!session.permissions.has(method.needs)) throw new AppError('ACCESS_DENIED', { needs: method.needs })
    if (resource === undefined) return
    const compartment = parts.compartmentOf(resource)
    if (compartment !== undefined && !session.compartments.has(compartment)) {
      throw new AppError('VAULT_COMPARTMENT_CLOSED', { compartment })
    }
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
    before: Session | null,
    after: Session | null,
    resource: ResourceRef | undefined,
    error: ErrorEnvelope | null,
  ) => {
    const denied = error?.code === 'ACCESS_DENIED' || error?.code === 'VAULT_COMPARTMENT_CLOSED'
    if (method.kind === 'query' && !denied) return
    const session = before ?? after
    parts.record({
      action: method.kind === 'query' ? 'access.denied' : method.audit,
      accountId: session?.accountId ?? null,
      sessionId: session?.id ?? null,
      subject: resource === undefined ? '' : `${resource.kind}:${resource.id}`,
      result: error === null ? 'done' : denied ? 'refused' : 'failed',
      code: error?.code ?? null,
      details: {},
    })
  }

  return {
    call: async (client, name, given) => {
      if (!isMethodName(name) || !handlers.has(name)) {
        return { ok: false, error: new AppError('CALL_UNKNOWN_METHOD').toEnvelope() }
      }
      const method = methodOf(name)
      const before = parts.sessionOf(client)
      let resource: ResourceRef | undefined
      try {
        const input = method.input.safeParse(given)
        if (!input.success) {
          const field = input.error.issues[0]?.path.join('.') ?? ''
          throw new AppError('CALL_INVALID_INPUT', { method: name, field })
        }
        resource = method.resource?.(input.data)
        permit(method, before, resource)
        const reply = await handlers.get(name)?.(input.data, { client, session: before })
        const output = method.output.parse(reply)
        record(method, before, parts.sessionOf(client), resource, null)
        return { ok: true, value: output }
      } catch (error) {
        const envelope = envelopeOf(name, error)
        try {
          record(method, before, parts.sessionOf(client), resource, envelope)
        } catch (fault) {
          // A log that cannot be written, as on a full disk, must not leave the caller without an answer.
          parts.onFault('audit', fault)
        }
        return { ok: false, error: envelope }
      }
    },
  }
}
