import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { textPdf } from '../fixtures/good-files.ts'
import {
  accessibilityFaults,
  callFrom,
  keepPicture,
  type Launched,
  launch,
  saveDialogAnswers,
  signInAs,
} from './app.ts'
import { ARCHIVIST, assignCase, signInStaff, staff } from './people.ts'
import { goTo, newRoom, type Room } from './sample-case.ts'

const SCANS = resolve(import.meta.dirname, '../../assets/sample/scans/正卷')
const PAGES = ['006.jpg', '007.jpg', '008.jpg'].map((name) => join(SCANS, name))

test.describe('a signed statement stands behind what is settled by words', () => {
  test.setTimeout(300_000)
  let juanku: Launched
  let page: Page
  let room: Room
  let reconciliationId: string
  let differenceId: string
  const work = () => ({ volumeId: room.mainVolumeId, reconciliationId })
  const openDialogAnswers = (filePaths: readonly string[]) =>
    juanku.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...chosen] })
    }, filePaths)
  const openDifference = () =>
    goTo(page, `/reconcile/${room.caseId}/${room.mainVolumeId}?tab=compare&difference=${differenceId}`)

  test.beforeAll(async () => {
    test.setTimeout(300_000)
    juanku = await launch()
    page = juanku.page
    room = await newRoom(juanku)
    const { mainVolumeId: volumeId } = room
    await assignCase(juanku, room.caseId, await staff(juanku))
    const jobId = await callFrom(page, 'intake.start', { volumeId, paths: PAGES })
    await expect
      .poll(async () => (await callFrom(page, 'jobs.get', { jobId })).state, { timeout: 90_000 })
      .toBe('succeeded')
    reconciliationId = (await callFrom(page, 'reconcile.start', { volumeId })).id
    const sheets = await callFrom(page, 'pages.list', { volumeId })
    await callFrom(page, 'sheets.begin', work())
    for (const { id: pageId, versionId } of sheets)
      await callFrom(page, 'sheets.judge', {
        ...work(),
        verdict: { pageId, versionId, verdict: 'agrees', type: null },
      })
    await callFrom(page, 'sheets.finish', work())
    differenceId = (
      await callFrom(page, 'differences.report', {
        ...{ volumeId, type: 'D22', pageId: sheets[1]?.id ?? '' },
        ...{ paperWords: '右下角破损', electronicWords: '内容无缺' },
      })
    ).id
    await page.reload()
  })
  test.afterAll(async () => {
    await juanku.close()
  })

  test('it is attached where the difference is judged, refused with words, looked at, and lacking until then', async () => {
    const { home } = juanku
    const locked = join(home.folder, '加密.pdf')
    const sheet = join(home.folder, '情况说明（李样本签字）.pdf')
    await writeFile(locked, await textPdf(1, { userPassword: 'sample' }))
    await writeFile(sheet, await textPdf(2))
    await openDifference()
    const detail = page.locator('.difference-detail')
    const choose = async (field: string, option: string) => {
      await detail.getByLabel(field, { exact: true }).click()
      await page
        .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
        .filter({ hasText: new RegExp(`^${option}(（建议）)?$`) })
        .click()
    }
    await choose('处理方式', '情况说明')
    await choose('原因', '纸质状况')
    await choose('责任环节', '保管')
    await detail.getByLabel('处理依据').fill('破损处不影响内容')
    const attachments = detail.getByRole('region', { name: '附件' })
    await expect(attachments).toContainText('情况说明还缺签字件')
    await attachments.scrollIntoViewIfNeeded()
    await keepPicture(page, 'statement-lacking')
    expect(await accessibilityFaults(page)).toEqual([])

    await openDialogAnswers([locked])
    await attachments.getByRole('button', { name: '附上签字件' }).click()
    await expect(attachments.getByRole('alert')).toContainText('设有密码')
    await keepPicture(page, 'statement-refused')
    await openDialogAnswers([sheet])
    await attachments.getByRole('button', { name: '附上签字件' }).click()
    await expect(attachments).toContainText('情况说明（李样本签字）.pdf')
    await expect(attachments).toContainText('2 页')
    await expect(attachments.getByRole('alert')).toBeHidden()
    await attachments.scrollIntoViewIfNeeded()
    await keepPicture(page, 'statement-attached')
    expect(await accessibilityFaults(page)).toEqual([])

    await attachments.getByRole('button', { name: '查看' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.locator('.viewer-page[data-state="shown"]')).toBeVisible()
    await page.keyboard.press('ArrowRight')
    await expect(dialog).toContainText('第 2 / 2 页')
    await expect(dialog.locator('.viewer-page[data-state="shown"]')).toBeVisible()
    await keepPicture(page, 'statement-shown')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await detail.getByRole('button', { name: /^判\s*定/ }).click()
    await expect(detail).toContainText('待复核')
    await keepPicture(page, 'statement-judged')
  })

  test('another person checks it, and the report has it with its hash and its pages', async () => {
    await signInStaff(juanku, 'checker')
    await openDifference()
    const detail = page.locator('.difference-detail')
    await expect(detail.getByRole('region', { name: '附件' })).toContainText('情况说明（李样本签字）.pdf')
    await detail.getByRole('button', { name: '复核通过' }).click()
    await page.getByRole('dialog').getByRole('textbox').press('Control+Enter')
    await expect(detail).toContainText('已结案')
    await keepPicture(page, 'statement-checked')

    await signInAs(juanku, ARCHIVIST)
    await goTo(page, `/reconcile/${room.caseId}/${room.mainVolumeId}?tab=report`)
    await page.getByRole('textbox', { name: /核对结论/ }).fill('除破损一处外，纸电一致。')
    await page.getByRole('button', { name: '出具核对报告' }).click()
    await expect(page.getByText('这次核对已出具报告')).toBeVisible()
    const json = join(juanku.home.folder, 'report.json')
    await saveDialogAnswers(juanku.app, json)
    await page.getByRole('button', { name: '导出 JSON' }).click()
    await expect(page.getByText('已写入 report.json')).toBeVisible()
    const { report } = JSON.parse(await readFile(json, 'utf8'))
    expect(report.differences[0].attachments).toMatchObject([
      { name: '情况说明（李样本签字）.pdf', format: 'pdf', pageCount: 2, sha256: expect.any(String) },
    ])
    await page.getByRole('button', { name: '核验' }).click()
    await expect(page.getByText('报告与卷库现状相符')).toBeVisible()
    await expect(page.getByText('不符的附件')).toBeVisible()
    await keepPicture(page, 'statement-report')
    expect(await accessibilityFaults(page)).toEqual([])
    expect(juanku.complaints).toEqual([])
  })
})
