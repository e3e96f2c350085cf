import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import {
  accessibilityFaults,
  callFrom,
  keepPicture,
  type Launched,
  launch,
  OFFICERS,
  saveDialogAnswers,
  signInAs,
} from './app.ts'
import { ARCHIVIST } from './people.ts'
import { goTo, newRoom, type Room } from './sample-case.ts'

const SCANS = resolve(import.meta.dirname, '../../assets/sample/scans/正卷')
const PAGES = ['007', '008', '009', '010', '012', '021']
const JOB_WITHIN_MS = 120_000
const NUMBER = 'YP-2026-001'

/** The last job of a kind has ended well. */
async function jobEnded(page: Page, kind: string, count = 1): Promise<void> {
  await expect
    .poll(
      async () =>
        (await callFrom(page, 'jobs.list', {}))
          .filter((job) => job.kind === kind)
          .map(({ state, errorCode }) => errorCode ?? state),
      { timeout: JOB_WITHIN_MS },
    )
    .toEqual(Array.from({ length: count }, () => 'succeeded'))
}

/** Flips one bit in the middle of the first object of a set. */
async function damageOneObject(drive: string): Promise<string> {
  const objects = join(drive, 'juanku-backup', 'objects')
  for (const group of (await readdir(objects)).toSorted()) {
    const [name] = await readdir(join(objects, group))
    if (name === undefined) continue
    const file = join(objects, group, name)
    const bytes = await readFile(file)
    const at = Math.floor(bytes.length / 2)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    await writeFile(file, bytes)
    return `objects/${group}/${name}`
  }
  throw new Error('the set has no object')
}

test.describe('a backup that is known to restore', () => {
  test.setTimeout(3 * JOB_WITHIN_MS + 240_000)
  let juanku: Launched
  let room: Room
  let drive: string

  test.beforeEach(async () => {
    juanku = await launch()
    const { page, home } = juanku
    room = await newRoom(juanku)
    const paths = PAGES.map((name) => join(SCANS, `${name}.jpg`))
    const jobId = await callFrom(page, 'intake.start', { volumeId: room.mainVolumeId, paths })
    await expect
      .poll(async () => (await callFrom(page, 'jobs.get', { jobId })).state, { timeout: 90_000 })
      .toBe('succeeded')
    drive = join(home.folder, 'drive')
    await mkdir(drive)
    await page.setViewportSize({ width: 1366, height: 768 })
  })
  test.afterEach(async () => {
    await juanku.close()
  })

  test('a drive is registered, written, found damaged, repaired, rehearsed, and restored to a vault that opens', async () => {
    const { app, page, home } = juanku
    const dialog = page.getByRole('dialog')
    const folderAnswers = (folder: string) =>
      app.evaluate(({ dialog: dialogs }, path) => {
        dialogs.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
      }, folder)
    const isClean = async () => expect.soft(await accessibilityFaults(page)).toEqual([])

    await test.step('the empty screen says what it is for; a drive is looked at, then registered', async () => {
      await page.getByRole('link', { name: /^备份$/ }).click()
      await expect(page.getByRole('heading', { name: '还没有备份' })).toBeVisible()
      await expect(page.getByRole('link', { name: /没有完好备份/ })).toBeVisible()
      await keepPicture(page, 'backup-empty')
      await isClean()
      await folderAnswers(drive)
      await page.getByRole('button', { name: '登记载体…' }).click()
      await dialog.getByRole('button', { name: '选择备份盘…' }).click()
      await expect(page.getByTestId('look')).toHaveAttribute('data-state', 'empty')
      expect(await readdir(drive)).toEqual([])
      await dialog.getByLabel('介质编号').fill(NUMBER)
      await dialog.getByLabel('存放地').fill('档案室保险柜')
      await keepPicture(page, 'backup-register')
      await isClean()
      await dialog.getByRole('button', { name: '登记并建立备份集' }).click()
      await expect(dialog.getByText('立即备份')).toBeVisible()
      expect(await readdir(drive)).toEqual(['juanku-backup'])
    })

    await test.step('a drive that is there while its backup is due is offered it, and the first backup is written', async () => {
      await expect(dialog.getByText(new RegExp(NUMBER))).toBeVisible()
      await keepPicture(page, 'backup-run')
      await isClean()
      await dialog.getByRole('button', { name: /取\s*消/ }).click()
      await goTo(page, '/cases')
      await page.reload()
      await expect(page.getByText(`备份盘 ${NUMBER} 已插入`)).toBeVisible()
      await keepPicture(page, 'backup-offer')
      await isClean()
      await page.getByRole('button', { name: '现在备份' }).click()
      await jobEnded(page, 'backup-run')
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
      await goTo(page, '/backup')
      await expect(page.getByRole('link', { name: /备份 今天/ })).toBeVisible()
    })

    await test.step('after a page was turned only what is new is written', async () => {
      const [first] = await callFrom(page, 'pages.list', { volumeId: room.mainVolumeId })
      const pageIds = [first?.id ?? '']
      await callFrom(page, 'pages.setTurn', { volumeId: room.mainVolumeId, pageIds, turn: 90 })
      await page.getByRole('button', { name: '立即备份到…' }).click()
      await dialog.getByRole('radio', { name: /增量备份/ }).check()
      await dialog.getByRole('button', { name: '开始备份' }).click()
      await jobEnded(page, 'backup-run', 2)
      await page.getByRole('tab', { name: '备份登记' }).click()
      await expect(page.locator('.backup-table tbody tr')).toHaveCount(2)
      await expect(page.locator('.backup-table tbody tr[data-result="sound"]')).toHaveCount(2)
      await keepPicture(page, 'backup-register-list')
      await isClean()
      const [second, before] = await callFrom(page, 'backup.list', {})
      expect(second?.objects).toBe(PAGES.length)
      expect(second?.bytesWritten).toBeLessThan(before?.bytesWritten ?? 0)
    })

    await test.step('one flipped bit on the drive is found, named and repaired from the vault', async () => {
      const damaged = await damageOneObject(drive)
      await page.getByRole('button', { name: /^核验…/ }).click()
      await dialog.getByRole('button', { name: '开始核验' }).click()
      await jobEnded(page, 'backup-verify')
      await keepPicture(page, 'backup-verified')
      await page.getByRole('button', { name: '核验结果' }).click()
      await expect(page.getByTestId('check-result')).toHaveAttribute('data-sound', 'false')
      await expect(dialog.getByRole('cell', { name: damaged })).toBeVisible()
      await expect(dialog.getByText('内容已变')).toBeVisible()
      await keepPicture(page, 'backup-check')
      await isClean()
      await dialog.getByRole('button', { name: /从卷库修复/ }).click()
      await jobEnded(page, 'backup-repair')
      await page.getByRole('tab', { name: '载体台账' }).click()
      await page.getByRole('button', { name: `${NUMBER} 的更多操作` }).click()
      await page.getByRole('menuitem', { name: '核验结果' }).click()
      await expect(page.getByTestId('check-result')).toHaveAttribute('data-sound', 'true')
      await keepPicture(page, 'backup-repaired')
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
    })

    await test.step('the desk at a glance, the media, the duties and the tasks', async () => {
      await page.getByRole('tab', { name: '一览' }).click()
      await expect(page.locator('.backup-calendar')).toBeVisible()
      await keepPicture(page, 'backup-overview')
      await isClean()
      for (const [words, heading] of [
        ['Switch to English', 'Backup'],
        ['切换为中文', '备份'],
      ] as const) {
        await page.keyboard.press('Control+k')
        await page.getByRole('combobox').last().fill(words)
        await page.getByRole('option', { name: words }).click()
        await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible()
        if (heading === 'Backup') await keepPicture(page, 'backup-overview-en')
      }
      await page.getByRole('tab', { name: '载体台账' }).click()
      await page.getByRole('button', { name: NUMBER, exact: true }).click()
      await keepPicture(page, 'backup-medium')
      await isClean()
      await dialog.getByRole('button', { name: '安全移除' }).click()
      await expect(page.getByText('等备份、核验等任务全部结束。')).toBeVisible()
      await keepPicture(page, 'backup-removal')
      await page.getByRole('button', { name: /取\s*消/ }).click()
      await page.getByRole('tab', { name: '备份策略' }).click()
      await expect(page.getByRole('spinbutton').first()).toBeVisible()
      await keepPicture(page, 'backup-policy')
      await isClean()
      await page.getByRole('button', { name: '保留与清理…' }).click()
      await expect(dialog.getByRole('table')).toBeVisible()
      await keepPicture(page, 'backup-prune')
      await isClean()
      await page.keyboard.press('Escape')
      await page.getByRole('tab', { name: /异常处置/ }).click()
      await keepPicture(page, 'backup-tasks')
      await isClean()
    })

    const record = join(home.folder, 'drill.pdf')
    await test.step('a drill opens the backup with the real password, and its record is printed and approved', async () => {
      await page.getByRole('tab', { name: '恢复演练' }).click()
      await page.locator('.screen-head').getByRole('button', { name: '恢复演练…' }).click()
      await dialog.getByLabel('账户', { exact: true }).fill(ARCHIVIST.name)
      await dialog.getByLabel('密码', { exact: true }).fill(ARCHIVIST.password)
      await keepPicture(page, 'backup-drill')
      await isClean()
      await dialog.getByRole('button', { name: '开始演练' }).click()
      await jobEnded(page, 'backup-drill')
      await page.locator('.backup-table tbody tr').getByRole('button').first().click()
      await expect(page.getByTestId('drill-result')).toHaveAttribute('data-passed', 'true')
      await keepPicture(page, 'backup-drill-record')
      await isClean()
      await app.evaluate(({ shell }) => {
        shell.openPath = () => Promise.resolve('')
      })
      await saveDialogAnswers(app, record)
      await dialog.getByRole('button', { name: /打\s*印/ }).click()
      await expect(page.getByText(/已写入 drill\.pdf/)).toBeVisible()
      expect((await readFile(record)).subarray(0, 5).toString()).toBe('%PDF-')
      await expect(dialog.getByText('需要另一人批准。')).toBeVisible()

      await signInAs(juanku, OFFICERS.system)
      await goTo(page, '/backup/drills')
      await page.locator('.backup-table tbody tr').getByRole('button').first().click()
      await dialog.getByRole('button', { name: /批\s*准/ }).click()
      await page.getByRole('dialog').last().getByRole('textbox').fill('演练结果可信')
      await page.getByRole('dialog').last().getByRole('textbox').press('Control+Enter')
      await expect(page.locator('.backup-table').getByText(OFFICERS.system.displayName)).toBeVisible()
    })

    const restored = join(home.folder, 'restored')
    await test.step('the vault is compared with today, restored to a new folder, and signed in to there', async () => {
      await signInAs(juanku, ARCHIVIST)
      await mkdir(restored)
      await folderAnswers(restored)
      await goTo(page, '/backup/register')
      // The older of the two: before the page was turned.
      await page.locator('.backup-table tbody tr').last().getByRole('button', { name: '恢复' }).click()
      await expect(page.getByTestId('comparison').getByRole('table')).toBeVisible()
      await dialog.getByRole('button', { name: '选择…' }).click()
      await keepPicture(page, 'backup-restore')
      await isClean()
      await dialog.getByRole('button', { name: '开始恢复' }).click()
      await expect(page.getByTestId('restored')).toBeVisible({ timeout: JOB_WITHIN_MS })
      await keepPicture(page, 'backup-restored')
      await signInAs({ page, home: { ...home, vaultFolder: restored } }, ARCHIVIST)
      const pages = await callFrom(page, 'pages.list', { volumeId: room.mainVolumeId })
      expect(pages).toHaveLength(PAGES.length)
      await goTo(page, `/cases/${room.caseId}?volume=${room.mainVolumeId}`)
      await expect(page.locator('.viewer-page[data-state="shown"]').first()).toBeVisible()
      await keepPicture(page, 'backup-opened')
    })
    expect(juanku.complaints).toEqual([])
  })
})
