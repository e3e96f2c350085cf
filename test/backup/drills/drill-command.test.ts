import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { freshMedium, ran, roomWithPages } from '../../fixtures/backup-room.ts'
import { run } from '../../fixtures/command-line.ts'
import { freshFolder, KEEPER } from '../../fixtures/records-room.ts'

test('the command line holds a drill, prints its record, and refuses without a key', async () => {
  const { room } = await roomWithPages(1)
  const medium = await freshMedium(room)
  await ran(room, 'backup.run', { mediumId: medium.id, kind: 'incremental' })
  await room.desk.close()
  const desk = ['--vault', room.folder, '--user', KEEPER.name]

  const without = await run(['backup', 'drill', ...desk])
  expect(without.code).toBe(2)
  expect(without.err).toContain('--account')
  const held = await run(['backup', 'drill', '--account', KEEPER.name, '--json', ...desk], {
    environment: { JUANKU_DRILL_PASSWORD: KEEPER.password },
  })
  expect(held.code, held.err).toBe(0)
  expect(JSON.parse(held.out).drill).toMatchObject({ passed: true, mediumNumber: 'C-01' })
  const folder = path.join(await freshFolder(), 'out')
  await mkdir(folder)
  const file = path.join(folder, 'drills.pdf')
  expect((await run(['backup', 'print', 'drills', file, ...desk])).code).toBe(0)
  expect((await readFile(file)).subarray(0, 5).toString('latin1')).toBe('%PDF-')
})
