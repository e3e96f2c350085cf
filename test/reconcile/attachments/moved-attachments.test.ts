import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { pngFile, textPdf } from '../../fixtures/good-files.ts'
import { bringIn, seat } from '../../fixtures/people.ts'
import { CLIENT, checkVault, freshFolder, KEEPER } from '../../fixtures/records-room.ts'
import { type SettlingRoom, settlingRoom } from '../settling/settling-room.ts'

const NAME = '评议笔录抄件.pdf'
/** Checks, without the key of 副卷. */
const OUTSIDER = { name: '核对员壬', password: 'Magpie-64-saffron', own: 'Badger-27-linen-cup' } as const
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** SHA-256 of all that the open key opens. */
async function openContents({ room }: SettlingRoom): Promise<ReadonlySet<string>> {
  const { objects } = room.desk.room().vault
  const contents = new Set<string>()
  for await (const { name } of objects.list()) {
    if ((await objects.claimedCompartment(name)) !== 'open') continue
    const reader = await objects.open('open', name)
    contents.add(hash(await reader.readAll()))
    await reader.close()
  }
  return contents
}

test('what is attached to a page that goes to 副卷 goes with it, its name too; undoing brings it back', async () => {
  const settling = await settlingRoom(4, false)
  const { room, caseId, volumeId, reconciliationId } = settling
  const newcomer = { name: OUTSIDER.name, password: OUTSIDER.password }
  const [accountId = ''] = await bringIn(room, [{ ...newcomer, roles: ['checker'], compartments: ['open'] }])
  await room.call('assignments.add', { caseId, accountId, kind: 'assigned' })
  const { catalogue, vault } = room.desk.room()
  const [page, other] = await settling.pages()
  if (!page || !other) throw new Error('pages')
  settling.file([
    settling.found('D10', `D10|page:${page.id}`, { pageId: page.id, versionId: page.versionId }),
    settling.found('D22', `D22|page:${other.id}`, { pageId: other.id, versionId: other.versionId }),
  ])
  const rows = await settling.rows()
  const [moving, staying] = ['D10', 'D22'].map((type) => rows.find((row) => row.type === type))
  if (!moving || !staying) throw new Error('rows')
  await settling.judge(moving, 'move-volume')
  const folder = await freshFolder()
  const pdf = await textPdf(2)
  const png = await pngFile()
  await writeFile(path.join(folder, NAME), pdf)
  await writeFile(path.join(folder, '破损.png'), png)
  const attach = (differenceId: string, name: string) =>
    room.call('differences.attach', { volumeId, differenceId, paths: [path.join(folder, name)] })
  const [first] = (await attach(moving.id, NAME)).attachments
  await attach(staying.id, '破损.png')
  const hashes = () =>
    catalogue.sql
      .all('SELECT sha256 FROM attachment_page WHERE attachment_id = ?', first?.id ?? '')
      .map(({ sha256 }) => String(sha256))
  const mine = [hash(pdf), ...hashes()]
  const before = await openContents(settling)
  expect(mine.every((sha256) => before.has(sha256))).toBe(true)
  const shown = async () =>
    (await settling.rows()).find(({ id }) => id === moving.id)?.attachments.map(({ id, ...rest }) => rest)
  const kept = await shown()

  const { steps } = await room.call('settlements.propose', { volumeId, reconciliationId })
  const plan = await room.call('settlements.prepare', { volumeId, reconciliationId, steps })
  await room.call('settlements.apply', { volumeId, planId: plan.id })
  const after = await openContents(settling)
  expect(mine.filter((sha256) => after.has(sha256))).toEqual([])
  expect(after.has(hash(png))).toBe(true)
  const row = () =>
    catalogue.sql.one('SELECT * FROM difference_attachment WHERE id = ?', first?.id ?? '') ?? {}
  const label = `attachment|${first?.id}`
  const open = () => vault.openDraft({ label, compartment: 'open' }, row().content as Uint8Array)
  expect(open).toThrow()
  expect(await shown()).toEqual(kept)
  // A sheet that is attached now belongs there as well.
  await writeFile(path.join(folder, '后补.png'), await pngFile({ seed: 9 }))
  await attach(moving.id, '后补.png')
  expect(
    catalogue.sql.all(
      'SELECT DISTINCT compartment FROM difference_attachment WHERE difference_id = ?',
      moving.id,
    ),
  ).toEqual([{ compartment: 'restricted' }])
  expect((await checkVault(room)).problems).toEqual([])

  // Without the key of 副卷 there is a file, and nothing of it to be seen.
  const pageId = first?.pages[0]?.versionId ?? ''
  await seat(room, OUTSIDER)
  const blind = (await settling.rows()).find(({ id }) => id === moving.id)?.attachments
  expect(blind).toMatchObject([
    { name: '', pages: [], readable: false },
    { name: '', pages: [], readable: false },
  ])
  expect((await room.desk.page(CLIENT, pageId, 'view', null)).ok).toBe(false)
  await seat(room, KEEPER)

  await room.call('settlements.undo', { volumeId, planId: plan.id, reason: '不是副卷材料' })
  const back = await openContents(settling)
  expect(mine.every((sha256) => back.has(sha256))).toBe(true)
  expect((await shown())?.[0]).toEqual(kept?.[0])
  const compartments = room.desk
    .room()
    .catalogue.sql.all(
      'SELECT compartment FROM difference_attachment UNION SELECT compartment FROM attachment_page',
    )
  expect(compartments).toEqual([{ compartment: 'open' }])
  expect((await checkVault(room)).problems).toEqual([])
})
