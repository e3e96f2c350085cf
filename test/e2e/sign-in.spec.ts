import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import {
  accessibilityFaults,
  callFrom,
  FOUNDERS,
  freshHome,
  keepPicture,
  type Launched,
  launch,
  OFFICERS,
  openRoom,
  PASSWORD,
  saveDialogAnswers,
  signInAs,
  UNIT_NAME,
} from './app.ts'

const KEEPER = { name: 'wangmin', password: PASSWORD }

async function typeSignIn(page: Page, account: string, password: string): Promise<void> {
  await page.getByLabel('账号', { exact: true }).fill(account)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
}

async function openUserMenu(page: Page, name = '王敏'): Promise<void> {
  await page.getByRole('button', { name }).click()
  await expect(page.getByRole('menu')).toBeVisible()
}

test('five wrong passwords shut the account, and starting the program anew does not open it', async () => {
  const home = await freshHome()
  const first = await launch(home)
  try {
    await openRoom({ ...first, home })
    await callFrom(first.page, 'session.signOut', {})
    await first.page.reload()
    for (const left of [4, 3, 2, 1]) {
      await typeSignIn(first.page, 'wangmin', 'not-the-password')
      await expect(first.page.getByText(`还可以再试 ${left} 次`)).toBeVisible()
    }
    await keepPicture(first.page, 'sign-in-attempts-left')
    await typeSignIn(first.page, 'wangmin', 'not-the-password')
    await expect(first.page.getByText('登录失败次数过多')).toBeVisible()
    await keepPicture(first.page, 'sign-in-locked-out')
    expect(await accessibilityFaults(first.page)).toEqual([])
  } finally {
    await first.close()
  }
  const again = await launch(home)
  try {
    await typeSignIn(again.page, 'wangmin', PASSWORD)
    await expect(again.page.getByText('登录失败次数过多')).toBeVisible()
    const journal = await readFile(join(home.vaultFolder, 'sign-in.jsonl'), 'utf8')
    expect(journal.match(/"failed"/g)).toHaveLength(5)
    expect(journal).not.toContain('not-the-password')
    // The others are let in.
    await typeSignIn(again.page, OFFICERS.auditor.name, OFFICERS.auditor.password)
    await expect(again.page.locator('.frame')).toBeVisible()
  } finally {
    await again.close()
  }
})

test.describe('at the desk', () => {
  let juanku: Launched
  let page: Page
  test.beforeEach(async () => {
    juanku = await launch()
    page = juanku.page
    await openRoom(juanku)
  })
  test.afterEach(async () => {
    await juanku.close()
  })

  test('Ctrl+L covers everything, and the password brings back what was being typed', async () => {
    await page.getByRole('button', { name: '登记第一个案件' }).click()
    await page.getByLabel('案由', { exact: true }).fill('买卖合同纠纷')
    await page.keyboard.press('Control+l')
    await expect(page.getByRole('heading', { name: '屏幕已锁定' })).toBeVisible()
    await expect(page.getByLabel('密码', { exact: true })).toBeFocused()
    await expect(page.locator('.frame')).toBeHidden()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByText(UNIT_NAME)).toBeHidden()
    expect(await page.title()).toBe('卷库 · 已锁定')
    const refused = callFrom(page, 'cases.list', { filter: {}, offset: 0, limit: 1 })
    await expect(refused).rejects.toThrow('ACCESS_NOT_SIGNED_IN')
    await keepPicture(page, 'locked')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.type('not-the-password')
    await page.keyboard.press('Enter')
    await expect(page.getByText('密码不对')).toBeVisible()
    await keepPicture(page, 'locked-wrong-password')
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('案由', { exact: true })).toBeVisible()
    await expect(page.getByLabel('案由', { exact: true })).toHaveValue('买卖合同纠纷')
    await expect(page).toHaveTitle(new RegExp(UNIT_NAME))
  })

  test('nobody there for a while covers it, also in a window that was loaded anew', async () => {
    await signInAs(juanku, OFFICERS.system)
    const policy = await callFrom(page, 'session.policy', {})
    await callFrom(page, 'session.setPolicy', { ...policy, idleLockSeconds: 3 })
    await expect(page.getByRole('heading', { name: '屏幕已锁定' })).toBeVisible({ timeout: 10_000 })
    await page.reload()
    await expect(page.getByRole('heading', { name: '屏幕已锁定' })).toBeVisible()
    await page.getByLabel('密码', { exact: true }).fill(OFFICERS.system.password)
    await page.keyboard.press('Enter')
    await expect(page.locator('.frame')).toBeVisible()
    await expect(page.getByRole('heading', { name: '屏幕已锁定' })).toBeVisible({ timeout: 10_000 })
    await page.getByRole('button', { name: '换人登录' }).click()
    await typeSignIn(page, 'wangmin', PASSWORD)
    await expect(page.getByRole('button', { name: '王敏' })).toBeVisible()
  })

  test('an authenticator is set up from the menu and asked for from then on', async () => {
    await openUserMenu(page)
    await keepPicture(page, 'user-menu')
    await page.getByText('第二种登录凭证…').click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText('未启用')).toHaveCount(2)
    await dialog.getByRole('button', { name: '动态验证码 启用…' }).click()
    const secret = (await dialog.getByTestId('code-secret').innerText()).trim()
    const authenticator = new TOTP({ secret: Secret.fromBase32(secret) })
    await keepPicture(page, 'second-factor-enrol')
    expect(await accessibilityFaults(page)).toEqual([])
    // The step before still counts: so that the present one is left for signing in.
    await dialog.getByLabel('六位数字').fill(authenticator.generate({ timestamp: Date.now() - 30_000 }))
    await page.keyboard.press('Enter')
    await expect(dialog.getByText('已启用')).toBeVisible()
    await page.keyboard.press('Escape')
    await openUserMenu(page)
    await page.getByText('退出登录').click()
    await page.getByLabel('账号', { exact: true }).fill(KEEPER.name)
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
    await page.getByLabel('动态验证码').fill('000000')
    await keepPicture(page, 'sign-in-code')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Enter')
    await expect(page.getByText('验证码或密钥文件不对')).toBeVisible()
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
    await page.getByLabel('动态验证码').fill(authenticator.generate())
    await page.keyboard.press('Enter')
    await expect(page.locator('.frame')).toBeVisible()
  })

  test('a key file on a stick opens the vault together with the password alone', async () => {
    const stick = join(juanku.home.folder, 'stick.key')
    await saveDialogAnswers(juanku.app, stick)
    await openUserMenu(page)
    await page.getByText('第二种登录凭证…').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'U 盘密钥文件 启用…' }).click()
    await dialog.getByLabel('现在的密码').fill(PASSWORD)
    await keepPicture(page, 'second-factor-key-file')
    await page.keyboard.press('Enter')
    await expect(dialog.getByText('已启用')).toBeVisible()
    expect(await readFile(stick)).toHaveLength(32)
    await page.keyboard.press('Escape')
    await openUserMenu(page)
    await page.getByText('退出登录').click()
    await typeSignIn(page, KEEPER.name, PASSWORD)
    await expect(page.getByText('还需要第二种凭证')).toBeVisible()
    await juanku.app.evaluate(({ dialog: dialogs }, file) => {
      dialogs.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] })
    }, stick)
    await page.getByRole('button', { name: '密钥文件' }).click()
    await expect(page.locator('form').getByText('stick.key')).toBeVisible()
    await keepPicture(page, 'sign-in-key-file')
    await page.getByLabel('密码', { exact: true }).press('Enter')
    await expect(page.locator('.frame')).toBeVisible()
  })
})

test('a small unit says so to everybody, in the top bar', async () => {
  const juanku = await launch()
  const { page, home } = juanku
  try {
    const accounts = FOUNDERS.filter(({ role }) => role !== 'security-officer')
    const folder = home.vaultFolder
    await callFrom(page, 'vault.create', { folder, unitName: UNIT_NAME, smallUnit: true, accounts })
    await callFrom(page, 'vault.finishSetup', {})
    for (const account of [KEEPER, OFFICERS.auditor, OFFICERS.system]) {
      await signInAs(juanku, account)
      await expect(page.getByRole('button', { name: '小单位模式' })).toBeVisible()
    }
    await page.getByRole('button', { name: '小单位模式' }).click()
    await expect(page.getByText('系统管理员与安全保密管理员由一人担任')).toBeVisible()
    await keepPicture(page, 'small-unit')
  } finally {
    await juanku.close()
  }
})
