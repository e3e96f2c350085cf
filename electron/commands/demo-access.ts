import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { InputOf, MethodName } from '../../shared/contract/index.ts'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import type { CommandContext } from './context.ts'

/** What the demo tells, and what must hold for it to succeed. */
export interface DemoSteps {
  readonly step: (name: string, work: () => Promise<string>) => Promise<void>
  readonly expect: (holds: boolean, what: string) => void
}

/** The founders of the demo's vault: name and password by role. */
export type DemoPeople = Readonly<
  Record<
    'system-officer' | 'security-officer' | 'auditor' | 'archivist',
    { readonly name: string; readonly password: string }
  >
>

interface Newcomer {
  readonly role: 'clerk' | 'handler' | 'checker'
  readonly name: string
}

const NEWCOMERS: readonly Newcomer[] = [
  { role: 'clerk', name: '演示书记员' },
  { role: 'handler', name: '演示承办人' },
  { role: 'checker', name: '演示质检员' },
]

/** Signs one of the people of the demo in. */
export interface DemoSeats {
  readonly archivist: () => Promise<void>
  readonly seat: (role: Newcomer['role']) => Promise<void>
}

/** Runs the evidence folder's own checker as anybody would: with Node and nothing else. */
function checkerExit(folder: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(folder, 'check.mjs')], {
      stdio: 'ignore',
      // The same file runs in a packaged program, whose executable is not Node by itself.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    })
    child.on('error', reject)
    child.on('exit', resolve)
  })
}

/**
 * Who may do what, on the filed sample case: accounts by two officers and a key holder, a closed 副卷, a change after
 * 归档 by request, approval, execution and check, and the auditor's evidence with its own checker.
 */
export async function demoAccess(
  context: CommandContext,
  { step, expect }: DemoSteps,
  room: { readonly folder: string; readonly people: DemoPeople; readonly caseId: string },
): Promise<DemoSeats> {
  const { people, caseId } = room
  const sit = (who: { readonly name: string; readonly password: string }, newPassword?: string) =>
    context.call('session.signIn', {
      folder: room.folder,
      accountName: who.name,
      password: who.password,
      ...(newPassword === undefined ? {} : { newPassword }),
    })
  const refusal = async <M extends MethodName>(method: M, input: InputOf<M>): Promise<ErrorCode | 'done'> => {
    try {
      await context.call(method, input)
      return 'done'
    } catch (error) {
      if (error instanceof AppError) return error.code
      throw error
    }
  }
  const madeUp = () => `Demo-${randomBytes(12).toString('base64url')}`
  const staff = new Map<Newcomer['role'], { readonly name: string; readonly password: string }>()
  const seat = async (role: Newcomer['role']) => {
    const who = staff.get(role)
    if (who === undefined) throw new AppError('CALL_INTERNAL', { method: 'demo' })
    await sit(who)
  }

  await step('三员与账户', async () => {
    const made: { readonly id: string; readonly role: Newcomer['role']; readonly first: string }[] = []
    await sit(people['system-officer'])
    for (const { role, name } of NEWCOMERS) {
      const first = madeUp()
      const { id } = await context.call('accounts.create', { name, roles: [role], password: first })
      made.push({ id, role, first })
      staff.set(role, { name, password: madeUp() })
    }
    await sit(people['security-officer'])
    for (const { id, role } of made) {
      await context.call('accounts.approve', { accountId: id, roles: [role], compartments: ['open'] })
    }
    await sit(people.archivist)
    for (const { id, role } of made) {
      await context.call('accounts.deliverKeys', { accountId: id })
      const kind = role === 'checker' ? 'assigned' : 'own'
      await context.call('assignments.add', { caseId, accountId: id, kind })
    }
    for (const { role, first } of made) {
      const { name = '', password = '' } = staff.get(role) ?? {}
      await sit({ name, password: first }, password)
    }
    return `系统建账 ${made.length}，安全批准 ${made.length}，档案员移交密钥 ${made.length}`
  })

  await step('副卷与范围', async () => {
    await seat('clerk')
    const tree = await context.call('cases.tree', { caseId })
    const sub = tree.volumes.find(({ kind }) => kind === 'sub')
    const closed = sub === undefined ? 'done' : await refusal('pages.list', { volumeId: sub.id })
    expect(closed === 'VAULT_COMPARTMENT_CLOSED', `a clerk without the key of 副卷 got ${closed}`)
    await sit(people['security-officer'])
    const officer = await refusal('cases.tree', { caseId })
    expect(officer === 'ACCESS_DENIED', `an officer reading a case got ${officer}`)
    return '书记员打不开副卷，保密员看不到案件'
  })

  await step('归档后修改', async () => {
    await sit(people.archivist)
    const tree = await context.call('cases.file', { caseId })
    const item = tree.volumes.find(({ kind }) => kind === 'main')?.books[0]?.items[0]
    if (item === undefined) throw new AppError('CALL_INTERNAL', { method: 'demo' })
    const { title, documentNumber, responsible, date, templateRow } = item
    const remark = '演示：归档后更正'
    const draft = { title, documentNumber, responsible, date, templateRow, remark }
    await seat('clerk')
    const refused = await refusal('items.update', { itemId: item.id, draft })
    expect(refused === 'ACCESS_APPROVAL_NEEDED', `a change after filing got ${refused}`)
    const { id } = await context.call('approvals.request', {
      method: 'items.update',
      input: { itemId: item.id, draft },
      reason: '演示：备注有误',
    })
    await seat('handler')
    await context.call('approvals.decide', { id, approve: true })
    await sit(people.archivist)
    await context.call('approvals.execute', { id })
    await seat('checker')
    const checked = await context.call('approvals.check', { id, ok: true })
    const after = await context.call('cases.tree', { caseId })
    const changed = after.volumes.flatMap(({ books }) => books).flatMap(({ items }) => items)
    expect(
      changed.some((row) => row.id === item.id && row.remark === remark),
      'the change was not made',
    )
    expect(checked.state === 'checked', `the request ended ${checked.state}`)
    return '直接修改被拒；申请 → 审批 → 执行 → 复核，四人各一步'
  })

  await step('审计与证据', async () => {
    await sit(people.auditor)
    const { recordCount, damages } = await context.call('audit.verify', {})
    expect(damages.length === 0, `the log shows ${damages.length} damages`)
    const parent = await mkdtemp(path.join(tmpdir(), 'juanku-evidence-'))
    try {
      const { folderName } = await context.call('audit.exportEvidence', { folder: parent, filter: {} })
      const folder = path.join(parent, folderName)
      const sound = await checkerExit(folder)
      expect(sound === 0, 'the checker refuses untouched evidence')
      await appendFile(path.join(folder, 'records.jsonl'), ' ')
      const touched = await checkerExit(folder)
      expect(touched === 1, 'the checker takes evidence that was touched')
    } finally {
      await rm(parent, { recursive: true, force: true })
    }
    return `日志 ${recordCount} 条连贯；证据包独立校验通过，改动一字节即被发现`
  })
  return {
    archivist: async () => {
      await sit(people.archivist)
    },
    seat,
  }
}
