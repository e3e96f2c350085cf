import type { z } from 'zod'
import type { Permission } from '../domain/permission.ts'

/** Who may call: anyone at all, anyone signed in, or a holder of one permission. */
export type Needs = 'anyone' | 'signed-in' | Permission

/** The thing that a call is about, so that a permission is checked with the resource in hand. */
export type ResourceRef =
  | { readonly kind: 'case'; readonly id: string }
  | { readonly kind: 'volume'; readonly id: string }
  | { readonly kind: 'item'; readonly id: string }
  | { readonly kind: 'page'; readonly id: string }
  | { readonly kind: 'job'; readonly id: string }
  | { readonly kind: 'account'; readonly id: string }
  | { readonly kind: 'loan'; readonly id: string }
  | { readonly kind: 'approval'; readonly id: string }

interface MethodShape<I extends z.ZodType, O extends z.ZodType> {
  readonly input: I
  readonly output: O
  readonly needs: Needs
  /** Names the resource in the input; without it the permission is checked for the whole room. */
  readonly resource?: (input: z.output<I>) => ResourceRef | undefined
  /**
   * Set on what changes a case: once the case is filed (归档) the call is refused with ACCESS_APPROVAL_NEEDED, and
   * runs only as the execution of an approved request.
   */
  readonly afterFiling?: 'approval'
  /** `shell` methods are answered by the Electron main process: dialogs, printing, windows. */
  readonly host?: 'core' | 'shell'
}

/** Changes nothing. Recorded only where `audit` says so: reading the log, unmasking. */
export interface Query<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType>
  extends MethodShape<I, O> {
  readonly kind: 'query'
  readonly audit?: string
}

/** Changes something and is recorded under `audit`. */
export interface Command<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType>
  extends MethodShape<I, O> {
  readonly kind: 'command'
  readonly audit: string
}

/** Starts long work; the output is the job's id, progress comes as events. */
export interface LongWork<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType>
  extends MethodShape<I, O> {
  readonly kind: 'job'
  readonly audit: string
}

export type Method = Query | Command | LongWork

export function query<I extends z.ZodType, O extends z.ZodType>(
  shape: MethodShape<I, O> & { readonly audit?: string },
): Query<I, O> {
  return { kind: 'query', ...shape }
}

export function command<I extends z.ZodType, O extends z.ZodType>(
  shape: MethodShape<I, O> & { readonly audit: string },
): Command<I, O> {
  return { kind: 'command', ...shape }
}

export function job<I extends z.ZodType, O extends z.ZodType>(
  shape: MethodShape<I, O> & { readonly audit: string },
): LongWork<I, O> {
  return { kind: 'job', ...shape }
}

/** Gathers the methods of one area under `name.method`. */
export function area<N extends string, M extends Readonly<Record<string, Method>>>(
  name: N,
  methods: M,
): { readonly [K in keyof M & string as `${N}.${K}`]: M[K] } {
  const entries = Object.entries(methods).map(([key, method]) => [`${name}.${key}`, Object.freeze(method)])
  return Object.freeze(Object.fromEntries(entries))
}
