import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { BACKUP_REGISTERS } from '../../../shared/contract/backup.ts'
import { freshMedium, ran, roomWithPages } from '../../fixtures/backup-room.ts'
import { freshFolder, KEEPER, type TestRoom } from '../../fixtures/records-room.ts'

/** Something of everything that a register tells. */
async function roomWithHistory() {
  const { room } = await roomWithPages(2)
  const medium = await freshMedium(room)
  await ran(room, 'backup.run', { mediumId: medium.id, kind: 'incremental' })
  const [row] = await room.call('backup.list', {})
  const { jobId } = await room.call('drills.run', {
    ...{ mediumId: medium.id, snapshotId: row?.snapshotId ?? '', scenario: '主机硬盘损坏' },
    key: { way: 'password', accountName: KEEPER.name, password: KEEPER.password },
  })
  expect((await room.ended(jobId)).state).toBe('succeeded')
  await room.call('media.note', { mediumId: medium.id, event: 'moved', toPlace: '库房二柜' })
  await room.call('media.note', {
    ...{ mediumId: medium.id, event: 'inspected', sampled: 20, unreadable: 0, note: '外观完好' },
  })
  return { room, medium, row, folder: await freshFolder() }
}

function table(text: string): readonly (readonly string[])[] {
  return text
    .replace('\uFEFF', '')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(',').map((cell) => cell.replace(/^"|"$/g, '')))
}

async function written(
  room: TestRoom,
  register: (typeof BACKUP_REGISTERS)[number],
  format: 'pdf' | 'csv',
  folder: string,
) {
  const target = path.join(folder, `${register}.${format}`)
  const answer = await room.call('backupForms.write', { register, format, target })
  return { ...answer, bytes: await readFile(target) }
}

test('every register is written as a PDF and as a table, with what was registered in it', async () => {
  const { room, medium, row, folder } = await roomWithHistory()
  const csv: Record<string, readonly (readonly string[])[]> = {}
  for (const register of BACKUP_REGISTERS) {
    const pdf = await written(room, register, 'pdf', folder)
    expect(pdf.bytes.subarray(0, 5).toString('latin1'), register).toBe('%PDF-')
    const { bytes, rows } = await written(room, register, 'csv', folder)
    csv[register] = table(bytes.toString('utf8'))
    expect(csv[register].length, register).toBe(rows + 1)
  }
  const cell = (register: string, title: string, at = 1) =>
    csv[register]?.[at]?.[csv[register][0]?.indexOf(title) ?? -1]
  expect(cell('backups', '编号')).toBe(row?.snapshotId)
  expect(cell('backups', '摘要根值（SHA-256）')).toBe(row?.objectsSha256)
  expect(cell('backups', '备份文件值（SHA-256）')).toBe(row?.snapshotSha256)
  expect(cell('backups', '校验结果')).toContain('完好')
  expect(cell('media', '编号')).toBe(medium.number)
  expect(cell('media', '存放地')).toBe('库房二柜')
  expect(csv['media-events']?.slice(1).map(([, , , event]) => event)).toEqual(['登记启用', '出入库'])
  expect(cell('inspections', '抽样数')).toBe('20')
  expect(csv.migrations).toHaveLength(1)
  expect(csv.policy).toHaveLength(10)
  expect(cell('drills', '结果')).toBe('通过')
  expect(cell('drills', '编号')).toBe(`${new Date().getFullYear()}-0001`)
})

test('the sheet of one drill carries the signed record', async () => {
  const { room, folder } = await roomWithHistory()
  const [drill] = await room.call('drills.list', {})
  const target = path.join(folder, 'drill.pdf')
  const { rows } = await room.call('backupForms.write', {
    ...{ register: 'drills', format: 'pdf', target, drillId: drill?.id },
  })
  expect(rows).toBe(1)
  expect((await readFile(target)).toString('latin1')).toContain('juanku-drills.json')
  const strange = { register: 'drills', format: 'pdf', target, drillId: '01J00000000000000000000009' }
  expect((await room.refusal('backupForms.write', strange)).code).toBe('CATALOGUE_NOT_FOUND')
})
