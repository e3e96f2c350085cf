import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import {
  accessibilityFaults,
  callFrom,
  FOUNDERS,
  keepPicture,
  type Launched,
  launch,
  saveDialogAnswers,
  signInAs,
} from './app.ts'
import { CASE_NUMBER, goTo, importScans, newRoom, type Room } from './sample-case.ts'

const READER = {
  name: 'chenlu',
  displayName: '陈璐',
  staffNumber: 'JY-0031',
  password: 'Jie-Yue-Chen-Lu-48',
  own: 'Zi-Ji-De-Kou-Ling-7',
} as const
const SECOND_MS = 1000

test.describe('loans', () => {
  let juanku: Launched
  let page: Page
  let room: Room

  const founder = (role: (typeof FOUNDERS)[number]['role']) => {
    const found = FOUNDERS.find((one) => one.role === role)
    if (found === undefined) throw new Error(role)
    return found
  }
  const dialog = () => page.getByRole('dialog')
  const press = (name: RegExp) => dialog().getByRole('button', { name }).click()
  const row = () => page.locator('.loans-table tbody tr').first()
  const asKeeper = () => signInAs(juanku, founder('archivist'))
  const asReader = () => signInAs(juanku, { name: READER.name, password: READER.own })
  const inDays = (days: number) => {
    const day = new Date(Date.now() + days * 86_400 * SECOND_MS)
    return day.toISOString().slice(0, 10)
  }

  test.beforeAll(async () => {
    juanku = await launch()
    page = juanku.page
    room = await newRoom(juanku)
    await importScans(page, room)
    await signInAs(juanku, founder('system-officer'))
    const { name, displayName, staffNumber, password } = READER
    const { id: accountId } = await callFrom(page, 'accounts.create', {
      ...{ name, displayName, staffNumber, password },
      roles: ['borrower'],
    })
    await signInAs(juanku, founder('security-officer'))
    await callFrom(page, 'accounts.approve', { accountId, roles: ['borrower'], compartments: ['open'] })
    await asKeeper()
    await callFrom(page, 'accounts.deliverKeys', { accountId })
    await callFrom(page, 'session.signOut', {})
    await callFrom(page, 'session.signIn', {
      ...{ folder: room.vault, accountName: name, password, newPassword: READER.own },
    })
  })
  test.afterAll(async () => {
    await juanku.close()
  })

  test('a borrower asks by number, reads only what was lent, marked, and nothing after the end', async () => {
    await asReader()
    await expect(page.locator('.rail')).toContainText('借阅')
    await goTo(page, '/loans')
    await expect(page.getByText('没有在办的借阅')).toBeVisible()
    await keepPicture(page, 'loans-empty')
    await page.locator('.screen-head').getByRole('button', { name: '申请借阅' }).click()
    await dialog().getByLabel('案号').fill(CASE_NUMBER)
    await dialog().getByLabel('页码').fill('3-6')
    await dialog().getByLabel('目的').fill('申诉准备')
    await dialog().getByLabel('借阅至').fill(inDays(2))
    await dialog().getByLabel('单位').fill('云州市人民检察院')
    await keepPicture(page, 'loans-new')
    expect(await accessibilityFaults(page)).toEqual([])
    await press(/提交申请/)
    await expect(row()).toContainText('待审批')
    await expect(row().getByRole('button')).toHaveText(/撤\s?回/)

    await asKeeper()
    await goTo(page, '/loans')
    await row()
      .getByRole('button', { name: /批\s?准/ })
      .first()
      .click()
    await keepPicture(page, 'loans-approve')
    await press(/^批\s?准$/)
    await expect(row()).toContainText('待出库')
    await row()
      .getByRole('button', { name: /出\s?库/ })
      .click()
    await press(/^出\s?库$/)
    await expect(row()).toContainText('在借')
    await expect(row()).toContainText('即将到期')
    await keepPicture(page, 'loans-keeper')
    expect(await accessibilityFaults(page)).toEqual([])

    await asReader()
    await goTo(page, '/cases')
    await goTo(page, `/cases/${room.caseId}`)
    await expect(page.locator('.viewer-page[data-state="shown"]')).toHaveCount(1)
    await expect(page.getByTestId('viewer-place')).toContainText('影像 1/4')
    await expect(page.getByRole('tree')).toContainText('民事起诉状')
    await expect(page.getByRole('tree')).not.toContainText('诉讼材料收取清单')
    const foot = page.getByRole('note', { name: '阅卷水印' })
    for (const word of [READER.displayName, READER.staffNumber, CASE_NUMBER, '申诉准备', '借阅至'])
      await expect(foot).toContainText(word)
    await expect(page.getByRole('button', { name: '打印或导出' })).toHaveCount(0)
    await keepPicture(page, 'loans-watermark')
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('says that a loan is over the moment it is, with the page gone', async () => {
    await asKeeper()
    const [running] = await callFrom(page, 'loans.list', { list: 'current' })
    await callFrom(page, 'loans.takeBack', { loanId: running?.id ?? '' })
    await asReader()
    const { id: loanId } = await callFrom(page, 'loans.request', {
      caseNumber: CASE_NUMBER,
      extent: [{ volumeKind: 'main', book: null, pages: '3-6' }],
      purpose: '申诉准备',
      manners: ['electronic'],
      untilAt: new Date(Date.now() + 25 * SECOND_MS).toISOString(),
    })
    await asKeeper()
    await callFrom(page, 'loans.approve', { loanId })
    await callFrom(page, 'loans.handOut', { loanId })
    await asReader()
    await goTo(page, `/cases/${room.caseId}`)
    await expect(page.locator('.viewer-page[data-state="shown"]')).toHaveCount(1)
    await expect(page.getByText('借阅已到期')).toBeVisible({ timeout: 40 * SECOND_MS })
    await expect(page.locator('.viewer-page')).toHaveCount(0)
    await keepPicture(page, 'loans-ended')
    await goTo(page, '/loans')
    await expect(row()).toContainText('已到期，页面已关闭')
  })

  test('marks everybody’s screen where the unit wants it, and prints with a job number', async () => {
    await asKeeper()
    await goTo(page, `/cases/${room.caseId}`)
    await expect(page.locator('.viewer-page[data-state="shown"]')).toHaveCount(1)
    await expect(page.getByTestId('viewer-watermark')).toHaveCount(0)
    await page.getByRole('button', { name: '打印或导出' }).click()
    await dialog().getByText('按页码').click()
    await dialog().getByLabel('页码', { exact: true }).fill('1-3')
    await dialog().getByLabel('用途').fill('移送上级法院')
    await keepPicture(page, 'output-pages')
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog().getByText('导出 PDF').click()
    const file = join(room.folder, 'copies.pdf')
    await saveDialogAnswers(juanku.app, file)
    await press(/^生\s?成$/)
    await expect(page.getByText(/流水号 P\d{8}-0001/)).toBeVisible()
    expect((await readFile(file)).subarray(0, 5).toString()).toBe('%PDF-')
    await goTo(page, '/loans')
    await page.getByRole('tab', { name: '打印与导出登记' }).click()
    await expect(row()).toContainText('移送上级法院')
    await expect(row()).toContainText('1-3')
    await keepPicture(page, 'outputs')
    expect(await accessibilityFaults(page)).toEqual([])

    await signInAs(juanku, founder('system-officer'))
    await goTo(page, '/manage/unit')
    await page.getByRole('switch', { name: '所有人阅卷时都显示水印' }).click()
    await expect(page.getByRole('switch')).toBeChecked()
    await asKeeper()
    await goTo(page, `/cases/${room.caseId}`)
    await expect(page.locator('.viewer-page[data-state="shown"]')).toHaveCount(1)
    await expect(page.getByTestId('viewer-watermark')).toBeVisible()
    await keepPicture(page, 'watermark-everybody')
  })
})
