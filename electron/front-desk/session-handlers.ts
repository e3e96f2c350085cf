import { type Handlers, signedIn } from '../access/index.ts'
import { openVault } from '../vault/index.ts'
import { type FrontDeskParts, type OpenDesk, requireSession } from './open-desk.ts'
import type { RefuseWeak } from './refuse-weak.ts'

type SessionMethod = `session.${'state' | 'signIn' | 'signOut' | 'changePassword'}`

/** Who sits at the desk. */
export function sessionHandlers(
  parts: FrontDeskParts,
  desk: OpenDesk,
  refuseWeak: RefuseWeak,
): Handlers<SessionMethod> {
  const { now } = parts
  return {
    'session.state': (_, call) =>
      call.session === null
        ? { state: 'signed-out' }
        : { state: 'signed-in', session: signedIn(call.session) },
    'session.signIn': async ({ folder, accountName, password, takeOverLock }, call) => {
      if (desk.roomIfOpen() !== undefined) await desk.leave()
      const vault = await openVault({
        folder,
        accountName,
        password,
        now,
        lock: desk.lockOptions(takeOverLock),
      })
      try {
        return signedIn(desk.enter(call.client, desk.build(vault)))
      } catch (error) {
        await vault.close()
        throw error
      }
    },
    // The room is closed behind the call, once its record is written: see `call` below.
    'session.signOut': () => ({}),
    'session.changePassword': async ({ current, next }, call) => {
      refuseWeak(next, [requireSession(call).accountName])
      await desk.room().vault.changePassword({ current, next })
      return {}
    },
  }
}
