import type { ResourceRef } from '../../shared/contract/method.ts'
import type { CaseFacts } from '../../shared/domain/access-decision.ts'
import type { Session } from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { PageImages, PdfReader } from '../intake/index.ts'
import type { JobDesk } from '../jobs/index.ts'
import type { OpenTextShelf } from '../search/index.ts'
import type { OpenVault } from '../vault/index.ts'
import type { ProofProgress } from './proving/proof-work.ts'

/** What the handlers of this area need of the open room; functions, since the room opens and closes. */
export interface ReconcileParts {
  readonly catalogue: () => Catalogue
  readonly vault: () => OpenVault
  readonly images: () => PageImages
  readonly pdf: () => PdfReader
  readonly texts: () => OpenTextShelf
  readonly jobs: () => JobDesk
  readonly audit: () => AuditLog
  readonly factsOf: (resource: ResourceRef, session: Session) => CaseFacts | null
  readonly unitName: () => string
  /** The head of the log in words, for printed forms. */
  readonly logHeadWords: () => string
  readonly fonts: { readonly fontRegular: string; readonly fontBold: string }
  readonly now: () => Date
  readonly newId: () => string
  readonly approvalsChanged: () => void
  readonly caseChanged: (caseId: string) => void
  readonly changed: (volumeId: string) => void
  /** Tells how far the work on a report has come. */
  readonly proofProgress: (volumeId: string, progress: ProofProgress) => void
}
