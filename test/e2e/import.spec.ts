import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { accessibilityFaults, callFrom, keepPicture, type Launched, launch, PASSWORD } from './app.ts'
import {
  CASE_NUMBER,
  goTo,
  importScans,
  MAIN_SCANS,
  newRoom,
  ROWS,
  type Room,
  SAMPLE_CASE,
} from './sample-case.ts'

test.describe('importing into a volume', () => {
  let juanku: Launched
  let page: Page
  let room: Room

  test.beforeEach(async () => {
    juanku = await launch()
    page = juanku.page
    room = await newRoom(juanku)
  })
  test.afterEach(async () => {
    await juanku.close()
  })

  const progress = () => page.getByTestId('import-progress')
  const start = () => page.getByRole('button', { name: /^开始导入/ })

  /** What the system's dialog would give back: the person's choice is not ours to click. */
  const chooseInDialogs = (folder: string, file: string) =>
    juanku.app.evaluate(
      ({ dialog }, [chosenFolder, chosenFile]) => {
        const answer = async (...given: unknown[]) => {
          const options = given.at(-1) as { readonly properties?: readonly string[] }
          const wantsFolder = options.properties?.includes('openDirectory') === true
          return { canceled: false, filePaths: [(wantsFolder ? chosenFolder : chosenFile) ?? ''] }
        }
        dialog.showOpenDialog = answer as typeof dialog.showOpenDialog
      },
      [folder, file] as const,
    )

  /** So many files that the import can be watched; each has its own bytes after the end of the picture. */
  async function manyScans(count: number): Promise<string> {
    const folder = join(room.folder, '很多扫描件')
    await mkdir(folder)
    const picture = await readFile(join(MAIN_SCANS, '013.jpg'))
    for (let number = 1; number <= count; number += 1) {
      const own = Buffer.concat([picture, Buffer.from(`<!-- ${number} -->`)])
      await writeFile(join(folder, `${String(number).padStart(4, '0')}.jpg`), own)
    }
    return folder
  }

  test('brings the sample in with its catalogue table and says what became of every file', async () => {
    const folder = join(room.folder, '扫描')
    await cp(MAIN_SCANS, join(folder, '正卷'), { recursive: true })
    await writeFile(join(folder, '坏文件.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]))
    await cp(join(MAIN_SCANS, '002.jpg'), join(folder, '正卷', '002 副本.jpg'))
    await chooseInDialogs(folder, ROWS)

    await goTo(page, '/intake')
    await keepPicture(page, 'intake-empty')
    expect(await accessibilityFaults(page)).toEqual([])
    await expect(start()).toBeDisabled()
    await page.getByRole('combobox', { name: '输入案号或当事人查找案件' }).fill('1024')
    await page.getByText(CASE_NUMBER).last().click()
    await page.getByText('正卷').click()
    await page.getByRole('button', { name: '选择文件夹…' }).first().click()
    await expect(page.locator('.intake-lines')).toContainText('001.jpg')
    await keepPicture(page, 'intake-plan')
    await page.getByRole('button', { name: '选择目录表…' }).click()
    await expect(page.locator('.intake-table')).toContainText('民事起诉状')
    await keepPicture(page, 'intake-table')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: '封面 + 卷内目录' }).click()
    await page.getByRole('button', { name: '备考表', exact: true }).click()
    await expect(page.getByTestId('matter-said')).toContainText('第 2 张 卷内目录')
    await expect(page.getByTestId('matter-said')).toContainText('最后 1 张 备考表（038.jpg）')
    await page.getByTestId('matter-said').scrollIntoViewIfNeeded()
    await keepPicture(page, 'intake-matter')
    expect(await accessibilityFaults(page)).toEqual([])

    await start().click()
    await expect(progress()).toHaveAttribute('data-state', 'succeeded', { timeout: 90_000 })
    await page.getByText('只看问题').click()
    await expect(page.locator('.intake-lines li')).toHaveCount(2)
    await expect(page.locator('.intake-lines')).toContainText('坏文件.jpg')
    await expect(page.locator('.intake-lines')).toContainText('002 副本.jpg')
    await keepPicture(page, 'intake-outcomes')
    expect(await accessibilityFaults(page)).toEqual([])

    await page.getByRole('button', { name: '打开案卷' }).click()
    await expect(page.locator('.viewer-page[data-state="shown"]')).toBeVisible()
    await expect(page.getByRole('tree')).toContainText('民事起诉状')
    expect(await numbersAndRows()).toEqual(await sampleNumbersAndRows())

    await goTo(page, `/intake?case=${room.caseId}&volume=${room.mainVolumeId}`)
    await expect(page.getByTestId('matter-said')).toContainText('最后 1 张 备考表')
  })

  test('counts anew and joins the rows again when pages are marked after the import', async () => {
    await importScans(page, room)
    await goTo(page, `/cases/${room.caseId}?volume=${room.mainVolumeId}`)
    await expect(page.locator('.viewer-page[data-state="shown"]')).toBeVisible()
    const place = page.getByTestId('viewer-place')
    const markAs = async (kind: string) => {
      await page.locator('.case-kind').getByRole('button', { name: '标为' }).click()
      await page.getByRole('menuitem', { name: kind }).click()
      await expect(page.locator('.case-kind')).toContainText(kind)
    }
    await markAs('封面')
    await page.keyboard.press('ArrowRight')
    await expect(place).toContainText('影像 2/38')
    await markAs('卷内目录')
    await page.keyboard.press('End')
    await expect(place).toContainText('影像 38/38')
    await markAs('备考表')
    await page.getByRole('treeitem').filter({ hasText: '民事起诉状' }).click()
    await expect(place).toContainText('印刷页 3 · 影像 5/38')
    await expect.poll(numbersAndRows).toEqual(await sampleNumbersAndRows())
  })

  interface NumberAndRow {
    readonly printed: string
    readonly kind: string
    readonly row: number | null
  }

  /** Of every page in image order: what is printed on it, what it is, and the row of a numbered page. */
  async function numbersAndRows(): Promise<readonly NumberAndRow[]> {
    const pages = await callFrom(page, 'pages.list', { volumeId: room.mainVolumeId })
    const tree = await callFrom(page, 'cases.tree', { caseId: room.caseId })
    const items = tree.volumes.flatMap(({ books }) => books).flatMap(({ items: held }) => held)
    const rows = new Map(items.map(({ id, sequence }) => [id, sequence]))
    return pages.map(({ printedNumber, kind, itemId }) => ({
      printed: printedNumber,
      kind,
      row: itemId === null || printedNumber === '' ? null : (rows.get(itemId) ?? null),
    }))
  }

  /** The same as the maker of the sample wrote it down. */
  async function sampleNumbersAndRows(): Promise<readonly NumberAndRow[]> {
    const sample = JSON.parse(await readFile(SAMPLE_CASE, 'utf8')) as {
      readonly volumes: readonly {
        readonly code: string
        readonly pages: readonly {
          readonly printed: string | null
          readonly kind: string
          readonly item: number | null
        }[]
      }[]
    }
    const main = sample.volumes.find(({ code }) => code === 'main')
    return (main?.pages ?? []).map(({ printed, kind, item }) => ({
      printed: printed ?? '',
      kind,
      row: printed === null ? null : item,
    }))
  }

  test('stops when told to, and keeps what was imported', async () => {
    const folder = await manyScans(400)
    await chooseInDialogs(folder, ROWS)
    await goTo(page, `/intake?case=${room.caseId}&volume=${room.mainVolumeId}`)
    await page.getByRole('button', { name: '选择文件夹…' }).first().click()
    await start().click()
    await expect(page.locator('.intake-lines li')).not.toHaveCount(0)
    await page.getByRole('button', { name: '取消导入' }).click()
    await expect(progress()).toHaveAttribute('data-state', 'cancelled')
    await expect(progress()).toContainText('已导入的部分都在')
    const pages = await callFrom(page, 'pages.list', { volumeId: room.mainVolumeId })
    expect(pages.length).toBeGreaterThanOrEqual(16)
    expect(pages.length).toBeLessThan(400)
    await keepPicture(page, 'intake-cancelled')
  })

  test('goes on after the core died, without importing anything twice', async () => {
    test.skip(process.platform !== 'linux', 'the core is found through /proc')
    const folder = await manyScans(400)
    await chooseInDialogs(folder, ROWS)
    await goTo(page, `/intake?case=${room.caseId}&volume=${room.mainVolumeId}`)
    await page.getByRole('button', { name: '选择文件夹…' }).first().click()
    await start().click()
    await expect(progress()).toContainText(/已导入 [1-9]\d/)
    process.kill(await corePid(), 'SIGKILL')
    await expect(progress()).toHaveCount(0)
    await expect
      .poll(() =>
        callFrom(page, 'session.signIn', {
          folder: room.vault,
          accountName: 'wangmin',
          password: PASSWORD,
          takeOverLock: true,
        }).then(
          () => 'signed in',
          (error: unknown) => String(error),
        ),
      )
      .toBe('signed in')
    await page.reload()
    await goTo(page, '/intake')
    await expect(page.locator('.intake-unfinished')).toContainText('导入中断了')
    await keepPicture(page, 'intake-interrupted')
    await page.getByRole('button', { name: '接着导入' }).click()
    await expect(progress()).toHaveAttribute('data-state', 'succeeded', { timeout: 90_000 })
    const pages = await callFrom(page, 'pages.list', { volumeId: room.mainVolumeId })
    expect(pages.length).toBe(400)
  })

  /** The process below Electron that runs the core. */
  async function corePid(): Promise<number> {
    const root = juanku.app.process().pid
    const parents = new Map<number, number>()
    const cores: number[] = []
    for (const name of await readdir('/proc')) {
      if (!/^\d+$/.test(name)) continue
      const [status, commandLine] = await Promise.all([
        readFile(`/proc/${name}/status`, 'utf8').catch(() => ''),
        readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => ''),
      ])
      parents.set(Number(name), Number(/^PPid:\s*(\d+)/m.exec(status)?.[1] ?? 0))
      if (commandLine.includes('core.mjs')) cores.push(Number(name))
    }
    const below = (pid: number | undefined): boolean =>
      pid !== undefined && pid > 1 && (pid === root || below(parents.get(pid)))
    const pid = cores.find(below)
    if (pid === undefined) throw new Error('no core found below Electron')
    return pid
  }
})
