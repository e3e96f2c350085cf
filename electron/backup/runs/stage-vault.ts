import { copyFileSync, existsSync, statSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { JOURNAL_FILE } from '../../access/index.ts'
import { HEAD_FILE } from '../../audit/index.ts'
import { number, type ObjectRow, objectRows, statementsOf, text } from '../../catalogue/index.ts'
import { openDatabaseToRead } from '../../database.ts'
import { withSystemErrors } from '../../errno.ts'
import { TEXT_FILES } from '../../search/index.ts'
import { type Compartment, HEADER_FILE } from '../../vault/index.ts'
import type { BackupRoom } from '../backup-room.ts'
import type { VaultFile } from '../repository/back-up.ts'
import type { SnapshotDocument } from '../repository/documents.ts'
import { CATALOGUE_FILE } from '../repository/layout.ts'
import { hasAllParts } from '../repository/store-file.ts'

/** The vault as it was at one moment, beside its objects: copies at rest, and what the catalogue's copy says. */
export interface StagedVault {
  readonly files: readonly VaultFile[]
  readonly counts: { readonly cases: number; readonly volumes: number; readonly pages: number }
  readonly audit: { readonly records: number; readonly head: string }
  /** 案号区间, in the order of the numbers. */
  readonly firstCase: string
  readonly lastCase: string
  /** What the copy of the catalogue names, of one group of names. */
  readonly objects: (group: string) => Iterable<ObjectRow>
  /** Removes the copies. */
  readonly close: () => Promise<void>
}

interface Stand {
  readonly size: number
  readonly changedMs: number
}

/** By this an unchanged database is known; what waits in its journal beside it counts. */
function standOf(file: string): Stand | undefined {
  const main = statSync(file, { throwIfNoEntry: false })
  if (main === undefined) return undefined
  const journal = statSync(`${file}-wal`, { throwIfNoEntry: false })
  const waiting = journal !== undefined && journal.size > 0 ? journal : undefined
  return {
    size: main.size + (waiting?.size ?? 0),
    changedMs: Math.round(Math.max(main.mtimeMs, waiting?.mtimeMs ?? 0)),
  }
}

/**
 * Makes copies under the vault's `incoming/`. The catalogue, the heads of the log and the header are taken in one go,
 * so that they belong together. A text file whose compartment the account may not open is nobody's in this room, and
 * is copied as it lies.
 */
export async function stageVault(
  room: Pick<BackupRoom, 'vault' | 'catalogue' | 'texts'>,
  name: string,
  before: { readonly folder: string; readonly snapshot: SnapshotDocument } | undefined,
): Promise<StagedVault> {
  const { vault } = room
  const folder = join(vault.folder, 'incoming', name)
  const remove = () => rm(folder, { recursive: true, force: true })
  await withSystemErrors('backup.stage', async () => {
    await remove()
    await mkdir(folder, { recursive: true, mode: 0o700 })
  })
  try {
    const files = await withSystemErrors('backup.stage', async () => {
      const catalogue: VaultFile = { name: CATALOGUE_FILE, path: join(folder, CATALOGUE_FILE) }
      room.catalogue.sql.run('VACUUM INTO ?', catalogue.path)
      const plain = [HEAD_FILE, JOURNAL_FILE, HEADER_FILE].flatMap((file): VaultFile[] => {
        if (!existsSync(join(vault.folder, file))) return []
        copyFileSync(join(vault.folder, file), join(folder, file))
        return [{ name: file, path: join(folder, file) }]
      })
      return [catalogue, ...plain]
    })
    for (const [compartment, file] of Object.entries(TEXT_FILES) as [Compartment, string][])
      files.push(...(await stageTexts(room, folder, { compartment, file }, before)))

    const key = vault.catalogueKey()
    const database = openDatabaseToRead(join(folder, CATALOGUE_FILE), key)
    key.fill(0)
    const sql = statementsOf(database)
    const one = (question: string) => sql.one(question) ?? {}
    const count = (what: string) => number(one(`SELECT count(*) AS n FROM ${what}`), 'n')
    const end = sql.one('SELECT sequence, hash FROM audit_tail')
    const numberAt = (order: string) =>
      sql.one(`SELECT number FROM case_file ORDER BY number_sort ${order}, id ${order} LIMIT 1`)
    const [first, last] = [numberAt('ASC'), numberAt('DESC')]
    return {
      files,
      counts: {
        cases: count('case_file'),
        volumes: count('volume'),
        pages: count('page WHERE withdrawn_at IS NULL'),
      },
      audit: {
        records: Number(end?.sequence ?? 0),
        head: end?.hash instanceof Uint8Array ? Buffer.from(end.hash).toString('hex') : '0'.repeat(64),
      },
      firstCase: first === undefined ? '' : text(first, 'number'),
      lastCase: last === undefined ? '' : text(last, 'number'),
      objects: (group) => objectRows(sql, group),
      close: async () => {
        database.close()
        await withSystemErrors('backup.stage', remove)
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}

async function stageTexts(
  { vault, texts }: Pick<BackupRoom, 'vault' | 'texts'>,
  folder: string,
  { compartment, file }: { readonly compartment: Compartment; readonly file: string },
  before: { readonly folder: string; readonly snapshot: SnapshotDocument } | undefined,
): Promise<readonly VaultFile[]> {
  const live = join(vault.folder, file)
  if (!existsSync(live)) return []
  const open = vault.compartments.has(compartment)
  // What waits in the journal goes into the file, so that a file that nobody wrote to keeps its length and time.
  if (open) texts.sql(compartment).all('PRAGMA wal_checkpoint(TRUNCATE)')
  const unchangedSince = standOf(live)
  const known = before?.snapshot.files.find((entry) => entry.name === file)
  if (
    before !== undefined &&
    known?.source !== undefined &&
    known.source.size === unchangedSince?.size &&
    known.source.changedMs === unchangedSince.changedMs &&
    (await hasAllParts(before.folder, known))
  ) {
    const journal = before.snapshot.files.find((entry) => entry.name === `${file}-wal`)
    const beside = journal === undefined ? [] : [{ name: journal.name, path: `${live}-wal` }]
    return [{ name: file, path: live, unchangedSince }, ...beside]
  }
  const path = join(folder, file)
  return await withSystemErrors('backup.stage', async () => {
    if (open) {
      texts.sql(compartment).run('VACUUM INTO ?', path)
      return [{ name: file, path, unchangedSince }]
    }
    copyFileSync(live, path)
    const journal = statSync(`${live}-wal`, { throwIfNoEntry: false })
    if (journal === undefined || journal.size === 0) return [{ name: file, path, unchangedSince }]
    copyFileSync(`${live}-wal`, `${path}-wal`)
    return [
      { name: file, path, unchangedSince },
      { name: `${file}-wal`, path: `${path}-wal` },
    ]
  })
}
