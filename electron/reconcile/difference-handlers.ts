import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../access/index.ts'
import type { ReconcileParts } from './reconcile-parts.ts'

type Methods =
  | 'differences.list'
  | 'differences.report'
  | 'differences.judge'
  | 'differences.dismiss'
  | 'differences.explain'
  | 'differences.check'
  | 'differences.reopen'
  | 'differences.exportAttachment'
  | 'differences.exportRegister'
  | 'differences.statistics'

const notBuilt = (): never => {
  throw new AppError('CALL_INTERNAL', { method: 'differences' })
}

export function differenceHandlers(_parts: ReconcileParts): Handlers<Methods> {
  return {
    'differences.list': notBuilt,
    'differences.report': notBuilt,
    'differences.judge': notBuilt,
    'differences.dismiss': notBuilt,
    'differences.explain': notBuilt,
    'differences.check': notBuilt,
    'differences.reopen': notBuilt,
    'differences.exportAttachment': notBuilt,
    'differences.exportRegister': notBuilt,
    'differences.statistics': notBuilt,
  }
}
