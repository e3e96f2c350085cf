import path from 'node:path'
import type { PageThenAndNow, SnapshotCase } from '../../shared/contract/restores.ts'
import { readVolumeKind, VOLUME_KIND_INFO } from '../../shared/domain/volume-kind.ts'
import { AppError } from '../../shared/errors.ts'
import { mediumContent, restoreFromMedium } from '../backup/index.ts'
import { followed, gigabytes, type MediumOptions, mediumMeant } from './backup-commands.ts'
import { type CommandContext, WrongUse } from './context.ts'

export interface RestoreOptions extends MediumOptions {
  readonly snapshot?: string
  readonly to?: string
  readonly from?: string
  readonly case?: string
  readonly volume?: string
  readonly page?: string
  readonly reason?: string
  readonly imageOnly?: boolean
}

interface BackupMeant {
  readonly about: { readonly mediumId: string; readonly snapshotId: string }
  readonly words: { readonly medium: string; readonly snapshotId: string }
}

function required(option: string, value: string | undefined): string {
  if (value === undefined) throw new WrongUse(`${option} is needed. 需要 ${option}。`)
  return value
}

/** The backup that was named, else the newest one on the medium. */
async function backupMeant(context: CommandContext, options: RestoreOptions): Promise<BackupMeant> {
  const medium = await mediumMeant(context, options)
  const rows = await context.call('backup.list', { mediumId: medium.id })
  const snapshotId = options.snapshot ?? rows.find(({ prunedAt }) => prunedAt === null)?.snapshotId
  if (snapshotId === undefined)
    throw new WrongUse(`No backup on this medium 载体上没有备份: ${medium.number}`)
  return { about: { mediumId: medium.id, snapshotId }, words: { medium: medium.number, snapshotId } }
}

/** By the number that it has in the backup; what was typed may be written in any way that the room reads. */
async function caseMeant(
  context: CommandContext,
  { about }: BackupMeant,
  typed: string,
): Promise<SnapshotCase> {
  const reading = await context.call('cases.readNumber', { text: typed })
  // What is not quite a number may be meant for one, as without brackets.
  for (const number of [reading.canonical, ...reading.suggestions, typed]) {
    const { rows } = await context.call('restores.cases', { ...about, text: number, limit: 100 })
    const found = rows.find((row) => row.number === number)
    if (found !== undefined) return found
  }
  throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'case', number: typed })
}

const FAULT_WORDS: Readonly<Record<PageThenAndNow['difference'], string>> = {
  changed: '版本不同 another version',
  withdrawn: '今天已撤出 withdrawn today',
  gone: '今天没有 not there today',
  missing: '今天影像缺失 image missing today',
  damaged: '今天影像损坏 image damaged today',
}

/**
 * `--page 影像号`, or `册-影像号` where a volume has several books. Without `--reason` it only says how the page differs;
 * with it the page shows the version of the backup again; `--image-only` puts a lost image back and changes no version.
 */
async function restorePage(context: CommandContext, options: RestoreOptions): Promise<void> {
  const [, book = '1', position = ''] = /^(?:(\d+)-)?(\d+)$/.exec(options.page ?? '') ?? []
  const kind = readVolumeKind(options.volume ?? '正卷')
  if (position === '' || kind === null)
    throw new WrongUse('--volume 卷别 --page N or BOOK-N. 页写影像号，或“册-影像号”。')
  await context.signIn()
  const from = await backupMeant(context, options)
  const { caseId, number } = await caseMeant(context, from, required('--case', options.case))
  const { rows } = await context.call('restores.pageVersions', { ...from.about, caseId, limit: 1000 })
  const page = rows.find(
    (row) => row.volumeKind === kind && row.book === Number(book) && row.position === Number(position),
  )
  const place = `${number} ${VOLUME_KIND_INFO[kind].zh} 第${book}册 #${position}`
  if (page === undefined) {
    context.show({ ...from.words, page: null }, [
      `${place}：与备份相同，或备份里没有。The same as in the backup, or not in it.`,
    ])
    return
  }
  const about = { ...from.about, volumeId: page.volumeId, pageId: page.pageId }
  const { versionId, sha256 } = page.inSnapshot
  if (options.imageOnly === true) {
    const done = await context.call('restores.pageImage', about)
    context.show({ ...from.words, page, ...done }, [`${place}：已补回 put back ${done.mended}`])
    return
  }
  if (options.reason !== undefined) {
    const done = await context.call('restores.page', { ...about, versionId, sha256, reason: options.reason })
    context.show({ ...from.words, page, ...done }, [
      `${place}：已恢复备份时的版本，原版本仍在。Brought back; the other versions stay.`,
    ])
    return
  }
  context.show({ ...from.words, page }, [
    `${place}：${FAULT_WORDS[page.difference]}`,
    `  备份 then   v${page.inSnapshot.number}  ${page.inSnapshot.createdAt}  ${sha256.slice(0, 16)}`,
    `  今天 today  ${page.today === null ? '–' : `v${page.today.number}  ${page.today.createdAt}  ${page.today.sha256.slice(0, 16)}`}`,
    '加 --reason 理由 恢复这个版本，或加 --image-only 只补回影像。Add --reason to bring it back, or --image-only.',
  ])
}

/** From a registered medium, or with `--from` from the medium alone: then nobody signs in, and no vault is needed. */
export async function restoreBackup(context: CommandContext, options: RestoreOptions): Promise<void> {
  if (options.page !== undefined) {
    await restorePage(context, options)
    return
  }
  const target = path.resolve(required('--to', options.to))
  if (options.from !== undefined) {
    const content = await mediumContent(options.from)
    const snapshotId = options.snapshot ?? content.snapshots.at(-1)?.id
    if (snapshotId === undefined)
      throw new WrongUse(`No backup on this medium 载体上没有备份: ${options.from}`)
    if (options.case !== undefined)
      throw new WrongUse(
        'One case is taken out with its vault open, without --from. 恢复单案要登录卷库，不用 --from。',
      )
    const { objects, bytes, problems } = await restoreFromMedium(content, snapshotId, target)
    const clean = problems.length === 0
    context.show({ snapshotId, target, objects, bytes, problems, clean }, [
      ...problems.map(({ file, reason }) => `${reason}  ${file}`),
      `已恢复 restored ${snapshotId}：${objects} 个对象 objects，${gigabytes(bytes)} → ${target}`,
      clean
        ? '用原来的账户与密码登录这个文件夹。Sign in to that folder with the same account and password.'
        : '部分对象在载体上已损坏，见上。Some objects are damaged on the medium, see above.',
    ])
    context.exit(clean ? 0 : 1)
    return
  }
  await context.signIn()
  const from = await backupMeant(context, options)
  if (options.case === undefined) {
    const { jobId } = await context.call('restores.vault', { ...from.about, target })
    await followed(context, jobId, { ...from.words, target })
    return
  }
  const found = await caseMeant(context, from, options.case)
  const { jobId } = await context.call('restores.case', { ...from.about, caseId: found.caseId, target })
  await followed(context, jobId, { ...from.words, case: found.number, target })
}
