import { copyFile, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import sharp from 'sharp'
import { accessibilityFaults, callFrom, keepPicture, type Launched, launch } from './app.ts'
import { goTo, newRoom, type Room } from './sample-case.ts'

const SCANS = resolve(import.meta.dirname, '../../assets/sample/scans')

/** Five pages of the sample as somebody might have scanned them: one on its head, one of the 副卷 among them. */
async function muddledScans(folder: string): Promise<string> {
  const scans = join(folder, 'scans')
  await mkdir(scans)
  await copyFile(join(SCANS, '正卷/005.jpg'), join(scans, '1.jpg'))
  await copyFile(join(SCANS, '正卷/006.jpg'), join(scans, '2.jpg'))
  await sharp(join(SCANS, '正卷/007.jpg')).rotate(180).jpeg().toFile(join(scans, '3.jpg'))
  await copyFile(join(SCANS, '正卷/009.jpg'), join(scans, '4.jpg'))
  await copyFile(join(SCANS, '副卷/003.jpg'), join(scans, '5.jpg'))
  return scans
}

async function waitForJob(page: Page, jobId: string): Promise<void> {
  await expect
    .poll(async () => (await callFrom(page, 'jobs.get', { jobId })).state, { timeout: 120_000 })
    .toBe('succeeded')
}

test.describe('what the text suggests', () => {
  let juanku: Launched
  let page: Page
  let room: Room
  const panel = () => page.getByRole('region', { name: '识别建议' })
  const selected = () => panel().locator('.proposal[data-selected]')
  const titles = async () =>
    (await callFrom(page, 'cases.tree', { caseId: room.caseId })).volumes[0]?.books[0]?.items.map(
      ({ title }) => title,
    )

  test.beforeAll(async () => {
    test.setTimeout(240_000)
    juanku = await launch()
    page = juanku.page
    room = await newRoom(juanku)
    const volumeId = room.mainVolumeId
    const scans = await muddledScans(room.folder)
    await waitForJob(page, await callFrom(page, 'intake.start', { volumeId, paths: [scans] }))
    const { jobId } = await callFrom(page, 'recognition.run', { volumeId })
    await waitForJob(page, jobId)
    await goTo(page, `/cases/${room.caseId}`)
    await expect(page.locator('.viewer-page[data-state="shown"]')).toHaveCount(1)
    await page.getByText(/^识别建议 \d+$/).click()
  })
  test.afterAll(async () => {
    await juanku.close()
  })

  test('stands beside the page, which shows where it was read', async () => {
    await expect(panel()).toContainText('新的一件')
    await expect(panel()).toContainText('民事起诉状')
    await page.keyboard.press('j')
    await expect(selected()).toHaveCount(1)
    await expect(page.getByTestId('viewer-hit').first()).toBeVisible()
    await keepPicture(page, 'proposals')
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('is accepted by a key, and dismissed by another', async () => {
    await panel().getByText('新的一件').first().click()
    await expect(selected()).toContainText('民事起诉状')
    await page.keyboard.press('a')
    await expect.poll(titles).toEqual(['民事起诉状'])
    await expect(
      panel().locator('.proposal[data-kind="new-item"]').filter({ hasText: '民事起诉状' }),
    ).toHaveCount(0)

    await panel().locator('.proposal[data-kind="restricted"] button').first().click()
    await expect(selected()).toContainText('合议庭评议')
    await keepPicture(page, 'proposals-restricted')
    await page.keyboard.press('x')
    await expect(panel().locator('.proposal[data-kind="restricted"]')).toHaveCount(0)
    await expect(panel()).toContainText('含不采纳的 1 条')
  })

  test('turns a page upright in the viewer', async () => {
    await panel().locator('.proposal[data-kind="turn"] button').first().click()
    await expect(selected()).toContainText('转 180°')
    await keepPicture(page, 'proposals-turn')
    await page.keyboard.press('a')
    await expect(panel().locator('.proposal[data-kind="turn"]')).toHaveCount(0)
    await expect(page.locator('.viewer-image').last()).toHaveCSS('transform', /^matrix\(-1, .*, -1, 0, 0\)$/)
    await keepPicture(page, 'proposals-turned')
  })

  test('is accepted together after a look at the list', async () => {
    await page.getByRole('button', { name: '一起采纳…' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('受理案件通知书')
    await keepPicture(page, 'proposals-many')
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: /采纳所选/ }).click()
    await expect(dialog).toHaveCount(0)
    await expect.poll(titles).toEqual(expect.arrayContaining(['民事起诉状', '民事答辩状', '受理案件通知书']))
    await keepPicture(page, 'proposals-after')
  })
})
