import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../access/index.ts'
import type { ReconcileParts } from './reconcile-parts.ts'

type Methods = 'sheets.get' | 'sheets.begin' | 'sheets.judge' | 'sheets.finish' | 'sheets.settle'

const notBuilt = (): never => {
  throw new AppError('CALL_INTERNAL', { method: 'sheets' })
}

export function sheetHandlers(_parts: ReconcileParts): Handlers<Methods> {
  return {
    'sheets.get': notBuilt,
    'sheets.begin': notBuilt,
    'sheets.judge': notBuilt,
    'sheets.finish': notBuilt,
    'sheets.settle': notBuilt,
  }
}
