import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import {
  accessibilityFaults,
  callFrom,
  keepPicture,
  type Launched,
  launch,
  saveDialogAnswers,
  signInAs,
} from './app.ts'
import { KEEPER } from './read-room.ts'
import { CASE_NUMBER, goTo, importScans, newRoom, type Room } from './sample-case.ts'

/** The paper's catalogue as a clerk copies it: one title, one date and one range are otherwise, one row is lacking. */
const PAPER = [
  ['序号', '文书材料名称', '日期', '责任者', '页次'],
  ['1', '审判流程管理信息表', '2023-02-23', '云州市临江区人民法院', '1'],
  ['2', '诉讼材料收取清单', '2023-02-20', '云州市临江区人民法院', '2'],
  ['3', '民事起诉书', '2023-02-20', '王小样', '3-4'],
  ['4', '民事答辩状', '2023-03-19', '李样本', '5'],
  ['5', '诉讼费专用票据', '2023-02-24', '云州市临江区人民法院', '6-7'],
]
  .map((cells) => cells.join('\t'))
  .join('\n')

const SUB_SCAN = resolve(import.meta.dirname, '../../assets/sample/scans/副卷/003.jpg')

async function ended(page: Page, jobId: string): Promise<void> {
  await expect
    .poll(async () => (await callFrom(page, 'jobs.get', { jobId })).state, { timeout: 90_000 })
    .toBe('succeeded')
}

test.describe('settling what paper and electronic do not share', () => {
  test.setTimeout(300_000)
  let juanku: Launched
  let page: Page
  let room: Room
  let reconciliationId: string
  const work = () => ({ volumeId: room.mainVolumeId, reconciliationId })
  const openTab = (tab: string) => goTo(page, `/reconcile/${room.caseId}/${room.mainVolumeId}?tab=${tab}`)

  test.beforeAll(async () => {
    juanku = await launch()
    page = juanku.page
    room = await newRoom(juanku)
    await importScans(page, room)
    await signInAs(juanku, KEEPER)
    reconciliationId = (await callFrom(page, 'reconcile.start', { volumeId: room.mainVolumeId })).id
  })
  test.afterAll(async () => {
    await juanku.close()
  })

  test('a pasted catalogue is compared, typed on by keys alone, and its differences stand beside its cells', async () => {
    await openTab('lists')
    await expect(page.getByText('还没有录入纸质目录')).toBeVisible()
    await keepPicture(page, 'lists-empty')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: '粘贴目录' }).click()
    await page.getByRole('textbox', { name: '粘贴纸质目录' }).fill(PAPER)
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText('已读入 5 行')).toBeVisible()
    const table = page.getByRole('table', { name: '纸质卷内目录' })
    const cell = (row: number, field: string) =>
      table.getByRole('textbox', { name: `第 ${row} 行 ${field}`, exact: true })
    await expect(cell(3, '题名')).toHaveValue('民事起诉书')

    // on from the last row, as in a spreadsheet
    await cell(5, '序号').focus()
    await page.keyboard.press('Enter')
    await expect(cell(6, '序号')).toBeFocused()
    await page.keyboard.type('6')
    await page.keyboard.press('Tab')
    await page.keyboard.type('受理案件通知书')
    await page.keyboard.press('Enter')
    await expect(cell(7, '题名')).toBeFocused()
    await page.keyboard.type('应诉通知书')
    await page.keyboard.press('Control+Delete')
    await expect(cell(7, '题名')).toHaveValue('')

    await page.getByRole('spinbutton', { name: '件数' }).fill('23')
    await page.keyboard.press('Control+s')
    await expect(page.getByText(/不符 \d+ 处，新登记/)).toBeVisible()
    await expect(page.getByText('电子 民事起诉状')).toBeVisible()
    await expect(page.getByText('电子 2023-03-09')).toBeVisible()
    await expect(page.getByText('只有电子目录有：').first()).toBeVisible()
    await keepPicture(page, 'lists-found')
    expect(await accessibilityFaults(page)).toEqual([])
    const { findings } = await callFrom(page, 'paperCatalogue.get', work())
    expect(findings.map(({ type, paperRow }) => [type, paperRow])).toEqual(
      expect.arrayContaining([
        ['D11', 2],
        ['D12', 3],
        ['D13', 4],
      ]),
    )
  })

  test('what is typed outlives leaving the screen', async () => {
    const field = () => page.getByRole('textbox', { name: '第 6 行 责任者' })
    await field().fill('云州市临江区人民法院')
    await goTo(page, '/cases')
    await expect(page.getByRole('grid')).toBeVisible()
    await openTab('lists')
    await expect(field()).toHaveValue('云州市临江区人民法院')
    await expect(page.getByText('已恢复上次没有保存的内容')).toBeVisible()
    await page.keyboard.press('Control+s')
    await expect(page.getByText('已恢复上次没有保存的内容')).toBeHidden()
  })

  test('a pass goes sheet by sheet without the mouse, stops, and goes on where it stopped', async () => {
    await openTab('sheets')
    await page.getByRole('button', { name: '开始第一轮' }).click()
    const place = page.locator('.sheet-place')
    await expect(place).toContainText('第 1 /')
    await expect(page.locator('.viewer-page[data-state="shown"]')).toBeVisible()
    await page.locator('body').click({ position: { x: 2, y: 300 } })
    await page.keyboard.press('1')
    await expect(place).toContainText('第 2 /')
    await page.keyboard.press('Space')
    await expect(place).toContainText('第 3 /')
    await page.keyboard.press('2')
    await expect(page.getByText('哪一种不符')).toBeVisible()
    await keepPicture(page, 'sheets-types')
    await page.keyboard.press('g')
    await expect(place).toContainText('第 4 /')
    await page.keyboard.press('3')
    await expect(place).toContainText('第 5 /')
    expect(await accessibilityFaults(page)).toEqual([])
    await expect
      .poll(async () =>
        (await callFrom(page, 'sheets.get', work())).mine.map((one) => one.type ?? one.verdict),
      )
      .toEqual(['agrees', 'agrees', 'D18', 'doubtful'])
    await goTo(page, '/cases')
    await openTab('sheets')
    await expect(place).toContainText('第 5 /')
    await expect(page.locator('.viewer-page[data-state="shown"]')).toBeVisible()
    await keepPicture(page, 'sheets-desk')
  })

  test('the register shows every difference, narrows by its address, opens the checking and is exported', async () => {
    await goTo(page, '/reconcile/register')
    const grid = page.getByRole('grid', { name: '不符登记簿' })
    await expect(grid.getByText(/^BF\d{4}-\d{4}$/).first()).toBeVisible()
    await keepPicture(page, 'register')
    expect(await accessibilityFaults(page)).toEqual([])
    await goTo(page, '/reconcile/register?type=D12')
    await expect(grid.getByRole('row')).toHaveCount(2)
    await expect(grid.getByText(CASE_NUMBER)).toBeVisible()

    const path = join(juanku.home.folder, 'register.csv')
    await saveDialogAnswers(juanku.app, path)
    await page.getByRole('button', { name: '导出表格' }).click()
    await expect(page.getByText('已写出 1 条')).toBeVisible()
    expect(await readFile(path, 'utf8')).toContain('D12')

    await page.getByRole('button', { name: '显示的列' }).click()
    await page.getByRole('button', { name: '全部列' }).click()
    await expect(grid.getByRole('columnheader')).toHaveCount(28)
    await keepPicture(page, 'register-columns')
    await page.getByRole('button', { name: '常用列' }).click()
    await page.keyboard.press('Escape')

    await grid.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: CASE_NUMBER })).toBeVisible()
    await expect(page.locator('.difference-detail')).toContainText('D12')
    await keepPicture(page, 'register-opened')
  })

  test('what somebody notices elsewhere is entered by hand and counted in the figures', async () => {
    await goTo(page, '/reconcile/register')
    await page.getByRole('button', { name: '登记不符' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('案号').fill('1024')
    await page.locator('.ant-select-item-option').first().click()
    await dialog.getByLabel('卷', { exact: true }).click()
    await page.locator('.ant-select-item-option', { hasText: '正卷' }).click()
    await dialog.getByLabel('类型').fill('D20')
    await page.keyboard.press('Enter')
    await dialog.getByLabel('纸质情况').fill('证物袋内光盘一张')
    await keepPicture(page, 'register-report')
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: /登\s*记/ }).click()
    await expect(page.getByText(/已登记 BF/)).toBeVisible()
    await goTo(page, '/reconcile/statistics')
    const bars = page.getByRole('region', { name: '按类型' })
    await keepPicture(page, 'statistics')
    expect(await accessibilityFaults(page)).toEqual([])
    await bars.getByRole('link', { name: /D20/ }).click()
    await expect(page.getByRole('grid', { name: '不符登记簿' }).getByRole('row')).toHaveCount(2)
  })

  test('a volume wears its proof in the case until something of it changes', async () => {
    const { volumes } = await callFrom(page, 'cases.tree', { caseId: room.caseId })
    const volumeId = volumes.find(({ kind }) => kind === 'sub')?.id ?? ''
    await ended(page, await callFrom(page, 'intake.start', { volumeId, paths: [SUB_SCAN] }))
    const { id } = await callFrom(page, 'reconcile.start', { volumeId })
    const work = { volumeId, reconciliationId: id }
    await callFrom(page, 'sheets.begin', work)
    for (const sheet of await callFrom(page, 'pages.list', { volumeId })) {
      const verdict = { pageId: sheet.id, versionId: sheet.versionId, verdict: 'agrees', type: null } as const
      await callFrom(page, 'sheets.judge', { ...work, verdict })
    }
    await callFrom(page, 'sheets.finish', work)
    await goTo(page, `/reconcile/${room.caseId}/${volumeId}?tab=report`)
    await page.getByRole('textbox', { name: /核对结论/ }).fill('经核对，纸质与电子一致。')
    await page.getByRole('button', { name: '出具核对报告' }).click()
    await expect(page.getByText('这次核对已出具报告')).toBeVisible()
    await expect(page.getByRole('button', { name: '出具核对报告' })).toBeHidden()
    await keepPicture(page, 'report-made')
    expect(await accessibilityFaults(page)).toEqual([])

    await goTo(page, `/cases/${room.caseId}?volume=${volumeId}`)
    const badge = page.locator('.case-header-proof')
    await expect(badge).toContainText('副卷')
    await expect(badge).toContainText(/纸电一致 \d{4}-\d{2}-\d{2}$/)
    await expect(page.locator('.case-tree .proof-stands')).toBeVisible()
    await keepPicture(page, 'case-proven')
    const [sheet] = await callFrom(page, 'pages.list', { volumeId })
    await callFrom(page, 'pages.setTurn', { volumeId, pageIds: [sheet?.id ?? ''], turn: 90 })
    await expect(badge).toContainText('已失效：电子页变了')
    await keepPicture(page, 'case-proof-fell')
    expect(await accessibilityFaults(page)).toEqual([])
    await badge.getByRole('link').click()
    await expect(page.getByRole('tab', { name: '核对报告' })).toHaveAttribute('aria-selected', 'true')
  })
})
