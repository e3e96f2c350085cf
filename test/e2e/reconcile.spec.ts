import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import type { DifferenceRow } from '../../shared/contract/differences.ts'
import {
  accessibilityFaults,
  callFrom,
  keepPicture,
  type Launched,
  launch,
  saveDialogAnswers,
  signInAs,
} from './app.ts'
import { ARCHIVIST, assignCase, signInStaff, staff } from './people.ts'
import { CASE_NUMBER, goTo, newRoom, type Room } from './sample-case.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const SAMPLE = resolve(ROOT, 'assets/sample')
/** A stretch of the sample with all that happened to its paper: fewer pages to read than the whole. */
const ELECTRONIC = [
  '007',
  '008',
  '009',
  '010',
  '012',
  '021',
  '022',
  '023',
  '024',
  '025',
  '034',
  '035',
  '036',
  '037',
]
const PAPER = [
  '007',
  '008',
  '009',
  '010',
  '012',
  '021',
  '022',
  '023',
  '024',
  '025',
  '034',
  '035',
  '036',
  '037',
]
/** Place in `ELECTRONIC` of the page that its station filed upside down. */
const TURNED = 2
/** What is to be found, by type: where it is, its cause, at which stage it arose, and what settles it. */
const EXPECTED = {
  D05: { place: '影像 3', cause: '漏看漏扫', stage: '图像处理', handling: '旋转' },
  D18: { place: '影像 5', cause: '扫描后改动', stage: '保管', handling: '替换' },
  D19: { place: '影像 6', cause: '扫描后改动', stage: '保管', handling: '替换' },
  D01: { place: '影像 7', cause: '扫描后补订', stage: '扫描', handling: '插入' },
  D02: { place: '影像 9', cause: '误装', stage: '扫描', handling: '移除' },
  D04: { place: /影像 1[23]/, cause: '进纸器', stage: '扫描', handling: '调序' },
} as const
type Expected = keyof typeof EXPECTED
const isExpected = (row: DifferenceRow): row is DifferenceRow & { readonly type: Expected } =>
  row.type in EXPECTED && new RegExp(EXPECTED[row.type as Expected].place).test(row.electronicPlace)
const JOB_WITHIN_MS = 300_000

/** The checker as anybody runs it, beside the program. */
function verify(vault: string, report: string): Promise<{ readonly code: number; readonly out: string }> {
  const words = ['electron/cli.ts', 'reconcile', 'verify', report, '--vault', vault, '--user', ARCHIVIST.name]
  const env = { ...process.env, JUANKU_PASSWORD: ARCHIVIST.password, NODE_OPTIONS: '' }
  return new Promise((done) => {
    execFile(process.execPath, words, { cwd: ROOT, env }, (error, out, err) => {
      done({ code: error === null ? 0 : Number(error.code ?? -1), out: out + err })
    })
  })
}

test.describe('paper against electronic, from the fresh scan to the proof', () => {
  test.setTimeout(JOB_WITHIN_MS + 240_000)
  let juanku: Launched
  let room: Room

  test.beforeEach(async () => {
    juanku = await launch()
    const { page } = juanku
    room = await newRoom(juanku)
    await assignCase(juanku, room.caseId, await staff(juanku))
    const paths = ELECTRONIC.map((name) => join(SAMPLE, 'scans/正卷', `${name}.jpg`))
    const jobId = await callFrom(page, 'intake.start', { volumeId: room.mainVolumeId, paths })
    await expect
      .poll(async () => (await callFrom(page, 'jobs.get', { jobId })).state, { timeout: 90_000 })
      .toBe('succeeded')
    const pages = await callFrom(page, 'pages.list', { volumeId: room.mainVolumeId })
    const pageIds = [pages[TURNED]?.id ?? '']
    await callFrom(page, 'pages.setTurn', { volumeId: room.mainVolumeId, pageIds, turn: 180 })
    await callFrom(page, 'cases.file', { caseId: room.caseId })
    await page.reload()
  })
  test.afterEach(async () => {
    await juanku.close()
  })

  test('six differences are found, settled by four people, and proven by a report that tells of any later change', async () => {
    const { app, page, home } = juanku
    const openTab = (tab: string) => goTo(page, `/reconcile/${room.caseId}/${room.mainVolumeId}?tab=${tab}`)
    const rows = async () =>
      (await callFrom(page, 'differences.list', { filter: { volumeId: room.mainVolumeId } })).rows
    const panel = page.locator('.difference-panel')
    const detail = page.locator('.difference-detail')
    const inDialog = (name: RegExp) => page.getByRole('dialog').getByRole('button', { name }).click()
    /** The words that a step asks for, sent by the key: a dialog that is still moving is missed by the mouse. */
    const answer = async (words: string) => {
      const field = page.getByRole('dialog').getByRole('textbox')
      await field.fill(words)
      await field.press('Control+Enter')
      await expect(page.getByRole('dialog')).toBeHidden()
    }
    const choose = async (field: string, option: string) => {
      await detail.getByLabel(field, { exact: true }).click()
      await page
        .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
        .filter({ hasText: new RegExp(`^${option}(（建议）)?$`) })
        .click()
    }

    await test.step('the checking is begun and the fresh scan brought in', async () => {
      await goTo(page, '/reconcile')
      await page.locator('.screen-head').getByRole('button', { name: '核对一卷' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('combobox').fill('1024')
      await page.locator('.ant-select-item-option').first().click()
      await dialog.getByText('正卷').click()
      await dialog.getByRole('button', { name: '开始核对' }).click()
      await expect(page.getByRole('heading', { name: CASE_NUMBER })).toBeVisible()
      const files = PAPER.map((name) => join(SAMPLE, 'paper', `${name}.jpg`))
      await app.evaluate(({ dialog: dialogs }, filePaths) => {
        dialogs.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] })
      }, files)
      await page.getByRole('button', { name: '导入重扫图像' }).first().click()
      await inDialog(/选文件…/)
      await expect(page.getByText(`已选 ${PAPER.length} 项`).first()).toBeVisible()
      await inDialog(/开始导入和比对/)
      await expect(page.getByTestId('rescan-progress')).toHaveAttribute('data-state', 'succeeded', {
        timeout: JOB_WITHIN_MS,
      })
      await expect(page.getByTestId('volume-map')).toBeVisible()
    })

    await test.step('all six stand in the list, each with its place, and are judged there', async () => {
      const found = (await rows()).filter(isExpected)
      expect(new Set(found.map(({ type }) => type))).toEqual(new Set(Object.keys(EXPECTED)))
      await keepPicture(page, 'journey-found')
      for (const row of await rows()) {
        await panel
          .locator('.difference-list button')
          .filter({ hasText: row.type })
          .filter({ hasText: row.electronicPlace })
          .first()
          .click()
        await expect(detail).toHaveAttribute('aria-label', row.number)
        if (row.type === 'D18') {
          await expect(page.locator('.viewer-page[data-state="shown"]')).toHaveCount(2)
          await page.getByRole('button', { name: /下一差异/ }).click()
          await keepPicture(page, 'journey-stamp')
        }
        if (!isExpected(row)) {
          // A false alarm is one that another person says is one.
          await detail.getByRole('button', { name: '不是不符' }).click()
          await answer('两幅图像内容相同')
          continue
        }
        const { cause, stage, handling } = EXPECTED[row.type]
        await choose('处理方式', handling)
        await choose('原因', cause)
        await choose('责任环节', stage)
        await detail.getByLabel('处理依据').fill('以纸质为准')
        await detail.getByRole('button', { name: /^判\s*定/ }).click()
        await expect.poll(async () => (await rows()).find(({ id }) => id === row.id)?.state).toBe('judged')
      }
      await keepPicture(page, 'journey-judged')
      expect(await accessibilityFaults(page)).toEqual([])
    })

    await test.step('one plan of them is seen before and after, and asked for', async () => {
      await openTab('plan')
      await expect(page.getByRole('heading', { name: /方案共 \d+ 步/ })).toBeVisible()
      await expect(page.getByText(/处理前 14 页/)).toBeVisible()
      await expect(page.getByText(/处理后 14 页/)).toBeVisible()
      await page.getByRole('button', { name: '拟定为方案' }).click()
      await page.getByRole('button', { name: '申请审批' }).click()
      await keepPicture(page, 'journey-plan')
      await answer('电子卷与纸质卷不符')
      await expect(page.getByText('等待审批与执行')).toBeVisible()
      expect(await accessibilityFaults(page)).toEqual([])
    })

    await test.step('another person approves, the archivist carries out, a third checks', async () => {
      await signInStaff(juanku, 'handler')
      await page.getByRole('link', { name: /审批/ }).click()
      await keepPicture(page, 'journey-approve')
      await page
        .locator('.approval-actions')
        .getByRole('button', { name: /^批\s*准$/ })
        .click()
      await answer('以纸质为准')
      await expect(page.getByText('没有等您审批的申请')).toBeVisible()
      await signInAs(juanku, ARCHIVIST)
      await page.getByRole('link', { name: /审批/ }).click()
      await page.locator('.approval-actions').getByRole('button').first().click()
      await expect(page.getByText('没有等您执行的申请')).toBeVisible()
      await signInStaff(juanku, 'checker')
      await openTab('plan')
      await page.getByRole('button', { name: '复核通过' }).click()
      await answer('与纸质一致')
      for (const row of await rows()) {
        if (row.state !== 'dismissed' || row.checked !== null) continue
        await goTo(page, `/reconcile/${room.caseId}/${room.mainVolumeId}?tab=compare&difference=${row.id}`)
        await detail.getByRole('button', { name: '复核通过' }).click()
        await answer('确系误报')
      }
      expect((await rows()).filter(({ state }) => state !== 'closed' && state !== 'dismissed')).toEqual([])
    })

    const json = join(home.folder, 'report.json')
    const pdf = join(home.folder, 'report.pdf')
    await test.step('the report is made and written as JSON and PDF', async () => {
      await signInAs(juanku, ARCHIVIST)
      await openTab('report')
      await page.getByRole('textbox', { name: /核对结论/ }).fill('处理后纸电一致')
      await page.getByRole('button', { name: '出具核对报告' }).click()
      await expect(page.getByText('这次核对已出具报告')).toBeVisible()
      for (const [name, path] of [
        ['导出 PDF', pdf],
        ['导出 JSON', json],
      ] as const) {
        await saveDialogAnswers(app, path)
        await page.getByRole('button', { name }).click()
        await expect(
          page.getByText(path.endsWith('pdf') ? '已写入 report.pdf' : '已写入 report.json'),
        ).toBeVisible()
      }
      await page.getByRole('button', { name: '核验' }).click()
      await expect(page.getByText('报告与卷库现状相符')).toBeVisible()
      await keepPicture(page, 'journey-report')
      expect(await accessibilityFaults(page)).toEqual([])
      expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-')
      await goTo(page, `/cases/${room.caseId}?volume=${room.mainVolumeId}`)
      await expect(page.locator('.case-header').getByText(/纸电一致/)).toBeVisible()
      await keepPicture(page, 'journey-proven')
    })

    await test.step('the checker accepts it, and refuses it once one page was changed', async () => {
      await callFrom(page, 'session.signOut', {})
      for (const file of [json, pdf]) expect(await verify(room.vault, file)).toMatchObject({ code: 0 })

      const { name: accountName, password } = ARCHIVIST
      await callFrom(page, 'session.signIn', { folder: room.vault, accountName, password })
      const [first] = await callFrom(page, 'pages.list', { volumeId: room.mainVolumeId })
      const { id } = await callFrom(page, 'approvals.request', {
        method: 'pages.setTurn',
        input: { volumeId: room.mainVolumeId, pageIds: [first?.id ?? ''], turn: 90 },
        reason: '横放便于阅读',
      })
      await signInStaff(juanku, 'handler')
      await callFrom(page, 'approvals.decide', { id, approve: true })
      await signInAs(juanku, ARCHIVIST)
      await callFrom(page, 'approvals.execute', { id })
      const tree = await callFrom(page, 'cases.tree', { caseId: room.caseId })
      expect(tree.volumes.find((volume) => volume.id === room.mainVolumeId)?.proof).toMatchObject({
        stands: false,
      })
      await callFrom(page, 'session.signOut', {})
      for (const file of [json, pdf]) expect(await verify(room.vault, file)).toMatchObject({ code: 1 })
    })
    expect(juanku.complaints).toEqual([])
  })
})
