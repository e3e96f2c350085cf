import path from 'node:path'
import type { DifferenceRow } from '../../shared/contract/differences.ts'
import type { OutputOf } from '../../shared/contract/index.ts'
import type { ReconciliationRow } from '../../shared/contract/reconcile.ts'
import { DIFFERENCE_TYPE_INFO } from '../../shared/domain/reconcile/difference-type.ts'
import { readVolumeKind, VOLUME_KIND_INFO } from '../../shared/domain/volume-kind.ts'
import { findCase } from './case-commands.ts'
import { type CommandContext, WrongUse } from './context.ts'

export interface ReconcileOptions {
  readonly case?: string
  readonly paper?: readonly string[]
  readonly part?: boolean
  readonly duplex?: boolean
  readonly imagesOnly?: boolean
}

const TABLE = /\.(?:csv|tsv|txt|xlsx)$/iu
const EVERY_DIFFERENCE = 1000

type Checked = Pick<ReconciliationRow, 'id' | 'volumeId'>

/** The volume of a case that was meant, and the checking of it that is open; begun where there is none. */
async function openChecking(
  context: CommandContext,
  volume: string,
  number: string,
): Promise<ReconciliationRow> {
  const tree = await findCase(context, number)
  const kind = readVolumeKind(volume)
  const found = tree.volumes.find((known) => known.kind === kind)
  if (kind === null || found === undefined) throw new WrongUse(`No such volume 没有这个卷: ${volume}`)
  const known = await context.call('reconcile.ofVolume', { volumeId: found.id })
  if (known?.state === 'open') return known
  return await context.call('reconcile.start', { volumeId: found.id })
}

/** Gives the checking the rows of the paper's catalogue; what else was given before stays. */
async function giveRows(context: CommandContext, { id, volumeId }: Checked, file: string) {
  const work = { volumeId, reconciliationId: id }
  const read = await context.call('paperCatalogue.readFile', { ...work, path: file })
  const { catalogue } = await context.call('paperCatalogue.get', work)
  const kept = catalogue ?? { note: {}, cover: {}, countedPages: null }
  const given = await context.call('paperCatalogue.set', { ...work, catalogue: { ...kept, rows: read.rows } })
  return { rows: read.rows.length, problems: read.problems, ...given }
}

function differenceLine({
  number,
  type,
  paperPlace,
  electronicPlace,
  confidence,
  state,
}: DifferenceRow): string {
  const { zh } = DIFFERENCE_TYPE_INFO[type]
  return `${number}  ${type} ${zh}  ${paperPlace} ↔ ${electronicPlace}  把握 ${Math.round(confidence * 100)}%  ${state}`
}

function matchCounts({ matches }: OutputOf<'reconcile.sides'>): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind, sure, decidedBy } of matches) {
    const name = kind === 'same' && !sure && decidedBy === null ? 'toDecide' : kind
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

/**
 * `reconcile`: checks a volume against its paper, by a fresh scan or by the paper's own catalogue, or says how the
 * checking stands. Exits 1 while a difference is open, a page is undecided or a file could not be taken.
 */
export async function reconcileVolume(
  context: CommandContext,
  volume: string,
  options: ReconcileOptions,
): Promise<void> {
  if (options.case === undefined) throw new WrongUse('--case NUMBER is needed. 需要 --case 案号。')
  await context.signIn()
  const checking = await openChecking(context, volume, options.case)
  const work = { volumeId: checking.volumeId, reconciliationId: checking.id }
  // A resumed job may start in another folder.
  const given = (options.paper ?? []).map((one) => path.resolve(one))
  const scans = given.filter((one) => !TABLE.test(one))
  const tables = []
  for (const file of given.filter((one) => TABLE.test(one)))
    tables.push(await giveRows(context, checking, file))

  let job = null
  let problems: OutputOf<'jobs.outcomes'>['rows'] = []
  if (scans.length > 0) {
    const jobId = await context.call('reconcile.rescan', {
      ...work,
      paths: scans,
      part: options.part === true,
      duplex: options.duplex === true,
      readTexts: options.imagesOnly !== true,
    })
    job = await context.follow(jobId)
    problems = (await context.call('jobs.outcomes', { jobId, limit: 1000, onlyProblems: true })).rows
  }
  const sides = await context.call('reconcile.sides', work)
  const matches = matchCounts(sides)
  const filter = { reconciliationId: checking.id, states: ['found', 'judged', 'handled'] as const }
  const open = await context.call('differences.list', {
    filter: { ...filter, states: [...filter.states] },
    limit: EVERY_DIFFERENCE,
  })
  const row = await context.call('reconcile.ofVolume', { volumeId: checking.volumeId })
  context.show({ reconciliation: row, job, problems, tables, matches, differences: open.rows }, [
    ...problems.map(({ outcome, subject, code }) => `${outcome}  ${subject}  ${code ?? ''}`),
    ...tables.map(({ rows, findings }) => `目录 catalogue: ${rows} 行 rows · ${findings} 处不符 findings`),
    ...open.rows.map(differenceLine),
    `${checking.caseNumber} ${VOLUME_KIND_INFO[checking.volumeKind].zh}  电子 ${row?.electronicPages ?? 0} 页 · 纸质 ${row?.paperPages ?? 0} 页 · ` +
      Object.entries(matches)
        .map(([kind, count]) => `${kind} ${count}`)
        .join(' · '),
    `未结不符 open differences: ${open.total}  ${job?.errorCode ?? ''}`,
  ])
  if (job !== null && job.state !== 'succeeded') context.exit(3)
  else if (
    open.total > 0 ||
    (matches.toDecide ?? 0) > 0 ||
    problems.some(({ outcome }) => outcome === 'failed')
  )
    context.exit(1)
}
