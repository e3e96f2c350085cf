import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../access/index.ts'
import type { ReconcileParts } from './reconcile-parts.ts'

type Methods =
  | 'paperCatalogue.get'
  | 'paperCatalogue.set'
  | 'paperCatalogue.readFile'
  | 'paperCatalogue.readText'
  | 'paperCatalogue.readScan'

const notBuilt = (): never => {
  throw new AppError('CALL_INTERNAL', { method: 'paperCatalogue' })
}

export function paperCatalogueHandlers(_parts: ReconcileParts): Handlers<Methods> {
  return {
    'paperCatalogue.get': notBuilt,
    'paperCatalogue.set': notBuilt,
    'paperCatalogue.readFile': notBuilt,
    'paperCatalogue.readText': notBuilt,
    'paperCatalogue.readScan': notBuilt,
  }
}
