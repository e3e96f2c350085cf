import { readdir } from 'node:fs/promises'
import type { FolderState } from '../../shared/contract/vault.ts'
import { AppError } from '../../shared/errors.ts'
import { folderState, readVaultInfo } from '../vault/index.ts'

/** What the wizard and the sign-in screen need to know of a folder. */
export async function inspectFolder(folder: string): Promise<FolderState> {
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
          accounts: accounts.map(({ accountName, locked, keyFile, oneTimeCode }) => ({
            name: accountName,
            locked,
            keyFile,
            code: oneTimeCode,
          })),
        }
      } catch (error) {
        if (error instanceof AppError && error.code === 'VAULT_HEADER_DAMAGED') return { state: 'damaged' }
        throw error
      }
  }
}
