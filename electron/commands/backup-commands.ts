import path from 'node:path'
import type { Medium } from '../../shared/contract/media.ts'
import { MEDIUM_SET_INFO, MEDIUM_SETS, type MediumSet } from '../../shared/domain/backup/medium.ts'
import { type CommandContext, WrongUse } from './context.ts'

export interface InitOptions {
  readonly number: string
  readonly set: string
  readonly place: string
  readonly model?: string
  readonly serial?: string
  readonly secrecy?: string
  readonly note?: string
}

export interface MediumOptions {
  readonly medium?: string
}

export const day = (at: string | null) => (at === null ? '–' : at.slice(0, 16).replace('T', ' '))
export const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(3)} GB`

/** The medium that was meant: by its number, else the only one in use that is plugged in. */
export async function mediumMeant(
  context: CommandContext,
  { medium: number }: MediumOptions,
): Promise<Medium> {
  const media = await context.call('media.list', {})
  const choice =
    number === undefined
      ? media.filter(({ present, state }) => present && state === 'in-use')
      : media.filter((medium) => medium.number === number)
  const [medium] = choice
  if (medium !== undefined && choice.length === 1) return medium
  const there = media.map((one) => `${one.number}${one.present ? '（已接入 plugged in）' : ''}`).join('、')
  throw new WrongUse(
    `Say which medium by --medium NUMBER. 请用 --medium 指明载体。已登记 registered: ${there || '无 none'}`,
  )
}

export async function initMedium(
  context: CommandContext,
  folder: string,
  options: InitOptions,
): Promise<void> {
  const set = options.set.toUpperCase()
  if (!(MEDIUM_SETS as readonly string[]).includes(set))
    throw new WrongUse(`--set A, B or C. 套别只能是 A、B、C: ${options.set}`)
  await context.signIn()
  const { number, place, model, serial, secrecy, note } = options
  const medium = await context.call('media.register', {
    ...{ folder: path.resolve(folder), number, place, set: set as MediumSet },
    ...(model === undefined ? {} : { model }),
    ...(serial === undefined ? {} : { serial }),
    ...(secrecy === undefined ? {} : { secrecy }),
    ...(note === undefined ? {} : { note }),
  })
  context.show(medium, [
    `已登记载体 registered: ${medium.number}（${medium.set} ${MEDIUM_SET_INFO[medium.set].zh}） ${medium.folder}`,
  ])
}

export async function listMedia(context: CommandContext): Promise<void> {
  await context.signIn()
  const media = await context.call('media.list', {})
  context.show(
    media,
    media.map(
      ({ number, set, state, place, present, lastSeenAt, lastBackupAt, lastVerifiedAt }) =>
        `${number}  ${set}  ${state}  ${place}  ${present ? '已接入' : `最近见到 ${day(lastSeenAt)}`}  备份 ${day(lastBackupAt)}  核验 ${day(lastVerifiedAt)}`,
    ),
  )
}

/** Follows a job of backup and tells what it found; exits 1 where something does not hold. */
export async function followed(context: CommandContext, jobId: string, about: object): Promise<void> {
  const job = await context.follow(jobId)
  const { rows } = await context.call('jobs.outcomes', { jobId, limit: 1000 })
  const problems = rows.filter(({ outcome }) => outcome !== 'sound')
  const sound = rows.filter(({ outcome }) => outcome === 'sound')
  const clean = job.state === 'succeeded' && problems.length === 0
  const { state, errorCode, errorDetails, tally } = job
  context.show({ ...about, state, clean, errorCode, errorDetails, tally, sound, problems }, [
    ...problems.map(
      ({ outcome, subject, code, details }) =>
        `${outcome}  ${subject}  ${code ?? ''} ${JSON.stringify(details)}`,
    ),
    ...sound.map(({ subject, details }) => `sound  ${subject}  ${JSON.stringify(details)}`),
    clean
      ? '完成，无问题。Done, nothing is wrong.'
      : `${errorCode ?? ''} 有问题，见上。Problems, see above.`.trim(),
  ])
  context.exit(state !== 'succeeded' ? 3 : clean ? 0 : 1)
}

export async function runBackup(
  context: CommandContext,
  options: MediumOptions & { readonly full?: boolean },
): Promise<void> {
  await context.signIn()
  const medium = await mediumMeant(context, options)
  const kind = options.full === true ? 'full' : 'incremental'
  const { jobId } = await context.call('backup.run', { mediumId: medium.id, kind })
  await followed(context, jobId, { medium: medium.number, kind })
}

export interface VerifyOptions extends MediumOptions {
  readonly quick?: boolean
  readonly sample?: boolean
}

export async function verifyBackup(context: CommandContext, options: VerifyOptions): Promise<void> {
  await context.signIn()
  const medium = await mediumMeant(context, options)
  const depth = options.quick === true ? 'quick' : options.sample === true ? 'sample' : 'full'
  const { jobId } = await context.call('backup.verify', { mediumId: medium.id, depth })
  await followed(context, jobId, { medium: medium.number, depth })
}

export async function repairBackup(context: CommandContext, options: MediumOptions): Promise<void> {
  await context.signIn()
  const medium = await mediumMeant(context, options)
  const { jobId } = await context.call('backup.repair', { mediumId: medium.id })
  await followed(context, jobId, { medium: medium.number })
}

export async function listBackups(context: CommandContext, options: MediumOptions): Promise<void> {
  await context.signIn()
  const rows = await context.call('backup.list', {})
  const wanted = rows.filter(
    ({ mediumNumber }) => options.medium === undefined || mediumNumber === options.medium,
  )
  context.show(
    wanted,
    wanted.map(
      ({ snapshotId, mediumNumber, kind, pages, bytes, verifyResult, prunedAt }) =>
        `${snapshotId}  ${mediumNumber}  ${kind}  ${pages} 页  ${gigabytes(bytes)}  ${prunedAt === null ? verifyResult : '已清理 pruned'}`,
    ),
  )
}

/** Shows what the retention lets go; removes it only when told `--yes`. */
export async function pruneBackups(
  context: CommandContext,
  options: MediumOptions & { readonly yes?: boolean },
): Promise<void> {
  await context.signIn()
  const medium = await mediumMeant(context, options)
  const preview = await context.call('backup.prunePreview', { mediumId: medium.id })
  const remove = preview.filter(({ reasons }) => reasons.length === 0).map(({ snapshotId }) => snapshotId)
  if (options.yes === true && remove.length > 0) {
    const { jobId } = await context.call('backup.prune', { mediumId: medium.id, remove })
    await followed(context, jobId, { medium: medium.number, preview })
    return
  }
  context.show({ medium: medium.number, preview, removed: [] }, [
    ...preview.map(
      ({ snapshotId, reasons }) =>
        `${snapshotId}  ${reasons.length === 0 ? '将清理 goes' : `保留 stays: ${reasons.join(', ')}`}`,
    ),
    remove.length === 0
      ? '没有可清理的。Nothing to prune.'
      : `将清理 ${remove.length} 次备份；加 --yes 执行。Add --yes to remove them.`,
  ])
}
