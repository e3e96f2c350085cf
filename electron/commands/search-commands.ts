import type { SearchedCase } from '../../shared/contract/search.ts'
import { VOLUME_KIND_INFO } from '../../shared/domain/volume-kind.ts'
import { reportJob } from './case-commands.ts'
import { type CommandContext, WrongUse } from './context.ts'

export interface SearchOptions {
  readonly field?: string
  readonly order: string
  readonly tolerant?: boolean
  readonly limit: number
}

function caseLines({ number, title, hits, moreHits }: SearchedCase): string[] {
  const lines = hits.map((hit) => {
    const volume = hit.volumeKind === null ? '' : `${VOLUME_KIND_INFO[hit.volumeKind].zh} `
    const page =
      hit.position === null
        ? ''
        : `第${hit.printedNumber === '' ? `${hit.position}幅` : `${hit.printedNumber}页`} `
    return `    ${hit.field}  ${volume}${page}${hit.text}`
  })
  return [`${number}  ${title}`, ...lines, ...(moreHits ? ['    …'] : [])]
}

/** Prints what the account may find, newest or best first. */
export async function searchRoom(
  context: CommandContext,
  text: string,
  options: SearchOptions,
): Promise<void> {
  const { order } = options
  if (order !== 'newest' && order !== 'best') throw new WrongUse(`--order is newest or best, not ${order}`)
  await context.signIn()
  const found = await context.call('search.find', {
    text: options.field === undefined ? text : `${options.field}:${text}`,
    order,
    tolerant: options.tolerant === true,
    limit: options.limit,
  })
  const { count, exact } = found.total
  context.show(found, [
    ...found.cases.flatMap(caseLines),
    found.cases.length === 0 ? '没有找到 nothing found' : `${exact ? '' : '约 about '}${count} 条 hits`,
  ])
}

/** Compares the index with the catalogue and the stored texts; exit code 1 where it is not whole. */
export async function checkIndex(context: CommandContext): Promise<void> {
  await context.signIn()
  const { jobId } = await context.call('search.checkIndex', {})
  await reportJob(context, jobId)
  const { total } = await context.call('jobs.outcomes', { jobId, limit: 1, onlyProblems: true })
  if (total > 0) context.exit(1)
}

/** Writes the index anew; what was interrupted goes on. */
export async function rebuildIndex(context: CommandContext): Promise<void> {
  await context.signIn()
  await reportJob(context, (await context.call('search.checkIndex', { rebuild: true })).jobId)
}
