import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { PERMISSIONS, ROLES } from '../../shared/domain/permission.ts'
import { seat } from '../fixtures/people.ts'
import { freshFolder, KEEPER, OFFICERS, openRoom } from '../fixtures/records-room.ts'

describe('the matrix of roles', () => {
  test('goes out as a PDF, a table and data, and each is recorded', async () => {
    const room = await openRoom()
    await seat(room, OFFICERS.auditor)
    const folder = await freshFolder()
    const written = async (format: 'pdf' | 'csv' | 'json') => {
      const file = path.join(folder, `matrix.${format}`)
      expect(await room.call('roles.export', { file, format })).toEqual({ fileName: `matrix.${format}` })
      return await readFile(file)
    }
    const pdf = await written('pdf')
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    const csv = (await written('csv')).toString('utf8').trimEnd().split('\r\n')
    expect(csv[0]).toBe(
      '\uFEFF领域,权限,Permission,代码,系统管理员,安全保密管理员,安全审计员,档案管理员,扫描员,质检员,承办人,书记员,借阅人',
    )
    expect(csv).toHaveLength(PERMISSIONS.length + 1)
    const data = JSON.parse((await written('json')).toString('utf8')) as { matrix: Record<string, unknown> }
    expect(Object.keys(data.matrix).sort()).toEqual([...ROLES].sort())
    const rows = room.desk
      .room()
      .catalogue.sql.all(`SELECT action FROM audit_record WHERE action = 'role.matrix-exported'`)
    expect(rows).toHaveLength(3)
  })

  test('cannot be edited so that an officer sees cases, or anybody else has the officers’ rights', async () => {
    const room = await openRoom()
    await seat(room, OFFICERS.security)
    const refused = async (role: string, permission: string) =>
      await room.refusal('roles.setGrants', {
        ...{ role, grants: [{ permission, scope: 'all' }], reason: '试' },
      })
    const foreign = { code: 'ACCESS_ROLES_CONFLICT', details: { reason: 'grant' } }
    expect(await refused('security-officer', 'page.read')).toMatchObject(foreign)
    expect(await refused('archivist', 'right.grant')).toMatchObject(foreign)
    expect(await refused('auditor', 'account.approve')).toMatchObject(foreign)
  })

  test('goes out to nobody without the right to see rights', async () => {
    const room = await openRoom()
    await seat(room, KEEPER)
    const file = path.join(await freshFolder(), 'matrix.csv')
    expect((await room.refusal('roles.export', { file, format: 'csv' })).code).toBe('ACCESS_DENIED')
  })
})
