import type { AuditLog } from '../audit/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { OpenTextShelf } from '../search/index.ts'
import type { OpenVault } from '../vault/index.ts'
import type { MediumRecords } from './media/medium-records.ts'
import type { MediumShelf } from './media/medium-shelf.ts'
import type { PlanRecords } from './plans/duty-records.ts'
import type { TaskRecords } from './plans/task-records.ts'
import type { BackupSigner } from './repository/documents.ts'
import type { SnapshotCatalogues } from './restoring/snapshot-catalogues.ts'
import type { CheckRecords } from './runs/check-records.ts'
import type { SnapshotRecords } from './runs/snapshot-records.ts'

/** What the jobs and handlers of backup work with, over one open room. */
export interface BackupRoom {
  readonly vault: OpenVault
  readonly catalogue: Catalogue
  readonly audit: AuditLog
  readonly texts: OpenTextShelf
  readonly media: MediumRecords
  readonly shelf: MediumShelf
  readonly snapshots: SnapshotRecords
  readonly checks: CheckRecords
  readonly opened: SnapshotCatalogues
  readonly tasks: TaskRecords
  readonly plans: PlanRecords
  /** The folder of what goes with every set: the note and the checker. */
  readonly readerFolder: string
  readonly now: () => Date
  readonly newId: () => string
  readonly random: (bytes: number) => Uint8Array
  /** Something that screens show has changed. */
  readonly changed: () => void
}

/** Who signs what is written to media: whoever sits at the desk. */
export function signerOf({ vault }: BackupRoom): BackupSigner {
  const signer = vault.signer()
  return {
    accountId: signer.accountId,
    accountName: vault.account.accountName,
    publicKey: signer.publicKey,
    sign: (bytes) => signer.sign(bytes),
  }
}

/** How a person is called in the registers. */
export function nameOf({ catalogue }: Pick<BackupRoom, 'catalogue'>, accountId: string): string {
  const account = catalogue.accounts.find(accountId)
  return account?.displayName || account?.name || accountId
}

/** One job at a time writes or reads a medium, and one backup job runs at a time. */
export function mediumResources(mediumId: string): readonly string[] {
  return ['backup', `medium|${mediumId}`]
}

type Details = Parameters<AuditLog['append']>[0]['details']

/** What a job did, for the log. */
export function noteDeed(
  { audit, media }: BackupRoom,
  deed: {
    readonly action: string
    readonly mediumId: string
    readonly by: string | null
    readonly result?: 'done' | 'failed'
    readonly code?: Parameters<AuditLog['append']>[0]['code']
    readonly details?: Details
    readonly caseNumber?: string
  },
): void {
  audit.append({
    action: deed.action,
    accountId: deed.by,
    sessionId: null,
    subject: `medium:${deed.mediumId}`,
    result: deed.result ?? 'done',
    code: deed.code ?? null,
    details: { medium: media.get(deed.mediumId).number, ...deed.details },
    ...(deed.caseNumber === undefined ? {} : { caseNumber: deed.caseNumber }),
  })
}
