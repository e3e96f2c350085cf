import path from 'node:path'
import type { Role } from '../../shared/domain/permission.ts'
import { AppError } from '../../shared/errors.ts'
import type { Handlers, passwordJudge } from '../access/index.ts'
import { writeFileAtomically } from '../atomic-write.ts'
import { recoverySheetPdf, shareQrSvg } from '../forms/index.ts'
import { createVault, decodeShare, openVaultWithRecovery } from '../vault/index.ts'
import { inspectFolder } from './inspect-folder.ts'
import { type FrontDeskParts, type OpenDesk, RECOVERY_CONFIRMED, requireSession } from './open-desk.ts'
import type { RefuseWeak } from './refuse-weak.ts'

type VaultMethod =
  `vault.${'inspectFolder' | 'passwordStrength' | 'create' | 'confirmShare' | 'recoverySheet' | 'finishSetup' | 'info' | 'recover' | 'check'}`

/** Until the three officers are set up, the first account keeps the room: it runs the vault and files cases. */
const FIRST_ACCOUNT_ROLES: readonly Role[] = ['system-officer', 'archivist']

/** The vault as a whole: the wizard, recovery, and what stands in it. */
export function vaultHandlers(
  parts: FrontDeskParts,
  desk: OpenDesk,
  judge: ReturnType<typeof passwordJudge>,
  refuseWeak: RefuseWeak,
): Handlers<VaultMethod> {
  const { now, newId } = parts
  return {
    'vault.inspectFolder': ({ folder }) => inspectFolder(folder),
    'vault.passwordStrength': ({ password, hints }) => judge(password, hints),
    'vault.create': async ({ folder, unitName: unit, accountName, displayName, password }, call) => {
      refuseWeak(password, [accountName, unit])
      if (desk.roomIfOpen() !== undefined) await desk.leave()
      const accountId = newId()
      const created = await createVault({
        folder,
        unitName: unit,
        account: { id: accountId, name: accountName, password },
        now,
        newId,
        lock: desk.lockOptions(false),
      })
      const built = desk.build(created.vault)
      built.catalogue.desk.putAccount(
        {
          id: accountId,
          name: accountName,
          displayName: displayName || accountName,
          roles: FIRST_ACCOUNT_ROLES,
        },
        now().toISOString(),
      )
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
      const recovered = await openVaultWithRecovery({
        folder,
        shares: typed,
        now,
        newId,
        lock: desk.lockOptions(false),
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
    'vault.check': (_, call) => desk.room().jobs.start('vault-check', {}, requireSession(call).accountName),
  }
}
