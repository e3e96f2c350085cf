import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { accessibilityFaults, callFrom, keepPicture, type Launched, launch, signInAs } from './app.ts'
import { ARCHIVIST } from './people.ts'
import { CASE_NUMBER, goTo, newRoom, type Room } from './sample-case.ts'
import { giveSecondVersion } from './second-version.ts'

const SCANS = resolve(import.meta.dirname, '../../assets/sample/scans/正卷')
const OTHER_NUMBER = '（2022）云0199民初77号'
const JOB_WITHIN_MS = 120_000

async function jobEnded(page: Page, jobId: string): Promise<void> {
  await expect
    .poll(async () => (await callFrom(page, 'jobs.get', { jobId })).state, { timeout: JOB_WITHIN_MS })
    .toBe('succeeded')
}

async function importFiles(page: Page, volumeId: string, names: readonly string[]): Promise<void> {
  const paths = names.map((name) => join(SCANS, `${name}.jpg`))
  await jobEnded(page, await callFrom(page, 'intake.start', { volumeId, paths }))
}

test.describe('one case, one page', () => {
  test.setTimeout(3 * JOB_WITHIN_MS + 240_000)
  let juanku: Launched
  let room: Room

  test.beforeEach(async () => {
    juanku = await launch()
    const { page, home } = juanku
    room = await newRoom(juanku)
    await importFiles(page, room.mainVolumeId, ['007', '008', '009'])
    const other = await callFrom(page, 'cases.create', {
      draft: {
        number: OTHER_NUMBER,
        cause: '买卖合同纠纷',
        parties: [{ role: 'plaintiff', name: '赵另案' }],
      },
      volumes: ['main'],
    })
    await importFiles(page, other.volumes[0]?.id ?? '', ['012'])
    const drive = join(home.folder, 'drive')
    await mkdir(drive)
    const medium = await callFrom(page, 'media.register', {
      ...{ folder: drive, number: 'YP-2026-007', set: 'C', place: '档案室保险柜' },
    })
    const { jobId } = await callFrom(page, 'backup.run', { mediumId: medium.id, kind: 'incremental' })
    await jobEnded(page, jobId)
    const pages = await callFrom(page, 'pages.list', { volumeId: room.mainVolumeId })
    await callFrom(page, 'session.signOut', {})
    await giveSecondVersion({
      ...{ vault: room.vault, accountName: ARCHIVIST.name, password: ARCHIVIST.password },
      ...{ pageId: pages[1]?.id ?? '', likePageId: pages[2]?.id ?? '' },
    })
    await page.setViewportSize({ width: 1366, height: 768 })
    await callFrom(page, 'session.signIn', {
      ...{ folder: room.vault, accountName: ARCHIVIST.name, password: ARCHIVIST.password },
    })
    await page.reload()
    await expect(page.locator('.frame')).toBeVisible()
  })
  test.afterEach(async () => {
    await juanku.close()
  })

  test('a page version is brought back, and a case is restored to a folder that has only that case', async () => {
    const { app, page, home } = juanku
    const dialog = page.getByRole('dialog')
    const isClean = async () => expect.soft(await accessibilityFaults(page)).toEqual([])
    const openRestore = async (what: RegExp) => {
      await goTo(page, '/backup/register')
      await page.locator('.backup-table tbody tr').first().getByRole('button', { name: '恢复' }).click()
      await dialog.getByRole('radio', { name: what }).check()
      await dialog.getByRole('combobox', { name: '哪一个案件' }).fill('1024')
      await page.getByRole('option', { name: CASE_NUMBER }).or(page.getByTitle(CASE_NUMBER)).last().click()
      await expect(dialog.getByTestId('comparison').getByRole('table')).toBeVisible()
    }

    await test.step('the page of the backup stands beside the page of today', async () => {
      await openRestore(/单页的版本/)
      await keepPicture(page, 'restore-page-choice')
      await dialog.getByRole('combobox', { name: /哪一页/ }).click()
      await page.locator('.ant-select-item-option').last().click()
      await expect(dialog.getByTestId('page-pictures').getByRole('img')).toHaveCount(2)
      await dialog.getByLabel('恢复的理由').fill('误替换，恢复原扫描件')
      await keepPicture(page, 'restore-page')
      await isClean()
      await dialog.getByRole('button', { name: '恢复这一页的版本' }).click()
      await expect(page.getByTestId('page-restored')).toBeVisible()
      await keepPicture(page, 'restore-page-done')
      const [, second] = await callFrom(page, 'pages.list', { volumeId: room.mainVolumeId })
      const versions = await callFrom(page, 'pages.versions', { pageId: second?.id ?? '' })
      expect(versions.map(({ number }) => number)).toEqual([3, 2, 1])
      expect(versions[0]?.sha256).toBe(versions[2]?.sha256)
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
    })

    await test.step('then every page is as in the backup', async () => {
      await openRestore(/单页的版本/)
      await expect(page.getByTestId('pages-same')).toBeVisible()
      await keepPicture(page, 'restore-page-same')
      await dialog.getByRole('button', { name: /取\s*消/ }).click()
      await expect(dialog).toBeHidden()
    })

    const restored = join(home.folder, 'one-case')
    await test.step('the case is restored, signed in to, and alone', async () => {
      await mkdir(restored)
      await app.evaluate(({ dialog: dialogs }, path) => {
        dialogs.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
      }, restored)
      await openRestore(/单个案件/)
      await dialog.getByRole('button', { name: '选择…' }).click()
      await keepPicture(page, 'restore-case')
      await isClean()
      await dialog.getByRole('button', { name: '开始恢复' }).click()
      await expect(page.getByTestId('restored')).toBeVisible({ timeout: JOB_WITHIN_MS })
      await keepPicture(page, 'restore-case-done')
      await signInAs({ page, home: { ...home, vaultFolder: restored } }, ARCHIVIST)
      const { rows } = await callFrom(page, 'cases.list', {
        ...{ filter: { text: '', years: [], types: [], statuses: [], retentions: [] } },
        ...{ sort: { column: 'number', descending: false }, offset: 0, limit: 10 },
      })
      expect(rows.map(({ number }) => number)).toEqual([CASE_NUMBER])
      await goTo(page, `/cases/${room.caseId}?volume=${room.mainVolumeId}`)
      await expect(page.locator('.viewer-page[data-state="shown"]').first()).toBeVisible()
      await keepPicture(page, 'restore-case-opened')
    })
    expect(juanku.complaints).toEqual([])
  })
})
