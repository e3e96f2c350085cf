import { mkdir, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import {
  accessibilityFaults,
  callFrom,
  keepPicture,
  type Launched,
  launch,
  openRoom,
  PASSWORD,
  saveDialogAnswers,
} from './app.ts'
import { ARCHIVIST } from './people.ts'
import { CASE_NUMBER, goTo } from './sample-case.ts'

const SCANS = resolve(import.meta.dirname, '../../assets/sample/scans/正卷')
const PAGES = ['007', '008', '009', '010', '012', '021']
const WITHIN_MS = 120_000

test.describe('backups that run by themselves', () => {
  test.setTimeout(3 * WITHIN_MS + 240_000)
  let juanku: Launched
  let shares: readonly string[]

  const register = async (number: string, set: 'A' | 'B' | 'C') => {
    const folder = join(juanku.home.folder, number)
    await mkdir(folder)
    return await callFrom(juanku.page, 'media.register', { folder, number, set, place: '档案室保险柜' })
  }
  const jobsEnded = (page: Page, kind: string) =>
    expect
      .poll(
        async () =>
          (await callFrom(page, 'jobs.list', {}))
            .filter((job) => job.kind === kind)
            .map(({ state, errorCode }) => errorCode ?? state)
            .filter((state) => state !== 'succeeded'),
        { timeout: WITHIN_MS },
      )
      .toEqual([])
  const signOut = async (page: Page) => {
    await page.getByRole('button', { name: ARCHIVIST.displayName }).click()
    await page.getByRole('menuitem', { name: '退出登录' }).click()
  }
  const signIn = async (page: Page) => {
    await callFrom(page, 'session.signIn', {
      ...{ folder: juanku.home.vaultFolder, accountName: ARCHIVIST.name, password: PASSWORD },
    })
    await page.reload()
    await expect(page.locator('.frame')).toBeVisible()
  }

  test.beforeEach(async () => {
    juanku = await launch()
    const { page } = juanku
    shares = (await openRoom(juanku)).shares.map(({ text }) => text)
    const draft = { number: CASE_NUMBER, cause: '民间借贷纠纷' }
    const tree = await callFrom(page, 'cases.create', { draft, volumes: ['main'] })
    const paths = PAGES.map((name) => join(SCANS, `${name}.jpg`))
    const volumeId = tree.volumes[0]?.id ?? ''
    const jobId = await callFrom(page, 'intake.start', { volumeId, paths })
    await expect
      .poll(async () => (await callFrom(page, 'jobs.get', { jobId })).state, { timeout: 90_000 })
      .toBe('succeeded')
    await page.setViewportSize({ width: 1366, height: 768 })
  })
  test.afterEach(async () => {
    await juanku.close()
    await rm(juanku.home.folder, { recursive: true, force: true, maxRetries: 5 })
  })

  test('the due backup runs before signing out; who does not wait takes it up again; the duties, media, registers and drills by screen', async () => {
    const { app, page, home } = juanku
    const dialog = page.getByRole('dialog')
    const isClean = async () => expect.soft(await accessibilityFaults(page)).toEqual([])
    await register('C-01', 'C')

    await test.step('the unit sets when backups run by themselves, and how often a duty is owed', async () => {
      await goTo(page, '/backup/policy')
      await page.getByRole('switch', { name: '退出登录时' }).click()
      await expect(page.getByRole('switch', { name: '退出登录时' })).toBeChecked()
      await page.getByRole('spinbutton', { name: '空闲多少分钟后备份' }).fill('25')
      await page.getByRole('spinbutton', { name: '空闲多少分钟后备份' }).press('Enter')
      await expect
        .poll(() => callFrom(page, 'backup.automation', {}))
        .toEqual({ idle: true, idleMinutes: 25, signOut: true })
      await page.getByRole('spinbutton', { name: '恢复演练的周期（天）' }).fill('60')
      await page.getByRole('button', { name: /^保\s*存$/ }).click()
      await expect
        .poll(async () => (await callFrom(page, 'duties.list', {})).find(({ kind }) => kind === 'drill'))
        .toMatchObject({ everyDays: 60 })
      await expect(page.getByText(/juanku -- backup due --run/)).toBeVisible()
      await page.getByText(/juanku -- backup due --run/).scrollIntoViewIfNeeded()
      await keepPicture(page, 'backup-automation')
      await isClean()
    })

    await test.step('signing out runs it first, and then signs out by itself', async () => {
      await signOut(page)
      await expect(dialog.getByText('备份完成后退出登录')).toBeVisible()
      await keepPicture(page, 'backup-leaving')
      await expect(page.locator('.frame')).toHaveCount(0, { timeout: WITHIN_MS })
      await signIn(page)
      await goTo(page, '/backup/register')
      await expect(page.getByText('自动 · 退出登录时')).toBeVisible()
      await keepPicture(page, 'backup-automatic-register')
    })

    await test.step('who does not wait leaves it interrupted, and takes it up from the screen', async () => {
      await register('B-01', 'B')
      await goTo(page, '/cases')
      await signOut(page)
      await page.getByRole('button', { name: '不等了，退出登录' }).click()
      await expect(page.locator('.frame')).toHaveCount(0)
      await signIn(page)
      await goTo(page, '/backup')
      const line = page.getByTestId('backup-job')
      await expect(line).toHaveAttribute('data-state', 'interrupted')
      await line.getByRole('button', { name: /继\s*续/ }).click()
      await jobsEnded(page, 'backup-run')
      await callFrom(page, 'backup.setAutomation', { idle: false, idleMinutes: 10, signOut: false })
    })

    await test.step('a run is stopped and resumed', async () => {
      const [medium] = (await callFrom(page, 'media.list', {})).filter(({ number }) => number === 'C-01')
      const { jobId } = await callFrom(page, 'backup.run', { mediumId: medium?.id ?? '', kind: 'full' })
      await callFrom(page, 'jobs.cancel', { jobId })
      await expect.poll(async () => (await callFrom(page, 'jobs.get', { jobId })).state).toBe('cancelled')
      await page
        .locator('[data-testid="backup-job"][data-state="cancelled"]')
        .getByRole('button', { name: /继\s*续/ })
        .click()
      await jobsEnded(page, 'backup-run')
    })

    await test.step('a medium goes to another place, and the register is written as a table', async () => {
      await goTo(page, '/backup/media')
      await page.getByRole('button', { name: 'C-01', exact: true }).click()
      await dialog.getByRole('button', { name: '出入库' }).click()
      await page.getByRole('dialog').last().getByLabel('放到哪里').fill('库房二柜')
      await page
        .getByRole('dialog')
        .last()
        .getByRole('button', { name: /^登\s*记$/ })
        .click()
      await expect.poll(async () => (await callFrom(page, 'media.events', {}))[0]?.toPlace).toBe('库房二柜')
      await page.keyboard.press('Escape')
      const table = join(home.folder, 'backups.csv')
      await saveDialogAnswers(app, table)
      await goTo(page, '/backup/register')
      await page.getByRole('button', { name: '导出表格' }).click()
      await expect(page.getByText(/已写入 backups\.csv/)).toBeVisible()
      expect(await readFile(table, 'utf8')).toContain('自动：退出登录时')
    })

    await test.step('old backups go after the preview showed which', async () => {
      const medium = (await callFrom(page, 'media.list', {})).find(({ number }) => number === 'C-01')
      await callFrom(page, 'backup.setRetention', { daily: 1, weekly: 0, monthly: 0, yearly: 0 })
      await page.getByRole('button', { name: '保留与清理…' }).click()
      await dialog.getByRole('combobox', { name: '备份盘' }).click()
      await page.locator('.ant-select-item-option', { hasText: 'C-01' }).click()
      await dialog.getByRole('button', { name: /^清理 1 次备份$/ }).click()
      await page.getByRole('tooltip').getByRole('button').last().click()
      await jobsEnded(page, 'backup-prune')
      const rows = await callFrom(page, 'backup.list', { mediumId: medium?.id ?? '' })
      expect(rows.map(({ prunedAt }) => prunedAt === null)).toEqual([true, false])
    })

    await test.step('a drill by two recovery shares that misses its target says so', async () => {
      await page.reload()
      await expect(page.locator('.frame')).toBeVisible()
      await goTo(page, '/backup/drills')
      await page.locator('.screen-head').getByRole('button', { name: '恢复演练…' }).click()
      await dialog.getByRole('radio', { name: '两份恢复单' }).check()
      await dialog.getByLabel('恢复单 1').fill(shares[0] ?? '')
      await dialog.getByLabel('恢复单 2').fill(shares[2] ?? '')
      await keepPicture(page, 'backup-drill-shares')
      await dialog.getByRole('button', { name: '开始演练' }).click()
      await jobsEnded(page, 'backup-drill')
      await page.locator('.backup-table tbody tr').getByRole('button').first().click()
      await expect(page.getByTestId('drill-result')).toHaveAttribute('data-passed', 'true')
      await expect(dialog.getByText('用时与丢失是否达标')).toBeVisible()
      await page.keyboard.press('Escape')
    })

    await test.step('the screens stand in English, in the dark and at 150 %', async () => {
      await callFrom(page, 'media.note', {
        mediumId: (await callFrom(page, 'media.list', {})).find(({ number }) => number === 'B-01')?.id ?? '',
        ...{ event: 'inspected', sampled: 20, unreadable: 2 },
      })
      for (const [name, preferences, zoom] of [
        ['en', { language: 'en', theme: 'light' }, 1],
        ['dark', { language: 'zh-CN', theme: 'dark' }, 1],
        ['zoom', { language: 'en', theme: 'light' }, 1.5],
      ] as const) {
        await callFrom(page, 'drafts.save', { key: 'preferences', value: JSON.stringify(preferences) })
        await page.reload()
        await expect(page.locator('.frame')).toBeVisible()
        await page.setViewportSize({ width: Math.round(1366 / zoom), height: Math.round(768 / zoom) })
        for (const tab of ['overview', 'media', 'register', 'drills', 'policy', 'tasks']) {
          await goTo(page, `/backup/${tab}`)
          await expect(page.locator('.backup-screen .ant-skeleton')).toHaveCount(0)
          await expect(page.locator('.backup-screen table').first()).toBeVisible()
          await keepPicture(page, `backup-${name}-${tab}`)
          if (name !== 'zoom') await isClean()
        }
      }
    })
    expect(juanku.complaints).toEqual([])
  })

  test('closing the window runs the due backup first, and then closes it', async () => {
    const { app, page, home } = juanku
    await register('C-01', 'C')
    await callFrom(page, 'backup.setAutomation', { idle: false, idleMinutes: 10, signOut: true })
    const closed = app.waitForEvent('close', { timeout: WITHIN_MS })
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await expect(page.getByRole('dialog').getByText('备份完成后关闭')).toBeVisible()
    await closed
    juanku = await launch(home)
    await callFrom(juanku.page, 'session.signIn', {
      ...{ folder: home.vaultFolder, accountName: ARCHIVIST.name, password: PASSWORD },
    })
    expect(await callFrom(juanku.page, 'backup.list', {})).toMatchObject([
      { reason: 'sign-out', verifyResult: 'sound' },
    ])
  })
})
