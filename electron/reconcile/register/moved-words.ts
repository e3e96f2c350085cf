import { type Catalogue, text } from '../../catalogue/index.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'
import type { NotedWords } from '../sheets/moved-notes.ts'
import { NO_WORDS, openWords, sealWords } from './sealed-words.ts'

const other = (compartment: Compartment): Compartment => (compartment === 'open' ? 'restricted' : 'open')

/** Sheets that a person missed behind a page stand in the register by themselves, in the words noted at that page. */
function ofNotes({ sql }: Catalogue, vault: OpenVault, noted: readonly NotedWords[]): readonly string[] {
  return noted.flatMap(({ reconciliationId, note }) =>
    note === ''
      ? []
      : sql
          .all(
            `SELECT * FROM difference WHERE reconciliation_id = ? AND type = 'D01' AND page_id IS NULL
               AND paper_page_id IS NULL`,
            reconciliationId,
          )
          .flatMap((row) => {
            const id = text(row, 'id')
            const compartment = text(row, 'compartment') as Compartment
            const [sealed, place] =
              row.moved_content instanceof Uint8Array
                ? [row.moved_content, other(compartment)]
                : [row.content instanceof Uint8Array ? row.content : null, compartment]
            return openWords(vault, place, id, sealed).paperWords === note ? [id] : []
          }),
  )
}

/**
 * Differences about a page that goes into another compartment (`ids`: the page's and those of the paper that shows it;
 * `noted`: what was noted at it): their words that tell of it are sealed there, and come back with it. The rest of the register's row stays.
 */
export function moveWords(
  catalogue: Catalogue,
  vault: OpenVault,
  { ids, noted }: { readonly ids: readonly string[]; readonly noted: readonly NotedWords[] },
  to: Compartment,
): void {
  const { sql } = catalogue
  const about = ids.flatMap((id) =>
    sql.all('SELECT id FROM difference WHERE page_id = ? OR paper_page_id = ?', id, id),
  )
  const standing = [...about.map((row) => text(row, 'id')), ...ofNotes(catalogue, vault, noted)]
  for (const id of new Set(standing)) {
    const row = sql.one('SELECT * FROM difference WHERE id = ?', id) ?? {}
    const compartment = text(row, 'compartment') as Compartment
    const content = row.content instanceof Uint8Array ? row.content : null
    const moved = row.moved_content instanceof Uint8Array ? row.moved_content : null
    const words = openWords(vault, compartment, id, content)
    if (compartment !== to && moved === null && content !== null) {
      const { basis, ground, explanation, itemWords } = words
      const left = sealWords(vault, compartment, id, { ...NO_WORDS, basis, ground, explanation, itemWords })
      const away = sealWords(vault, to, id, words)
      sql.run('UPDATE difference SET content = ?, moved_content = ? WHERE id = ?', left, away, id)
    }
    if (compartment !== to || moved === null) continue
    const { paperWords, electronicWords, regions } = openWords(vault, other(compartment), id, moved)
    const back = sealWords(vault, compartment, id, { ...words, paperWords, electronicWords, regions })
    sql.run('UPDATE difference SET content = ?, moved_content = NULL WHERE id = ?', back, id)
  }
}
