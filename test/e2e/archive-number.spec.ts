import { expect, type Page, test } from '@playwright/test'
import { accessibilityFaults, keepPicture, type Launched, launch } from './app.ts'
import { CASE_NUMBER, goTo, newRoom } from './sample-case.ts'

const ARCHIVE_NUMBER = 'J045-ZY·SS·2023·D60-0002'

test.describe('档号 of a case', () => {
  let juanku: Launched
  let page: Page

  test.beforeEach(async () => {
    juanku = await launch()
    page = juanku.page
    await newRoom(juanku)
  })
  test.afterEach(async () => {
    await juanku.close()
  })

  test('is typed with the case, read at once, shown, listed and found', async () => {
    const dialog = page.getByRole('dialog')
    const field = dialog.getByRole('textbox', { name: '档号', exact: true })
    await goTo(page, '/cases')
    await page.getByRole('button', { name: '新建案件' }).click()
    await dialog.getByRole('textbox', { name: '案号', exact: true }).fill('（2023）云0199民初1025号')
    await field.fill('旧档 12 号')
    await expect(dialog.getByText('不合档号的编制规则')).toBeVisible()
    await field.fill('j045－zy・ss-0002')
    await expect(dialog.getByText('类别号里没有年度。')).toBeVisible()
    await keepPicture(page, 'archive-number-warned')
    await field.fill('j045－zy・ss・2023・d60-0002')
    await expect(dialog.locator('.archive-level')).toHaveText([
      '全宗 J045',
      '类别 ZY·SS·2023·D60',
      '案卷 0002',
    ])
    expect(await accessibilityFaults(page)).toEqual([])
    await keepPicture(page, 'archive-number-new')
    await dialog.getByRole('button', { name: '登记' }).click()
    await expect(page.locator('.case-header')).toContainText(`档号 ${ARCHIVE_NUMBER}`)

    await page.getByRole('button', { name: '修改案件信息' }).click()
    await expect(field).toHaveValue(ARCHIVE_NUMBER)
    await expect(page.locator('.ant-modal')).toHaveCSS('opacity', '1')
    await keepPicture(page, 'archive-number-edit')
    await dialog.getByRole('button', { name: /取\s*消/u }).click()

    await goTo(page, '/cases')
    await page.getByRole('button', { name: '列', exact: true }).click()
    await page.getByRole('checkbox', { name: '档号' }).check()
    await page.keyboard.press('Escape')
    await expect(page.getByText(ARCHIVE_NUMBER)).toBeVisible()
    await page.getByRole('textbox', { name: /筛选案号、档号/u }).fill('J045ZYSS2023')
    await expect(page.getByText(CASE_NUMBER)).toHaveCount(0)
    await expect(page.getByText(ARCHIVE_NUMBER)).toBeVisible()
    await keepPicture(page, 'archive-number-list')
  })

  test('that another case has is refused, and what was typed stays', async () => {
    const dialog = page.getByRole('dialog')
    const field = dialog.getByRole('textbox', { name: '档号', exact: true })
    for (const number of ['（2023）云0199民初1025号', '（2023）云0199民初1026号']) {
      await goTo(page, '/cases')
      await page.getByRole('button', { name: '新建案件' }).click()
      await dialog.getByRole('textbox', { name: '案号', exact: true }).fill(number)
      await field.fill(ARCHIVE_NUMBER)
      await dialog.getByRole('button', { name: '登记' }).click()
      if (number.includes('1025')) await expect(page.locator('.case-header')).toBeVisible()
    }
    await expect(dialog.getByText('这个档号已经给了别的案件')).toBeVisible()
    await expect(field).toHaveValue(ARCHIVE_NUMBER)
    await keepPicture(page, 'archive-number-taken')
  })
})
