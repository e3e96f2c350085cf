import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import sharp from 'sharp'
import { accessibilityFaults, callFrom, keepPicture, type Launched, launch, signInAs } from './app.ts'
import { KEEPER } from './read-room.ts'
import { CASE_NUMBER, goTo, JOB_WITHIN_MS, jobEnded, newRoom, type Room } from './sample-case.ts'

const SCANS = resolve(import.meta.dirname, '../../assets/sample/scans/正卷')
/** The electronic volume; the paper lacks the fourth, has one more at its end and a stamp on the second. */
const COPY = ['005.jpg', '006.jpg', '007.jpg', '008.jpg', '009.jpg'] as const

async function scanPaper(folder: string): Promise<string> {
  const paper = join(folder, 'paper')
  await mkdir(paper, { recursive: true })
  const names = ['005.jpg', '006.jpg', '007.jpg', '009.jpg', '010.jpg']
  for (const [at, name] of names.entries()) {
    const scan = sharp(join(SCANS, name))
    const { width = 1, height = 1 } = await scan.metadata()
    const [x, y, radius] = [width * 0.7, height * 0.62, width * 0.1]
    const stamp = `<svg width="${width}" height="${height}"><circle cx="${x}" cy="${y}" r="${radius}" fill="none"
      stroke="#c8102e" stroke-width="${radius * 0.12}"/><circle cx="${x}" cy="${y}" r="${radius * 0.3}" fill="#c8102e"/></svg>`
    const page = name === '006.jpg' ? scan.composite([{ input: Buffer.from(stamp) }]) : scan
    await page.jpeg({ quality: 82 }).toFile(join(paper, `${at + 1}.jpg`))
  }
  return paper
}

test.describe('seeing paper against electronic', () => {
  test.setTimeout(JOB_WITHIN_MS + 180_000)
  let juanku: Launched
  let page: Page
  let room: Room
  const facts = () => page.getByTestId('comparison-facts')
  const stage = () => page.getByTestId('compare-stage')

  test.beforeAll(async () => {
    juanku = await launch()
    page = juanku.page
    room = await newRoom(juanku)
    const paths = COPY.map((name) => join(SCANS, name))
    await jobEnded(page, await callFrom(page, 'intake.start', { volumeId: room.mainVolumeId, paths }))
    await signInAs(juanku, KEEPER)
  })
  test.afterAll(async () => {
    await juanku.close()
  })

  test('a checking is begun from the list, and says what it can do before anything was scanned', async () => {
    await goTo(page, '/reconcile')
    await expect(page.getByText('没有正在进行的核对')).toBeVisible()
    await keepPicture(page, 'reconcile-empty')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.locator('.screen-head').getByRole('button', { name: '核对一卷' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox').fill('1024')
    await page.locator('.ant-select-item-option').first().click()
    await dialog.getByText('正卷').click()
    await dialog.getByRole('button', { name: '开始核对' }).click()
    await expect(page.getByRole('heading', { name: CASE_NUMBER })).toBeVisible()
    await expect(page.getByText('还没有重扫的图像')).toBeVisible()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('the map and the pages show what the fresh scan has and lacks, by keys alone', async () => {
    const checking = await callFrom(page, 'reconcile.ofVolume', { volumeId: room.mainVolumeId })
    const jobId = await callFrom(page, 'reconcile.rescan', {
      volumeId: room.mainVolumeId,
      reconciliationId: checking?.id ?? '',
      paths: [await scanPaper(room.folder)],
    })
    await jobEnded(page, jobId)
    const map = page.getByTestId('volume-map')
    await expect(map).toBeVisible()
    await expect(map).toHaveAttribute('aria-label', /电子缺页 1/)
    await expect(map).toHaveAttribute('aria-label', /电子多页 1/)
    await expect(map).toHaveAttribute('aria-label', /有改动 1/)
    await page.keyboard.press('Home')
    await expect(facts()).toContainText('纸质第 1 页')
    await expect(page.locator('.viewer-page[data-state="shown"]')).toHaveCount(2)
    await page.keyboard.press('Space')
    await expect(facts()).toContainText('加盖印章')
    await expect(page.locator('.compare-mark[aria-pressed="true"]').first()).toBeVisible()
    await keepPicture(page, 'reconcile-side')
    expect(await accessibilityFaults(page)).toEqual([])
    for (const [key, mode] of [
      ['o', 'overlay'],
      ['s', 'swipe'],
      ['b', 'blink'],
      ['t', 'text'],
      ['d', 'side'],
    ] as const) {
      await page.keyboard.press(key)
      await expect(stage()).toHaveAttribute('data-mode', mode)
      await keepPicture(page, `reconcile-${mode}`)
      const beyond = await page
        .locator('.compare-tab')
        .evaluate(({ parentElement: pane }) => (pane === null ? 0 : pane.scrollHeight - pane.clientHeight))
      expect(beyond).toBeLessThanOrEqual(0)
    }
    const seen: string[] = []
    for (let step = 0; step < 6; step += 1) {
      seen.push((await facts().innerText()).split('\n')[0] ?? '')
      await page.keyboard.press('Space')
    }
    expect(seen.join()).toContain('电子多页')
    expect(seen.join()).toContain('电子缺页')
    await expect(page.getByTestId('partner-gap')).toBeVisible()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('both images move and zoom as one', async () => {
    await page.keyboard.press('Home')
    await expect(page.locator('.viewer-page[data-state="shown"]')).toHaveCount(2)
    await page.keyboard.press('+')
    await page.keyboard.press('+')
    await page.keyboard.press('ArrowDown')
    const places = await page
      .locator('.compare-sheet:not(.compare-marks)')
      .evaluateAll((sheets) => sheets.map((sheet) => (sheet as HTMLElement).style.transform))
    expect(places).toHaveLength(2)
    expect(places[0]).toBe(places[1])
    await page.keyboard.press('0')
    await page.getByRole('button', { name: '列表' }).click()
    await expect(page.locator('.map-list-line')).not.toHaveCount(0)
    expect(await accessibilityFaults(page)).toEqual([])
  })
})
