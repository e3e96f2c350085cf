import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import {
  accessibilityFaults,
  callFrom,
  keepPicture,
  type Launched,
  launch,
  OFFICERS,
  openRoom,
  PASSWORD,
  saveDialogAnswers,
} from './app.ts'
import { goTo, MAIN_SCANS } from './sample-case.ts'

const KEEPER = { name: 'wangmin', displayName: '王敏', password: PASSWORD } as const
const CLERK = { name: 'lina', displayName: '李娜', password: 'Ku-Fang-Shao-Miao-5', own: 'Ku-Fang-Zi-Ji-92' }
const SECRET_TITLE = '合议庭评议笔录'

test.describe('accounts, by the three officers', () => {
  let juanku: Launched
  let page: Page
  let vault: string

  test.beforeEach(async () => {
    juanku = await launch()
    page = juanku.page
    vault = juanku.home.vaultFolder
    await openRoom(juanku)
  })
  test.afterEach(async () => {
    await juanku.close()
  })

  const row = (name: string) => page.getByRole('row').filter({ hasText: name })
  const dialog = () => page.getByRole('dialog')
  const openOptions = () =>
    page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')

  const seat = async (
    person: { readonly name: string; readonly password: string },
    place: string,
    newPassword?: string,
  ) => {
    if ((await callFrom(page, 'session.state', {})).state === 'signed-in')
      await callFrom(page, 'session.signOut', {})
    await callFrom(page, 'session.signIn', {
      ...{ folder: vault, accountName: person.name, password: person.password },
      ...(newPassword === undefined ? {} : { newPassword }),
    })
    await page.reload()
    await expect(page.locator('.frame')).toBeVisible()
    await goTo(page, place)
  }

  const pick = async (label: string, options: readonly string[]) => {
    await dialog().getByRole('combobox', { name: label, exact: true }).click()
    for (const option of options) await openOptions().filter({ hasText: option }).click()
  }
  const choose = async (label: string, option: string) => {
    await pick(label, [option])
    await expect(openOptions()).toHaveCount(0)
  }
  const chooseRoles = async (label: string, ...roles: readonly string[]) => {
    await pick(label, roles)
    // A list of several stays open; Escape on a closed one would close the dialog.
    await page.keyboard.press('Escape')
    await expect(openOptions()).toHaveCount(0)
  }

  test('a clerk is made, approved, given a key and works without the sub-volume', async () => {
    await seat(OFFICERS.system, '/manage/accounts')
    await expect(row(OFFICERS.auditor.displayName)).toContainText('安全审计员')
    await expect(row(OFFICERS.system.displayName)).toContainText('自己的账户由别人管理')
    await page.getByRole('button', { name: '新建账户' }).click()
    await dialog().getByLabel('账户名').fill(CLERK.name)
    await dialog().getByLabel('姓名').fill(CLERK.displayName)
    await dialog().getByLabel('工号').fill('0107')
    await chooseRoles('申请的角色', '书记员', '安全审计员')
    await expect(dialog()).toContainText('三员不能兼任')
    await keepPicture(page, 'accounts-conflict')
    await chooseRoles('申请的角色', '安全审计员')
    await expect(dialog()).not.toContainText('三员不能兼任')
    await dialog().getByLabel('新密码', { exact: true }).fill(CLERK.password)
    await dialog().locator('input[type="password"]').last().fill(CLERK.password)
    await expect(dialog().locator('.strength')).toContainText(/强/)
    await keepPicture(page, 'accounts-new')
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog()
      .getByRole('button', { name: /新\s?建/ })
      .click()
    await expect(row(CLERK.displayName)).toContainText('待批准')
    await expect(row(CLERK.displayName).getByRole('button')).toHaveCount(0)
    await keepPicture(page, 'accounts-system')
    expect(await accessibilityFaults(page)).toEqual([])
    const early = { folder: vault, accountName: CLERK.name, password: CLERK.password }
    await expect(callFrom(page, 'session.signIn', early)).rejects.toThrow('VAULT_ACCOUNT_LOCKED')

    await seat(OFFICERS.security, '/manage/accounts')
    await expect(page.getByRole('button', { name: '新建账户' })).toHaveCount(0)
    await keepPicture(page, 'accounts-security')
    await row(CLERK.displayName)
      .getByRole('button', { name: /批\s?准/ })
      .click()
    await expect(dialog().getByLabel('正卷钥')).toBeChecked()
    await expect(dialog().getByLabel('副卷钥')).not.toBeChecked()
    await keepPicture(page, 'accounts-approve')
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog()
      .getByRole('button', { name: /批\s?准/ })
      .click()
    await expect(row(CLERK.displayName)).toContainText('正卷钥 待移交')

    await seat(KEEPER, '/manage/accounts')
    await keepPicture(page, 'accounts-archivist')
    await row(CLERK.displayName).getByRole('button', { name: '移交密钥' }).click()
    await keepPicture(page, 'accounts-deliver')
    await dialog().getByRole('button', { name: '移交密钥' }).click()
    await expect(row(CLERK.displayName)).not.toContainText('待移交')
    await expect(row(CLERK.displayName)).toContainText('正卷钥')
    const { caseId, subId } = await caseWithSecret()
    await goTo(page, `/cases/${caseId}`)
    await page.getByRole('button', { name: '办案人员与回避' }).click()
    await choose('选择人员', CLERK.displayName)
    await choose('身份', '承办')
    await dialog()
      .getByRole('button', { name: /指\s?定/ })
      .click()
    await expect(dialog().getByRole('row').filter({ hasText: CLERK.displayName })).toContainText('承办')
    await keepPicture(page, 'case-people')
    expect(await accessibilityFaults(page)).toEqual([])

    await seat(OFFICERS.auditor, '/manage/accounts')
    await expect(row(CLERK.displayName)).toContainText(`${OFFICERS.security.displayName} 批准`)
    await expect(page.getByRole('table').getByRole('button')).toHaveCount(0)
    await keepPicture(page, 'accounts-auditor')

    await seat(CLERK, `/cases/${caseId}`, CLERK.own)
    const tree = page.getByRole('tree')
    await expect(tree.getByLabel('不可读')).toBeVisible()
    await expect(page.getByRole('button', { name: '办案人员与回避' })).toHaveCount(0)
    await keepPicture(page, 'closed-volume')
    await goTo(page, `/cases/${caseId}?volume=${subId}`)
    await expect(page.getByText('此卷不对本账号开放')).toBeVisible()
    await expect(page.locator('body')).not.toContainText(SECRET_TITLE)
    await expect(callFrom(page, 'pages.list', { volumeId: subId })).rejects.toThrow(
      'VAULT_COMPARTMENT_CLOSED',
    )
    expect((await callFrom(page, 'search.find', { text: SECRET_TITLE })).cases).toEqual([])
  })

  test('rights are seen, changed, lent and reviewed', async () => {
    await seat(OFFICERS.system, '/manage/accounts')
    const { name, displayName, password } = CLERK
    const { id } = await callFrom(page, 'accounts.create', { name, displayName, password, roles: ['clerk'] })
    await seat(OFFICERS.security, '/manage/matrix')
    await callFrom(page, 'accounts.approve', { accountId: id, roles: ['clerk'], compartments: ['open'] })
    await expect(page.getByText('出厂设定')).toBeVisible()
    await keepPicture(page, 'matrix')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: '调整“书记员”的权限' }).click()
    await dialog().getByRole('combobox', { name: '阅读卷宗页面 1：卷别' }).click()
    await openOptions().filter({ hasText: '仅正卷' }).click()
    await dialog().getByLabel('原因').fill('书记员只用正卷')
    await keepPicture(page, 'matrix-edit')
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog().getByRole('button', { name: '保存 1 项改变' }).click()
    await expect(page.getByText('本单位已调整')).toBeVisible()
    const file = join(juanku.home.folder, '矩阵.csv')
    await saveDialogAnswers(juanku.app, file)
    await page.getByRole('button', { name: '导出' }).click()
    await page.getByRole('menuitem', { name: '表格（CSV）' }).click()
    await expect(page.getByText('文件已保存')).toBeVisible()

    await goTo(page, '/manage/delegations')
    await expect(page.getByText('没有代理')).toBeVisible()
    await page.getByRole('button', { name: '新增代理' }).click()
    await choose('委托人', KEEPER.displayName)
    await choose('代理人', displayName)
    await chooseRoles('代理的角色', '档案管理员')
    const today = new Date().toISOString().slice(0, 10).replaceAll('-', '')
    await dialog().getByLabel('开始日期').fill(today)
    await dialog().getByLabel('结束日期').fill('20991231')
    await dialog().getByLabel('原因').fill('王敏休假')
    await keepPicture(page, 'delegation-new')
    await dialog()
      .getByRole('button', { name: /新\s?增/ })
      .click()
    await expect(row(displayName)).toContainText('档案管理员')
    await keepPicture(page, 'delegations')
    expect(await accessibilityFaults(page)).toEqual([])

    await goTo(page, '/manage/reviews')
    await expect(page.getByText('权限复核还没有开始')).toBeVisible()
    await keepPicture(page, 'reviews-due')
    await page.getByRole('button', { name: /开始.*复核/ }).click()
    await expect(page.getByRole('button', { name: '还有 6 项未定' })).toBeDisabled()
    const lent = row(displayName).filter({ hasText: '他人借给的角色' })
    const own = row(displayName).filter({ hasText: '书记员' })
    await expect(lent).toContainText('档案管理员')
    await keepPicture(page, 'review-open')
    expect(await accessibilityFaults(page)).toEqual([])
    for (const line of [own, lent]) {
      await line.getByRole('button', { name: /收\s?回/ }).click()
      await dialog().getByLabel('原因').fill('已调离')
      await dialog()
        .getByRole('button', { name: /收\s?回/ })
        .click()
      await expect(line).toContainText('已收回')
    }
    const keep = page.getByRole('button', { name: /^保\s?留$/ })
    for (let left = 4; left > 0; left--) {
      await expect(keep).toHaveCount(left)
      await keep.first().click()
    }
    await page.getByRole('button', { name: '签名完成' }).click()
    await dialog().getByRole('button', { name: '签名完成' }).click()
    await expect(page.getByText('内容与签名一致')).toBeVisible()
    await keepPicture(page, 'review-signed')
    expect(await accessibilityFaults(page)).toEqual([])
    const [account] = (await callFrom(page, 'accounts.list', {})).filter((one) => one.id === id)
    expect(account?.roles).toEqual([])

    await seat(OFFICERS.auditor, '/manage/reviews')
    await expect(page.getByText('权限复核已经完成')).toBeVisible()
    await page.getByRole('button', { name: /查\s?看/ }).click()
    await expect(row(displayName).first()).toContainText('已收回')
    await expect(page.getByRole('table').getByRole('button')).toHaveCount(0)
  })

  /** A case with a page on the open side and a title in the sub-volume that nobody without its key may see. */
  async function caseWithSecret() {
    const tree = await callFrom(page, 'cases.create', {
      draft: { number: '（2023）云0199民初1024号', cause: '民间借贷纠纷' },
      volumes: ['main', 'sub'],
    })
    const [main, sub] = tree.volumes
    if (main === undefined || sub === undefined) throw new Error('a volume is missing')
    const jobId = await callFrom(page, 'intake.start', { volumeId: main.id, paths: [MAIN_SCANS] })
    const state = async () => (await callFrom(page, 'jobs.get', { jobId })).state
    await expect.poll(state, { timeout: 90_000 }).toBe('succeeded')
    const bookId = sub.books[0]?.id ?? ''
    await callFrom(page, 'items.create', { volumeId: sub.id, bookId, draft: { title: SECRET_TITLE } })
    return { caseId: tree.case.id, subId: sub.id }
  }
})
