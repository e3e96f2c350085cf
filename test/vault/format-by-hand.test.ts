import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { freshVault } from './fresh-vault.ts'

const PYTHON = '/usr/bin/python3'

const obstacle = (() => {
  try {
    execFileSync(PYTHON, ['-c', 'import cryptography.hazmat.primitives.kdf.hkdf'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'needs python3-cryptography'
  }
})()

describe.skipIf(obstacle !== undefined)(
  `FORMAT.md${obstacle === undefined ? '' : ` (skipped: ${obstacle})`}`,
  () => {
    test('its program opens objects and finds the catalogue’s key with two shares', async () => {
      const page = await readFile(join(import.meta.dirname, '../../electron/vault/FORMAT.md'), 'utf8')
      const program = page.split('```python\n')[1]?.split('```')[0] ?? ''
      const { vault, folder, recoveryShares } = await freshVault()
      const content = randomBytes(2_500_000)
      const { name } = await vault.objects.putBuffer('restricted', content)
      const run = (...more: readonly string[]) =>
        execFileSync(PYTHON, ['-c', program, folder, recoveryShares[2], recoveryShares[0], ...more], {
          maxBuffer: 2 ** 24,
        })
      expect(run().toString().trim()).toBe(vault.catalogueKey().toString('hex'))
      expect(run(name).equals(content)).toBe(true)
    })
  },
)
