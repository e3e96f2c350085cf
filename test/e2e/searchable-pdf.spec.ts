import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { copiedText, openPdf } from '../forms/pdf-text.ts'
import { accessibilityFaults, callFrom, keepPicture, type Launched, launch } from './app.ts'
import { goTo, MAIN_SCANS, newRoom, type Room } from './sample-case.ts'

const READ_PAGES = ['001.jpg', '002.jpg', '003.jpg', '004.jpg']
const UNREAD_PAGES = ['011_原告身份证.tif']

async function ended(page: Page, jobId: string): Promise<void> {
  await expect
    .poll(async () => (await callFrom(page, 'jobs.get', { jobId })).state, { timeout: 120_000 })
    .toBe('succeeded')
}

test.describe('searchable PDF', () => {
  let juanku: Launched
  let page: Page
  let room: Room
  let folder: string

  const dialog = () => page.getByRole('dialog')
  const bring = async (names: readonly string[]) =>
    await ended(
      page,
      await callFrom(page, 'intake.start', {
        volumeId: room.mainVolumeId,
        paths: names.map((name) => join(MAIN_SCANS, name)),
      }),
    )

  test.beforeAll(async () => {
    juanku = await launch()
    page = juanku.page
    room = await newRoom(juanku)
    folder = join(room.folder, '移送')
    await mkdir(folder)
    await bring(READ_PAGES)
    const [first, second] = await callFrom(page, 'pages.list', { volumeId: room.mainVolumeId })
    const tree = await callFrom(page, 'cases.tree', { caseId: room.caseId })
    const bookId = tree.volumes.find(({ id }) => id === room.mainVolumeId)?.books[0]?.id ?? ''
    const item = await callFrom(page, 'items.create', {
      ...{ bookId, volumeId: room.mainVolumeId, draft: { title: '审判流程管理信息表' } },
    })
    await callFrom(page, 'pages.assign', {
      ...{ volumeId: room.mainVolumeId, itemId: item.id },
      pageIds: [first?.id ?? '', second?.id ?? ''],
    })
    const { jobId } = await callFrom(page, 'recognition.run', { volumeId: room.mainVolumeId })
    await ended(page, jobId)
    await bring(UNREAD_PAGES)
    await juanku.app.evaluate(({ dialog: dialogs }, chosen) => {
      dialogs.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
    }, folder)
  })
  test.afterAll(async () => {
    await juanku.close()
  })

  test('a volume goes out with the text that was read, and the answer says which pages have none', async () => {
    await goTo(page, `/cases/${room.caseId}`)
    await expect(page.locator('.viewer-page[data-state="shown"]')).toHaveCount(1)
    await page.getByRole('button', { name: '导出', exact: true }).click()
    await expect(page.getByRole('menuitem')).toHaveText([
      '双层 PDF：本件',
      '双层 PDF：本卷（正卷）',
      '双层 PDF：全案',
    ])
    await keepPicture(page, 'export-menu')
    await page.getByRole('menuitem', { name: '双层 PDF：本卷（正卷）' }).click()
    await dialog().getByRole('button', { name: '开始导出' }).click()
    await expect(dialog().getByText('请写明用途')).toBeVisible()
    await dialog().getByRole('button', { name: '选择文件夹…' }).click()
    await expect(dialog().getByLabel('存到文件夹')).toHaveValue(folder)
    await dialog().getByLabel('用途').fill('移送上级法院')
    await keepPicture(page, 'export-dialog')
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog().getByRole('button', { name: '开始导出' }).click()
    await expect(dialog().getByText('已写出 1 个文件，共 5 页')).toBeVisible({ timeout: 60_000 })
    await expect(dialog()).toContainText('其中 1 页还没有识别')
    await expect(dialog()).toContainText(/登记号 P\d{8}-0001/)
    await keepPicture(page, 'export-result')
    expect(await accessibilityFaults(page)).toEqual([])

    const names = await readdir(folder)
    expect(names).toEqual(['2023_云0199_民初_01024_正_p1-5.pdf'])
    const { document, close } = await openPdf(await readFile(join(folder, names[0] ?? '')))
    expect(await document.getPageLabels()).toEqual(['1', '2', '3', '4', '5'])
    const [outline] = (await document.getOutline()) ?? []
    expect(outline?.title).toBe('正卷')
    expect(outline?.items.map(({ title }: { title: string }) => title)).toEqual(['审判流程管理信息表'])
    expect(await copiedText(document, 3)).toContain('王小样')
    expect(await copiedText(document, 5)).toBe('')
    await close()

    await dialog().getByRole('button', { name: '逐项结果' }).click()
    await expect(page.getByText('2023_云0199_民初_01024_正_p1-5.pdf', { exact: true })).toBeVisible()
    await expect(page.locator('.job-outcomes')).toContainText('未识别，只有影像')
    await keepPicture(page, 'export-outcomes')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
  })

  test('one document goes out under its own name, and a second time beside the first', async () => {
    for (const files of [2, 3]) {
      await page.getByRole('button', { name: '导出', exact: true }).click()
      await page.getByRole('menuitem', { name: '双层 PDF：本件' }).click()
      await expect(dialog()).toContainText('审判流程管理信息表')
      await expect(dialog().getByLabel('存到文件夹')).toHaveValue(folder)
      await dialog().getByLabel('用途').fill('复核')
      await dialog().getByRole('button', { name: '开始导出' }).click()
      await expect(dialog().getByText('已写出 1 个文件')).toBeVisible({ timeout: 60_000 })
      await dialog().getByRole('button', { name: '完成' }).click()
      await expect(dialog()).toHaveCount(0)
      expect((await readdir(folder)).length).toBe(files)
    }
    const names = await readdir(folder)
    expect(names).toContain('2023_云0199_民初_01024_正1_001_审判流程管理信息表__p1-2.pdf')
    expect(names).toContain('2023_云0199_民初_01024_正1_001_审判流程管理信息表__p1-2_2.pdf')
  })

  test('a folder that is gone is said with what to do, and the form is still filled in', async () => {
    await juanku.app.evaluate(
      ({ dialog: dialogs }, chosen) => {
        dialogs.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
      },
      join(folder, '已删除'),
    )
    await page.getByRole('button', { name: '导出', exact: true }).click()
    await page.getByRole('menuitem', { name: '双层 PDF：全案' }).click()
    await dialog().getByRole('button', { name: '选择文件夹…' }).click()
    await dialog().getByLabel('用途').fill('移送')
    await dialog().getByRole('button', { name: '开始导出' }).click()
    await expect(dialog().getByRole('status')).toContainText('没有', { timeout: 30_000 })
    await keepPicture(page, 'export-failed')
    await dialog().getByRole('button', { name: '重新填写' }).click()
    await expect(dialog().getByLabel('用途')).toHaveValue('移送')
  })
})
