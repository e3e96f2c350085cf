import path from 'node:path'
import type { CaseTree } from '../../shared/contract/model.ts'
import { archiveNumberWarnings } from '../../shared/domain/archive-number.ts'
import { PAGE_KINDS, type PageKind } from '../../shared/domain/page-kind.ts'
import { readPartyRole } from '../../shared/domain/party-role.ts'
import { readVolumeKind, VOLUME_KIND_INFO, type VolumeKind } from '../../shared/domain/volume-kind.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext } from './context.ts'
import { WrongUse } from './context.ts'

export interface AddCaseOptions {
  readonly cause?: string
  readonly archiveNumber?: string
  readonly handler?: string
  readonly party?: readonly string[]
  readonly volume?: readonly string[]
}

function volumeKind(text: string): VolumeKind {
  const kind = readVolumeKind(text)
  if (kind === null) throw new WrongUse(`Unknown volume 未知卷别: ${text}`)
  return kind
}

/** `原告:王某` */
function party(text: string) {
  const [roleText = '', ...name] = text.split(/[:：]/u)
  const role = readPartyRole(roleText)
  if (role === null || name.length === 0) throw new WrongUse(`Not a party, expected 原告:姓名: ${text}`)
  return { role, name: name.join(':').trim() }
}

function treeLines(tree: CaseTree): string[] {
  const lines = [`${tree.case.number}  ${tree.case.cause}  ${tree.case.title}  ${tree.case.pageCount} 页`]
  if (tree.case.archiveNumber !== '') lines.push(`  档号 ${tree.case.archiveNumber}`)
  for (const volume of tree.volumes) {
    lines.push(`  ${VOLUME_KIND_INFO[volume.kind].zh}${volume.readable ? '' : '（无权限）'}`)
    for (const book of volume.books) {
      lines.push(`    第${book.sequence}册 ${book.pageCount} 页`)
      for (const item of book.items) {
        const range = item.firstPrinted === '' ? '—' : `${item.firstPrinted}–${item.lastPrinted}`
        const row =
          item.templateRow === null ? '' : `  〔${item.templateRow} ${item.templateRowTitle ?? ''}〕`
        lines.push(`      ${item.sequence}. ${item.title}  ${range}${row}`)
      }
    }
  }
  return lines
}

/** The case that a typed number names. */
export async function findCase(context: CommandContext, number: string): Promise<CaseTree> {
  const reading = await context.call('cases.readNumber', { text: number })
  if (reading.takenBy === null)
    throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'case', number: reading.canonical })
  return await context.call('cases.tree', { caseId: reading.takenBy })
}

export async function addCase(
  context: CommandContext,
  number: string,
  options: AddCaseOptions,
): Promise<void> {
  await context.signIn()
  const reading = await context.call('cases.readNumber', { text: number })
  const tree = await context.call('cases.create', {
    draft: {
      number,
      archiveNumber: options.archiveNumber ?? '',
      cause: options.cause ?? '',
      handler: options.handler ?? '',
      parties: (options.party ?? []).map(party),
    },
    volumes: (options.volume ?? ['正卷']).map(volumeKind),
  })
  context.show(tree, [
    ...treeLines(tree),
    ...reading.warnings.map(
      (warning) => `提示 note: ${warning.code} ${Object.values(warning.params).join(' ')}`,
    ),
    ...archiveNumberWarnings(tree.case.archiveNumber, {
      currentYear: Number(tree.case.createdAt.slice(0, 4)),
    }).map((warning) => `提示 note 档号: ${warning.code}`),
  ])
}

export async function listCases(
  context: CommandContext,
  options: { readonly text?: string; readonly limit: number },
): Promise<void> {
  await context.signIn()
  const list = await context.call('cases.list', {
    filter: { text: options.text ?? '' },
    offset: 0,
    limit: options.limit,
  })
  context.show(list, [
    ...list.rows.map((row) => `${row.number}  ${row.cause}  ${row.title}  ${row.pageCount} 页`),
    `共 ${list.total} 件 cases`,
  ])
}

export async function showCase(context: CommandContext, number: string): Promise<void> {
  await context.signIn()
  const tree = await findCase(context, number)
  context.show(tree, treeLines(tree))
}

export interface ImportOptions {
  readonly case: string
  readonly volume: string
  readonly map?: string
  readonly keepDuplicates?: boolean
  readonly front?: string
  readonly back?: string
}

function pageKinds(text: string | undefined): PageKind[] {
  return (text ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const kind = PAGE_KINDS.find((known) => known === part.trim())
      if (kind === undefined)
        throw new WrongUse(`Unknown page kind 未知页面类别: ${part}; one of ${PAGE_KINDS.join(', ')}`)
      return kind
    })
}

/** Imports into a volume, making the volume when the case has none of that kind. Returns the job's id. */
export async function startImport(
  context: CommandContext,
  paths: readonly string[],
  options: ImportOptions,
): Promise<string> {
  const tree = await findCase(context, options.case)
  const kind = volumeKind(options.volume)
  const volume =
    tree.volumes.find((known) => known.kind === kind) ??
    (await context.call('cases.addVolume', { caseId: tree.case.id, kind }))
  return await context.call('intake.start', {
    volumeId: volume.id,
    // A resumed job may start in another folder.
    paths: paths.map((given) => path.resolve(given)),
    ...(options.map === undefined ? {} : { table: { path: path.resolve(options.map) } }),
    duplicates: options.keepDuplicates === true ? 'keep' : 'skip',
    frontMatter: pageKinds(options.front),
    backMatter: pageKinds(options.back),
  })
}

export async function importFiles(
  context: CommandContext,
  paths: readonly string[],
  options: ImportOptions,
): Promise<void> {
  await context.signIn()
  await reportJob(context, await startImport(context, paths, options))
}

/** Follows a job to its end and prints a line for each unit that did not simply succeed. */
export async function reportJob(context: CommandContext, jobId: string): Promise<void> {
  const job = await context.follow(jobId)
  const { rows } = await context.call('jobs.outcomes', { jobId, limit: 1000, onlyProblems: true })
  const lines = rows.map(
    (row) => `${row.outcome}  ${row.subject}  ${row.code ?? ''} ${JSON.stringify(row.details)}`,
  )
  const tally = Object.entries(job.tally).map(([outcome, count]) => `${outcome} ${count}`)
  context.show({ job, problems: rows }, [
    ...lines,
    `${job.state}: ${tally.join(' · ')}${job.errorCode === null ? '' : `  ${job.errorCode}`}`,
  ])
  if (job.state !== 'succeeded') context.exit(3)
  else if ((job.tally.failed ?? 0) > 0) context.exit(1)
}

export async function listJobs(context: CommandContext): Promise<void> {
  await context.signIn()
  const jobs = await context.call('jobs.list', {})
  context.show(
    jobs,
    jobs.map(
      (job) =>
        `${job.id}  ${job.kind}  ${job.state}  ${job.progress.done}/${job.progress.total ?? '?'}  ${job.label}`,
    ),
  )
}

export async function resumeJob(context: CommandContext, jobId: string): Promise<void> {
  await context.signIn()
  await context.call('jobs.resume', { jobId })
  await reportJob(context, jobId)
}
