import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import type { DifferenceRow } from '../../shared/contract/differences.ts'
import type { Volume } from '../../shared/contract/model.ts'
import { DIFFERENCE_TYPES } from '../../shared/domain/reconcile/difference-type.ts'
import { HANDLING_WORDS } from '../../shared/domain/reconcile/difference-words.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext } from './context.ts'
import type { DemoSeats, DemoSteps } from './demo-access.ts'

/** What happened to the sample's paper; places are counted from 1. */
const SamplePaper = z.object({
  turnedBefore: z.object({ electronic: z.number(), degrees: z.literal(180) }),
  differences: z.array(
    z.object({
      type: z.enum(DIFFERENCE_TYPES),
      paper: z.union([z.number(), z.array(z.number())]).nullable(),
      electronic: z.union([z.number(), z.array(z.number())]).nullable(),
    }),
  ),
  pages: z.array(z.object({ electronic: z.number().nullable() })),
})
type KnownDifference = z.infer<typeof SamplePaper>['differences'][number]

async function knownPaper(sampleFolder: string) {
  return SamplePaper.parse(JSON.parse(await readFile(path.join(sampleFolder, 'paper.json'), 'utf8')))
}

async function mainVolume(context: CommandContext, caseId: string): Promise<Volume> {
  const { volumes } = await context.call('cases.tree', { caseId })
  const volume = volumes.find(({ kind }) => kind === 'main')
  if (volume === undefined) throw new AppError('CALL_INTERNAL', { method: 'demo' })
  return volume
}

/** Files one page of the electronic volume upside down, as a station that skipped a look would. */
export async function turnOnePage(
  context: CommandContext,
  caseId: string,
  sampleFolder: string,
): Promise<void> {
  const { id: volumeId } = await mainVolume(context, caseId)
  const { turnedBefore } = await knownPaper(sampleFolder)
  const pages = await context.call('pages.list', { volumeId })
  const page = pages[turnedBefore.electronic - 1]
  if (page === undefined) throw new AppError('CALL_INTERNAL', { method: 'demo' })
  await context.call('pages.setTurn', { volumeId, pageIds: [page.id], turn: turnedBefore.degrees })
}

const listed = (places: number | readonly number[] | null): readonly number[] => [places ?? []].flat()

/**
 * Checks the filed 正卷 against the sample's fresh scan of its paper: finds what is known to differ, settles it by a
 * plan that four people see, and makes the report, which holds, and holds no more once it is touched.
 */
export async function demoReconcile(
  context: CommandContext,
  { step, expect }: DemoSteps,
  room: {
    readonly caseId: string
    readonly sampleFolder: string
    readonly seats: DemoSeats
    /** False where the machine is too slow to read the paper too: the images alone are compared. */
    readonly readTexts: boolean
  },
): Promise<void> {
  const { seats, sampleFolder } = room
  await seats.archivist()
  const { id: volumeId } = await mainVolume(context, room.caseId)
  const known = await knownPaper(sampleFolder)
  const { id: reconciliationId } = await context.call('reconcile.start', { volumeId })
  const work = { volumeId, reconciliationId }
  const rows = async () => {
    const filter = { ...work, states: [] }
    const found = await context.call('differences.list', { filter, limit: 1000 })
    return found.rows.toReversed()
  }
  // A changed digit is told from the words; the images alone may leave it open.
  const expected = known.differences.filter(({ type }) => room.readTexts || type !== 'D19')
  let alarms: readonly DifferenceRow[] = []

  /** Says as a person would which page is which, wherever the program asks. */
  const decideUnsure = async (): Promise<number> => {
    let decided = 0
    const pages = await context.call('pages.list', { volumeId })
    for (;;) {
      const { paper, matches } = await context.call('reconcile.sides', work)
      const asked = matches.find(
        ({ sure, decidedBy, paperPageId }) => !sure && decidedBy === null && paperPageId !== null,
      )
      if (asked?.paperPageId == null || decided > paper.length) return decided
      const place = paper.findIndex(({ id }) => id === asked.paperPageId)
      const pageId = pages[(known.pages[place]?.electronic ?? 0) - 1]?.id ?? null
      await context.call('reconcile.decideMatch', { ...work, paperPageId: asked.paperPageId, pageId })
      for (const { id, kind } of await context.call('jobs.list', {}))
        if (kind === 'reconcile') await context.follow(id)
      decided += 1
    }
  }

  await step('核对：重扫比对', async () => {
    const began = performance.now()
    const paths = [path.join(sampleFolder, 'paper')]
    const jobId = await context.call('reconcile.rescan', { ...work, paths, readTexts: room.readTexts })
    const job = await context.follow(jobId)
    expect(job.state === 'succeeded', `the comparing ${job.state} ${job.errorCode ?? ''}`)
    const decided = await decideUnsure()
    const { paper, matches } = await context.call('reconcile.sides', work)
    const pairs = matches.filter(({ changes }) => changes !== null).length
    expect(decided === 0 || !room.readTexts, `${decided} pages that were read are not matched surely`)
    const seconds = (performance.now() - began) / 1000
    const how = room.readTexts ? '图文' : `图像（机器较慢，未识别纸质文字，人工认定 ${decided} 页）`
    return `纸质 ${paper.length} 页，${how}比对 ${pairs} 对，每页 ${(seconds / Math.max(1, paper.length)).toFixed(2)} 秒`
  })

  await step('核对：不符', async () => {
    const { paper } = await context.call('reconcile.sides', work)
    const pages = await context.call('pages.list', { volumeId })
    const paperAt = new Map(paper.map(({ id, sequence }) => [id, sequence]))
    const pageAt = new Map(pages.map(({ id, position }) => [id, position]))
    const found = await rows()
    const tells = (row: DifferenceRow, { type, paper: onPaper, electronic }: KnownDifference): boolean =>
      row.type === type &&
      (listed(electronic).includes(pageAt.get(row.pageId ?? '') ?? -1) ||
        (electronic === null && listed(onPaper).includes(paperAt.get(row.paperPageId ?? '') ?? -1)))
    for (const one of expected)
      expect(
        found.some((row) => tells(row, one)),
        `${one.type} at paper ${one.paper} and image ${one.electronic} was not found`,
      )
    alarms = found.filter((row) => !known.differences.some((one) => tells(row, one)))
    const right = found.filter((row) => !alarms.includes(row))
    const more = alarms.length === 0 ? '无误报' : `误报 ${alarms.length}`
    return `${right.map(({ type, electronicPlace }) => `${type} ${electronicPlace}`).join(' · ')} · ${more}`
  })

  let planId = ''
  await step('核对：判定与方案', async () => {
    for (const row of await rows()) {
      const one = { volumeId, differenceId: row.id }
      if (alarms.some(({ id }) => id === row.id)) {
        await context.call('differences.dismiss', { ...one, reason: '演示：对照两幅图像，内容相同' })
        continue
      }
      const [handling] = row.suggested
      if (handling === undefined) throw new AppError('CALL_INTERNAL', { method: 'demo' })
      const reasons = { cause: 'unknown', originStage: 'scanning' } as const
      await context.call('differences.judge', { ...one, ...reasons, handling, basis: '演示：以纸质为准' })
    }
    const { steps, unplanned } = await context.call('settlements.propose', work)
    expect(unplanned.length === 0, `${unplanned.length} judged differences have no step`)
    const plan = await context.call('settlements.prepare', { ...work, steps })
    planId = plan.id
    const judged = (await rows()).flatMap(({ handling }) =>
      handling === null ? [] : [HANDLING_WORDS[handling].zh],
    )
    return `${judged.join('、')}；方案 ${steps.length} 步，处理后 ${plan.after.length} 页`
  })

  await step('核对：审批与复核', async () => {
    const input = { volumeId, planId }
    const { id } = await context.call('approvals.request', {
      method: 'settlements.apply',
      input,
      reason: '演示：电子卷与纸质卷不符',
    })
    await seats.seat('handler')
    await context.call('approvals.decide', { id, approve: true })
    await seats.archivist()
    await context.call('approvals.execute', { id })
    await seats.seat('checker')
    const { state } = await context.call('settlements.check', { ...input, ok: true })
    for (const row of alarms)
      await context.call('differences.check', { volumeId, differenceId: row.id, ok: true })
    const open = (await rows()).filter((row) => row.state !== 'closed' && row.state !== 'dismissed')
    expect(state === 'checked' && open.length === 0, `${open.length} differences are left open`)
    await seats.archivist()
    const [note] = await context.call('settlements.notes', { volumeId })
    return `申请 → 审批 → 执行 → 复核；备考表：${note?.text ?? ''}`
  })

  await step('核对报告', async () => {
    const { ready, lacking } = await context.call('proofs.readiness', work)
    expect(ready, `the report lacks ${lacking.map(({ code, count }) => `${code} ${count}`).join(', ')}`)
    if (!ready) return '尚缺条件，未出具'
    const { reportId } = await context.call('proofs.make', { ...work, conclusion: '演示：处理后纸电一致' })
    const folder = await mkdtemp(path.join(tmpdir(), 'juanku-report-'))
    try {
      const report = { volumeId, reportId }
      const [json, pdf] = [path.join(folder, 'report.json'), path.join(folder, 'report.pdf')]
      await context.call('proofs.export', { ...report, format: 'json', path: json })
      await context.call('proofs.export', { ...report, format: 'pdf', path: pdf })
      for (const file of [json, pdf]) {
        const { points } = await context.call('proofs.verify', { ...report, path: file })
        const failing = points.filter(({ ok }) => !ok)
        expect(failing.length === 0, `${path.extname(file)}: ${failing.map(({ code }) => code).join(', ')}`)
      }
      const [, digest = ''] = /"sha256":\s*"([0-9a-f]{64})"/u.exec(await readFile(json, 'utf8')) ?? []
      const other = digest.startsWith('0') ? `1${digest.slice(1)}` : `0${digest.slice(1)}`
      await writeFile(json, (await readFile(json, 'utf8')).replaceAll(digest, other))
      const touched = await context.call('proofs.verify', { ...report, path: json })
      expect(digest !== '' && !touched.ok, 'the checker takes a report in which one digest was changed')
      const { size } = await stat(pdf)
      return `PDF ${Math.round(size / 1024)} KiB 与 JSON 校验通过；改动一页的摘要即被拒绝`
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
}
