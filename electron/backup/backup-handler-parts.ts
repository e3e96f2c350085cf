import { AppError } from '../../shared/errors.ts'
import type { Call, Session } from '../access/index.ts'
import type { Sight } from '../catalogue/index.ts'
import type { JobDesk } from '../jobs/index.ts'
import type { BackupDesk } from './backup-desk.ts'

/** What the handlers of this area need of the open room; functions, since the room opens and closes. */
export interface BackupHandlerParts {
  /** Throws VAULT_NOT_OPEN. */
  readonly desk: () => BackupDesk
  readonly jobs: () => JobDesk
  readonly unitName: () => string
  /** Which signed head of the log a printed register was made under. */
  readonly logHeadWords: () => string
  /** Paths of the shipped Chinese fonts. */
  readonly fonts: { readonly fontRegular: string; readonly fontBold: string }
  /** Whether the caller may know of a case of today. */
  readonly seesCase: (caseId: string, call: Call) => boolean
  /** Whether the caller may read the pages of a volume of today; undefined: there is no such volume today. */
  readonly readsVolume: (volumeId: string, call: Call) => boolean | undefined
  readonly caseChanged: (caseId: string) => void
  readonly now: () => Date
  readonly newId: () => string
}

/** What the caller sees of cases, of whatever day. Throws ACCESS_NOT_SIGNED_IN. */
export function sightOf(call: Call, now: () => Date): Sight {
  const { accountId, grants, compartments } = sessionOf(call)
  return {
    ...{ accountId, at: now().toISOString(), restricted: compartments.has('restricted') },
    grants: grants.filter(({ permission }) => permission === 'case.read'),
  }
}

/** Throws ACCESS_NOT_SIGNED_IN. */
export function sessionOf(call: Call): Session {
  if (call.session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
  return call.session
}
