import { expect, test } from 'vitest'
import { run } from '../fixtures/command-line.ts'
import { KEEPER, OFFICERS, openRoom } from '../fixtures/records-room.ts'

const CLERK = { name: 'lina', password: 'Ku-Fang-Shao-Miao-5' } as const

test('accounts are made, approved and given their keys by three people on the command line', async () => {
  const room = await openRoom()
  await room.desk.close()
  const as = async (who: { name: string; password: string }, ...words: readonly string[]) => {
    const common = ['--vault', room.folder, '--user', who.name]
    const environment = { JUANKU_NEW_PASSWORD: CLERK.password }
    return await run(['user', ...words, ...common], { password: who.password, environment })
  }
  const json = async (who: { name: string; password: string }, ...words: readonly string[]) => {
    const { code, out, err } = await as(who, ...words, '--json')
    expect({ words, code, err }).toEqual({ words, code: 0, err: '' })
    return JSON.parse(out) as unknown
  }
  const asked = ['create', CLERK.name, '--role', 'clerk', '--name', '李娜', '--staff-number', '0107']
  expect(await json(OFFICERS.system, ...asked)).toMatchObject({
    ...{ state: 'pending', roles: [], proposedRoles: ['clerk'], staffNumber: '0107' },
  })
  const own = await as(OFFICERS.system, 'approve', CLERK.name)
  expect(own).toMatchObject({ code: 3, err: expect.stringContaining('ACCESS_DENIED') })
  expect(await json(OFFICERS.security, 'approve', CLERK.name)).toMatchObject({
    ...{ state: 'active', roles: ['clerk'], keysDue: ['open'] },
  })
  expect(await json(KEEPER, 'deliver-keys', CLERK.name)).toMatchObject({ keysHeld: ['open'], keysDue: [] })
  const { out } = await as(OFFICERS.auditor, 'list')
  expect(out).toContain('lina  李娜  0107  clerk  在用 active  正卷钥')
  expect((await as(OFFICERS.system, 'create', 'x', '--role', 'judge')).code).toBe(2)
  const mixed = await as(OFFICERS.system, 'create', 'x', '--role', 'auditor', '--role', 'clerk')
  expect(mixed.err).toContain('ACCESS_ROLES_CONFLICT')
})
