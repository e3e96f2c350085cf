import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { InputOf } from '../../shared/contract/index.ts'
import type { JobSummary } from '../../shared/contract/jobs.ts'
import type { CommandContext } from './context.ts'
import type { DemoPeople, DemoSeats, DemoSteps } from './demo-access.ts'

type LongMethod = `backup.${'run' | 'verify' | 'repair'}` | 'drills.run' | `restores.${'vault' | 'case'}`

/** Some sealed object on the medium, with a byte of it changed: what an ageing drive does. */
async function spoilOneObject(set: string): Promise<void> {
  const objects = path.join(set, 'objects')
  for (const group of await readdir(objects)) {
    const [name] = await readdir(path.join(objects, group))
    if (name === undefined) continue
    const file = path.join(objects, group, name)
    const bytes = await readFile(file)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    await writeFile(file, bytes)
    return
  }
}

/**
 * Backs the vault up to a folder that stands in for a drive, finds and mends what ages on it, proves by a drill that it
 * restores, and restores it to a new place where the archivist signs in. Leaves the restored vault signed in.
 */
export async function demoBackup(
  context: CommandContext,
  { step, expect }: DemoSteps,
  { seats, people }: { readonly seats: DemoSeats; readonly people: DemoPeople },
): Promise<void> {
  const base = await mkdtemp(path.join(tmpdir(), 'juanku-demo-drive-'))
  const drive = path.join(base, 'drive')
  await mkdir(drive)
  const done = async <M extends LongMethod>(method: M, input: InputOf<M>): Promise<JobSummary> => {
    const { jobId } = (await context.call(method, input)) as { readonly jobId: string }
    const job = await context.follow(jobId)
    expect(job.state === 'succeeded', `${method} ${job.state} ${job.errorCode ?? ''}`)
    return job
  }
  try {
    await seats.archivist()
    let mediumId = ''
    await step('登记载体', async () => {
      const medium = await context.call('media.register', {
        ...{ folder: drive, number: 'YZ-C-01', set: 'C', place: '档案室保险柜', model: '演示文件夹' },
      })
      mediumId = medium.id
      return `${medium.number}（${medium.set} 套，在用）`
    })
    await step('备份', async () => {
      await done('backup.run', { mediumId, kind: 'incremental' })
      await done('backup.run', { mediumId, kind: 'incremental' })
      const [again, first] = await context.call('backup.list', { mediumId })
      expect(again?.verifyResult === 'sound' && first?.verifyResult === 'sound', 'a backup is not verified')
      return `${first?.objects ?? 0} 个密封对象，${((first?.bytesWritten ?? 0) / 1e6).toFixed(1)} MB；再备一次只写 ${((again?.bytesWritten ?? 0) / 1e6).toFixed(1)} MB`
    })
    await step('载体老化', async () => {
      await spoilOneObject(path.join(drive, 'juanku-backup'))
      await done('backup.verify', { mediumId, depth: 'full' })
      const found = await context.call('backup.lastCheck', { mediumId })
      expect(found?.problems.length === 1, `${found?.problems.length ?? 0} problems instead of one`)
      await done('backup.repair', { mediumId })
      await done('backup.verify', { mediumId, depth: 'full' })
      const after = await context.call('backup.lastCheck', { mediumId })
      expect(after?.problems.length === 0, 'the medium was not mended')
      return `改动一个字节：验出 ${found?.problems.length ?? 0} 处，由卷库修复，复验 ${after?.objects ?? 0} 个对象完好`
    })
    const { archivist } = people
    await step('恢复演练', async () => {
      const [newest] = await context.call('backup.list', { mediumId })
      await done('drills.run', {
        ...{ mediumId, snapshotId: newest?.snapshotId ?? '', scenario: '工作站整机损坏' },
        key: { way: 'password', accountName: archivist.name, password: archivist.password },
      })
      const [drill] = await context.call('drills.list', {})
      expect(drill?.passed === true, 'the drill did not pass')
      return `${drill?.number ?? ''}，${drill?.points.length ?? 0} 项全过，恢复用时 ${((drill?.rtoMinutes ?? 0) * 60).toFixed(1)} 秒`
    })
    const signInto = async (folder: string) => {
      await context.call('session.signOut', {})
      await context.call('session.signIn', {
        ...{ folder, accountName: archivist.name, password: archivist.password },
      })
    }
    await step('恢复单案', async () => {
      const [newest] = await context.call('backup.list', { mediumId })
      const of = { mediumId, snapshotId: newest?.snapshotId ?? '' }
      const { rows } = await context.call('cases.list', { filter: {}, offset: 0, limit: 1 })
      const caseId = rows[0]?.id ?? ''
      const compared = await context.call('restores.compare', { ...of, caseId })
      const target = path.join(base, 'one-case')
      await done('restores.case', { ...of, caseId, target })
      await signInto(target)
      const restored = await context.call('cases.tree', { caseId })
      const pages = restored.case.pageCount
      expect(pages === compared.inSnapshot.pages, `${pages} pages of ${compared.inSnapshot.pages}`)
      await context.call('session.signOut', {})
      await seats.archivist()
      return `${restored.case.number}，${pages} 页，与备份时相同`
    })
    await step('恢复卷库', async () => {
      const [newest] = await context.call('backup.list', { mediumId })
      const target = path.join(base, 'restored')
      await done('restores.vault', { mediumId, snapshotId: newest?.snapshotId ?? '', target })
      await signInto(target)
      const { total } = await context.call('cases.list', { filter: {}, offset: 0, limit: 10 })
      expect(total === 1, `${total} cases in the restored vault`)
      await context.call('session.signOut', {})
      return `新文件夹中登录成功，案件 ${total} 件`
    })
  } finally {
    await rm(base, { recursive: true, force: true })
  }
}
