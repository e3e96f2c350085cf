import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import {
  accessibilityFaults,
  callFrom,
  keepPicture,
  type Launched,
  launch,
  saveDialogAnswers,
} from './app.ts'
import { newReadRoom, type ReadRoom, seatClerk } from './read-room.ts'
import { CASE_NUMBER, goTo } from './sample-case.ts'

/** Stands on a page of the 副卷 and nowhere else. */
const SECRET = '合议室'
/** Stands on pages of both volumes. */
const SHARED = '现金'

test.describe('search', () => {
  let juanku: Launched
  let page: Page
  let room: ReadRoom

  const box = () => page.getByRole('textbox', { name: /^案号、姓名/ })
  const results = () => page.getByRole('listbox', { name: '找到的案件和页面' })
  const hits = () => results().locator('[data-kind="hit"]')
  const total = () => page.getByTestId('search-total')
  const palette = () => page.getByRole('dialog').getByRole('combobox')

  test.beforeAll(async () => {
    test.setTimeout(240_000)
    juanku = await launch()
    page = juanku.page
    room = await newReadRoom(juanku)
  })
  test.afterAll(async () => {
    await juanku.close()
  })

  test('the box at the top finds while one types, and opens the page with the hit on it', async () => {
    await goTo(page, '/cases')
    await page.keyboard.press('Control+k')
    await palette().fill('1024号')
    await expect(page.getByRole('option').first()).toContainText(CASE_NUMBER)
    await palette().fill('何出纳')
    const hit = page.getByRole('option').filter({ hasText: '影像 3' })
    await expect(hit).toContainText('何出纳')
    await expect(page.getByRole('option').filter({ hasText: '查看全部结果' })).toBeVisible()
    await keepPicture(page, 'search-box')
    expect(await accessibilityFaults(page)).toEqual([])
    await hit.click()
    await expect(page.getByTestId('viewer-place')).toContainText('影像 3/4')
    await expect(page.getByTestId('viewer-hit')).toHaveCount(1)
    await expect(page.locator('.viewer-hit[data-current]')).toHaveCount(1)
    await keepPicture(page, 'search-opened')
  })

  test('an empty screen says what can be asked, and an example asks it', async () => {
    await goTo(page, '/cases')
    await page.locator('.rail').getByText('查找').click()
    await expect(page.getByText('查找案件、材料和页内文字')).toBeVisible()
    await keepPicture(page, 'search-empty')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: '借条 王小样' }).click()
    await expect(results().locator('[data-kind="case"]')).toContainText(CASE_NUMBER)
  })

  test('a name is found on its pages, grouped by case, and narrowed by facets', async () => {
    await goTo(page, `/search?q=${encodeURIComponent('王小样')}`)
    await expect(hits().first()).toBeVisible()
    await expect(results().locator('[data-kind="case"]')).toContainText('当事人')
    await expect(total()).toContainText('条')
    await expect(page.locator('.facets')).toContainText('正卷')
    await expect(page.locator('.facets')).toContainText('2023')
    await expect(page.getByTestId('hit-picture').first().locator('img')).toBeVisible()
    await keepPicture(page, 'search')
    expect(await accessibilityFaults(page)).toEqual([])

    await box().fill(SHARED)
    await expect(hits().filter({ hasText: '副卷' })).not.toHaveCount(0)
    await page.locator('.facets').getByText('正卷').click()
    await expect(hits().filter({ hasText: '副卷' })).toHaveCount(0)
    await expect(hits().filter({ hasText: '正卷' })).not.toHaveCount(0)
    await page.getByRole('button', { name: /去掉 1 项筛选/ }).click()
    await expect(hits().filter({ hasText: '副卷' })).not.toHaveCount(0)
  })

  test('the keyboard goes through the results, opens one, and finds its place again', async () => {
    await goTo(page, `/search?q=${encodeURIComponent('王小样')}`)
    await expect(hits().first()).toBeVisible()
    await box().press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const active = results().locator('[aria-selected="true"]')
    await expect(active).toHaveAttribute('data-kind', 'hit')
    const words = await active.innerText()
    await page.keyboard.press('Enter')
    await expect(page.locator('.viewer-hit[data-current]')).not.toHaveCount(0)
    await page.goBack()
    await expect(active).toHaveText(words, { useInnerText: true })
    await results().focus()
    await page.keyboard.press('Escape')
    await expect(box()).toBeFocused()
  })

  test('nothing found offers ways on', async () => {
    await goTo(page, `/search?q=${encodeURIComponent('不存在的词语')}`)
    await expect(page.getByText('没有找到')).toBeVisible()
    await keepPicture(page, 'search-nothing')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: '容错再找一次' }).click()
    await expect(page.getByRole('switch', { name: '容错' })).toBeChecked()
  })

  test('a search is kept under a name and asked again, and its list is written as a table', async () => {
    await goTo(page, `/search?q=${encodeURIComponent('王小样')}&order=best`)
    await page.getByRole('button', { name: '我的查找' }).click()
    await expect(page.getByText('还没有保存的查找')).toBeVisible()
    await page.getByLabel('名称', { exact: true }).fill('原告姓名')
    await page.getByRole('button', { name: '保存这次查找' }).click()
    await expect(page.getByRole('button', { name: '原告姓名', exact: true })).toBeVisible()
    await keepPicture(page, 'search-saved')
    await page.keyboard.press('Escape')
    await goTo(page, '/cases')
    await goTo(page, '/search?q=1024')
    await page.getByRole('button', { name: '我的查找' }).click()
    await page.getByRole('button', { name: '原告姓名', exact: true }).click()
    await expect(box()).toHaveValue('王小样')
    await expect(page.getByRole('radio', { name: '最相关在前' })).toBeChecked()

    const file = join(room.folder, '查找结果.csv')
    await saveDialogAnswers(juanku.app, file)
    await expect(hits().first()).toBeVisible()
    await page.getByRole('button', { name: '导出清单' }).click()
    await page.getByRole('menuitem', { name: /CSV/ }).click()
    await expect(page.getByText(/已导出 \d+ 条/)).toBeVisible()
    expect(await readFile(file, 'utf8')).toContain(CASE_NUMBER)

    await page.getByRole('button', { name: '我的查找' }).click()
    await page.getByRole('button', { name: '删除“原告姓名”' }).click()
    await expect(page.getByText('还没有保存的查找')).toBeVisible()
  })

  test('a clerk without the sub-volume finds nothing of it: no hit, no count, no facet', async () => {
    const keeperSees = await callFrom(page, 'search.find', { text: SECRET })
    expect(keeperSees.cases.flatMap((found) => found.hits.map(({ volumeKind }) => volumeKind))).toContain(
      'sub',
    )
    expect(keeperSees.total.count).toBeGreaterThan(0)

    expect(juanku.complaints).toEqual([])
    await seatClerk(juanku, room)
    // Signing out under a screen that still shows pictures refuses them, and the console says so.
    const before = juanku.complaints.length
    await goTo(page, `/search?q=${encodeURIComponent(SECRET)}`)
    await expect(page.getByText('没有找到')).toBeVisible()
    await expect(total()).toHaveText('0 条')
    await expect(page.locator('.facets fieldset')).toHaveCount(0)
    const nothing = await callFrom(page, 'search.find', { text: SECRET })
    expect(nothing.cases).toEqual([])
    expect(nothing.total).toEqual({ count: 0, exact: true })

    await box().fill(SHARED)
    await expect(hits().filter({ hasText: '正卷' })).not.toHaveCount(0)
    await expect(page.locator('.facets')).toContainText('正卷')
    await expect(page.locator('.facets')).not.toContainText('副卷')
    await expect(results()).not.toContainText('副卷')
    const facets = await callFrom(page, 'search.facets', { text: SHARED })
    expect(facets.volumeKinds.map(({ value }) => value)).toEqual(['main'])
    await keepPicture(page, 'search-clerk')
    expect(juanku.complaints.slice(before)).toEqual([])
  })
})
