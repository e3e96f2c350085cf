import path from 'node:path'
import { expect, test } from 'vitest'
import { bringIn, PEOPLE, seat } from '../../fixtures/people.ts'
import { freshFolder, KEEPER, newId } from '../../fixtures/records-room.ts'
import { lend, lendingRoom } from '../../lending/lending-room.ts'
import { addDifference, checkedVolume, failing, prove } from './checked-volume.ts'

const SLOW = { timeout: 180_000 }

test(
  'a report of a closed volume is sealed with it, and nobody without its key sees any of it',
  SLOW,
  async () => {
    const checked = await checkedVolume(2, 'sub')
    const { room, volumeId, caseId, sql } = checked
    addDifference(checked, {}, { paperWords: '合议笔录缺第三页' })
    const reportId = await prove(checked)
    expect(await failing(checked, reportId)).toEqual({})
    expect(sql.one('SELECT compartment FROM volume_proof')?.compartment).toBe('restricted')

    const { checker } = PEOPLE
    const [id = ''] = await bringIn(room, [{ ...checker, roles: ['checker'], compartments: ['open'] }])
    await room.call('assignments.add', { caseId, accountId: id, kind: 'assigned' })
    await seat(room, checker)
    const file = path.join(await freshFolder(), 'report.json')
    const closed = { code: 'VAULT_COMPARTMENT_CLOSED' }
    expect(await room.refusal('proofs.list', { volumeId })).toMatchObject(closed)
    expect(await room.refusal('proofs.verify', { volumeId, reportId })).toMatchObject(closed)
    expect(
      await room.refusal('proofs.readiness', { volumeId, reconciliationId: checked.reconciliationId }),
    ).toMatchObject(closed)
    expect(
      (await room.refusal('proofs.export', { volumeId, reportId, format: 'json', path: file })).code,
    ).toMatch(/^(ACCESS_DENIED|VAULT_COMPARTMENT_CLOSED)$/)
    const [volume] = (await room.call('cases.tree', { caseId })).volumes
    expect(volume).toMatchObject({ readable: false, books: [] })
    expect(volume?.proof).toBeUndefined()
    await seat(room, KEEPER)
  },
)

test('a loan of some pages does not open the report of the whole volume', SLOW, async () => {
  const room = await lendingRoom()
  const { volumeId } = room
  await lend(room, { manners: ['electronic', 'copy'] })
  await room.asReader()
  const denied = { code: 'ACCESS_DENIED', details: { reason: 'out-of-scope' } }
  const file = path.join(await freshFolder(), 'report.json')
  const reportId = newId()
  expect(await room.refusal('proofs.list', { volumeId })).toMatchObject(denied)
  expect(await room.refusal('proofs.verify', { volumeId, reportId })).toMatchObject(denied)
  expect(
    await room.refusal('proofs.export', { volumeId, reportId, format: 'json', path: file }),
  ).toMatchObject(denied)
})
