import path from 'node:path'
import { SEARCHABLE_FILES, type SearchableExtent } from '../../shared/contract/loans.ts'
import type { CaseTree } from '../../shared/contract/model.ts'
import { readVolumeKind } from '../../shared/domain/volume-kind.ts'
import { AppError } from '../../shared/errors.ts'
import { findCase } from './case-commands.ts'
import { type CommandContext, WrongUse } from './context.ts'

export interface ExportCaseOptions {
  readonly as: string
  readonly to: string
  readonly purpose: string
  readonly volume?: string
  readonly item?: string
  readonly files: string
}

function extentOf(tree: CaseTree, { volume: kindText, item: itemText }: ExportCaseOptions): SearchableExtent {
  if (kindText === undefined) {
    if (itemText !== undefined) throw new WrongUse('--item needs --volume. 指定件时要指定卷。')
    return { kind: 'case', id: tree.case.id }
  }
  const kind = readVolumeKind(kindText)
  if (kind === null) throw new WrongUse(`Unknown volume 未知卷别: ${kindText}`)
  const volume = tree.volumes.find((known) => known.kind === kind)
  if (volume === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'volume' })
  if (itemText === undefined) return { kind: 'volume', id: volume.id }
  const item = volume.books
    .flatMap((book) => book.items)
    .find(({ sequence }) => String(sequence) === itemText)
  if (item === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'item', sequence: itemText })
  return { kind: 'item', id: item.id }
}

/** Writes 双层PDF of a case, a volume or one document into a folder, and says which pages have no text. */
export async function exportCase(
  context: CommandContext,
  number: string,
  options: ExportCaseOptions,
): Promise<void> {
  if (options.as !== 'pdf')
    throw new WrongUse(`--as pdf is what there is so far. 目前只有 pdf: ${options.as}`)
  const files = SEARCHABLE_FILES.find((way) => way === options.files)
  if (files === undefined) throw new WrongUse(`--files ${SEARCHABLE_FILES.join('|')}: ${options.files}`)
  await context.signIn()
  const extent = extentOf(await findCase(context, number), options)
  const folder = path.resolve(options.to)
  const begun = await context.call('pages.exportSearchable', {
    extent,
    files,
    folder,
    purpose: options.purpose,
  })
  const job = await context.follow(begun.jobId)
  const { rows } = await context.call('jobs.outcomes', { jobId: begun.jobId, limit: 1000 })
  const written = rows.filter(({ outcome }) => outcome === 'exported')
  const failed = rows.filter(({ outcome }) => outcome === 'failed')
  const unread = job.tally.unread ?? 0
  context.show({ ...begun, job, files: written.map(({ subject }) => subject), failed }, [
    ...written.map(({ subject, pageCount }) => `${subject}  ${pageCount} 页`),
    ...failed.map(
      ({ subject, code, details }) => `failed  ${subject}  ${code ?? ''} ${JSON.stringify(details)}`,
    ),
    ...(unread === 0 ? [] : [`${unread} 页未识别，只有影像 pages without text`]),
    ...(begun.volumesLeftOut === 0 ? [] : [`${begun.volumesLeftOut} 卷无权导出 volumes left out`]),
    `${job.state}: 登记号 ${begun.jobNumbers.join(' ')}${job.errorCode === null ? '' : `  ${job.errorCode}`}`,
  ])
  if (job.state !== 'succeeded') context.exit(3)
  else if (failed.length > 0) context.exit(1)
}
