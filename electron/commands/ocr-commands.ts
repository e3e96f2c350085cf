import type { CaseTree } from '../../shared/contract/model.ts'
import { readVolumeKind, VOLUME_KIND_INFO } from '../../shared/domain/volume-kind.ts'
import { findCase } from './case-commands.ts'
import { type CommandContext, type ExitCode, WrongUse } from './context.ts'

export interface ReadOptions {
  readonly volume?: string
  readonly all?: boolean
}

/** The volumes that were meant and may be opened. Throws WrongUse for a volume that the case does not have. */
function volumesMeant(tree: CaseTree, wanted: string | undefined): CaseTree['volumes'] {
  const readable = tree.volumes.filter((volume) => volume.readable)
  if (wanted === undefined) return readable
  const kind = readVolumeKind(wanted)
  const found = tree.volumes.find((volume) => volume.kind === kind)
  if (kind === null || found === undefined) throw new WrongUse(`No such volume 没有这个卷: ${wanted}`)
  return [found]
}

/** `ocr run`: reads a case's volumes, what is read already left out unless `all`; exits 1 when pages could not be read. */
export async function readCase(context: CommandContext, number: string, options: ReadOptions): Promise<void> {
  await context.signIn()
  const tree = await findCase(context, number)
  let exit: ExitCode = 0
  const volumes = []
  const problems = []
  const lines = []
  for (const volume of volumesMeant(tree, options.volume)) {
    const again = options.all === true
    const { jobId } = await context.call('recognition.run', { volumeId: volume.id, again })
    const job = await context.follow(jobId)
    if (job.state !== 'succeeded') exit = 3
    else if ((job.tally.failed ?? 0) > 0 && exit === 0) exit = 1
    const { rows } = await context.call('jobs.outcomes', { jobId, limit: 1000, onlyProblems: true })
    const { read = 0, skipped = 0, failed = 0 } = job.tally
    const seconds =
      job.startedAt === null || job.finishedAt === null
        ? null
        : (Date.parse(job.finishedAt) - Date.parse(job.startedAt)) / 1000
    volumes.push({
      kind: volume.kind,
      state: job.state,
      errorCode: job.errorCode,
      read,
      skipped,
      failed,
      seconds,
    })
    problems.push(...rows)
    lines.push(
      ...rows.map(({ subject, code }) => `  ${subject}  ${code ?? ''}`),
      `${VOLUME_KIND_INFO[volume.kind].zh}  已识别 ${read} 页 · 此前已识别 ${skipped} 页 · 失败 ${failed} 页` +
        (seconds === null ? '' : ` · ${seconds.toFixed(1)} 秒`) +
        (job.errorCode === null ? '' : `  ${job.errorCode}`),
    )
  }
  context.show({ number: tree.case.number, volumes, problems }, lines)
  context.exit(exit)
}

/** `ocr status`: how far reading has come. Exits 3 where pages cannot be read on this machine. */
export async function readingStatus(context: CommandContext): Promise<void> {
  await context.signIn()
  const status = await context.call('recognition.status', {})
  const { pagesRead, pagesLeft, pagesFailed, engine, model, mode, unavailable } = status
  context.show({ pagesRead, pagesLeft, pagesFailed, engine, model, mode, unavailable }, [
    `已识别 read ${pagesRead} · 待识别 left ${pagesLeft} · 失败 failed ${pagesFailed}`,
    `${engine} · ${model} · ${mode === 'idle' ? '空闲时识别 when idle' : '不自动识别 off'}`,
    ...(unavailable === null ? [] : [`不能识别 cannot read here: ${unavailable}`]),
  ])
  if (unavailable !== null) context.exit(3)
}
