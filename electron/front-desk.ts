import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { ByteRange, CoreEvent, PageRendition, PageResult } from '../shared/contract/index.ts'
import type { ResourceRef } from '../shared/contract/method.ts'
import type { FolderState } from '../shared/contract/vault.ts'
import type { CatalogueTemplate } from '../shared/domain/catalogue-template.ts'
import type { Role } from '../shared/domain/permission.ts'
import { AppError } from '../shared/errors.ts'
import {
  type Call,
  type CallPath,
  callPath,
  type Handlers,
  newSession,
  passwordJudge,
  type Session,
  signedIn,
} from './access/index.ts'
import type { Assets } from './assets.ts'
import { writeFileAtomically } from './atomic-write.ts'
import { caseHandlers } from './catalogue/index.ts'
import { recoverySheetPdf, shareQrSvg } from './forms/index.ts'
import { intakeHandlers } from './intake/index.ts'
import { jobHandlers } from './jobs/index.ts'
import { openRecordsRoom, type RecordsRoom } from './records-room.ts'
import {
  createVault,
  decodeShare,
  folderState,
  type OpenVault,
  openVault,
  openVaultWithRecovery,
  type RecoveryShares,
  readVaultInfo,
} from './vault/index.ts'

/** What the wizard and the sign-in screen need to know of a folder. */
async function inspectFolder(folder: string): Promise<FolderState> {
  const state = await folderState(folder)
  switch (state) {
    case 'absent':
    case 'empty':
      return { state }
    case 'other':
      return { state: 'occupied', entryCount: (await readdir(folder)).length }
    case 'vault':
      try {
        const { unitName, createdAt, accounts } = await readVaultInfo(folder)
        return {
          state: 'vault',
          unitName,
          createdAt,
          accounts: accounts.map(({ accountName, locked }) => ({ name: accountName, locked })),
        }
      } catch (error) {
        if (error instanceof AppError && error.code === 'VAULT_HEADER_DAMAGED') return { state: 'damaged' }
        throw error
      }
  }
}

/** The core's services behind one path: what the window reaches by message and the command line in process. */
export interface FrontDesk {
  readonly call: CallPath['call']
  readonly page: (
    client: number,
    versionId: string,
    rendition: PageRendition,
    range: ByteRange | null,
  ) => Promise<PageResult>
  /** The window is gone: its session ends. */
  readonly clientGone: (client: number) => Promise<void>
  readonly room: () => RecordsRoom
  readonly close: () => Promise<void>
}

export interface FrontDeskParts {
  readonly assets: Assets
  readonly shippedTemplates: readonly CatalogueTemplate[]
  readonly now: () => Date
  readonly newId: () => string
  readonly emit: (event: CoreEvent) => void
  readonly onFault: (operation: string, error: unknown) => void
}

/** Until the three officers are set up, the first account keeps the room: it runs the vault and files cases. */
const FIRST_ACCOUNT_ROLES: readonly Role[] = ['system-officer', 'archivist']

const RECOVERY_CONFIRMED = 'recoveryConfirmed'

export function frontDesk(parts: FrontDeskParts): FrontDesk {
  const { now, newId, emit } = parts
  const judge = passwordJudge()
  let open: RecordsRoom | undefined
  let session: Session | null = null
  /** The wizard's shares, from creation until the wizard is finished. */
  let shares: RecoveryShares | undefined

  const room = (): RecordsRoom => {
    if (open === undefined) throw new AppError('VAULT_NOT_OPEN')
    return open
  }
  const changed = (caseId: string) => {
    emit({ event: 'changed', what: 'case', caseId })
    emit({ event: 'changed', what: 'case-list' })
  }
  const buildRoom = (vault: OpenVault) =>
    openRecordsRoom({
      vault,
      shippedTemplates: parts.shippedTemplates,
      fallbackFontPath: parts.assets.fontRegular,
      now,
      newId,
      onJob: (job) => emit({ event: 'job', job }),
      onCaseChanged: changed,
      onFault: parts.onFault,
    })
  const leave = async () => {
    const closing = open
    open = undefined
    session = null
    shares = undefined
    await closing?.close()
  }
  const lockOptions = (takeOver: boolean) => ({
    takeOver,
    onLost: (error: AppError) => {
      parts.onFault('vault.lock', error)
      leave()
        .catch((fault: unknown) => parts.onFault('vault.close', fault))
        .finally(() => emit({ event: 'session', state: { state: 'signed-out' } }))
    },
  })
  const enter = (client: number, entered: RecordsRoom): Session => {
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
      unitName: unitName(entered),
      vaultId: vault.id,
      signedInAt: now().toISOString(),
      recoveryConfirmed: catalogue.desk.setting(RECOVERY_CONFIRMED) === 'yes',
    })
    return session
  }
  const unitName = (of: RecordsRoom) => of.catalogue.desk.setting('unitName') ?? of.vault.unitName
  const requireSession = (call: Call): Session => {
    if (call.session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
    return call.session
  }
  const refuseWeak = (password: string, hints: readonly string[]) => {
    const strength = judge(password, hints)
    if (!strength.acceptable)
      throw new AppError('VAULT_PASSWORD_TOO_WEAK', { problem: strength.problems[0] ?? '' })
  }
  const draftPlace = (call: Call, key: string) => ({ label: `${requireSession(call).accountId}|${key}` })

  type OwnMethods =
    | `session.${'state' | 'signIn' | 'signOut' | 'changePassword'}`
    | `vault.${'inspectFolder' | 'passwordStrength' | 'create' | 'confirmShare' | 'recoverySheet' | 'finishSetup' | 'info' | 'recover' | 'check'}`
    | 'drafts.load'
    | 'drafts.save'
    | `accounts.${'list' | 'add' | 'setLocked'}`

  const own: Handlers<OwnMethods> = {
    'session.state': (_, call) =>
      call.session === null
        ? { state: 'signed-out' }
        : { state: 'signed-in', session: signedIn(call.session) },
    'session.signIn': async ({ folder, accountName, password, takeOverLock }, call) => {
      if (open !== undefined) await leave()
      const vault = await openVault({ folder, accountName, password, now, lock: lockOptions(takeOverLock) })
      try {
        return signedIn(enter(call.client, buildRoom(vault)))
      } catch (error) {
        await vault.close()
        throw error
      }
    },
    // The room is closed behind the call, once its record is written: see `call` below.
    'session.signOut': () => ({}),
    'session.changePassword': async ({ current, next }, call) => {
      refuseWeak(next, [requireSession(call).accountName])
      await room().vault.changePassword({ current, next })
      return {}
    },
    'vault.inspectFolder': ({ folder }) => inspectFolder(folder),
    'vault.passwordStrength': ({ password, hints }) => judge(password, hints),
    'vault.create': async ({ folder, unitName: unit, accountName, displayName, password }, call) => {
      refuseWeak(password, [accountName, unit])
      if (open !== undefined) await leave()
      const accountId = newId()
      const created = await createVault({
        folder,
        unitName: unit,
        account: { id: accountId, name: accountName, password },
        now,
        newId,
        lock: lockOptions(false),
      })
      const built = buildRoom(created.vault)
      built.catalogue.desk.putAccount(
        {
          id: accountId,
          name: accountName,
          displayName: displayName || accountName,
          roles: FIRST_ACCOUNT_ROLES,
        },
        now().toISOString(),
      )
      shares = created.recoveryShares
      enter(call.client, built)
      const shown = await Promise.all(
        created.recoveryShares.map(async (text, place) => ({
          index: place + 1,
          text,
          qrSvg: await shareQrSvg(text),
        })),
      )
      return { vaultId: created.vault.id, shares: shown }
    },
    'vault.confirmShare': ({ text }) => {
      if (shares === undefined)
        throw new AppError('VAULT_RECOVERY_SHARE_INVALID', { share: 1, reason: 'over' })
      const typed = decodeShare(text)
      if (typed === undefined)
        throw new AppError('VAULT_RECOVERY_SHARE_INVALID', { share: 1, reason: 'mistyped' })
      const index = shares.findIndex((share) => {
        const known = decodeShare(share)
        return known?.number === typed.number && known.shamir.equals(typed.shamir)
      })
      if (index < 0) throw new AppError('VAULT_RECOVERY_SHARE_INVALID', { share: 1, reason: 'otherVault' })
      room().catalogue.desk.putSetting(RECOVERY_CONFIRMED, 'yes')
      if (session !== null) session = { ...session, recoveryConfirmed: true }
      return { index: index + 1 }
    },
    'vault.recoverySheet': async ({ file }) => {
      if (shares === undefined)
        throw new AppError('VAULT_RECOVERY_SHARE_INVALID', { share: 1, reason: 'over' })
      const bytes = await recoverySheetPdf({
        unitName: unitName(room()),
        vaultId: room().vault.id,
        createdAt: now(),
        shares: shares.map((text, place) => ({ index: place + 1, text })),
        fontRegular: parts.assets.fontRegular,
        fontBold: parts.assets.fontBold,
      })
      await writeFileAtomically(file, bytes)
      return { fileName: path.basename(file), pageCount: shares.length }
    },
    'vault.finishSetup': () => {
      shares = undefined
      return {}
    },
    'vault.info': async () => {
      const { vault, catalogue } = room()
      const info = vault.info()
      let objectBytes = 0
      for await (const object of vault.objects.list()) objectBytes += object.sealedBytes
      return {
        vaultId: vault.id,
        unitName: unitName(room()),
        createdAt: info.createdAt,
        accounts: info.accounts.map(({ accountName, locked }) => ({ name: accountName, locked })),
        caseCount: catalogue.cases.count(),
        pageCount: catalogue.pages.count(),
        objectBytes,
      }
    },
    'vault.recover': async ({ folder, shares: typed, accountName, newPassword }) => {
      refuseWeak(newPassword, [accountName])
      if (open !== undefined) await leave()
      const recovered = await openVaultWithRecovery({
        folder,
        shares: typed,
        now,
        newId,
        lock: lockOptions(false),
      })
      try {
        const wanted = accountName.normalize('NFC').trim().toLowerCase()
        const known = recovered
          .info()
          .accounts.find((account) => account.accountName.toLowerCase() === wanted)
        if (known === undefined) throw new AppError('VAULT_NO_SUCH_ACCOUNT')
        await recovered.setPassword({
          accountId: known.accountId,
          name: known.accountName,
          password: newPassword,
        })
      } finally {
        await recovered.close()
      }
      return {}
    },
    'vault.check': (_, call) => room().jobs.start('vault-check', {}, requireSession(call).accountName),
    'drafts.load': ({ key }, call) => {
      const sealed = room().catalogue.desk.draft(requireSession(call).accountId, key)
      if (sealed === undefined) return { value: null }
      return { value: room().vault.openDraft(draftPlace(call, key), sealed).toString('utf8') }
    },
    'drafts.save': ({ key, value }, call) => {
      const sealed =
        value === null ? null : room().vault.sealDraft(draftPlace(call, key), Buffer.from(value, 'utf8'))
      room().catalogue.desk.putDraft(requireSession(call).accountId, key, sealed, now().toISOString())
      return {}
    },
    'accounts.list': () => accountRows(),
    'accounts.add': async ({ name, displayName, roles, compartments, password }) => {
      refuseWeak(password, [name])
      const id = newId()
      const { vault, catalogue } = room()
      await vault.addSlot({ accountId: id, name, password, compartments })
      const record = { id, name, displayName: displayName || name, roles }
      catalogue.desk.putAccount(record, now().toISOString())
      return { ...record, locked: false, self: false }
    },
    'accounts.setLocked': async ({ accountId, locked }) => {
      const { vault } = room()
      if (locked && accountId === vault.account.accountId)
        throw new AppError('ACCESS_DENIED', { reason: 'own-account' })
      await (locked ? vault.lockAccount(accountId) : vault.unlockAccount(accountId))
      return {}
    },
  }

  const accountRows = () => {
    const { vault, catalogue } = room()
    const slots = new Map(vault.info().accounts.map((account) => [account.accountId, account]))
    return catalogue.desk.accounts().map((account) => ({
      ...account,
      roles: [...account.roles],
      locked: slots.get(account.id)?.locked ?? true,
      self: account.id === vault.account.accountId,
    }))
  }

  const compartmentOf = (resource: ResourceRef) => {
    const { volumes } = room().catalogue
    switch (resource.kind) {
      case 'volume':
        return volumes.require(resource.id).compartment
      case 'item':
        return volumes.ofItem(resource.id).compartment
      case 'page':
        return volumes.ofPage(resource.id).compartment
      case 'job': {
        const volumeId = room().jobs.volumeOf(resource.id)
        return volumeId === undefined ? undefined : volumes.require(volumeId).compartment
      }
      case 'case':
        return undefined
    }
  }

  const sessionOf = (client: number) => (session?.client === client ? session : null)
  const calls = callPath({
    handlers: {
      ...own,
      ...caseHandlers({
        catalogue: () => room().catalogue,
        now,
        newId,
        templateFor: (question) => room().templates.forVolume(question),
        newestTemplate: (id) => room().templates.find(id, null),
        changed,
      }),
      ...intakeHandlers({
        catalogue: () => room().catalogue,
        jobs: () => room().jobs,
        templates: () => room().templates,
        unitName: () => unitName(room()),
        now,
        newId,
        changed,
        settingsChanged: () => emit({ event: 'changed', what: 'settings' }),
      }),
      ...jobHandlers(() => room().jobs),
    },
    sessionOf,
    compartmentOf,
    record: (entry) => {
      if (open !== undefined) open.audit.append(entry)
    },
    onFault: parts.onFault,
  })

  const recordDeniedPage = (client: number, versionId: string, code: AppError['code']) => {
    const who = sessionOf(client)
    try {
      open?.audit.append({
        action: 'access.denied',
        accountId: who?.accountId ?? null,
        sessionId: who?.id ?? null,
        subject: `page-version:${versionId}`,
        result: 'refused',
        code,
        details: {},
      })
    } catch (fault) {
      parts.onFault('audit', fault)
    }
  }

  return {
    call: async (client, method, input) => {
      const result = await calls.call(client, method, input)
      if (method === 'session.signOut' && result.ok) await leave()
      return result
    },
    page: async (client, versionId, rendition, range) => {
      try {
        const who = sessionOf(client)
        if (who === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
        if (!who.permissions.has('page.read')) throw new AppError('ACCESS_DENIED', { needs: 'page.read' })
        return await room().images.read(versionId, rendition, range)
      } catch (error) {
        if (!(error instanceof AppError)) parts.onFault('page', error)
        const known = error instanceof AppError ? error : new AppError('CALL_INTERNAL', { method: 'page' })
        if (known.code === 'ACCESS_DENIED' || known.code === 'VAULT_COMPARTMENT_CLOSED') {
          recordDeniedPage(client, versionId, known.code)
        }
        return { ok: false, error: known.toEnvelope() }
      }
    },
    clientGone: async (client) => {
      if (session?.client === client) await leave()
    },
    room,
    close: leave,
  }
}
