import type { ResourceRef } from '../../shared/contract/method.ts'
import type { CaseFacts } from '../../shared/domain/access-decision.ts'
import type { Grant } from '../../shared/domain/role-matrix.ts'
import { AppError } from '../../shared/errors.ts'
import type { Call, Session } from '../access/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { PageImages } from '../intake/index.ts'
import type { JobDesk } from '../jobs/index.ts'

/** What the handlers of loans and outputs work with. */
export interface LendingParts {
  /** Throws VAULT_NOT_OPEN while no vault is open. */
  readonly catalogue: () => Catalogue
  readonly images: () => PageImages
  readonly jobs: () => JobDesk
  readonly factsOf: (resource: ResourceRef, session: Session) => CaseFacts | null
  /** What an account may do now. */
  readonly grantsOf: (accountId: string) => readonly Grant[]
  readonly unitName: () => string
  /** Which signed head of the log a printed register was made under. */
  readonly logHeadWords: () => string
  readonly machine: string
  /** Paths of the shipped Chinese fonts. */
  readonly fonts: { readonly fontRegular: string; readonly fontBold: string }
  readonly now: () => Date
  readonly newId: () => string
  readonly changed: (caseId: string) => void
}

/** Throws ACCESS_NOT_SIGNED_IN. */
export function sessionOf(call: Call): Session {
  if (call.session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
  return call.session
}
