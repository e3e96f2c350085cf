import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { jpegFile } from '../fixtures/good-files.ts'
import { PEOPLE, seat, staff } from '../fixtures/people.ts'
import {
  freshFolder,
  importInto,
  KEEPER,
  newCase,
  openRoom,
  type TestRoom,
} from '../fixtures/records-room.ts'

export interface FiledCase {
  readonly room: TestRoom
  readonly caseId: string
  readonly volumeId: string
  readonly itemId: string
  readonly pageIds: readonly string[]
  readonly as: (who: keyof typeof PEOPLE | 'keeper') => Promise<void>
  /** What the log says, oldest first. */
  readonly log: (action: string) => readonly Record<string, unknown>[]
}

const PARTY_NAME = '王小样（电话13812345678）'
export const ITEM_TITLE = '民事起诉状（原告身份证11010519491231002X）'

export async function scansFolder(count: number, seed = 0): Promise<string> {
  const folder = path.join(await freshFolder(), 'scans')
  await mkdir(folder)
  for (let place = 1; place <= count; place++)
    await writeFile(path.join(folder, `${place}.jpg`), await jpegFile({ seed: seed + place }))
  return folder
}

/** A case with two pages and one row, its people, not yet filed. */
export async function workedCase(): Promise<FiledCase> {
  const room = await openRoom()
  const ids = await staff(room, ['clerk', 'handler', 'checker', 'scanner'])
  const { tree, volume } = await newCase(room, '（2026）云0199民初12号', ['main'], {
    cause: '民间借贷纠纷',
    retention: 'D30',
    parties: [
      { role: 'plaintiff', name: PARTY_NAME },
      { role: 'defendant', name: '李样本' },
    ],
  })
  const caseId = tree.case.id
  for (const [who, kind] of [
    ['clerk', 'own'],
    ['handler', 'own'],
    ['checker', 'assigned'],
    ['scanner', 'assigned'],
  ] as const)
    await room.call('assignments.add', { caseId, accountId: ids[who], kind })
  await importInto(room, volume.id, [await scansFolder(2)])
  const bookId = volume.books[0]?.id ?? ''
  const item = await room.call('items.create', {
    volumeId: volume.id,
    bookId,
    draft: { title: ITEM_TITLE, date: '2026-01-02' },
  })
  const pageIds = (await room.call('pages.list', { volumeId: volume.id })).map(({ id }) => id)
  return {
    room,
    caseId,
    volumeId: volume.id,
    itemId: item.id,
    pageIds,
    as: async (who) => {
      await seat(room, who === 'keeper' ? KEEPER : PEOPLE[who])
    },
    log: (action) =>
      room.desk
        .room()
        .catalogue.sql.all('SELECT * FROM audit_record WHERE action = ? ORDER BY sequence', action),
  }
}

export async function filedCase(): Promise<FiledCase> {
  const worked = await workedCase()
  await worked.room.call('cases.file', { caseId: worked.caseId })
  return worked
}
