import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { accessibilityFaults, callFrom, keepPicture, type Launched, launch, UNIT_NAME } from './app.ts'
import { CASE_NUMBER, goTo, importScans, MAIN_SCANS, newRoom, type Room } from './sample-case.ts'

const COLLEAGUE = { name: 'lina', displayName: '李娜', password: 'Ku-Fang-Shao-Miao-5' }
const SECRET_TITLE = '合议庭评议笔录'

test.describe('accounts and the volumes that they may open', () => {
  let juanku: Launched
  let page: Page
  let room: Room

  test.beforeEach(async () => {
    juanku = await launch()
    page = juanku.page
    room = await newRoom(juanku)
  })
  test.afterEach(async () => {
    await juanku.close()
  })

  const row = (name: string) => page.getByRole('row').filter({ hasText: name })

  const enter = async () => {
    await page.reload()
    await expect(page.locator('.frame')).toBeVisible()
  }

  const signInAs = async (accountName: string, password: string) => {
    await callFrom(page, 'session.signOut', {})
    await callFrom(page, 'session.signIn', { folder: room.vault, accountName, password })
    await enter()
  }

  test('adds an account, locks it after asking, and never locks the one in use', async () => {
    await goTo(page, '/manage/accounts')
    await expect(page.getByText('还只有您一个账户')).toBeVisible()
    await keepPicture(page, 'accounts-empty')
    await expect(row('wangmin').getByRole('button')).toHaveCount(0)
    await expect(row('wangmin')).toContainText('不能锁定自己')
    await page.getByRole('button', { name: '添加账户' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('账户名').fill(COLLEAGUE.name)
    await dialog.getByLabel('姓名').fill(COLLEAGUE.displayName)
    await dialog.getByRole('combobox', { name: '角色' }).click()
    await page.locator('.ant-select-item-option').filter({ hasText: '扫描员' }).click()
    await page.keyboard.press('Escape')
    await dialog.getByLabel('新密码', { exact: true }).fill(COLLEAGUE.password)
    await dialog.locator('input[type="password"]').last().fill(COLLEAGUE.password)
    await expect(dialog.locator('.strength')).toContainText(/强/)
    await expect(dialog.getByLabel('正卷')).toBeChecked()
    await expect(dialog.getByLabel('副卷')).not.toBeChecked()
    await keepPicture(page, 'accounts-add')
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: '添加', exact: true }).click()
    await expect(row(COLLEAGUE.name)).toContainText('扫描员')
    await expect(row(COLLEAGUE.name)).toContainText('可登录')
    await keepPicture(page, 'accounts')
    expect(await accessibilityFaults(page)).toEqual([])

    await row(COLLEAGUE.name).getByRole('button', { name: '锁定' }).click()
    await keepPicture(page, 'accounts-lock')
    await page.getByRole('dialog').getByRole('button', { name: '锁定', exact: true }).click()
    await expect(row(COLLEAGUE.name)).toContainText('已锁定')
    await row(COLLEAGUE.name).getByRole('button', { name: '解除锁定' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '解除锁定', exact: true }).click()
    await expect(row(COLLEAGUE.name)).toContainText('可登录')
  })

  test('shows an account without the key of the sub-volume a lock, a reason, and nothing else of it', async () => {
    await importScans(page, room)
    const before = await callFrom(page, 'cases.tree', { caseId: room.caseId })
    const sub = before.volumes.find(({ kind }) => kind === 'sub')
    if (sub === undefined) throw new Error('the case has no sub-volume')
    const jobId = await callFrom(page, 'intake.start', {
      volumeId: sub.id,
      paths: [join(MAIN_SCANS, '../副卷')],
    })
    const jobState = async () => (await callFrom(page, 'jobs.get', { jobId })).state
    await expect.poll(jobState, { timeout: 90_000 }).toBe('succeeded')
    const bookId = before.volumes.find(({ kind }) => kind === 'sub')?.books[0]?.id ?? ''
    await callFrom(page, 'items.create', { volumeId: sub.id, bookId, draft: { title: SECRET_TITLE } })
    const secret = await callFrom(page, 'pages.list', { volumeId: sub.id })
    expect(secret.length).toBeGreaterThan(0)
    await callFrom(page, 'accounts.add', { ...COLLEAGUE, roles: ['archivist'], compartments: ['open'] })
    await signInAs(COLLEAGUE.name, COLLEAGUE.password)

    await goTo(page, `/cases/${room.caseId}`)
    await expect(page.locator('.viewer-page[data-state="shown"]')).toBeVisible()
    const tree = page.getByRole('tree')
    await expect(tree.getByLabel('不可读')).toBeVisible()
    await expect(tree).toContainText('本账号没有打开此卷的密钥')
    await keepPicture(page, 'closed-volume')
    expect(await accessibilityFaults(page)).toEqual([])
    await goTo(page, `/cases/${room.caseId}?volume=${sub.id}`)
    await expect(page.getByText('此卷不对本账号开放')).toBeVisible()
    await keepPicture(page, 'closed-volume-chosen')
    await expect(page.locator('body')).not.toContainText(SECRET_TITLE)

    const answered = await callFrom(page, 'cases.tree', { caseId: room.caseId })
    expect(answered.volumes.find(({ kind }) => kind === 'sub')).toMatchObject({ readable: false, books: [] })
    expect(answered.case.number).toBe(CASE_NUMBER)
    expect(answered.case.pageCount).toBe(38)
    const refused = 'VAULT_COMPARTMENT_CLOSED'
    await expect(callFrom(page, 'pages.list', { volumeId: sub.id })).rejects.toThrow(refused)
    await expect(callFrom(page, 'pages.versions', { pageId: secret[0]?.id ?? '' })).rejects.toThrow(refused)
    for (const rendition of ['thumbnail', 'view', 'source']) {
      const status = await page.evaluate(
        async (address) => (await fetch(address)).status,
        `page://vault/${secret[0]?.versionId}/${rendition}`,
      )
      expect(status).toBe(403)
    }
    const found = await callFrom(page, 'search.find', { text: SECRET_TITLE })
    expect(found.hits).toEqual([])
    expect(await page.title()).toContain(UNIT_NAME)
  })
})
