import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../access/index.ts'
import type { ReconcileParts } from './reconcile-parts.ts'

type Methods =
  | 'reconcile.list'
  | 'reconcile.ofVolume'
  | 'reconcile.start'
  | 'reconcile.abandon'
  | 'reconcile.sides'
  | 'reconcile.rescan'
  | 'reconcile.removeScan'
  | 'reconcile.decideMatch'
  | 'reconcile.comparison'

const notBuilt = (): never => {
  throw new AppError('CALL_INTERNAL', { method: 'reconcile' })
}

export function reconcileHandlers(_parts: ReconcileParts): Handlers<Methods> {
  return {
    'reconcile.list': notBuilt,
    'reconcile.ofVolume': notBuilt,
    'reconcile.start': notBuilt,
    'reconcile.abandon': notBuilt,
    'reconcile.sides': notBuilt,
    'reconcile.rescan': notBuilt,
    'reconcile.removeScan': notBuilt,
    'reconcile.decideMatch': notBuilt,
    'reconcile.comparison': notBuilt,
  }
}
