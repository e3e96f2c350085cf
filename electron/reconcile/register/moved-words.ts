import { type Catalogue, text } from '../../catalogue/index.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'
import { NO_WORDS, openWords, sealWords } from './sealed-words.ts'

const other = (compartment: Compartment): Compartment => (compartment === 'open' ? 'restricted' : 'open')

/**
 * Differences about a page that goes into another compartment (`ids`: the page's and those of the paper that shows it):
 * their words that tell of it are sealed there, and come back with it. The rest of the register's row stays.
 */
export function moveWords(
  { sql }: Catalogue,
  vault: OpenVault,
  ids: readonly string[],
  to: Compartment,
): void {
  const about = ids.flatMap((id) =>
    sql.all('SELECT id FROM difference WHERE page_id = ? OR paper_page_id = ?', id, id),
  )
  for (const id of new Set(about.map((row) => text(row, 'id')))) {
    const row = sql.one('SELECT * FROM difference WHERE id = ?', id) ?? {}
    const compartment = text(row, 'compartment') as Compartment
    const content = row.content instanceof Uint8Array ? row.content : null
    const moved = row.moved_content instanceof Uint8Array ? row.moved_content : null
    const words = openWords(vault, compartment, id, content)
    if (compartment !== to && moved === null && content !== null) {
      const { basis, explanation, itemWords } = words
      const left = sealWords(vault, compartment, id, { ...NO_WORDS, basis, explanation, itemWords })
      const away = sealWords(vault, to, id, words)
      sql.run('UPDATE difference SET content = ?, moved_content = ? WHERE id = ?', left, away, id)
    }
    if (compartment !== to || moved === null) continue
    const { paperWords, electronicWords, regions } = openWords(vault, other(compartment), id, moved)
    const back = sealWords(vault, compartment, id, { ...words, paperWords, electronicWords, regions })
    sql.run('UPDATE difference SET content = ?, moved_content = NULL WHERE id = ?', back, id)
  }
}
