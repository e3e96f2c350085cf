import { join, resolve } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { accessibilityFaults, callFrom, keepPicture, type Launched, launch, signInAs } from './app.ts'
import { ARCHIVIST } from './people.ts'
import { goTo, JOB_WITHIN_MS, jobEnded, newRoom, type Room } from './sample-case.ts'

const SCANS = resolve(import.meta.dirname, '../../assets/sample/scans/正卷')
const COPY = ['005.jpg', '006.jpg', '007.jpg', '008.jpg'] as const
const PAPER = ['005.jpg', '006.jpg', '008.jpg'] as const

const pathsOf = (names: readonly string[]) => names.map((name) => join(SCANS, name))

test.describe('a plan is one step forth and one step back', () => {
  test.setTimeout(JOB_WITHIN_MS + 180_000)
  let juanku: Launched
  let page: Page
  let room: Room
  let reconciliationId = ''
  const work = () => ({ volumeId: room.mainVolumeId, reconciliationId })
  const openTab = (tab: string) => goTo(page, `/reconcile/${room.caseId}/${room.mainVolumeId}?tab=${tab}`)
  const standing = async () =>
    (await callFrom(page, 'pages.list', { volumeId: room.mainVolumeId })).map(({ id, turn }) => [id, turn])
  const rows = async () =>
    (await callFrom(page, 'differences.list', { filter: { volumeId: room.mainVolumeId } })).rows

  test.beforeAll(async () => {
    test.setTimeout(JOB_WITHIN_MS + 180_000)
    juanku = await launch()
    page = juanku.page
    room = await newRoom(juanku)
    const { mainVolumeId: volumeId } = room
    await jobEnded(page, await callFrom(page, 'intake.start', { volumeId, paths: pathsOf(COPY) }))
    reconciliationId = (await callFrom(page, 'reconcile.start', { volumeId })).id
    const pages = await callFrom(page, 'pages.list', { volumeId })
    const reasons = { cause: 'misfiled', originStage: 'scanning', basis: '以纸质为准' } as const
    for (const [type, at, handling] of [
      ['D05', 1, 'rotate'],
      ['D02', 3, 'remove'],
    ] as const) {
      const { id } = await callFrom(page, 'differences.report', {
        volumeId,
        type,
        pageId: pages[at]?.id ?? '',
      })
      await callFrom(page, 'differences.judge', { volumeId, differenceId: id, handling, ...reasons })
    }
    await callFrom(page, 'differences.report', { volumeId, type: 'D16', paperWords: '备考表 3 页' }).then(
      async ({ id }) =>
        await callFrom(page, 'differences.judge', {
          ...{ volumeId, differenceId: id, handling: 'edit-note', ...reasons },
        }),
    )
    await page.reload()
  })
  test.afterAll(async () => {
    await juanku.close()
  })

  test('it is seen before and after, carried out as a whole, and undone as a whole', async () => {
    const before = await standing()
    // One of the judged differences is asked for as a plan by itself.
    await openTab('plan')
    await expect(page.getByText(/处理前 4 页/)).toBeVisible()
    await expect(page.getByText(/处理后 3 页/)).toBeVisible()
    await keepPicture(page, 'plan-draft')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: '拟定为方案' }).click()
    await page.getByRole('button', { name: /^执\s*行$/ }).click()
    await expect(page.getByText('已执行，待复核')).toBeVisible()
    expect(await standing()).toEqual([before[0], [before[1]?.[0], 180], before[2]])
    expect(new Set((await rows()).map(({ state }) => state))).toEqual(new Set(['handled']))
    await keepPicture(page, 'plan-applied')
    expect(await accessibilityFaults(page)).toEqual([])

    await page.getByRole('button', { name: '整体撤销' }).click()
    const field = page.getByRole('dialog').getByRole('textbox')
    await field.fill('看错了卷')
    await field.press('Control+Enter')
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(page.getByRole('button', { name: '拟定为方案' })).toBeVisible()
    expect(await standing()).toEqual(before)
    expect(new Set((await rows()).map(({ state }) => state))).toEqual(new Set(['judged']))
    expect(await callFrom(page, 'settlements.notes', { volumeId: room.mainVolumeId })).toEqual([])
    await keepPicture(page, 'plan-undone')
  })

  test('a scan that went wrong is taken out of the checking, and what it alone found with it', async () => {
    const paths = pathsOf(PAPER)
    await jobEnded(page, await callFrom(page, 'reconcile.rescan', { ...work(), paths }))
    await openTab('compare')
    await expect(page.getByTestId('volume-map')).toBeVisible()
    const found = async () =>
      (await rows()).filter(({ state, methods }) => state === 'found' && !methods.includes('hand'))
    expect((await found()).length).toBeGreaterThan(0)
    await keepPicture(page, 'scan-there')
    await page.getByRole('button', { name: '导入重扫图像' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: /撤\s*下/ }).click()
    await keepPicture(page, 'scan-remove')
    const confirm = page.locator('.ant-popconfirm').getByRole('button', { name: /撤\s*下/ })
    await expect(confirm).toBeVisible()
    await confirm.press('Enter')
    await expect.poll(async () => (await callFrom(page, 'reconcile.sides', work())).scans).toEqual([])
    await expect.poll(found).toEqual([])
    await page.keyboard.press('Escape')
    await expect(page.getByText('还没有重扫的图像')).toBeVisible()
    await keepPicture(page, 'scan-removed')
  })

  test('in English, at night and at 150 % nothing runs out of the window', async () => {
    const paths = pathsOf(PAPER)
    await jobEnded(page, await callFrom(page, 'reconcile.rescan', { ...work(), paths }))
    const { mainVolumeId } = room
    const [first] = await rows()
    const places = {
      compare: `/reconcile/${room.caseId}/${mainVolumeId}?tab=compare&difference=${first?.id}`,
      lists: `/reconcile/${room.caseId}/${mainVolumeId}?tab=lists`,
      sheets: `/reconcile/${room.caseId}/${mainVolumeId}?tab=sheets`,
      plan: `/reconcile/${room.caseId}/${mainVolumeId}?tab=plan`,
      report: `/reconcile/${room.caseId}/${mainVolumeId}?tab=report`,
      list: '/reconcile',
      register: '/reconcile/register',
      statistics: '/reconcile/statistics',
    }
    const looks = [
      ['en', { language: 'en', theme: 'light' }, 1],
      ['en-dark', { language: 'en', theme: 'dark' }, 1],
      ['zh-zoom', { language: 'zh-CN', theme: 'light' }, 1.5],
      ['en-zoom', { language: 'en', theme: 'light' }, 1.5],
    ] as const
    for (const [name, chosen, zoom] of looks) {
      const value = JSON.stringify({ ...chosen, caseColumns: null, registerColumns: null })
      await callFrom(page, 'drafts.save', { key: 'preferences', value })
      await signInAs(juanku, ARCHIVIST)
      // At 150 % a window of 1440 × 900 has as much room as this.
      await juanku.app.evaluate(
        ({ BrowserWindow }, [width, height]) => {
          const [window] = BrowserWindow.getAllWindows()
          window?.setMinimumSize(400, 300)
          window?.setContentSize(width, height)
        },
        [Math.round(1440 / zoom), Math.round(900 / zoom)] as const,
      )
      for (const [screen, place] of Object.entries(places)) {
        await goTo(page, place)
        await expect(page.locator('.ant-skeleton')).toHaveCount(0)
        await page.waitForLoadState('networkidle')
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        await keepPicture(page, `look-${name}-${screen}`)
        expect([name, screen, over]).toEqual([name, screen, 0])
      }
      if (name === 'en-dark') {
        await goTo(page, places.compare)
        expect(await accessibilityFaults(page)).toEqual([])
      }
    }
  })
})
