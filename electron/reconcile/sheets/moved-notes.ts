import { type Catalogue, text } from '../../catalogue/index.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'
import { notePlace } from './pass-records.ts'

export interface NotedWords {
  readonly reconciliationId: string
  readonly note: string
}

const noteOf = (opened: string) => (JSON.parse(opened) as { readonly note: string }).note

/**
 * What was noted about a page sheet by sheet goes with it into another compartment, and comes back with it. The verdict
 * itself stays with the pass. Gives what was noted, with the checking that it was noted in.
 */
export function moveNotes(
  { sql }: Pick<Catalogue, 'sql'>,
  vault: Pick<OpenVault, 'sealDraft' | 'openDraft'>,
  pageId: string,
  to: Compartment,
): readonly NotedWords[] {
  const rows = sql.all(
    `SELECT s.pass_id, p.reconciliation_id, s.content, s.moved_content, volume.compartment FROM sheet_verdict s
       JOIN sheet_pass p ON p.id = s.pass_id JOIN reconciliation r ON r.id = p.reconciliation_id
       JOIN volume ON volume.id = r.volume_id WHERE s.page_id = ?`,
    pageId,
  )
  const noted: NotedWords[] = []
  for (const { pass_id, content, moved_content, ...row } of rows) {
    const passId = String(pass_id)
    const own = text(row, 'compartment') as Compartment
    const from = own === 'open' ? 'restricted' : 'open'
    const anew = (sealed: Uint8Array, place: Compartment, next: Compartment) =>
      vault.sealDraft(
        notePlace(passId, pageId, next),
        vault.openDraft(notePlace(passId, pageId, place), sealed),
      )
    const away = own !== to && content instanceof Uint8Array ? anew(content, own, to) : null
    const back = own === to && moved_content instanceof Uint8Array ? anew(moved_content, from, own) : null
    const kept = away === null ? back : away
    if (kept === null) continue
    const opened = vault.openDraft(notePlace(passId, pageId, to), kept).toString('utf8')
    noted.push({ reconciliationId: text(row, 'reconciliation_id'), note: noteOf(opened) })
    sql.run(
      'UPDATE sheet_verdict SET content = ?, moved_content = ? WHERE pass_id = ? AND page_id = ?',
      ...[back, away, passId, pageId],
    )
  }
  return noted
}
