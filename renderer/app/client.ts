import type {
  CoreEvent,
  EventName,
  EventOf,
  InputOf,
  JuankuBridge,
  MethodName,
  OutputOf,
} from '../../shared/contract/index.ts'
import { AppError } from '../../shared/errors.ts'

declare global {
  interface Window {
    readonly juanku: JuankuBridge
  }
}

/** Asks the core or the shell. Throws `AppError`, and nothing else. */
export async function call<M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>> {
  const result = await window.juanku.call(method, input).catch((cause: unknown) => {
    throw new AppError('CORE_STOPPED', {}, { retryable: true, cause })
  })
  if (!result.ok) throw AppError.fromEnvelope(result.error)
  // The core has parsed the value by the contract before sending it.
  return result.value as OutputOf<M>
}

/** Hears everything that the core tells; returns how to stop hearing. */
export function onAnyEvent(listener: (event: CoreEvent) => void): () => void {
  return window.juanku.on(listener)
}

/** Hears one kind of event; returns how to stop hearing. */
export function onEvent<N extends EventName>(name: N, listener: (event: EventOf<N>) => void): () => void {
  const isWanted = (event: CoreEvent): event is EventOf<N> => event.event === name
  return window.juanku.on((event) => {
    if (isWanted(event)) listener(event)
  })
}

/** Where a dropped file lies; empty when it is not a file of the disk. */
export function pathOfFile(file: File): string {
  return window.juanku.pathOfFile(file)
}

/** Any thrown thing as an `AppError`, so that the screen always has words for it. */
export function asAppError(thrown: unknown): AppError {
  return thrown instanceof AppError ? thrown : new AppError('CALL_INTERNAL', {}, { cause: thrown })
}
