import path from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../electron/database.ts'
import { run } from '../fixtures/command-line.ts'
import { freshFolder, OFFICERS, openRoom, reopen } from '../fixtures/records-room.ts'

/** A closed vault, its catalogue's key, and how commands name it. */
async function closedVault() {
  const room = await openRoom()
  await room.desk.close()
  const officer = await reopen(room.folder, OFFICERS.auditor)
  const key = officer.desk.room().vault.catalogueKey()
  await officer.desk.close()
  const common = ['--vault', room.folder, '--user', OFFICERS.auditor.name, '--json']
  const { password } = OFFICERS.auditor
  return { folder: room.folder, key, common, password }
}

test('the auditor verifies the log and exports evidence by command', async () => {
  const { common, password } = await closedVault()
  const verified = await run(['audit', 'verify', ...common], { password })
  expect({ code: verified.code, err: verified.err }).toEqual({ code: 0, err: '' })
  expect(JSON.parse(verified.out)).toMatchObject({ clean: true, damages: [] })
  const into = await freshFolder()
  const exported = await run(['audit', 'export', into, ...common], { password })
  expect({ code: exported.code, err: exported.err }).toEqual({ code: 0, err: '' })
  const { folderName } = JSON.parse(exported.out) as { folderName: string }
  expect(folderName).toMatch(/^juanku-evidence-\d{8}T\d{6}Z$/)
})

test('a log with an altered record ends the command with 1 and says which', async () => {
  const { folder, key, common, password } = await closedVault()
  const database = openDatabase(path.join(folder, 'catalogue.db'), key)
  database.prepare(`UPDATE audit_record SET action = 'case.read' WHERE sequence = 2`).run()
  database.close()
  const verified = await run(['audit', 'verify', ...common], { password })
  expect(verified.code).toBe(1)
  expect(JSON.parse(verified.out)).toMatchObject({
    clean: false,
    damages: [{ kind: 'altered', sequence: 2 }],
  })
})
