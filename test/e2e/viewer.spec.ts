import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { accessibilityFaults, callFrom, keepPicture, type Launched, launch } from './app.ts'
import { goTo, importScans, newRoom, type Room } from './sample-case.ts'

test.describe('the page viewer', () => {
  let juanku: Launched
  let page: Page
  let room: Room

  const place = () => page.getByTestId('viewer-place')
  const percent = async () => Number.parseInt(await page.getByTestId('viewer-percent').innerText(), 10)
  const shown = () => page.locator('.viewer-page[data-state="shown"]')

  test.beforeAll(async () => {
    juanku = await launch()
    page = juanku.page
    room = await newRoom(juanku)
    await importScans(page, room)
  })
  test.afterAll(async () => {
    await juanku.close()
  })
  test.beforeEach(async () => {
    await goTo(page, '/cases')
    await expect(page.locator('.viewer')).toHaveCount(0)
    await goTo(page, `/cases/${room.caseId}`)
    await expect(shown()).toHaveCount(1)
  })

  test('opens a case on its first page, with the tree and what is known about the page', async () => {
    await expect(place()).toContainText('影像 1/38')
    await expect(page.getByRole('tree')).toContainText('民事起诉状')
    await expect(page.locator('.case-header')).toContainText('民间借贷纠纷')
    await expect(page.locator('.case-facts')).toContainText('SHA-256')
    await keepPicture(page, 'case')
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('turns pages, goes to the ends and by item, all by keyboard', async () => {
    await page.keyboard.press('ArrowRight')
    await expect(place()).toContainText('影像 2/38')
    await page.keyboard.press('PageDown')
    await expect(place()).toContainText('影像 3/38')
    await page.keyboard.press('ArrowLeft')
    await expect(place()).toContainText('影像 2/38')
    await page.keyboard.press('End')
    await expect(place()).toContainText('影像 38/38')
    await page.keyboard.press('Home')
    await expect(place()).toContainText('影像 1/38')
    await page.keyboard.press('Control+ArrowRight')
    await expect(place()).not.toContainText('影像 1/38')
  })

  test('goes to a page by its printed number or by its place among the images', async () => {
    await page.keyboard.press('g')
    const candidates = page.locator('.viewer-go-to [role="option"]')
    await page.keyboard.type('20')
    await expect(candidates).toHaveCount(2)
    await expect(candidates.first()).toContainText('印刷页 20')
    await keepPicture(page, 'viewer-go-to')
    await page.keyboard.press('Enter')
    await expect(place()).toContainText('印刷页 20 ')
  })

  test('zooms about the point under the mouse, and back to the whole page', async () => {
    const stage = await page.getByTestId('viewer-stage').boundingBox()
    if (stage === null) throw new Error('no stage')
    const mouse = { x: stage.x + stage.width * 0.55, y: stage.y + stage.height * 0.4 }
    const shareUnderMouse = async () => {
      const box = await shown().boundingBox()
      if (box === null) throw new Error('no page')
      return { x: (mouse.x - box.x) / box.width, y: (mouse.y - box.y) / box.height }
    }
    const whole = await percent()
    await page.mouse.move(mouse.x, mouse.y)
    await page.keyboard.down('Control')
    // Large enough first, so that the page fills the stage and may stand anywhere on it.
    for (let notch = 0; notch < 6; notch += 1) await page.mouse.wheel(0, -120)
    await expect.poll(percent).toBeGreaterThan(whole * 2)
    const before = await shareUnderMouse()
    await page.mouse.wheel(0, -120)
    await page.mouse.wheel(0, -120)
    await page.keyboard.up('Control')
    await expect.poll(percent).toBeGreaterThan(whole * 4)
    const after = await shareUnderMouse()
    expect(Math.abs(after.x - before.x)).toBeLessThan(0.01)
    expect(Math.abs(after.y - before.y)).toBeLessThan(0.01)
    await page.keyboard.press('0')
    await expect.poll(percent).toBe(whole)
  })

  test('turns the view and not the file, pairs pages, and fills the window', async () => {
    const upright = await shown().boundingBox()
    await page.keyboard.press('r')
    await expect
      .poll(async () => {
        const box = await shown().boundingBox()
        return box !== null && box.width > box.height
      })
      .toBe(true)
    await page.keyboard.press('Shift+R')
    await expect.poll(async () => (await shown().boundingBox())?.width).toBeCloseTo(upright?.width ?? 0, 0)
    await page.keyboard.press('d')
    await page.keyboard.press('ArrowRight')
    await expect(shown()).toHaveCount(2)
    await expect(place()).toContainText('影像 2–3/38')
    await keepPicture(page, 'viewer-spread')
    await page.keyboard.press('d')
    await page.keyboard.press('f')
    await expect(page.locator('.viewer[data-full]')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.locator('.viewer[data-full]')).toHaveCount(0)
  })

  test('shows every key on one sheet', async () => {
    await page.keyboard.press('?')
    await expect(page.locator('.viewer-key-sheet')).toContainText('以鼠标处为中心缩放')
    await keepPicture(page, 'viewer-keys')
    await page.keyboard.press('Escape')
  })

  test('leaves keys alone that are typed into a field', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('答辩')
    await page.keyboard.press('End')
    await expect(place()).toContainText('影像 1/38')
    await expect(page.getByTestId('viewer-find-count')).toContainText('项')
    await page.keyboard.press('Enter')
    await expect(page.locator('.case-item')).toContainText('民事答辩状')
    await page.keyboard.press('Escape')
  })

  test('assigns a run of thumbnails to a catalogue row', async () => {
    await page.keyboard.press('t')
    await expect(page.locator('.viewer-tile').first()).toBeVisible()
    await page.keyboard.press('End')
    await page.keyboard.press('Shift+ArrowLeft')
    await expect(page.locator('.case-assign')).toContainText('已选 2 页')
    await expect(page.locator('.viewer-grid .viewer-thumbnail-blank')).toHaveCount(0)
    await keepPicture(page, 'viewer-grid')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('combobox', { name: '选择件' }).fill('送达回证')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '归入', exact: true }).click()
    await expect
      .poll(async () => {
        const pages = await callFrom(page, 'pages.list', { volumeId: room.mainVolumeId })
        return new Set(pages.slice(-2).map((known) => known.itemId)).size
      })
      .toBe(1)
    await page.keyboard.press('Escape')
  })

  test('edits a catalogue row where it stands', async () => {
    await page.keyboard.press('e')
    const date = page.getByLabel('日期')
    await date.fill('二〇二三年三月十四日')
    await expect(page.locator('.case-item-form')).toContainText('读作 2023-03-14')
    await keepPicture(page, 'case-edit')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Control+Enter')
    await expect(page.locator('.case-item')).toContainText('2023-03-14')
  })

  test('shows the PDF that a page came from, on that page', async () => {
    const pages = await callFrom(page, 'pages.list', { volumeId: room.mainVolumeId })
    const versions = await Promise.all(
      pages.map(({ id }) => callFrom(page, 'pages.versions', { pageId: id })),
    )
    const second = versions.flat().find((known) => known.sourceFormat === 'pdf' && known.sourceFrame === 1)
    if (second === undefined) throw new Error('the sample has no PDF of two pages')
    await goTo(page, `/cases/${room.caseId}?volume=${room.mainVolumeId}&page=${second.pageId}`)
    await page.getByRole('button', { name: '查看原件' }).click()
    await expect(page.locator('canvas[data-page="2"]')).toBeVisible()
    await keepPicture(page, 'source-pdf')
    await page.keyboard.press('Escape')
  })

  test('says so where a page is damaged, and goes on showing the others', async () => {
    const objects = join(room.vault, 'objects')
    for (const entry of await readdir(objects, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const file = join(entry.parentPath, entry.name)
      const bytes = await readFile(file)
      const last = bytes.length - 1
      bytes[last] = (bytes[last] ?? 0) ^ 1
      await writeFile(file, bytes)
    }
    await page.keyboard.press('End')
    await expect(page.locator('.viewer-page[data-state="failed"]')).toBeVisible()
    await expect(page.locator('.viewer-failure')).toContainText('VAULT_OBJECT_DAMAGED')
    await expect(page.locator('.viewer-filmstrip .viewer-thumbnail-blank')).toHaveCount(0)
    await keepPicture(page, 'viewer-damaged')
    await page.keyboard.press('Home')
    await expect(place()).toContainText('影像 1/38')
  })
})
