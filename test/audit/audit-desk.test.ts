import { spawnSync } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { HEAD_FILE } from '../../electron/audit/index.ts'
import { freshFolder, newCase, OFFICERS, openRoom, reopen, type TestRoom } from '../fixtures/records-room.ts'

const NUMBER = '（2026）云0199民初7号'
const EVERYTHING = { filter: {} }

/** A room in which the archivist made a case, entered anew by an officer. */
async function enteredBy(officer: keyof typeof OFFICERS): Promise<TestRoom & { readonly caseId: string }> {
  const { folder, caseId } = await worked()
  return { ...(await reopen(folder, OFFICERS[officer])), caseId }
}

async function worked() {
  const room = await openRoom()
  const entered = room.desk.room().vault.account.accountName
  const archivist = entered === '档案员甲' ? room : await again(room)
  const { tree } = await newCase(archivist, NUMBER)
  await archivist.call('session.signOut', {})
  await archivist.desk.close()
  return { folder: room.folder, caseId: tree.case.id }
}

async function again(room: TestRoom): Promise<TestRoom> {
  await room.desk.close()
  return await reopen(room.folder)
}

describe('the auditor', () => {
  test('finds what was done to a case, by whom and where, and that is recorded in turn', async () => {
    const room = await enteredBy('auditor')
    const { rows } = await room.call('audit.list', { filter: { caseNumber: '民初7号' } })
    const made = rows.find(({ action }) => action === 'case.created')
    expect(made).toMatchObject({ accountName: '档案员甲', caseNumber: NUMBER, result: 'done' })
    expect(made?.role).toContain('archivist')
    expect(made?.machine).not.toBe('')
    const { rows: own } = await room.call('audit.list', { filter: { action: 'audit.read' } })
    expect(own[0]).toMatchObject({ accountName: OFFICERS.auditor.name, details: { records: rows.length } })
  })

  test('pages backwards by sequence number without a gap', async () => {
    const room = await enteredBy('auditor')
    const first = await room.call('audit.list', { ...EVERYTHING, limit: 2 })
    const before = first.rows.at(-1)?.sequence ?? 0
    const second = await room.call('audit.list', { ...EVERYTHING, before, limit: 2 })
    expect(first.more).toBe(true)
    expect(second.rows.map(({ sequence }) => sequence)).toEqual([before - 1, before - 2])
  })

  test('sees one person’s day in order', async () => {
    const room = await enteredBy('auditor')
    const { accounts, actions } = await room.call('audit.choices', {})
    const keeper = accounts.find(({ name }) => name === '档案员甲')
    expect(actions).toContain('case.created')
    const day = { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' }
    const { rows } = await room.call('audit.dayOf', { accountId: keeper?.id ?? '', ...day })
    const sequences = rows.map(({ sequence }) => sequence)
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b))
    expect(rows.map(({ action }) => action)).toContain('case.created')
  })

  test('verifies the log, which was signed as the room closed before', async () => {
    const room = await enteredBy('auditor')
    expect(await readdir(room.folder)).toContain(HEAD_FILE)
    const report = await room.call('audit.verify', {})
    expect(report.damages).toEqual([])
    expect(report.headCount).toBeGreaterThan(0)
    const signed = await room.call('audit.signHead', {})
    expect(await room.call('audit.verify', {})).toMatchObject({ damages: [], signedTo: signed.sequence })
    expect(room.faults).toEqual([])
  })

  test('exports evidence that stands on its own', async () => {
    const room = await enteredBy('auditor')
    const folder = await freshFolder()
    const made = await room.call('audit.exportEvidence', { folder, filter: { caseNumber: NUMBER } })
    const run = spawnSync(process.execPath, [path.join(folder, made.folderName, 'check.mjs')], {
      encoding: 'utf8',
    })
    expect(run.stdout + run.stderr).toContain('PASSED')
    expect(run.status).toBe(0)
  })

  test('sets a rule, gets the alarm, and closes it with a note that the log keeps', async () => {
    const room = await enteredBy('auditor')
    await room.call('audit.setRule', {
      rule: 'A2',
      enabled: true,
      thresholds: { denials: 1, minutes: 10 },
      reason: '试用期从严',
    })
    await room.refusal('cases.list', { filter: {}, offset: 0, limit: 10 })
    expect(room.events).toContainEqual({ event: 'changed', what: 'alarms' })
    const { alarms } = await room.call('audit.alarms', {})
    const alarm = alarms.find(({ rule }) => rule === 'A2')
    expect(alarm).toMatchObject({ what: 'denials', accountName: OFFICERS.auditor.name, closedAt: null })
    await room.call('audit.closeAlarm', { id: alarm?.id ?? '', note: '本人误点' })
    const { rows } = await room.call('audit.list', { filter: { action: 'alarm.closed' } })
    expect(rows[0]).toMatchObject({
      subject: `alarm:${alarm?.id}`,
      reason: '本人误点',
      details: { rule: 'A2' },
    })
    const replayed = await room.call('audit.replayRule', {
      rule: 'A2',
      thresholds: { denials: 1, minutes: 10 },
    })
    expect(replayed.findings.length).toBeGreaterThan(0)
  })
})

test('the security officer reads the log and no more; the archivist does not read it', async () => {
  const officer = await enteredBy('security')
  expect((await officer.call('audit.list', EVERYTHING)).rows.length).toBeGreaterThan(0)
  expect((await officer.refusal('audit.signHead', {})).code).toBe('ACCESS_DENIED')
  expect((await officer.refusal('audit.closeAlarm', { id: officer.caseId, note: 'x' })).code).toBe(
    'ACCESS_DENIED',
  )
  const { folder } = await worked()
  const archivist = await reopen(folder)
  expect((await archivist.refusal('audit.list', EVERYTHING)).code).toBe('ACCESS_DENIED')
})
