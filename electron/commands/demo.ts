import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { readPartyRole } from '../../shared/domain/party-role.ts'
import { AppError } from '../../shared/errors.ts'
import { findCase, startImport } from './case-commands.ts'
import type { CommandContext } from './context.ts'
import { type DemoPeople, demoAccess } from './demo-access.ts'
import { demoBackup } from './demo-backup.ts'
import { demoReading } from './demo-reading.ts'
import { demoReconcile, turnOnePage } from './demo-reconcile.ts'
import { problemCount } from './vault-commands.ts'

const SampleCase = z.object({
  caseNumber: z.string(),
  cause: z.string(),
  unit: z.string(),
  parties: z.array(z.object({ role: z.string(), name: z.string() })),
  panel: z.array(z.object({ role: z.string(), name: z.string() })),
  dates: z.object({ accepted: z.string(), closed: z.string() }),
  retention: z.enum(['Y', 'D60', 'D30', 'D20', 'D15', 'D10']).catch('D30'),
  volumes: z.array(
    z.object({
      name: z.string(),
      images: z.number(),
      items: z.array(z.object({ title: z.string(), templateNo: z.number().nullable() })),
      pages: z.array(z.object({ kind: z.string(), printed: z.string().nullable() })),
    }),
  ),
})

interface Step {
  readonly name: string
  readonly seconds: number
  readonly result: string
}

type DemoRole = keyof DemoPeople

/** Nobody signs in to this vault after the demo: its passwords are made up and forgotten. */
function madeUpPeople(): DemoPeople {
  const person = (name: string) => ({ name, password: `Demo-${randomBytes(12).toString('base64url')}` })
  return {
    'system-officer': person('演示系统员'),
    'security-officer': person('演示保密员'),
    auditor: person('演示审计员'),
    archivist: person('演示员'),
  }
}

/**
 * The main job on the sample case, from nothing: creates a vault in a temporary folder, files the scans, catalogues
 * them against the 民事一审 template, checks every seal, reads the pages, searches, shows who may do what, and checks the
 * volume against its paper to the signed report. The vault is removed at the end unless kept.
 */
export async function runDemo(context: CommandContext, options: { readonly keep?: string }): Promise<void> {
  const sampleFolder = path.join(context.assetsRoot, 'sample')
  const sample = SampleCase.parse(JSON.parse(await readFile(path.join(sampleFolder, 'case.json'), 'utf8')))
  const folder = options.keep ?? (await mkdtemp(path.join(tmpdir(), 'juanku-demo-')))
  const people = madeUpPeople()
  const steps: Step[] = []
  const failures: string[] = []
  const step = async (name: string, work: () => Promise<string>) => {
    const began = performance.now()
    const result = await work()
    const done = { name, seconds: (performance.now() - began) / 1000, result }
    steps.push(done)
    context.print(`${done.seconds.toFixed(2).padStart(7)} s  ${name.padEnd(12, '　')}  ${result}`)
  }
  const expect = (holds: boolean, what: string) => {
    if (!holds) failures.push(what)
  }
  context.print('卷库演示：虚构的民事一审案件 · Juanku demo on a fictional case')
  try {
    await step('建立保险库', async () => {
      const created = await context.call('vault.create', {
        folder,
        unitName: sample.unit,
        accounts: Object.entries(people).map(([role, person]) => ({ role: role as DemoRole, ...person })),
      })
      const share = created.shares[1]
      if (share === undefined) throw new AppError('CALL_INTERNAL', { method: 'demo' })
      await context.call('vault.confirmShare', { text: share.text })
      const sheet = path.join(folder, 'recovery-sheet.pdf')
      await context.call('vault.recoverySheet', { file: sheet })
      const { size } = await stat(sheet)
      await rm(sheet)
      await context.call('vault.finishSetup', {})
      return `恢复钥 2/3，恢复单 PDF ${Math.round(size / 1024)} KiB`
    })
    await step('登记案件', async () => {
      const tree = await context.call('cases.create', {
        draft: {
          number: sample.caseNumber,
          cause: sample.cause,
          handler: sample.panel[0]?.name ?? '',
          parties: sample.parties.flatMap(({ role, name }) => {
            const known = readPartyRole(role)
            return known === null ? [] : [{ role: known, name }]
          }),
          acceptedOn: sample.dates.accepted,
          closedOn: sample.dates.closed,
          retention: sample.retention,
        },
        volumes: ['main', 'sub'],
      })
      for (const volume of tree.volumes) {
        const templateId = volume.kind === 'main' ? 'court-main-civil-first' : 'court-sub'
        await context.call('cases.setTemplate', { volumeId: volume.id, templateId })
      }
      return `${tree.case.number} ${tree.case.title}`
    })
    for (const volume of sample.volumes) {
      const kinds = volume.pages.map((page) => page.kind)
      const firstContent = kinds.indexOf('content')
      const lastContent = kinds.findLastIndex((kind) => kind === 'content' || kind === 'blank')
      await step(`导入${volume.name}`, async () => {
        const jobId = await startImport(context, [path.join(sampleFolder, 'scans', volume.name)], {
          case: sample.caseNumber,
          volume: volume.name,
          map: path.join(sampleFolder, 'rows.csv'),
          front: kinds.slice(0, firstContent).join(','),
          back: kinds.slice(lastContent + 1).join(','),
        })
        const job = await context.follow(jobId)
        expect(job.state === 'succeeded', `import of ${volume.name} ${job.state} ${job.errorCode ?? ''}`)
        const { rows } = await context.call('jobs.outcomes', { jobId, limit: 1000 })
        const files = rows.filter(({ subject }) => subject !== '')
        for (const row of files)
          if (row.outcome !== 'imported') failures.push(`${row.subject}: ${row.code ?? row.outcome}`)
        const tree = await findCase(context, sample.caseNumber)
        const filed = tree.volumes.find((known) => known.kind === (volume.name === '副卷' ? 'sub' : 'main'))
        const pages = filed === undefined ? [] : await context.call('pages.list', { volumeId: filed.id })
        const items = filed?.books.flatMap((book) => book.items) ?? []
        expect(pages.length === volume.images, `${volume.name}: ${pages.length} of ${volume.images} images`)
        const wrongNumbers = pages.filter(
          (page, place) => page.printedNumber !== (volume.pages[place]?.printed ?? ''),
        )
        expect(wrongNumbers.length === 0, `${volume.name}: ${wrongNumbers.length} printed numbers differ`)
        const empty = items.filter((item) => item.pageCount === 0)
        expect(
          items.length === volume.items.length && empty.length === 0,
          `${volume.name}: ${empty.length} items without pages`,
        )
        const inRow = items.filter(
          (item, place) => item.templateRow === volume.items[place]?.templateNo,
        ).length
        return `${files.length} 个文件 → ${pages.length} 页，编目 ${items.length} 件，模板行相符 ${inRow}/${items.length}`
      })
    }
    await step('逐页验封', async () => {
      const job = await context.follow(await context.call('vault.check', {}))
      const { rows } = await context.call('jobs.outcomes', { jobId: job.id })
      const summary = rows.find((row) => row.outcome === 'sound')?.details ?? {}
      expect(job.state === 'succeeded' && problemCount(job) === 0, 'the vault check found problems')
      return `${summary.sound ?? 0}/${summary.objects ?? 0} 个密封对象完好，日志 ${summary.auditRecords ?? 0} 条连贯`
    })
    const reading = await demoReading(
      context,
      { step, expect },
      { folder: sampleFolder, caseNumber: sample.caseNumber },
    )
    await step('检索', async () => {
      const found: string[] = []
      for (const text of ['王小样', '借条', '1024', '民间借贷']) {
        const { cases } = await context.call('search.find', { text, limit: 50 })
        const hits = cases.flatMap((each) => each.hits)
        expect(hits.length > 0, `nothing found for ${text}`)
        found.push(`${text} ${hits.length}`)
      }
      return found.join(' · ')
    })
    const { id: caseId } = (await findCase(context, sample.caseNumber)).case
    // A slip of the scanning station, which the checking is to find: nothing changes after filing without approval.
    await turnOnePage(context, caseId, sampleFolder)
    const seats = await demoAccess(context, { step, expect }, { folder, people, caseId })
    await demoReconcile(
      context,
      { step, expect },
      { caseId, sampleFolder, seats, readTexts: reading.wholeMain },
    )
    await step('封存检查', async () => {
      const plain = await findPlainText(
        folder,
        sample.parties.map((party) => party.name),
      )
      expect(plain === 0, `${plain} files hold a party's name in clear`)
      return `磁盘上出现当事人姓名的文件 ${plain} 个`
    })
    await demoBackup(context, { step, expect }, { seats, people })
  } finally {
    await context.desk.close()
    if (options.keep === undefined) await rm(folder, { recursive: true, force: true })
  }
  context.show({ steps, failures, kept: options.keep ?? null }, [
    failures.length === 0
      ? '演示完成，全部相符。Done: everything agrees.'
      : `未相符 does not agree:\n  ${failures.join('\n  ')}`,
  ])
  context.exit(failures.length === 0 ? 0 : 1)
}

/** Counts files of the vault in which a name stands unencrypted. */
async function findPlainText(folder: string, names: readonly string[]): Promise<number> {
  const needles = names.map((name) => Buffer.from(name, 'utf8'))
  let found = 0
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const bytes = await readFile(path.join(entry.parentPath, entry.name))
    if (needles.some((needle) => bytes.includes(needle))) found += 1
  }
  return found
}
