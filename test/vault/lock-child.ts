/** A second process for the lock tests: opens, tells how it went, and closes when told to. */

import { openVault } from '../../electron/vault/index.ts'
import { AppError } from '../../shared/errors.ts'

const [folder = '', accountName = '', password = '', takeOver = ''] = process.argv.slice(2)

function tell(message: { readonly result: string; readonly code?: string }): void {
  process.send?.(message)
}

async function main(): Promise<void> {
  tell({ result: 'ready' })
  await new Promise<void>((resolve) => process.once('message', () => resolve()))
  try {
    const vault = await openVault({
      folder,
      accountName,
      password,
      now: () => new Date(),
      lock: { takeOver: takeOver === 'takeOver' },
    })
    tell({ result: 'opened' })
    await new Promise<void>((resolve) => process.once('message', () => resolve()))
    await vault.close()
    process.disconnect()
  } catch (error) {
    tell({ result: 'refused', code: error instanceof AppError ? error.code : String(error) })
    process.disconnect()
  }
}

void main()
