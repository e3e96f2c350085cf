import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createVault, openVault, readVaultInfo } from '../../electron/vault/index.ts'
import {
  ADMIN,
  addClerk,
  CLERK,
  codeOf,
  failureOf,
  freshFolder,
  freshVault,
  newId,
  now,
  openAs,
} from './fresh-vault.ts'

describe('making a vault', () => {
  const create = (folder: string, password: string = ADMIN.password) =>
    createVault({
      folder,
      unitName: '法院',
      account: { id: newId(), name: ADMIN.name, password },
      now,
      newId,
    })

  test('refuses a folder that holds a vault or anything else', async () => {
    const { folder } = await freshVault()
    expect(await codeOf(create(folder))).toBe('VAULT_ALREADY_EXISTS')
    const other = await freshFolder()
    await writeFile(join(other, 'notes.txt'), '')
    expect(await codeOf(create(other))).toBe('VAULT_FOLDER_NOT_EMPTY')
  })

  test('can be repeated in a folder where it was interrupted', async () => {
    const folder = await freshFolder()
    await mkdir(join(folder, 'objects'))
    await writeFile(join(folder, '.vault.json.0123456789abcdef.tmp'), '{')
    const { vault } = await create(folder)
    expect((await readVaultInfo(folder)).accounts.map((account) => account.accountName)).toEqual([ADMIN.name])
    await vault.close()
  })

  test('refuses weak passwords and says why', async () => {
    const folder = join(await freshFolder(), 'vault')
    for (const [password, reason] of [
      ['short', 'short'],
      ['aaaaaaaabbb', 'monotonous'],
      ['我是管理员一二三四', 'name'],
    ] as const) {
      const failure = await failureOf(create(folder, password))
      expect(failure.code).toBe('VAULT_PASSWORD_TOO_WEAK')
      expect(failure.details.reason).toBe(reason)
    }
    expect(await codeOf(readVaultInfo(folder))).toBe('VAULT_NOT_FOUND')
  })
})

describe('opening as an account', () => {
  test('tells an unknown account from a wrong password', async () => {
    const { vault, folder } = await freshVault()
    await vault.close()
    expect(await codeOf(openAs(folder, { name: '谁', password: 'correct horse' }))).toBe(
      'VAULT_NO_SUCH_ACCOUNT',
    )
    expect(await codeOf(openAs(folder, { name: ADMIN.name, password: 'Correct horse' }))).toBe(
      'VAULT_WRONG_PASSWORD',
    )
    await (await openAs(folder, ADMIN)).close()
  })

  test('compares names after NFC, trimming and case folding, and passwords after NFC', async () => {
    const { vault, folder } = await freshVault()
    await vault.addSlot({
      accountId: newId(),
      name: ' Zoë Wang',
      password: 'crème brûlée　1',
      compartments: ['open'],
    })
    await vault.close()
    const opened = await openAs(folder, {
      name: 'ZOE\u0308 wang ',
      password: 'crème brûlée 1'.normalize('NFD'),
    })
    expect(opened.account.accountName).toBe('Zoë Wang')
    const second = { accountId: newId(), name: 'zoë wang', password: 'another one', compartments: [] }
    expect(await codeOf(opened.addSlot(second))).toBe('VAULT_ACCOUNT_EXISTS')
  })

  test('a locked account opens nothing, even when the flag is taken back by hand', async () => {
    const { vault, folder } = await freshVault()
    const clerkId = await addClerk(vault)
    await vault.lockAccount(clerkId)
    expect(await codeOf(vault.checkPassword(CLERK.name, CLERK.password))).toBe('VAULT_ACCOUNT_LOCKED')
    await vault.close()
    expect(await codeOf(openAs(folder, CLERK))).toBe('VAULT_ACCOUNT_LOCKED')
    for (const file of ['vault.json', 'vault.json.previous']) {
      const text = await readFile(join(folder, file), 'utf8')
      await writeFile(join(folder, file), text.replace('"locked": true', '"locked": false'))
    }
    expect(await codeOf(openAs(folder, CLERK))).toBe('VAULT_WRONG_PASSWORD')
    expect(await codeOf(openAs(folder, ADMIN))).toBe('VAULT_HEADER_DAMAGED')
  })

  test('an unlocked account opens with its old password', async () => {
    const { vault, folder } = await freshVault()
    const clerkId = await addClerk(vault)
    await vault.lockAccount(clerkId)
    await vault.unlockAccount(clerkId)
    await vault.close()
    expect((await openAs(folder, CLERK)).account.accountId).toBe(clerkId)
  })

  test('a second person’s password can be checked on the spot', async () => {
    const { vault } = await freshVault()
    const accountId = await addClerk(vault)
    expect(await vault.checkPassword(CLERK.name, CLERK.password)).toEqual({
      accountId,
      accountName: CLERK.name,
    })
    expect(await codeOf(vault.checkPassword(CLERK.name, 'something else'))).toBe('VAULT_WRONG_PASSWORD')
  })
})

describe('changing accounts', () => {
  test('nobody gives a compartment which they do not hold', async () => {
    const { vault, folder } = await freshVault()
    await addClerk(vault)
    await vault.close()
    const clerk = await openAs(folder, CLERK)
    const slot = {
      accountId: newId(),
      name: '乙',
      password: 'some password',
      compartments: ['restricted'],
    } as const
    expect(await codeOf(clerk.addSlot(slot))).toBe('VAULT_COMPARTMENT_CLOSED')
  })

  test('a changed password replaces the old one and keeps the content', async () => {
    const { vault, folder } = await freshVault()
    const { name } = await vault.objects.putBuffer('restricted', Buffer.from('x'))
    const wrong = { current: 'not this one', next: 'a new password' }
    expect(await codeOf(vault.changePassword(wrong))).toBe('VAULT_WRONG_PASSWORD')
    await vault.changePassword({ current: ADMIN.password, next: 'a new password' })
    await vault.close()
    expect(await codeOf(openAs(folder, ADMIN))).toBe('VAULT_WRONG_PASSWORD')
    const again = await openAs(folder, { name: ADMIN.name, password: 'a new password' })
    expect(await again.objects.has(name)).toBe(true)
    await again.objects.verify('restricted', name)
  })

  test('the old password does not live on in the header’s second copy', async () => {
    const { vault, folder } = await freshVault()
    await vault.changePassword({ current: ADMIN.password, next: 'a new password' })
    await vault.close()
    expect(await readFile(join(folder, 'vault.json.previous'))).toEqual(
      await readFile(join(folder, 'vault.json')),
    )
  })

  test('a reset gives a new password and other compartments', async () => {
    const { vault, folder } = await freshVault()
    const accountId = await addClerk(vault)
    await vault.resetSlot({ accountId, password: 'second password', compartments: ['open', 'restricted'] })
    await vault.close()
    const clerk = await openAs(folder, { name: CLERK.name, password: 'second password' })
    expect(clerk.compartments.has('restricted')).toBe(true)
  })

  test('a removed account is unknown; nobody removes or locks their own', async () => {
    const { vault, folder } = await freshVault()
    const accountId = await addClerk(vault)
    await vault.renameAccount(accountId, '书记员乙')
    expect(vault.info().accounts.map((account) => account.accountName)).toEqual([ADMIN.name, '书记员乙'])
    await vault.removeSlot(accountId)
    expect(await codeOf(vault.removeSlot(vault.account.accountId))).toBe('ACCESS_DENIED')
    expect(await codeOf(vault.lockAccount(vault.account.accountId))).toBe('ACCESS_DENIED')
    await vault.close()
    expect(await codeOf(openAs(folder, CLERK))).toBe('VAULT_NO_SUCH_ACCOUNT')
  })

  test('changes asked for at the same time all happen', async () => {
    const { vault, folder } = await freshVault()
    const names = ['甲', '乙', '丙', '丁', '戊']
    await Promise.all(
      names.map((name) =>
        vault.addSlot({ accountId: newId(), name, password: 'some password', compartments: [] }),
      ),
    )
    const info = await readVaultInfo(folder)
    expect(new Set(info.accounts.map((account) => account.accountName))).toEqual(
      new Set([ADMIN.name, ...names]),
    )
  })
})

describe('a closed vault', () => {
  test('gives no key away and may be opened by another', async () => {
    const { vault, folder } = await freshVault()
    await vault.close()
    await vault.close()
    expect(() => vault.catalogueKey()).toThrow('VAULT_NOT_OPEN')
    expect(() => vault.sealDraft({ label: 'x' }, Buffer.from('x'))).toThrow('VAULT_NOT_OPEN')
    const slot = { accountId: newId(), name: '乙', password: 'some password', compartments: [] }
    expect(await codeOf(vault.addSlot(slot))).toBe('VAULT_NOT_OPEN')
    const again = await openVault({ folder, accountName: ADMIN.name, password: ADMIN.password, now })
    await again.close()
  })
})

describe('drafts', () => {
  test('come back under their label and compartment only', async () => {
    const { vault } = await freshVault()
    const sealed = vault.sealDraft({ label: 'form|1', compartment: 'restricted' }, Buffer.from('草稿'))
    const open = (place: Parameters<typeof vault.openDraft>[0], bytes: Uint8Array = sealed) =>
      vault.openDraft(place, bytes)
    expect(open({ label: 'form|1', compartment: 'restricted' }).toString()).toBe('草稿')
    expect(() => open({ label: 'form|2', compartment: 'restricted' })).toThrow('VAULT_OBJECT_DAMAGED')
    expect(() => open({ label: 'form|1', compartment: 'open' })).toThrow('VAULT_OBJECT_DAMAGED')
    expect(() => open({ label: 'form|1' })).toThrow('VAULT_OBJECT_DAMAGED')
    expect(() => open({ label: 'form|1', compartment: 'restricted' }, sealed.subarray(0, 20))).toThrow(
      'VAULT_OBJECT_DAMAGED',
    )
  })
})
