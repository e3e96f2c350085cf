import { hostname } from 'node:os'
import path from 'node:path'
import type { CoreEvent } from '../../shared/contract/index.ts'
import type { CatalogueTemplate } from '../../shared/domain/catalogue-template.ts'
import { AppError } from '../../shared/errors.ts'
import {
  type Call,
  type MachineClock,
  machineClock,
  newSession,
  type Session,
  signInPolicy,
} from '../access/index.ts'
import type { Assets } from '../assets.ts'
import { fileWitness } from '../audit/index.ts'
import { searchableJob } from '../lending/index.ts'
import { createPageReader, type PageReader } from '../recognition/index.ts'
import { openRecordsRoom, type RecordsRoom } from '../records-room.ts'
import type { LockOptions, OpenVault, RecoveryShares } from '../vault/index.ts'
import { caseFacts } from './case-facts.ts'
import { deskLock } from './desk-lock.ts'
import { recordOverdueLoans } from './overdue-loans.ts'
import { rolesInForce } from './role-matrix-desk.ts'
import { type SignInGuard, signInGuard } from './sign-in-guard.ts'

export interface FrontDeskParts {
  readonly assets: Assets
  readonly shippedTemplates: readonly CatalogueTemplate[]
  readonly now: () => Date
  readonly newId: () => string
  readonly emit: (event: CoreEvent) => void
  readonly onFault: (operation: string, error: unknown) => void
  /** There is a screen to cover when nobody is at it. */
  readonly idleLock?: boolean
  readonly clock?: MachineClock
  /** Pages are read in the background once nobody did anything for so long; without it never. */
  readonly readWhenIdleSeconds?: number
  /** Backups that are due begin by themselves; without it never. */
  readonly backsUpWhenIdle?: boolean
  /** Another reader of pages than the one that ships. */
  readonly openReader?: () => PageReader
  /** Where this workstation keeps what it last saw of each vault's log. */
  readonly workstationFolder?: string | undefined
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
  /** Null while the desk is covered. */
  readonly sessionOf: (client: number) => Session | null
  /** Whether the person sits at this window, covered or not. */
  readonly isSeat: (client: number) => boolean
  /** Whose desk is covered. */
  readonly locked: (client: number) => Session | null
  readonly lock: (why: 'asked' | 'idle') => void
  readonly unlock: () => void
  readonly stayAwake: () => void
  /** Somebody works here: reading in the background makes way. */
  readonly personActed: () => void
  /** What a call brings about once its record is written. */
  readonly settle: (method: string) => Promise<void>
  /** The person at the desk puts their key to the log as it stands; a full disk is no reason to fail. */
  readonly signLog: (why: string) => void
  /** One line for the foot of a printed report: which head of the log it was made under. Signs it first. */
  readonly logHeadWords: () => string
  readonly guard: SignInGuard
  /** Tells the window; while the desk is covered what tells of its content waits. */
  readonly emit: (event: CoreEvent) => void
  readonly changeSession: (change: Partial<Session>) => void
  readonly lockOptions: (takeOver: boolean) => LockOptions
  readonly unitName: () => string
  readonly caseChanged: (caseId: string) => void
  /** The wizard's shares, from creation until the wizard is finished. */
  readonly shares: () => RecoveryShares | undefined
  readonly keepShares: (shares: RecoveryShares | undefined) => void
}

export const RECOVERY_CONFIRMED = 'recoveryConfirmed'
/** 小单位模式, chosen when the vault is made. */
export const SMALL_UNIT = 'smallUnit'

/** Throws ACCESS_NOT_SIGNED_IN. */
export function requireSession(call: Call): Session {
  if (call.session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
  return call.session
}

/** Before a person leaves the desk or covers it: they put their key to the log as it stands. */
function onSignOut({ audit, vault }: RecordsRoom, why: string): void {
  audit.signHead(vault.signer(), why)
}

export function openDesk(parts: FrontDeskParts): OpenDesk {
  const { now, newId } = parts
  const clock = parts.clock ?? machineClock()
  let open: RecordsRoom | undefined
  let session: Session | null = null
  let shares: RecoveryShares | undefined

  const room = (): RecordsRoom => {
    if (open === undefined) throw new AppError('VAULT_NOT_OPEN')
    return open
  }
  const sign = (why: string) => {
    if (open === undefined) return
    try {
      onSignOut(open, why)
    } catch (fault) {
      // Leaving must not fail for a full disk; the head before still stands.
      parts.onFault('audit.signHead', fault)
    }
  }
  const cover = deskLock({
    emit: parts.emit,
    clock,
    idleSeconds: () =>
      parts.idleLock === true && open !== undefined
        ? signInPolicy(open.catalogue.desk).idleLockSeconds
        : null,
    onIdle: () => lock('idle'),
  })
  const { emit } = cover
  let lastActed = clock.uptimeSeconds()
  const personActed = () => {
    lastActed = clock.uptimeSeconds()
    open?.recognition.look()
  }
  const lock = (why: 'asked' | 'idle') => {
    if (open === undefined || session === null || cover.isLocked()) return
    if (why === 'idle') {
      const { accountId, id: sessionId } = session
      const about = { subject: '', result: 'done', code: null, details: {} } as const
      open.audit.append({ ...about, action: 'session.locked-idle', accountId, sessionId })
    }
    sign('locked')
    cover.shut()
    const { accountName, displayName } = session
    emit({ event: 'session', state: { state: 'locked', locked: { accountName, displayName } } })
  }
  const unitNameOf = (of: RecordsRoom) => of.catalogue.desk.setting('unitName') ?? of.vault.unitName
  const caseChanged = (caseId: string) => {
    emit({ event: 'changed', what: 'case', caseId })
    emit({ event: 'changed', what: 'case-list' })
  }
  const drop = async () => {
    const closing = open
    open = undefined
    session = null
    shares = undefined
    cover.unwatch()
    await closing?.close()
  }
  const leave = async () => {
    sign('signed-out')
    await drop()
  }
  return {
    room,
    roomIfOpen: () => open,
    build: (vault) => {
      const built = openRecordsRoom({
        vault,
        shippedTemplates: parts.shippedTemplates,
        fallbackFontPath: parts.assets.fontRegular,
        now,
        newId,
        onJob: (job) => emit({ event: 'job', job }),
        onCaseChanged: caseChanged,
        onFault: parts.onFault,
        onAlarm: () => emit({ event: 'changed', what: 'alarms' }),
        onRecognitionChanged: () => emit({ event: 'changed', what: 'recognition' }),
        onReconcileChanged: (volumeId) => emit({ event: 'changed', what: 'reconcile', volumeId }),
        onBackupChanged: () => emit({ event: 'changed', what: 'backup' }),
        backupReader: parts.assets.backupReader,
        reader: parts.openReader?.() ?? createPageReader({ modelsFolder: parts.assets.readingModels }),
        station: {
          secondsAlone: () =>
            cover.isLocked() ? Number.POSITIVE_INFINITY : clock.uptimeSeconds() - lastActed,
          idleSeconds: parts.readWhenIdleSeconds ?? null,
          mayBackUp: () =>
            parts.backsUpWhenIdle === true &&
            open?.vault === vault &&
            (cover.isLocked() || session?.permissions.has('backup.run') === true),
        },
        ...(parts.workstationFolder === undefined
          ? {}
          : { witness: fileWitness(path.join(parts.workstationFolder, 'seen', `${vault.id}.json`)) }),
      })
      built.jobs.register(
        searchableJob({
          ...{ catalogue: built.catalogue, images: built.images, texts: built.texts, now },
          grantsOf: (accountId) => rolesInForce(built.catalogue, accountId, now().toISOString()).grants,
          compartments: vault.compartments,
          factsOf: (resource, accountId) => caseFacts(built, resource, accountId, now().toISOString()),
          unitName: () => unitNameOf(built),
          machine: hostname(),
          fontRegular: parts.assets.fontRegular,
        }),
      )
      return built
    },
    enter: (client, entered) => {
      const { vault, catalogue } = entered
      const account = catalogue.accounts.find(vault.account.accountId)
      catalogue.accounts.touch(vault.account.accountId, now().toISOString())
      recordOverdueLoans(entered, now().toISOString())
      open = entered
      session = newSession({
        id: newId(),
        client,
        accountId: vault.account.accountId,
        accountName: vault.account.accountName,
        displayName: account?.displayName ?? vault.account.accountName,
        ...rolesInForce(catalogue, vault.account.accountId, now().toISOString()),
        compartments: vault.compartments,
        unitName: unitNameOf(entered),
        vaultId: vault.id,
        signedInAt: now().toISOString(),
        recoveryConfirmed: catalogue.desk.setting(RECOVERY_CONFIRMED) === 'yes',
        smallUnit: catalogue.desk.setting(SMALL_UNIT) === 'yes',
      })
      cover.watch()
      personActed()
      return session
    },
    leave,
    sessionOf: (client) => (session?.client === client && !cover.isLocked() ? session : null),
    isSeat: (client) => session?.client === client,
    locked: (client) => (session?.client === client && cover.isLocked() ? session : null),
    lock,
    unlock: () => {
      cover.open()
      personActed()
    },
    stayAwake: () => {
      cover.stayAwake()
      personActed()
    },
    personActed,
    signLog: sign,
    logHeadWords: () => {
      const { audit, vault } = room()
      const { number, sequence, recordHash } = audit.signHead(vault.signer(), 'report')
      return `日志链头第 ${number} 号，签至第 ${sequence} 条记录：${recordHash}`
    },
    settle: async (method) => {
      if (method === 'session.lock') lock('asked')
      if (method === 'session.signOut' || method === 'session.leaveLocked') await leave()
    },
    guard: signInGuard(now, clock),
    emit,
    changeSession: (change) => {
      if (session !== null) session = { ...session, ...change }
    },
    lockOptions: (takeOver) => ({
      takeOver,
      onLost: (error: AppError) => {
        parts.onFault('vault.lock', error)
        // The vault is another process's now: nothing is signed or written any more.
        drop()
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
