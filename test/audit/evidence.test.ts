import { spawnSync } from 'node:child_process'
import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { type EvidenceParts, exportEvidence, type RecordFilter } from '../../electron/audit/index.ts'
import { PROJECT } from '../fixtures/records-room.ts'
import { entry, freshLog, testSigner } from './chains.ts'

const ALL: RecordFilter = {
  accountId: null,
  caseNumber: '',
  from: null,
  to: null,
  action: '',
  result: null,
  text: '',
}
const CHECKER = path.join(PROJECT, 'assets/evidence/check.mjs')

async function exported(filter: Partial<RecordFilter> = {}) {
  const made = await freshLog()
  const signer = testSigner()
  for (let n = 1; n <= 20; n++) {
    made.log.append(
      entry(n, {
        caseNumber: n % 5 === 0 ? '（2026）云0199民初7号' : null,
        reason: n === 5 ? '复核 <b>' : null,
      }),
    )
    if (n === 8) made.log.signHead(signer, 'sign-out')
  }
  const parts: EvidenceParts = {
    ...{ sql: made.catalogue.sql, log: made.log, now: () => new Date(made.clock.now), checker: CHECKER },
    ...{ vaultId: 'vault1', unitName: '云州市临江区人民法院', nameOf: (id) => `姓名${id}` },
  }
  const evidence = await exportEvidence(parts, signer, { ...ALL, ...filter }, made.folder)
  const folder = path.join(made.folder, evidence.folderName)
  return { ...made, signer, evidence, folder }
}

/** Runs the copy in the folder, with plain Node and from elsewhere. */
function check(folder: string, ...more: string[]) {
  const run = spawnSync(process.execPath, [path.join(folder, 'check.mjs'), ...more], {
    cwd: '/',
    encoding: 'utf8',
  })
  return { status: run.status, output: run.stdout + run.stderr }
}

describe('evidence', () => {
  test('stands in one folder that its own checker accepts', async () => {
    const { folder, evidence } = await exported()
    expect((await readdir(folder)).sort()).toEqual(
      [
        'README.md',
        'check.mjs',
        'evidence.json',
        'heads.jsonl',
        'keys.json',
        'records.jsonl',
        'report.html',
      ].sort(),
    )
    const { status, output } = check(folder)
    expect(output).toContain('校验通过')
    expect(output).toContain(evidence.fingerprint)
    expect(status).toBe(0)
    expect(check(folder, '--key', evidence.fingerprint).status).toBe(0)
    expect(check(folder, '--key', 'AAAA-BBBB')).toMatchObject({ status: 1 })
    const report = await readFile(path.join(folder, 'report.html'), 'utf8')
    expect(report).toContain('复核 &#60;b&#62;')
  })

  test('of one case shows nothing of the records between, and still proves the chain across them', async () => {
    const { folder, evidence } = await exported({ caseNumber: '民初7号' })
    expect(evidence).toMatchObject({ from: 5, to: 20, shownCount: 4 })
    const lines = (await readFile(path.join(folder, 'records.jsonl'), 'utf8')).trimEnd().split('\n')
    expect(lines).toHaveLength(16)
    expect(lines.filter((line) => line.includes('"action"'))).toHaveLength(4)
    expect(check(folder)).toMatchObject({ status: 0 })
  })

  test('goes no further than the first signed head that covers it', async () => {
    const { evidence, folder } = await exported({ to: new Date(Date.UTC(2026, 2, 4, 2, 0, 7)).toISOString() })
    expect(evidence).toMatchObject({ from: 1, to: 8 })
    expect(check(folder).status).toBe(0)
  })

  test.each(['records.jsonl', 'heads.jsonl'])(
    'is rejected after any one changed byte of %s',
    { timeout: 240_000 },
    async (name) => {
      const { folder } = await exported({ caseNumber: '民初7号' })
      const file = path.join(folder, name)
      const sound = await readFile(file)
      const places = Array.from({ length: 10 }, (_, n) => Math.floor((n * (sound.length - 1)) / 9))
      for (const place of places) {
        const bytes = Buffer.from(sound)
        bytes[place] = (bytes[place] ?? 0) ^ 1
        await writeFile(file, bytes)
        const { status, output } = check(folder)
        expect([place, status]).toEqual([place, 1])
        expect(output).toContain('FAILED')
        expect(output).toContain('校验不通过')
      }
      await writeFile(file, sound)
      expect(check(folder).status).toBe(0)
    },
  )

  test('is rejected with its end cut off, a record left out, a record hidden, or the report changed', async () => {
    const { folder } = await exported()
    const copies = { cut: 0, dropped: 0, hidden: 0, report: 0 }
    for (const kind of Object.keys(copies) as (keyof typeof copies)[]) {
      const copy = `${folder}-${kind}`
      await cp(folder, copy, { recursive: true })
      const file = path.join(copy, kind === 'report' ? 'report.html' : 'records.jsonl')
      const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
      if (kind === 'cut') lines.pop()
      if (kind === 'dropped') lines.splice(3, 1)
      if (kind === 'hidden')
        lines[3] = JSON.stringify({ sequence: 4, lineDigest: '0'.repeat(64), hash: '0'.repeat(64) })
      if (kind === 'report') lines.push('<p>x</p>')
      await writeFile(file, `${lines.join('\n')}\n`)
      expect([kind, check(copy).status]).toEqual([kind, 1])
    }
  })

  test('is used wrongly with exit code 2', async () => {
    const { folder } = await exported()
    expect(check(folder, 'a', 'b').status).toBe(2)
  })
})
