import { spawnSync } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
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
  signInAs,
} from './app.ts'

const NUMBER = '（2026）云0199民初7号'

test.describe('the audit log', () => {
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

  const seatAuditor = async () => {
    await signInAs(juanku, OFFICERS.auditor)
    await page.getByRole('link', { name: '审计' }).click()
  }
  const tab = (name: string) => page.getByRole('tab', { name }).click()

  test('is read, verified, watched and given out by the auditor', async () => {
    await callFrom(page, 'cases.create', { draft: { number: NUMBER } })
    await seatAuditor()

    const grid = page.getByRole('grid', { name: '记录' })
    await expect(grid.getByText('新建案件')).toBeVisible()
    await expect(grid.getByText(NUMBER).first()).toBeVisible()
    expect(await accessibilityFaults(page)).toEqual([])
    await keepPicture(page, 'audit-records')
    await grid.getByText('新建案件').dblclick()
    await expect(page.getByRole('dialog').getByText('王敏')).toBeVisible()
    await keepPicture(page, 'audit-record')
    await page.keyboard.press('Escape')

    await tab('规则')
    await page.getByRole('button', { name: 'A2 访问屡次被拒' }).click()
    await page.getByLabel('被拒次数').fill('1')
    await page.getByRole('button', { name: '按这些数值回放历史' }).click()
    await expect(page.getByText('历史上会告警 0 次')).toBeVisible()
    await page.getByLabel('修改理由').fill('试用期从严')
    await keepPicture(page, 'audit-rules')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: '保存' }).click()
    await expect(page.getByText('规则 A2 已保存')).toBeVisible()

    await page.evaluate(() => window.juanku.call('cases.facets', {}))
    await tab('告警')
    await expect(page.getByRole('row').filter({ hasText: '访问屡次被拒' })).toBeVisible()
    await keepPicture(page, 'audit-alarms')
    await page.getByRole('row').filter({ hasText: 'A2' }).getByRole('button').click()
    await page.getByLabel('核实情况与处理结果').fill('本人误点')
    await page.getByRole('dialog').getByRole('button', { name: '写明处理结果并关闭' }).click()
    await expect(page.getByText('告警已关闭')).toBeVisible()

    await tab('人员一天')
    await page.getByRole('combobox', { name: '人员' }).click()
    await page.locator('.ant-select-item-option', { hasText: '王敏' }).click()
    await expect(page.getByRole('button', { name: '新建案件' })).toBeVisible()
    await keepPicture(page, 'audit-day')

    await tab('校验与证据')
    await page.getByRole('button', { name: '校验全部记录' }).click()
    await expect(page.getByText('记录完整，没有被改动')).toBeVisible()
    await page.getByRole('button', { name: '签名链头' }).click()
    await expect(page.getByText('已签名，覆盖到')).toBeVisible()
    const folder = juanku.home.folder
    await juanku.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
    }, folder)
    await page.getByRole('button', { name: '选择文件夹并导出' }).click()
    await expect(page.getByText('已导出到')).toBeVisible()
    expect(await accessibilityFaults(page)).toEqual([])
    await keepPicture(page, 'audit-proof')
    const made = (await readdir(folder)).find((name) => name.startsWith('juanku-evidence-')) ?? ''
    const run = spawnSync(process.execPath, [join(folder, made, 'check.mjs')], { encoding: 'utf8' })
    expect(run.stdout + run.stderr).toContain('校验通过')
    expect(run.status).toBe(0)
    const records = join(folder, made, 'records.jsonl')
    const bytes = await readFile(records)
    const at = Math.floor(bytes.length / 2)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    await writeFile(records, bytes)
    expect(spawnSync(process.execPath, [join(folder, made, 'check.mjs')]).status).toBe(1)
    expect(juanku.complaints).toEqual([])
  })
})
