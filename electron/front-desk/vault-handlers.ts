import path from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { type Handlers, type passwordJudge, passwordRules } from '../access/index.ts'
import { writeFileAtomically } from '../atomic-write.ts'
import { recoverySheetPdf, shareQrSvg } from '../forms/index.ts'
import {
  accountNamed,
  createVault,
  decodeShare,
  type OpenVault,
  openVault,
  openVaultWithRecovery,
} from '../vault/index.ts'
import { foundingAccounts } from './founding-accounts.ts'
import { inspectFolder } from './inspect-folder.ts'
import {
  type FrontDeskParts,
  type OpenDesk,
  RECOVERY_CONFIRMED,
  requireSession,
  SMALL_UNIT,
} from './open-desk.ts'
import type { RefuseWeak } from './refuse-weak.ts'
import { ownPassword } from './session-handlers.ts'

type VaultMethod =
  `vault.${'inspectFolder' | 'passwordStrength' | 'create' | 'confirmShare' | 'recoverySheet' | 'finishSetup' | 'info' | 'recover' | 'check'}`

/** The vault as a whole: the wizard, recovery, and what stands in it. */
export function vaultHandlers(
  parts: FrontDeskParts,
  desk: OpenDesk,
  judge: ReturnType<typeof passwordJudge>,
  refuseWeak: RefuseWeak,
): Handlers<VaultMethod> {
  const { now, newId } = parts

  /** Of all that can happen to a vault this is what the log must not miss; and the password is its owner's. */
  const recordRecovery = async (vault: OpenVault) => {
    const room = desk.build(vault)
    try {
      const { accountId } = vault.account
      passwordRules(room.catalogue.sql, now).setByOwner(ownPassword(vault))
      const about = { sessionId: null, subject: `account:${accountId}`, result: 'done', code: null } as const
      room.audit.append({ ...about, action: 'vault.recovered', accountId, details: {} })
    } finally {
      await room.close()
    }
  }
  return {
    'vault.inspectFolder': ({ folder }) => inspectFolder(folder),
    'vault.passwordStrength': ({ password, hints }) => judge(password, hints),
    'vault.create': async ({ folder, unitName: unit, smallUnit, accounts }, call) => {
      const { opener, others, all } = foundingAccounts(accounts, smallUnit, newId)
      for (const { name, displayName, password } of all) refuseWeak(password, [name, displayName, unit])
      if (desk.roomIfOpen() !== undefined) await desk.leave()
      const created = await createVault({
        folder,
        unitName: unit,
        account: opener,
        others: others.map(({ id, name, password }) => ({ accountId: id, name, password, compartments: [] })),
        now,
        newId,
        lock: desk.lockOptions(false),
      })
      const built = desk.build(created.vault)
      const { catalogue } = built
      const rules = passwordRules(catalogue.sql, now)
      catalogue.transaction(() => {
        for (const { id, name, displayName, roles } of all) {
          catalogue.desk.putAccount(
            { id, name, displayName: displayName || name, roles },
            now().toISOString(),
          )
          rules.setByOwner({ accountId: id, slotVersion: 1 })
        }
        if (smallUnit) catalogue.desk.putSetting(SMALL_UNIT, 'yes')
      })
      desk.keepShares(created.recoveryShares)
      desk.enter(call.client, built)
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
      const shares = desk.shares()
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
      desk.room().catalogue.desk.putSetting(RECOVERY_CONFIRMED, 'yes')
      desk.changeSession({ recoveryConfirmed: true })
      return { index: index + 1 }
    },
    'vault.recoverySheet': async ({ file }) => {
      const shares = desk.shares()
      if (shares === undefined)
        throw new AppError('VAULT_RECOVERY_SHARE_INVALID', { share: 1, reason: 'over' })
      const bytes = await recoverySheetPdf({
        unitName: desk.unitName(),
        vaultId: desk.room().vault.id,
        createdAt: now(),
        shares: shares.map((text, place) => ({ index: place + 1, text })),
        fontRegular: parts.assets.fontRegular,
        fontBold: parts.assets.fontBold,
      })
      await writeFileAtomically(file, bytes)
      return { fileName: path.basename(file), pageCount: shares.length }
    },
    'vault.finishSetup': () => {
      desk.keepShares(undefined)
      return {}
    },
    'vault.info': async () => {
      const { vault, catalogue } = desk.room()
      const info = vault.info()
      let objectBytes = 0
      for await (const object of vault.objects.list()) objectBytes += object.sealedBytes
      return {
        vaultId: vault.id,
        unitName: desk.unitName(),
        createdAt: info.createdAt,
        accounts: info.accounts.map(({ accountName, locked }) => ({ name: accountName, locked })),
        caseCount: catalogue.cases.count(),
        pageCount: catalogue.pages.count(),
        objectBytes,
      }
    },
    'vault.recover': async ({ folder, shares: typed, accountName, newPassword }) => {
      refuseWeak(newPassword, [accountName])
      if (desk.roomIfOpen() !== undefined) await desk.leave()
      const lock = desk.lockOptions(false)
      const recovered = await openVaultWithRecovery({ folder, shares: typed, now, newId, lock })
      let name: string
      try {
        const known = accountNamed(recovered.info().accounts, accountName)
        if (known === undefined) throw new AppError('VAULT_NO_SUCH_ACCOUNT')
        name = known.accountName
        await recovered.setPassword({ accountId: known.accountId, name, password: newPassword })
      } finally {
        await recovered.close()
      }
      await recordRecovery(await openVault({ folder, accountName: name, password: newPassword, now, lock }))
      return {}
    },
    'vault.check': (_, call) => desk.room().jobs.start('vault-check', {}, requireSession(call).accountName),
  }
}
