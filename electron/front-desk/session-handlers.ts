import { AppError } from '../../shared/errors.ts'
import {
  acceptCode,
  type Handlers,
  passwordRules,
  readKeyFile,
  setSignInPolicy,
  signedIn,
  signInPolicy,
} from '../access/index.ts'
import type { RecordsRoom } from '../records-room.ts'
import { type OpenVault, openVault } from '../vault/index.ts'
import type { FrontDeskParts, OpenDesk } from './open-desk.ts'
import type { RefuseWeak } from './refuse-weak.ts'

type SessionMethod =
  `session.${'state' | 'signIn' | 'signOut' | 'changePassword' | 'lock' | 'unlock' | 'leaveLocked' | 'stayAwake' | 'policy' | 'setPolicy'}`

/** The key file's bytes where its place is given. */
export async function keyFileBytes(file: string | undefined): Promise<Buffer | undefined> {
  return file === undefined ? undefined : await readKeyFile(file)
}

/** The password of the account that opened the vault, told apart by its slot's version. */
export function ownPassword(vault: OpenVault) {
  const { accountId } = vault.account
  const slot = vault.info().accounts.find((account) => account.accountId === accountId)
  if (slot === undefined) throw new AppError('VAULT_NO_SUCH_ACCOUNT')
  return { accountId, slotVersion: slot.slotVersion }
}

/** Who sits at the desk. */
export function sessionHandlers(
  { now }: FrontDeskParts,
  desk: OpenDesk,
  refuseWeak: RefuseWeak,
): Handlers<SessionMethod> {
  const rulesOf = ({ catalogue }: RecordsRoom) => passwordRules(catalogue.sql, now)

  const changePassword = async (
    room: RecordsRoom,
    change: { readonly current: string; readonly next: string; readonly keyFile: Buffer | undefined },
  ) => {
    const { vault, catalogue } = room
    const rules = rulesOf(room)
    const policy = signInPolicy(catalogue.desk)
    const before = ownPassword(vault)
    refuseWeak(change.next, [vault.account.accountName])
    if (change.next === change.current)
      throw new AppError('SESSION_PASSWORD_REUSED', { last: policy.passwordHistory })
    await rules.refuseReused(before.accountId, change.next, policy)
    await vault.changePassword(change)
    rules.setByOwner(ownPassword(vault))
    // Proved right just now, and from here on one of those that may not come back.
    await rules.remember(before, change.current)
  }

  /** The code of an authenticator, where the account has one. */
  const checkCode = (room: RecordsRoom, code: string | undefined) => {
    const secret = room.vault.oneTimeSecret()
    if (secret === undefined) return
    if (code === undefined) throw new AppError('SESSION_SECOND_FACTOR_NEEDED', { kind: 'code' })
    const rules = rulesOf(room)
    const { accountId } = room.vault.account
    rules.setLastCodeStep(accountId, acceptCode(secret, code, now(), rules.lastCodeStep(accountId)))
  }

  return {
    'session.state': (_, call) => {
      const locked = desk.locked(call.client)
      if (locked !== null) {
        const { accountName, displayName } = locked
        return { state: 'locked', locked: { accountName, displayName } }
      }
      return call.session === null
        ? { state: 'signed-out' }
        : { state: 'signed-in', session: signedIn(call.session) }
    },
    'session.signIn': async (input, call) => {
      if (desk.roomIfOpen() !== undefined) await desk.leave()
      const { folder, accountName, password, newPassword } = input
      let keyFile: Buffer | undefined
      const room = await desk.guard.attempt({ folder, accountName }, async () => {
        keyFile = await keyFileBytes(input.keyFile)
        const lock = desk.lockOptions(input.takeOverLock)
        const vault = await openVault({ folder, accountName, password, keyFile, now, lock })
        let built: RecordsRoom
        try {
          built = desk.build(vault)
        } catch (error) {
          await vault.close()
          throw error
        }
        try {
          checkCode(built, input.code)
          return built
        } catch (error) {
          await built.close()
          throw error
        }
      })
      try {
        const rules = rulesOf(room)
        const expiry = rules.expiry(ownPassword(room.vault), signInPolicy(room.catalogue.desk))
        if (expiry !== null && newPassword === undefined)
          throw new AppError('SESSION_PASSWORD_EXPIRED', { reason: expiry })
        if (newPassword === undefined) await rules.remember(ownPassword(room.vault), password)
        else await changePassword(room, { current: password, next: newPassword, keyFile })
        await desk.guard.succeeded(folder, room.vault.account.accountName, room)
        return signedIn(desk.enter(call.client, room))
      } catch (error) {
        await room.close()
        throw error
      }
    },
    // What follows these three happens behind the call, once its record is written: see `settle`.
    'session.signOut': () => ({}),
    'session.lock': () => ({}),
    'session.leaveLocked': (_, call) => {
      if (desk.locked(call.client) === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
      // Uncovered for the record alone, which then names the account; nothing else is answered in between.
      desk.unlock()
      return {}
    },
    'session.unlock': async ({ password, keyFile }, call) => {
      const locked = desk.locked(call.client)
      if (locked === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
      const room = desk.room()
      const { accountName } = locked
      await desk.guard.attempt(
        { folder: room.vault.folder, accountName, failure: 'unlock-failed', room },
        async () => room.vault.checkPassword(accountName, password, await keyFileBytes(keyFile)),
      )
      desk.unlock()
      return signedIn(locked)
    },
    'session.stayAwake': () => {
      desk.stayAwake()
      return {}
    },
    'session.changePassword': async ({ current, next, keyFile }) => {
      const room = desk.room()
      const { folder, account } = room.vault
      await desk.guard.attempt(
        { folder, accountName: account.accountName, failure: 'unlock-failed', room },
        async () => changePassword(room, { current, next, keyFile: await keyFileBytes(keyFile) }),
      )
      return {}
    },
    'session.policy': () => signInPolicy(desk.room().catalogue.desk),
    'session.setPolicy': (policy, call) => {
      setSignInPolicy(desk.room().catalogue.desk, policy)
      call.note({ details: { ...policy } })
      return policy
    },
  }
}
