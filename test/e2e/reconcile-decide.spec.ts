import { join, resolve } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { accessibilityFaults, callFrom, keepPicture, type Launched, launch } from './app.ts'
import { assignCase, staff } from './people.ts'
import { goTo, JOB_WITHIN_MS, jobEnded, newRoom, type Room } from './sample-case.ts'

const SCANS = resolve(import.meta.dirname, '../../assets/sample/scans/正卷')
/** The electronic volume; of its paper a part was scanned that has neither the first nor the last, and lacks 008. */
const COPY = ['005.jpg', '006.jpg', '007.jpg', '008.jpg', '009.jpg', '010.jpg'] as const
const PART = ['006.jpg', '007.jpg', '009.jpg'] as const

const pathsOf = (names: readonly string[]) => names.map((name) => join(SCANS, name))

test.describe('what a person decides while paper and electronic are compared', () => {
  test.setTimeout(JOB_WITHIN_MS + 180_000)
  let juanku: Launched
  let page: Page
  let room: Room
  let reconciliationId = ''
  const work = () => ({ volumeId: room.mainVolumeId, reconciliationId })
  const openTab = (tab: string) => goTo(page, `/reconcile/${room.caseId}/${room.mainVolumeId}?tab=${tab}`)
  const sides = () => callFrom(page, 'reconcile.sides', work())
  const progress = () => page.getByTestId('rescan-progress')
  const map = () => page.getByTestId('volume-map')
  const facts = () => page.getByTestId('comparison-facts')
  /** Presses the key of the keyboard on a place: the dialog may still be moving under the mouse. */
  const confirm = async (name: RegExp) => {
    const button = page.locator('.ant-popconfirm').getByRole('button', { name })
    await expect(button).toBeVisible()
    await button.press('Enter')
  }

  test.beforeAll(async () => {
    // The time given to the tests is not given to what comes before them.
    test.setTimeout(JOB_WITHIN_MS + 180_000)
    juanku = await launch()
    page = juanku.page
    room = await newRoom(juanku)
    await assignCase(juanku, room.caseId, await staff(juanku))
    await jobEnded(
      page,
      await callFrom(page, 'intake.start', { volumeId: room.mainVolumeId, paths: pathsOf(COPY) }),
    )
    reconciliationId = (await callFrom(page, 'reconcile.start', { volumeId: room.mainVolumeId })).id
    await page.reload()
  })
  test.afterAll(async () => {
    await juanku.close()
  })

  test('a scan of a part is stopped, taken up again, and leaves what lies outside it alone', async () => {
    await openTab('compare')
    await juanku.app.evaluate(({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] })
    }, pathsOf(PART))
    await page.getByRole('button', { name: '导入重扫图像' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '选文件…' }).click()
    await dialog.getByText('只是一部分').click()
    await dialog.getByText('双面扫描').click()
    await keepPicture(page, 'decide-rescan')
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog.getByText('双面扫描').click()
    await dialog.getByRole('button', { name: '开始导入和比对' }).click()
    await progress()
      .getByRole('button', { name: /停\s*止/ })
      .click()
    await confirm(/停\s*止/)
    await expect(progress()).toHaveAttribute('data-state', 'cancelled')
    await keepPicture(page, 'decide-stopped')

    // Who comes back finds it where it was left.
    await goTo(page, '/cases')
    await expect(page.getByRole('grid')).toBeVisible()
    await openTab('compare')
    await progress()
      .getByRole('button', { name: /继\s*续/ })
      .click()
    await keepPicture(page, 'decide-running')
    await expect(progress()).toHaveAttribute('data-state', 'succeeded', { timeout: JOB_WITHIN_MS })
    expect((await sides()).scans).toMatchObject([{ pages: PART.length, part: true, duplex: false }])
    await expect(map()).toHaveAttribute('aria-label', /电子多页 1/)
    await page.keyboard.press('Home')
    await expect(page.getByTestId('partner-gap')).toContainText('不在比对之内')
    await keepPicture(page, 'decide-outside')
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('a match is made another, and a page is said to have none on the other side', async () => {
    const { paper } = await sides()
    const pages = await callFrom(page, 'pages.list', { volumeId: room.mainVolumeId })
    const [first] = paper
    const { matches } = await sides()
    await goTo(
      page,
      `/reconcile/${room.caseId}/${room.mainVolumeId}?tab=compare&match=${matches.find(({ paperPageId }) => paperPageId === first?.id)?.id}`,
    )
    await page.reload()
    await expect(facts()).toContainText('纸质第 1 页')
    await page.getByRole('button', { name: '改配对' }).click()
    const choice = page.getByTestId('match-choice')
    await choice.getByRole('spinbutton').fill('6')
    await choice.getByRole('button', { name: /电子影像 6/ }).hover()
    await keepPicture(page, 'decide-choice')
    expect(await accessibilityFaults(page)).toEqual([])
    await choice.getByRole('button', { name: /电子影像 6/ }).click()
    await expect
      .poll(async () => (await sides()).matches.find(({ paperPageId }) => paperPageId === first?.id))
      .toMatchObject({ pageId: pages[5]?.id, decidedBy: expect.any(String) })
    await keepPicture(page, 'decide-decided')

    await page.getByRole('button', { name: '改配对' }).click()
    await choice.getByRole('button', { name: '电子卷里没有这一页' }).click()
    await expect
      .poll(async () => (await sides()).matches.find(({ paperPageId }) => paperPageId === first?.id))
      .toMatchObject({ pageId: null, kind: 'missing', decidedBy: expect.any(String) })
    await keepPicture(page, 'decide-none')
  })
})
