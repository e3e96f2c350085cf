import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
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

test.describe('first run', () => {
  let juanku: Launched
  test.beforeEach(async () => {
    juanku = await launch()
  })
  test.afterEach(async () => {
    await juanku.close()
  })

  test('leads by keyboard from nothing to an empty case list, with the recovery key on paper', async () => {
    const { app, page, home } = juanku
    await page.getByLabel('库的文件夹').fill(home.vaultFolder)
    await expect(page.getByText('可以用')).toBeVisible()
    await keepPicture(page, 'setup-1-folder')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Enter')

    await expect(page.getByLabel('单位名称')).toBeFocused()
    await page.keyboard.type(UNIT_NAME)
    await keepPicture(page, 'setup-2-unit')
    await page.keyboard.press('Enter')

    await expect(page.getByLabel('账号', { exact: true })).toBeFocused()
    await expect(page.getByRole('heading', { name: /系统管理员的账号/ })).toBeVisible()
    await page.keyboard.type(OFFICERS.system.name)
    await page.keyboard.press('Tab')
    await page.keyboard.type(OFFICERS.system.displayName)
    await page.getByLabel('新密码').fill('zhaogang1')
    await expect(page.getByText(/不足 10 个字符/)).toBeVisible()
    await keepPicture(page, 'setup-3-weak-password')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByLabel('再输一遍').fill('zhaogang1')
    await page.keyboard.press('Enter')
    await expect(page.getByText('密码还不够强')).toBeVisible()
    await page.getByLabel('新密码').fill(OFFICERS.system.password)
    await page.getByLabel('再输一遍').fill(OFFICERS.system.password)
    await page.keyboard.press('Enter')

    await expect(page.getByRole('heading', { name: /安全保密管理员的账号/ })).toBeVisible()
    await page.getByLabel('账号', { exact: true }).fill(OFFICERS.system.name)
    await page.getByLabel('新密码').fill(OFFICERS.system.password)
    await page.getByLabel('再输一遍').fill(OFFICERS.system.password)
    await page.keyboard.press('Enter')
    await expect(page.getByText('请由另一个人担任')).toBeVisible()
    await page.getByLabel('账号', { exact: true }).fill(OFFICERS.security.name)
    await page.keyboard.press('Enter')
    await expect(page.getByText('不能与前面的人用同一个密码')).toBeVisible()
    await keepPicture(page, 'setup-3-same-person')
    const person = async (name: string, displayName: string, password: string) => {
      await page.getByLabel('账号', { exact: true }).fill(name)
      await page.getByLabel('姓名').fill(displayName)
      await page.getByLabel('新密码').fill(password)
      await page.getByLabel('再输一遍').fill(password)
      await page.keyboard.press('Enter')
    }
    const { security, auditor } = OFFICERS
    await person(security.name, security.displayName, security.password)
    await expect(page.getByRole('heading', { name: /安全审计员的账号/ })).toBeVisible()
    await person(auditor.name, auditor.displayName, auditor.password)
    await expect(page.getByRole('heading', { name: /档案管理员的账号/ })).toBeVisible()
    await keepPicture(page, 'setup-3-archivist')
    expect(await accessibilityFaults(page)).toEqual([])
    await person('wangmin', '王敏', PASSWORD)

    await expect(page.locator('.share')).toHaveCount(3)
    const share = (await page.locator('.share code').nth(1).innerText()).trim()
    const sheet = join(home.folder, 'recovery.pdf')
    await saveDialogAnswers(app, sheet)
    await page.getByRole('button', { name: '保存恢复单 PDF' }).click()
    await expect(page.getByText('已保存：recovery.pdf')).toBeVisible()
    expect((await readFile(sheet)).subarray(0, 5).toString('latin1')).toBe('%PDF-')
    await keepPicture(page, 'setup-4-shares')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: '已经打印，下一步' }).click()

    await page.getByLabel('恢复码').fill('ABCD-EFGH')
    await page.keyboard.press('Enter')
    await expect(page.getByText('恢复码有误')).toBeVisible()
    await keepPicture(page, 'setup-5-wrong-share')
    await page.getByLabel('恢复码').fill(share.toLowerCase())
    await page.keyboard.press('Enter')

    await expect(page.getByRole('button', { name: '进入案件列表' })).toBeFocused()
    await keepPicture(page, 'setup-6-done')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: '登记第一个案件' })).toBeVisible()
    await keepPicture(page, 'cases-empty')
    expect(await accessibilityFaults(page)).toEqual([])
    await access(join(home.vaultFolder, 'vault.json'))
    expect(juanku.complaints).toEqual([])
  })

  test('refuses a folder that holds other files and leads to a vault that is already there', async () => {
    const { page, home } = juanku
    await page.getByLabel('库的文件夹').fill(home.folder)
    await expect(page.getByText('不能用：文件夹里已有别的文件')).toBeVisible()
    await expect(page.getByRole('button', { name: '下一步' })).toBeDisabled()
    await keepPicture(page, 'setup-1-occupied')

    await callFrom(page, 'vault.create', {
      folder: home.vaultFolder,
      unitName: UNIT_NAME,
      accounts: [...FOUNDERS],
    })
    await page.getByLabel('库的文件夹').fill(home.vaultFolder)
    await expect(page.getByText(`这里已经有「${UNIT_NAME}」的库`)).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: UNIT_NAME })).toBeVisible()
  })
})

test.describe('signing in', () => {
  let juanku: Launched
  test.beforeEach(async () => {
    juanku = await launch()
  })
  test.afterEach(async () => {
    await juanku.close()
  })

  const signOut = async () => {
    const { page } = juanku
    await page.getByRole('button', { name: '王敏' }).click()
    await page.getByText('退出登录').click()
    await expect(page.getByLabel('密码', { exact: true })).toBeVisible()
  }

  test('names a wrong password, keeps the vault shut, and opens with the right one', async () => {
    const { page } = juanku
    await openRoom(juanku)
    await signOut()
    await page.getByLabel('账号', { exact: true }).fill('wangmin')
    await keepPicture(page, 'sign-in')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByLabel('密码', { exact: true }).fill('not-the-password')
    await page.keyboard.press('Enter')
    await expect(page.getByText('密码不对')).toBeVisible()
    await expect(page.getByLabel('密码', { exact: true })).toHaveValue('')
    await expect(page.getByLabel('密码', { exact: true })).toBeFocused()
    await keepPicture(page, 'sign-in-wrong-password')
    expect(await accessibilityFaults(page)).toEqual([])
    expect((await callFrom(page, 'session.state', {})).state).toBe('signed-out')

    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await expect(page.locator('.frame')).toBeVisible()
    await expect(page.locator('.top-bar-unit')).toHaveText(UNIT_NAME)
  })

  test('sets a new password with two of the three recovery shares', async () => {
    const { page } = juanku
    const { shares } = await openRoom(juanku)
    await signOut()
    await page.getByRole('button', { name: '忘记密码' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('账号').fill('wangmin')
    await dialog.getByLabel('第一份恢复码').fill(shares[0]?.text ?? '')
    await dialog.getByLabel('第二份恢复码').fill(shares[2]?.text ?? '')
    await dialog.getByLabel('新密码').fill('Xin-De-Mi-Ma-2026')
    await dialog.getByLabel('再输一遍').fill('Xin-De-Mi-Ma-2026')
    await keepPicture(page, 'recover')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await page.getByLabel('密码', { exact: true }).fill('Xin-De-Mi-Ma-2026')
    await page.keyboard.press('Enter')
    await expect(page.locator('.frame')).toBeVisible()
  })

  test('says which computer holds a vault that is open elsewhere', async () => {
    await openRoom(juanku)
    const other = await launch(await freshHome())
    try {
      await callFrom(other.page, 'shell.rememberVaultFolder', { folder: juanku.home.vaultFolder })
      await other.page.reload()
      await other.page.getByLabel('账号', { exact: true }).fill('wangmin')
      await other.page.getByLabel('密码', { exact: true }).fill(PASSWORD)
      await other.page.keyboard.press('Enter')
      await expect(other.page.getByText('另一个程序正在使用这个库')).toBeVisible()
      await expect(other.page.getByText(/进程 \d+/)).toBeVisible()
      await keepPicture(other.page, 'sign-in-locked')
    } finally {
      await other.close()
    }
  })

  test('changes every word to English and back', async () => {
    const { page } = juanku
    await openRoom(juanku)
    await page.getByRole('button', { name: '王敏' }).click()
    await page.getByText('English').click()
    await expect(page.getByRole('button', { name: 'Register the first case' })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await keepPicture(page, 'cases-empty-english')
    await page.reload()
    await expect(page.getByRole('button', { name: 'Register the first case' })).toBeVisible()
  })
})

test.describe('the case list', () => {
  let juanku: Launched
  test.beforeEach(async () => {
    juanku = await launch()
    await openRoom(juanku)
  })
  test.afterEach(async () => {
    await juanku.close()
  })

  test('registers a case from a pasted number, and finds it in the list and by the palette', async () => {
    const { page } = juanku
    await expect(page.getByRole('button', { name: '登记第一个案件' })).toBeVisible()
    await page.keyboard.press('n')
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByLabel('案号')).toBeFocused()
    await page.keyboard.insertText('(2023) 京0105民初012345号')
    await expect(dialog.locator('.case-number').first()).toHaveText('（2023）京0105民初12345号')
    await dialog.getByLabel('案由').fill('民间借贷纠纷')
    await dialog.getByLabel('承办人').fill('张庭')
    await dialog.getByLabel('收案日期').fill('二〇二三年三月十四日')
    await dialog.getByLabel('结案日期').fill('20230931')
    await dialog.getByLabel('第 1 位当事人的姓名或名称').fill('王某')
    await expect(dialog.getByText('没有这一天')).toBeVisible()
    await dialog.getByLabel('结案日期').fill('2023.9.30')
    await dialog.getByLabel('第 2 位当事人的姓名或名称').fill('李某')
    await dialog.getByRole('checkbox', { name: '副卷' }).check()
    await keepPicture(page, 'new-case')
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog.getByLabel('案由').press('Enter')
    await expect(page).toHaveURL(/#\/cases\/[0-9A-Z]{26}/)

    await page.getByRole('link', { name: '案件' }).click()
    const row = page.getByRole('row', { name: /12345号/ })
    await expect(row).toContainText('民间借贷纠纷')
    await expect(row).toContainText('2023-03-14')
    await keepPicture(page, 'cases')
    expect(await accessibilityFaults(page)).toEqual([])

    await page.keyboard.press('/')
    await page.keyboard.type('李某')
    await expect(row).toBeVisible()
    await page.keyboard.type('不存在')
    await expect(page.getByText('没有符合条件的案件')).toBeVisible()
    await keepPicture(page, 'cases-no-match')

    await page.keyboard.press('Control+k')
    await page.keyboard.insertText('12345')
    await expect(page.getByRole('option', { name: /12345号/ }).first()).toBeVisible()
    await keepPicture(page, 'palette')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/#\/cases\/[0-9A-Z]{26}/)
  })

  test('gives unfinished typing back after the window was lost', async () => {
    const { page } = juanku
    await page.getByRole('button', { name: '登记第一个案件' }).click()
    await page.getByLabel('案由', { exact: true }).fill('买卖合同纠纷')
    await expect
      .poll(async () => (await callFrom(page, 'drafts.load', { key: 'new-case' })).value ?? '')
      .toContain('买卖合同纠纷')
    await page.reload()
    await expect(page.getByLabel('案由', { exact: true })).toHaveValue('买卖合同纠纷')
    await expect(page.getByText('已恢复上次没有登记完的内容')).toBeVisible()
  })

  test('opens a registered case instead of registering its number twice', async () => {
    const { page } = juanku
    const { case: first } = await callFrom(page, 'cases.create', {
      draft: { number: '（2023）京0105民初12345号' },
    })
    await expect(page.getByRole('row', { name: /12345号/ })).toBeVisible()
    await page.keyboard.press('n')
    await expect(page.getByRole('dialog').getByLabel('案号')).toBeFocused()
    await page.keyboard.insertText('（2023）京0105民初12345号')
    await page.getByRole('link', { name: '打开那个案件' }).click()
    await expect(page).toHaveURL(new RegExp(first.id))
  })
})

test.describe('manage', () => {
  test('shows what a file name template makes, and where it is wrong', async () => {
    const juanku = await launch()
    try {
      const { page } = juanku
      await openRoom(juanku)
      await signInAs(juanku, OFFICERS.system)
      await page.getByRole('link', { name: '管理' }).click()
      await expect(page.locator('.name-preview li').first()).toBeVisible()
      await page.getByLabel('页面图像').fill('{案号}_{0001}.jpg')
      await expect(page.locator('.name-preview').first()).toContainText('_0001')
      await expect(page.locator('.name-preview').last()).toContainText('起诉状_20230314')
      await keepPicture(page, 'manage-unit')
      expect(await accessibilityFaults(page)).toEqual([])
      await page.getByLabel('页面图像').fill('{案号}_{没有}.jpg')
      await expect(page.getByText('第 6 个字符处不是认识的字段')).toBeVisible()

      await signInAs(juanku, { name: 'wangmin', password: PASSWORD })
      await page.getByRole('link', { name: '管理' }).click()
      await page.getByRole('tab', { name: '目录模板' }).click()
      await expect(page.getByRole('heading', { name: /正卷目录/ })).toBeVisible()
      await keepPicture(page, 'manage-templates')
      expect(await accessibilityFaults(page)).toEqual([])

      await page.getByRole('tab', { name: '库' }).click()
      await page.getByRole('button', { name: '开始检查' }).click()
      await expect(page.getByRole('dialog').getByText('完成')).toBeVisible()
      await keepPicture(page, 'vault-check')
      expect(await accessibilityFaults(page)).toEqual([])
    } finally {
      await juanku.close()
    }
  })
})
