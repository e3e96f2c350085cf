import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../access/index.ts'
import type { ReconcileParts } from './reconcile-parts.ts'

type Methods = 'proofs.readiness' | 'proofs.make' | 'proofs.list' | 'proofs.export' | 'proofs.verify'

const notBuilt = (): never => {
  throw new AppError('CALL_INTERNAL', { method: 'proofs' })
}

export function proofHandlers(_parts: ReconcileParts): Handlers<Methods> {
  return {
    'proofs.readiness': notBuilt,
    'proofs.make': notBuilt,
    'proofs.list': notBuilt,
    'proofs.export': notBuilt,
    'proofs.verify': notBuilt,
  }
}
