import { execFileSync, spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { restoreSnapshot } from '../../../electron/backup/repository/restore-set.ts'
import { flipBit, freshMedium, importPages, objectsIn, ran, setFolderOf } from '../../fixtures/backup-room.ts'
import {
  FOUNDERS,
  freshFolder,
  newCase,
  PROJECT,
  reopen,
  type TestRoom,
  testDesk,
} from '../../fixtures/records-room.ts'

const PYTHON = '/usr/bin/python3'

function obstacleOf(program: string, ...words: readonly string[]): string | undefined {
  const { status, error } = spawnSync(program, words, { stdio: 'ignore' })
  return error === undefined && status === 0 ? undefined : `needs ${[program, ...words].join(' ')}`
}
const noPython = obstacleOf(PYTHON, '-c', 'import cryptography.hazmat.primitives.kdf.hkdf')
/** Older ones know other ciphers: Debian 12 has 3.4. */
const noSqlcipher = (() => {
  const { stdout } = spawnSync('sqlcipher', [':memory:', 'PRAGMA cipher_version;'], { encoding: 'utf8' })
  return /^4\./m.test(stdout ?? '') ? undefined : 'needs sqlcipher 4'
})()

/** A vault with pages, backed up, its room closed: what is left is the medium and the shares. */
async function lostVault() {
  const desk = await testDesk()
  const folder = path.join(await freshFolder(), 'vault')
  const created = await desk.call('vault.create', {
    ...{ folder, unitName: '云州市临江区人民法院', accounts: FOUNDERS },
  })
  await desk.call('vault.finishSetup', {})
  const room: TestRoom = { ...desk, folder }
  const { volume } = await newCase(room, '（2024）云0199民初9号')
  await importPages(room, volume.id, 2)
  const medium = await freshMedium(room)
  expect((await ran(room, 'backup.run', { mediumId: medium.id, kind: 'incremental' })).state).toBe(
    'succeeded',
  )
  const [row] = await room.call('backup.list', {})
  const page = room.desk
    .room()
    .catalogue.sql.one('SELECT object_name, sha256 FROM page_version ORDER BY id LIMIT 1')
  const key = room.desk.room().vault.catalogueKey().toString('hex')
  await desk.desk.close()
  return {
    ...{ set: setFolderOf(medium), folder, key, shares: created.shares.map(({ text }) => text) },
    ...{ snapshotId: row?.snapshotId ?? '', object: String(page?.object_name), sha256: String(page?.sha256) },
  }
}

/** A program of the note as it lies on the medium, saved as the note says. */
async function programOf(set: string, name: string): Promise<string> {
  const note = await readFile(path.join(set, 'README.txt'), 'utf8')
  const body = new RegExp(`---- ${name} -+\\r\\n([\\s\\S]*?)\\r\\n---- end`).exec(note)?.[1]
  if (body === undefined) throw new Error(`no ${name} in the note`)
  const file = path.join(await freshFolder(), name)
  await writeFile(file, body)
  return file
}

const python = (file: string, ...words: readonly string[]) =>
  spawnSync(PYTHON, [file, ...words], { maxBuffer: 2 ** 24 })

describe.skipIf(noPython !== undefined)(
  `restoring with the note on the medium alone${noPython === undefined ? '' : ` (skipped: ${noPython})`}`,
  () => {
    test('its programs restore a vault, open a page with two shares, and the program opens the result', async () => {
      const lost = await lostVault()
      const target = path.join(await freshFolder(), 'restored')
      const restored = python(await programOf(lost.set, 'restore.py'), lost.set, lost.snapshotId, target)
      expect({ status: restored.status, said: restored.stderr.toString() }).toEqual({ status: 0, said: '' })
      expect(await objectsIn(target)).toEqual(await objectsIn(lost.folder))

      const open = await programOf(lost.set, 'open.py')
      const [one = '', , three = ''] = lost.shares
      expect(python(open, target, three, one).stdout.toString().trim()).toBe(lost.key)
      const { stdout: image } = python(open, target, one, three, lost.object)
      const digest = execFileSync('sha256sum', { input: image }).toString().slice(0, 64)
      expect(digest).toBe(lost.sha256)

      const room = await reopen(target)
      expect(await room.call('vault.info', {})).toMatchObject({ caseCount: 1, pageCount: 2 })
    })

    test('the program for restoring names what is damaged and keeps the rest', async () => {
      const lost = await lostVault()
      await flipBit(path.join(lost.set, 'objects', lost.object.slice(0, 2), lost.object))
      const target = path.join(await freshFolder(), 'restored')
      const { status, stdout } = python(
        await programOf(lost.set, 'restore.py'),
        ...[lost.set, lost.snapshotId, target],
      )
      expect(status).toBe(1)
      expect(stdout.toString()).toContain(lost.object)
      expect((await objectsIn(target)).length).toBe((await objectsIn(lost.folder)).length - 1)
    })

    test('the program that opens is the one of the vault’s own format', async () => {
      const page = await readFile(path.join(PROJECT, 'electron/vault/FORMAT.md'), 'utf8')
      const note = await readFile(path.join(PROJECT, 'assets/backup/README.txt'), 'utf8')
      expect(note).toContain(page.split('```python\n')[1]?.split('\n```')[0] ?? '\0')
    })
  },
)

describe.skipIf(noSqlcipher !== undefined)(
  `the catalogue in genuine SQLCipher${noSqlcipher === undefined ? '' : ` (skipped: ${noSqlcipher})`}`,
  () => {
    test('opens with the recovered key, is whole and names its pages', async () => {
      const lost = await lostVault()
      const target = path.join(await freshFolder(), 'restored')
      await restoreSnapshot(lost.set, lost.snapshotId, { target })
      const input = `PRAGMA key = "x'${lost.key}'";\nPRAGMA integrity_check;\nSELECT object_name FROM page_version ORDER BY id LIMIT 1;\n`
      const told = execFileSync('sqlcipher', ['-batch', path.join(target, 'catalogue.db')], {
        input,
      }).toString()
      expect(told.trim().split('\n').slice(-2)).toEqual(['ok', lost.object])
    })
  },
)
