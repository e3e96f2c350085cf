import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openVaultWithRecovery, type RecoveryOptions } from '../../electron/vault/index.ts'
import {
  combineShares,
  decodeShare,
  encodeShare,
  setFingerprint,
  splitSecret,
} from '../../electron/vault/recovery-shares.ts'
import { ADMIN, addClerk, CLERK, codeOf, failureOf, freshVault, newId, now, openAs } from './fresh-vault.ts'

const fingerprint = setFingerprint('vault', 'set')
const bytesOf = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((b) => Buffer.from(b))
const anyShare = fc.record({
  number: fc.integer({ min: 1, max: 3 }),
  fingerprint: bytesOf(3),
  shamir: bytesOf(33),
})
const recover = (folder: string, shares: readonly string[], more: Partial<RecoveryOptions> = {}) =>
  openVaultWithRecovery({ folder, shares, now, newId, ...more })

describe('recovery shares', () => {
  test('any two of three give the secret back, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(bytesOf(32), async (secret) => {
        const [a, b, c] = await splitSecret(secret, fingerprint)
        for (const pair of [
          [a, b],
          [b, a],
          [a, c],
          [c, b],
          [a, b, c],
        ]) {
          expect((await combineShares(pair, fingerprint)).equals(secret)).toBe(true)
        }
      }),
      { numRuns: 50 },
    )
  })

  test('come back from their text unchanged', () => {
    fc.assert(
      fc.property(anyShare, (share) => {
        expect(decodeShare(encodeShare(share))).toEqual(share)
      }),
    )
  })

  test('are read however they are typed: case, blanks, dashes, full width, O for 0, I and L for 1', () => {
    fc.assert(
      fc.property(anyShare, fc.infiniteStream(fc.nat({ max: 5 })), (share, whims) => {
        let typed = ''
        for (const character of encodeShare(share)) {
          const whim = whims.next().value
          if (character === '-') typed += ['', ' ', '--', '－', '—', '\n'][whim]
          else if (character === '0') typed += ['0', 'O', 'o', '０', 'Ｏ', '0 '][whim]
          else if (character === '1') typed += ['1', 'I', 'l', 'L', '１', 'ｌ'][whim]
          else if (whim === 1) typed += character.toLowerCase()
          else if (whim === 2) typed += String.fromCharCode(character.charCodeAt(0) + 0xfee0)
          else typed += character
        }
        expect(decodeShare(`  ${typed} `)).toEqual(share)
      }),
    )
  })

  test('with any single wrong character are refused', () => {
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZU*'
    const share = encodeShare({ number: 2, fingerprint, shamir: randomBytes(33) })
    for (let at = 0; at < share.length; at += 1) {
      if (share[at] === '-') continue
      for (const wrong of alphabet) {
        if (wrong === share[at]) continue
        expect(decodeShare(share.slice(0, at) + wrong + share.slice(at + 1))).toBeUndefined()
      }
    }
  })

  test('with a character dropped, doubled, or exchanged with its neighbour are refused', () => {
    fc.assert(
      fc.property(anyShare, fc.nat(), (share, where) => {
        const text = encodeShare(share).replaceAll('-', '')
        const at = where % (text.length - 1)
        expect(decodeShare(text.slice(0, at) + text.slice(at + 1))).toBeUndefined()
        expect(decodeShare(text.slice(0, at) + text.charAt(at) + text.slice(at))).toBeUndefined()
        if (text[at] !== text[at + 1]) {
          const exchanged = text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2)
          expect(decodeShare(exchanged)).toBeUndefined()
        }
      }),
    )
  })
})

describe('opening with recovery shares', () => {
  test('gives an account a new password and every compartment', async () => {
    const { vault, folder, recoveryShares } = await freshVault()
    const clerkId = await addClerk(vault)
    const stored = await vault.objects.putBuffer('restricted', Buffer.from('副卷'))
    await vault.lockAccount(clerkId)
    await vault.close()
    const recovered = await recover(folder, [recoveryShares[2], recoveryShares[0]])
    await recovered.setPassword({ accountId: clerkId, name: CLERK.name, password: 'a new beginning' })
    await recovered.close()
    expect(await codeOf(openAs(folder, CLERK))).toBe('VAULT_WRONG_PASSWORD')
    const again = await openAs(folder, { name: CLERK.name, password: 'a new beginning' })
    expect((await again.objects.verify('restricted', stored.name)).sizeBytes).toBe(6)
  })

  test('can make an account where none is left', async () => {
    const { vault, folder, recoveryShares } = await freshVault()
    await vault.close()
    const recovered = await recover(folder, [recoveryShares[1], recoveryShares[2]])
    await recovered.setPassword({ accountId: newId(), name: '新管理员', password: 'a new beginning' })
    await recovered.close()
    expect(
      (await openAs(folder, { name: '新管理员', password: 'a new beginning' })).info().accounts,
    ).toHaveLength(2)
  })

  test('names the share that is mistyped, repeated, missing or of another vault', async () => {
    const { vault, folder, recoveryShares } = await freshVault()
    const other = await freshVault()
    await vault.close()
    const [a, b] = recoveryShares
    const mistyped = `${b.slice(0, -1)}${b.endsWith('7') ? '8' : '7'}`
    const cases = [
      [[a, mistyped], 2, 'mistyped'],
      [['', b], 1, 'mistyped'],
      [[a, a], 2, 'repeated'],
      [[a], 2, 'missing'],
      [[], 1, 'missing'],
      [[a, other.recoveryShares[1]], 2, 'otherVault'],
    ] as const
    for (const [shares, share, reason] of cases) {
      const failure = await failureOf(recover(folder, shares))
      expect(failure).toEqual({ code: 'VAULT_RECOVERY_SHARE_INVALID', details: { share, reason } })
    }
    expect(await readdir(folder)).not.toContain('vault.lock')
  })

  test('refuses well-formed shares of another secret', async () => {
    const { vault, folder, recoveryShares } = await freshVault()
    await vault.close()
    const share = decodeShare(recoveryShares[0])
    const forged = encodeShare({
      number: 2,
      fingerprint: share?.fingerprint ?? fingerprint,
      shamir: randomBytes(33),
    })
    expect(await codeOf(recover(folder, [recoveryShares[0], forged]))).toBe('VAULT_RECOVERY_WRONG')
  })

  test('new shares put the old ones out of use and leave passwords alone', async () => {
    const { vault, folder, recoveryShares } = await freshVault()
    await vault.close()
    const recovered = await recover(folder, recoveryShares)
    const fresh = await recovered.replaceShares()
    await recovered.close()
    const old = await failureOf(recover(folder, recoveryShares))
    expect(old.details.reason).toBe('otherVault')
    await (await recover(folder, fresh.slice(0, 2))).close()
    await (await openAs(folder, ADMIN)).close()
  })
})
