import path from 'node:path'
import { AppError } from '../../shared/errors.ts'
import {
  acceptCode,
  codeEnrolment,
  type Handlers,
  makeKeyFile,
  newCodeSecret,
  passwordRules,
} from '../access/index.ts'
import { shareQrSvg } from '../forms/index.ts'
import { type FrontDeskParts, type OpenDesk, requireSession } from './open-desk.ts'
import { keyFileBytes, ownPassword } from './session-handlers.ts'

type SecondFactorMethod =
  `session.${'secondFactors' | 'prepareCode' | 'enrolCode' | 'removeCode' | 'enrolKeyFile' | 'removeKeyFile'}`

/** What an account signs in with beside its password (等保三级, GB/T 22239-2019, 8.1.4.1 d). */
export function secondFactorHandlers({ now }: FrontDeskParts, desk: OpenDesk): Handlers<SecondFactorMethod> {
  let pending: { readonly sessionId: string; readonly secret: Buffer } | undefined
  const own = () => {
    const { account, info } = desk.room().vault
    const slot = info().accounts.find(({ accountId }) => accountId === account.accountId)
    if (slot === undefined) throw new AppError('VAULT_NO_SUCH_ACCOUNT')
    return slot
  }
  const rules = () => passwordRules(desk.room().catalogue.sql, now)
  const proved = <T>(work: () => Promise<T>) => {
    const room = desk.room()
    const { folder, account } = room.vault
    return desk.guard.attempt(
      { folder, accountName: account.accountName, failure: 'unlock-failed', room },
      work,
    )
  }

  return {
    'session.secondFactors': () => ({ code: own().oneTimeCode, keyFile: own().keyFile }),
    'session.prepareCode': async (_, call) => {
      const secret = newCodeSecret()
      const { id: sessionId, accountName } = requireSession(call)
      pending = { sessionId, secret }
      const { uri, secret: text } = codeEnrolment(secret, accountName)
      return { secret: text, qrSvg: await shareQrSvg(uri) }
    },
    'session.enrolCode': async ({ code }, call) => {
      const { id, accountId } = requireSession(call)
      if (pending?.sessionId !== id) throw new AppError('CALL_INVALID_INPUT', { field: 'code' })
      // A code that was shown here is used up: it does not sign anybody in.
      const step = acceptCode(pending.secret, code, now(), rules().lastCodeStep(accountId))
      await desk.room().vault.setOneTimeSecret(pending.secret)
      rules().setLastCodeStep(accountId, step)
      pending.secret.fill(0)
      pending = undefined
      return {}
    },
    'session.removeCode': async ({ password, keyFile }) => {
      const { vault } = desk.room()
      await proved(async () =>
        vault.checkPassword(vault.account.accountName, password, await keyFileBytes(keyFile)),
      )
      await vault.setOneTimeSecret(null)
      return {}
    },
    'session.enrolKeyFile': async ({ password, keyFile, file }) => {
      const { vault } = desk.room()
      await proved(async () => {
        const current = await keyFileBytes(keyFile)
        await vault.checkPassword(vault.account.accountName, password, current)
        // Written and synced first: a slot must never want a file that is nowhere.
        const next = await makeKeyFile(file)
        await vault.setKeyFile({ password, keyFile: current, next })
        next.fill(0)
      })
      rules().sameAsBefore(ownPassword(vault))
      return { fileName: path.basename(file) }
    },
    'session.removeKeyFile': async ({ password, keyFile }) => {
      const { vault } = desk.room()
      await proved(async () =>
        vault.setKeyFile({ password, keyFile: await keyFileBytes(keyFile), next: null }),
      )
      rules().sameAsBefore(ownPassword(vault))
      return {}
    },
  }
}
