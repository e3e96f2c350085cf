import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import path from 'node:path'
import {
  type AuditEntry,
  type AuditLogOptions,
  auditLog,
  fileWitness,
  HEAD_FILE,
  type HeadSigner,
} from '../../electron/audit/index.ts'
import type { Catalogue, Row } from '../../electron/catalogue/index.ts'
import { freshCatalogue } from '../fixtures/catalogue/open.ts'

export const DAY_MS = 86_400_000

/** A signer as the vault gives one, with a key of this moment. */
export function testSigner(accountId = 'auditor1'): HeadSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  return { accountId, publicKey: raw, sign: (bytes) => signWith(privateKey, bytes) }
}

const signWith = (key: KeyObject, bytes: Uint8Array) => sign(null, bytes, key)

export function entry(n: number, more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    action: n % 2 === 0 ? 'case.created' : 'access.denied',
    accountId: n % 3 === 0 ? null : `account${n % 2}`,
    sessionId: `session${n % 2}`,
    subject: `case:${n}`,
    result: n % 2 === 0 ? 'done' : 'refused',
    code: n % 2 === 0 ? null : 'ACCESS_DENIED',
    details: { place: n, 'with "quotes"': true, none: null },
    ...more,
  }
}

/** A log of its own with a clock that the test moves. */
export async function freshLog(options: AuditLogOptions = {}) {
  const { catalogue, file } = await freshCatalogue()
  const folder = path.dirname(file)
  const clock = { now: Date.UTC(2026, 2, 4, 2), step: 1_000 }
  const places = {
    headFile: path.join(folder, HEAD_FILE),
    witness: fileWitness(path.join(folder, 'workstation', 'witness.json')),
  }
  const open = (more: AuditLogOptions = {}) =>
    auditLog(
      catalogue.sql,
      () => {
        clock.now += clock.step
        return new Date(clock.now)
      },
      { vaultId: 'vault1', ...places, machine: 'desk-1', osUser: 'keeper', ...options, ...more },
    )
  return { catalogue, folder, clock, places, log: open(), open }
}

export const rowsOf = (catalogue: Catalogue) =>
  catalogue.sql.all('SELECT * FROM audit_record ORDER BY sequence')

/** Puts these rows in place of all there are, as somebody with the key and an SQL prompt would. */
export function replaceAll(catalogue: Catalogue, rows: readonly Row[]): void {
  catalogue.transaction(() => {
    catalogue.sql.run('DELETE FROM audit_record')
    for (const row of rows) {
      const columns = Object.keys(row)
      catalogue.sql.run(
        `INSERT INTO audit_record (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
        ...columns.map((column) => row[column] as string | number | Uint8Array | null),
      )
    }
  })
}

export const numbered = (rows: readonly Row[]) => rows.map((row, place) => ({ ...row, sequence: place + 1 }))
