import { join, resolve } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { accessibilityFaults, callFrom, keepPicture, type Launched, launch } from './app.ts'
import { assignCase, signInStaff, staff } from './people.ts'
import { goTo, newRoom, type Room } from './sample-case.ts'

const SCANS = resolve(import.meta.dirname, '../../assets/sample/scans/正卷')
const COPY = ['005.jpg', '006.jpg', '007.jpg'].map((name) => join(SCANS, name))

/** One sheet after another is judged by the keys of the desk. */
async function judge(page: Page, keys: readonly (readonly string[])[]): Promise<void> {
  const place = page.locator('.sheet-place')
  await expect(page.locator('.viewer-page[data-state="shown"]')).toBeVisible()
  await page.locator('body').click({ position: { x: 2, y: 300 } })
  for (const [at, pressed] of keys.entries()) {
    await expect(place).toContainText(`第 ${at + 1} /`)
    for (const key of pressed) await page.keyboard.press(key)
  }
}

test.describe('two people go through the paper, the second blind to the first', () => {
  test.setTimeout(240_000)
  let juanku: Launched
  let page: Page
  let room: Room
  let reconciliationId = ''
  const work = () => ({ volumeId: room.mainVolumeId, reconciliationId })
  const openTab = (tab: string) => goTo(page, `/reconcile/${room.caseId}/${room.mainVolumeId}?tab=${tab}`)
  const passesDone = () =>
    expect.poll(async () => (await callFrom(page, 'sheets.get', work())).passes.map(({ done }) => done))

  test.beforeAll(async () => {
    test.setTimeout(240_000)
    juanku = await launch()
    page = juanku.page
    room = await newRoom(juanku)
    await assignCase(juanku, room.caseId, await staff(juanku))
    const jobId = await callFrom(page, 'intake.start', { volumeId: room.mainVolumeId, paths: COPY })
    await expect
      .poll(async () => (await callFrom(page, 'jobs.get', { jobId })).state, { timeout: 60_000 })
      .toBe('succeeded')
    reconciliationId = (await callFrom(page, 'reconcile.start', { volumeId: room.mainVolumeId })).id
    await page.reload()
  })
  test.afterAll(async () => {
    await juanku.close()
  })

  test('the second sees nothing of the first until both have ended; where they differ stands side by side', async () => {
    await openTab('sheets')
    await page.getByRole('button', { name: '开始第一轮' }).click()
    await judge(page, [['1'], ['2', 'g'], ['1']])
    await passesDone().toEqual([3])
    await page.getByRole('button', { name: '结束本轮' }).click()
    await expect(page.getByText('可由另一人开始第二轮盲核')).toBeVisible()
    await keepPicture(page, 'passes-first-done')

    await signInStaff(juanku, 'checker')
    await openTab('sheets')
    await page.getByRole('button', { name: '开始第二轮（盲核）' }).click()
    await expect(page.locator('.sheet-place')).toContainText('第 1 /')
    await keepPicture(page, 'passes-second')
    const seen = await callFrom(page, 'sheets.get', work())
    expect(seen).toMatchObject({ mine: [], disagreements: [] })
    expect(JSON.stringify(seen)).not.toContain('D18')
    await expect(page.locator('.sheets-tab')).not.toContainText('D18')
    await judge(page, [['1'], ['1'], ['3']])
    await passesDone().toEqual([3, 3])
    await page.getByRole('button', { name: '结束本轮' }).click()

    const table = page.getByRole('region', { name: '两轮不一致' })
    await expect(table.getByText('两轮不一致，待定 2 页')).toBeVisible()
    await expect(table.getByRole('row', { name: /D18/ })).toContainText('一致')
    await expect(table.getByRole('img', { name: '' }).or(table.locator('img')).first()).toBeVisible()
    await keepPicture(page, 'passes-disagree')
    expect(await accessibilityFaults(page)).toEqual([])
    await table.getByRole('row', { name: /D18/ }).getByRole('button', { name: '第一轮' }).click()
    await expect(table.getByText('两轮不一致，待定 1 页')).toBeVisible()
    await table.getByRole('button', { name: '第二轮' }).click()
    await expect(table.getByText('两轮不一致，待定 0 页')).toBeVisible()
    const { rows } = await callFrom(page, 'differences.list', {
      filter: { volumeId: room.mainVolumeId },
    })
    expect(rows.map(({ type }) => type)).toContain('D18')
  })

  test('a checking is ended on the way with a reason; what it found stays in the register', async () => {
    await goTo(page, `/reconcile/${room.caseId}/${room.mainVolumeId}`)
    await page.getByRole('button', { name: '中途结束' }).click()
    const dialog = page.getByRole('dialog')
    await keepPicture(page, 'passes-abandon')
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog.getByRole('textbox').fill('纸质卷已调往上级法院')
    await dialog.getByRole('button', { name: /中途结束|结\s*束|确\s*定/ }).click()
    await expect(page.getByText(/这次核对已中途结束/)).toBeVisible()
    await keepPicture(page, 'passes-abandoned')
    await goTo(page, '/reconcile/register?type=D18')
    await expect(page.getByRole('grid', { name: '不符登记簿' }).getByRole('row')).toHaveCount(2)
  })
})
