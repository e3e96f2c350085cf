import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import {
  accessibilityFaults,
  callFrom,
  keepPicture,
  type Launched,
  launch,
  OFFICERS,
  PASSWORD,
  signInAs,
} from './app.ts'
import { goTo, MAIN_SCANS, newRoom, type Room } from './sample-case.ts'

test.describe('reading pages', () => {
  let juanku: Launched
  let page: Page
  let room: Room

  const importPages = async (...names: readonly string[]) => {
    const jobId = await callFrom(page, 'intake.start', {
      volumeId: room.mainVolumeId,
      paths: names.map((name) => join(MAIN_SCANS, name)),
    })
    await expect
      .poll(async () => (await callFrom(page, 'jobs.get', { jobId })).state, { timeout: 60_000 })
      .toBe('succeeded')
  }
  const objectFiles = async () => {
    const folder = join(room.vault, 'objects')
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  }
  const textsWritten = async () => (await stat(join(room.vault, 'texts-open.db-wal'))).mtimeMs
  const status = () => callFrom(page, 'recognition.status', {})

  test.beforeAll(async () => {
    juanku = await launch()
    page = juanku.page
    room = await newRoom(juanku)
    await importPages('005.jpg', '023.jpg')
    const before = new Set(await objectFiles())
    await importPages('024.jpg')
    // The last page is damaged on the disk: it is there, and cannot be read.
    const [last = ''] = (await objectFiles()).filter((file) => !before.has(file))
    const bytes = await readFile(last)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    await writeFile(last, bytes)
  })
  test.afterAll(() => juanku.close())

  test('what is left stands in the top bar, and a volume is read from the case', async () => {
    await goTo(page, `/cases/${room.caseId}`)
    const left = page.locator('.top-bar').getByRole('link', { name: /识别 剩余 3 页/ })
    await expect(left).toBeVisible()
    const facts = page.getByRole('region', { name: '本页' })
    await expect(facts).toContainText('未识别')
    await page.getByRole('button', { name: '识别文字' }).click()
    await keepPicture(page, 'recognition-menu')
    await page.getByRole('menuitem', { name: '识别本卷未识别的 3 页' }).click()

    const drawer = page.getByRole('dialog')
    await expect(drawer.getByText('识别文字')).toBeVisible()
    await expect(drawer.getByText('完成', { exact: true })).toBeVisible({ timeout: 90_000 })
    await expect(drawer.getByRole('row', { name: /影像1 页号1.*已识别/ })).toBeVisible()
    await expect(drawer.getByRole('row', { name: /影像3 页号3 失败/ })).toBeVisible()
    await keepPicture(page, 'recognition-job')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')

    await expect(facts).toContainText(/识别\s*9\d %/)
    await expect(left).toBeHidden()
    await keepPicture(page, 'recognition-page')
    const pages = await callFrom(page, 'pages.list', { volumeId: room.mainVolumeId })
    const [first] = pages
    const { text } = await callFrom(page, 'texts.page', {
      pageId: first?.id ?? '',
      versionId: first?.versionId ?? '',
    })
    expect(text?.lines.map((line) => line.text).join('')).toContain('王小样')
    expect(await status()).toMatchObject({ pagesRead: 2, pagesLeft: 0, pagesFailed: 1 })
  })

  test('what could not be read is listed with why, and is tried again on request', async () => {
    await goTo(page, '/manage/recognition')
    await expect(page.getByText('模型与固定摘要一致')).toBeVisible()
    const row = page.getByRole('row', { name: /影像 3/ })
    await expect(row).toContainText('正卷')
    await keepPicture(page, 'recognition-manage')
    expect(await accessibilityFaults(page)).toEqual([])
    await row.getByRole('button', { name: /重试/ }).click()
    await expect(page.getByText('没有这样的页')).toBeVisible()
    expect(await status()).toMatchObject({ pagesLeft: 1, pagesFailed: 0, pausedFor: 'person' })
  })

  test('pages are read while the desk is covered, and not once that is switched off', async () => {
    await importPages('025.jpg')
    const written = await textsWritten()
    await callFrom(page, 'session.lock', {})
    await expect(page.getByText('屏幕已锁定')).toBeVisible()
    // Nobody can ask a covered desk; the file of the texts tells when one more was filed.
    await expect.poll(textsWritten, { timeout: 90_000 }).toBeGreaterThan(written)
    await callFrom(page, 'session.unlock', { password: PASSWORD })
    expect(await status()).toMatchObject({ pagesRead: 3 })
    await signInAs(juanku, OFFICERS.system)
    await goTo(page, '/manage/recognition')
    await page.getByRole('radio', { name: /不自动识别/ }).click()
    await expect.poll(async () => (await status()).mode).toBe('off')
    await expect(page.getByText('本账号没有打开页面的密钥')).toBeVisible()
    await keepPicture(page, 'recognition-officer')
    expect(await accessibilityFaults(page)).toEqual([])
    // The image of the damaged page is refused, and the window says so.
    const loading = /^Failed to load resource/u
    expect(juanku.complaints.filter((line) => !loading.test(line))).toEqual([])
  })
})
