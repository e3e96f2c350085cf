import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../access/index.ts'
import type { ReconcileParts } from './reconcile-parts.ts'

type Methods =
  | 'settlements.list'
  | 'settlements.propose'
  | 'settlements.preview'
  | 'settlements.prepare'
  | 'settlements.drop'
  | 'settlements.apply'
  | 'settlements.check'
  | 'settlements.undo'
  | 'settlements.notes'

const notBuilt = (): never => {
  throw new AppError('CALL_INTERNAL', { method: 'settlements' })
}

export function settlementHandlers(_parts: ReconcileParts): Handlers<Methods> {
  return {
    'settlements.list': notBuilt,
    'settlements.propose': notBuilt,
    'settlements.preview': notBuilt,
    'settlements.prepare': notBuilt,
    'settlements.drop': notBuilt,
    'settlements.apply': notBuilt,
    'settlements.check': notBuilt,
    'settlements.undo': notBuilt,
    'settlements.notes': notBuilt,
  }
}
