import type { CoreEvent } from '../../shared/contract/index.ts'
import type { CatalogueTemplate } from '../../shared/domain/catalogue-template.ts'
import { AppError } from '../../shared/errors.ts'
import { type Call, newSession, type Session } from '../access/index.ts'
import type { Assets } from '../assets.ts'
import { openRecordsRoom, type RecordsRoom } from '../records-room.ts'
import type { LockOptions, OpenVault, RecoveryShares } from '../vault/index.ts'

export interface FrontDeskParts {
  readonly assets: Assets
  readonly shippedTemplates: readonly CatalogueTemplate[]
  readonly now: () => Date
  readonly newId: () => string
  readonly emit: (event: CoreEvent) => void
  readonly onFault: (operation: string, error: unknown) => void
}

/** The room that is open, and who sits at it: at most one person at a time. */
export interface OpenDesk {
  /** Throws VAULT_NOT_OPEN. */
  readonly room: () => RecordsRoom
  readonly roomIfOpen: () => RecordsRoom | undefined
  readonly build: (vault: OpenVault) => RecordsRoom
  /** Seats the account that opened the vault. */
  readonly enter: (client: number, room: RecordsRoom) => Session
  /** Ends the session and closes the room. */
  readonly leave: () => Promise<void>
  readonly sessionOf: (client: number) => Session | null
  readonly changeSession: (change: Partial<Session>) => void
  readonly lockOptions: (takeOver: boolean) => LockOptions
  readonly unitName: () => string
  readonly caseChanged: (caseId: string) => void
  /** The wizard's shares, from creation until the wizard is finished. */
  readonly shares: () => RecoveryShares | undefined
  readonly keepShares: (shares: RecoveryShares | undefined) => void
}

export const RECOVERY_CONFIRMED = 'recoveryConfirmed'

/** Throws ACCESS_NOT_SIGNED_IN. */
export function requireSession(call: Call): Session {
  if (call.session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
  return call.session
}

export function openDesk(parts: FrontDeskParts): OpenDesk {
  const { now, newId, emit } = parts
  let open: RecordsRoom | undefined
  let session: Session | null = null
  let shares: RecoveryShares | undefined

  const room = (): RecordsRoom => {
    if (open === undefined) throw new AppError('VAULT_NOT_OPEN')
    return open
  }
  const unitNameOf = (of: RecordsRoom) => of.catalogue.desk.setting('unitName') ?? of.vault.unitName
  const caseChanged = (caseId: string) => {
    emit({ event: 'changed', what: 'case', caseId })
    emit({ event: 'changed', what: 'case-list' })
  }
  const leave = async () => {
    const closing = open
    open = undefined
    session = null
    shares = undefined
    await closing?.close()
  }
  return {
    room,
    roomIfOpen: () => open,
    build: (vault) =>
      openRecordsRoom({
        vault,
        shippedTemplates: parts.shippedTemplates,
        fallbackFontPath: parts.assets.fontRegular,
        now,
        newId,
        onJob: (job) => emit({ event: 'job', job }),
        onCaseChanged: caseChanged,
        onFault: parts.onFault,
      }),
    enter: (client, entered) => {
      const { vault, catalogue } = entered
      const account = catalogue.desk.account(vault.account.accountId)
      open = entered
      session = newSession({
        id: newId(),
        client,
        accountId: vault.account.accountId,
        accountName: vault.account.accountName,
        displayName: account?.displayName ?? vault.account.accountName,
        roles: account?.roles ?? [],
        compartments: vault.compartments,
        unitName: unitNameOf(entered),
        vaultId: vault.id,
        signedInAt: now().toISOString(),
        recoveryConfirmed: catalogue.desk.setting(RECOVERY_CONFIRMED) === 'yes',
      })
      return session
    },
    leave,
    sessionOf: (client) => (session?.client === client ? session : null),
    changeSession: (change) => {
      if (session !== null) session = { ...session, ...change }
    },
    lockOptions: (takeOver) => ({
      takeOver,
      onLost: (error: AppError) => {
        parts.onFault('vault.lock', error)
        leave()
          .catch((fault: unknown) => parts.onFault('vault.close', fault))
          .finally(() => emit({ event: 'session', state: { state: 'signed-out' } }))
      },
    }),
    unitName: () => unitNameOf(room()),
    caseChanged,
    shares: () => shares,
    keepShares: (kept) => {
      shares = kept
    },
  }
}
