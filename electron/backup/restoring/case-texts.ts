import { join } from 'node:path'
import { writeFileAtomically } from '../../atomic-write.ts'
import { type Catalogue, number, type Statements, statementsOf, text } from '../../catalogue/index.ts'
import { openDatabase } from '../../database.ts'
import { openTextShelf, TEXT_FILES } from '../../search/index.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'
import type { FileEntry } from '../repository/documents.ts'
import { bytesOf } from '../repository/restore-set.ts'

interface TextParts {
  readonly vault: Pick<OpenVault, 'compartments' | 'textKey'>
  readonly catalogue: Catalogue
  readonly set: { readonly folder: string; readonly files: readonly FileEntry[] }
  readonly target: string
  /** Where the whole files lie while they are cut. */
  readonly place: string
  readonly now: () => Date
}

const INDEX = 'page_index'
const STATE = 'shelf_state'

/** Takes out what is not of the pages and volumes that the catalogue still has. */
function keepTexts(sql: Statements, catalogue: Catalogue): void {
  sql.run('CREATE TEMP TABLE kept (id TEXT PRIMARY KEY) WITHOUT ROWID')
  for (const table of ['page', 'volume'])
    for (const row of catalogue.sql.each(`SELECT id FROM ${table}`))
      sql.run('INSERT INTO kept VALUES (?)', text(row, 'id'))
  sql.transaction(() => {
    sql.run('DELETE FROM page_text WHERE page_id NOT IN (SELECT id FROM kept)')
    const others = sql.all(
      `SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'
         AND name NOT IN ('page_text', ?) AND name NOT GLOB ?`,
      ...[STATE, `${INDEX}*`],
    )
    for (const name of others.map((row) => text(row, 'name'))) {
      const columns = sql.all('SELECT name FROM pragma_table_info(?)', name).map((row) => text(row, 'name'))
      // What says neither page nor volume nor a version that is kept goes: nobody could say whose it is.
      const kept = columns.includes('page_id')
        ? 'page_id IN (SELECT id FROM kept)'
        : columns.includes('volume_id')
          ? 'volume_id IN (SELECT id FROM kept)'
          : columns.includes('version_id')
            ? 'version_id IN (SELECT version_id FROM page_text)'
            : '0'
      sql.run(`DELETE FROM "${name}" WHERE NOT (${kept})`)
    }
    sql.run(`INSERT INTO ${INDEX} (${INDEX}) VALUES ('delete-all')`)
  })
}

/** How many texts went along, and of which compartments none could: they are read anew from the pages. */
export interface CutTexts {
  readonly texts: number
  readonly leftOut: readonly Compartment[]
}

/**
 * Puts the texts of what the catalogue has into the folder, those of one compartment after the other. Without its key
 * a compartment's texts cannot be told apart: they stay behind, and the pages wait to be read.
 */
export async function cutTexts(parts: TextParts): Promise<CutTexts> {
  const { vault, catalogue, set, target, place } = parts
  const leftOut: Compartment[] = []
  let texts = 0
  for (const [compartment, file] of Object.entries(TEXT_FILES) as [Compartment, string][]) {
    const entry = set.files.find(({ name }) => name === file)
    if (entry === undefined) continue
    if (!vault.compartments.has(compartment)) {
      leftOut.push(compartment)
      catalogue.sql.run(
        `UPDATE page_reading SET state = 'waiting' WHERE compartment = ? AND state = 'read'`,
        compartment,
      )
      continue
    }
    await writeFileAtomically(join(place, file), bytesOf(set.folder, entry))
    const journal = set.files.find(({ name }) => name === `${file}-wal`)
    if (journal !== undefined)
      await writeFileAtomically(join(place, journal.name), bytesOf(set.folder, journal))
    const key = vault.textKey(compartment)
    const database = openDatabase(join(place, file), key)
    key.fill(0)
    try {
      const sql = statementsOf(database)
      keepTexts(sql, catalogue)
      sql.run('VACUUM INTO ?', join(target, file))
      texts += number(sql.one('SELECT count(*) AS n FROM page_text') ?? {}, 'n')
    } finally {
      database.close()
    }
    indexTexts(parts, compartment)
  }
  return { texts, leftOut }
}

function indexTexts({ vault, catalogue, target, now }: TextParts, compartment: Compartment): void {
  const { compartments, textKey } = vault
  const shelf = openTextShelf({
    vault: { folder: target, compartments, textKey },
    places: catalogue.search,
    now,
    onLost: () => undefined,
  })
  try {
    let above: number | null = 0
    do above = shelf.rebuildSome(compartment, above).next
    while (above !== null)
  } finally {
    shelf.close()
  }
}
