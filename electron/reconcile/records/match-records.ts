import type { MatchKind, PageMatchRow } from '../../../shared/contract/reconcile.ts'
import type { Turn } from '../../../shared/domain/page-text.ts'
import { AppError } from '../../../shared/errors.ts'
import { type Catalogue, number, numberOrNull, type Row, text, textOrNull } from '../../catalogue/index.ts'

/** What the matching says of one pair, or of one page without a partner. */
export type MatchFinding = Omit<PageMatchRow, 'id' | 'decidedBy' | 'changes' | 'strongest'>

/** What a person said: a paper page is this electronic page, or one of the two is on its side alone. Never both null. */
export interface Decision {
  readonly paperPageId: string | null
  readonly pageId: string | null
  readonly by: string
  readonly at: string
}

export interface Compared {
  readonly at: string
  readonly changes: number
  readonly strongest: string | null
  readonly content: Uint8Array
}

export interface MatchRecords {
  readonly list: (reconciliationId: string) => readonly PageMatchRow[]
  /** Throws CATALOGUE_NOT_FOUND for one of another checking. */
  readonly require: (reconciliationId: string, matchId: string) => PageMatchRow
  readonly content: (matchId: string) => Uint8Array | undefined
  readonly decisions: (reconciliationId: string) => readonly Decision[]
  /** Keeps the decision; the rest stands as it was until it is matched anew. */
  readonly decide: (reconciliationId: string, newId: () => string, decision: Decision) => void
  /**
   * Puts new findings in the place of the old. A pair that stands as before, of the same version and turn, keeps its
   * row and what comparing it found.
   */
  readonly replace: (reconciliationId: string, newId: () => string, findings: readonly MatchFinding[]) => void
  readonly setCompared: (matchId: string, compared: Compared) => void
}

function matchOf(row: Row): PageMatchRow {
  return {
    id: text(row, 'id'),
    paperPageId: textOrNull(row, 'paper_page_id'),
    pageId: textOrNull(row, 'page_id'),
    versionId: textOrNull(row, 'version_id'),
    kind: text(row, 'kind') as MatchKind,
    confidence: number(row, 'confidence'),
    sure: number(row, 'sure') === 1,
    moved: number(row, 'moved') === 1,
    turn: number(row, 'turn') as Turn,
    reasons: JSON.parse(text(row, 'reasons')) as PageMatchRow['reasons'],
    candidates: JSON.parse(text(row, 'candidates')) as PageMatchRow['candidates'],
    decidedBy: textOrNull(row, 'decided_by'),
    changes: numberOrNull(row, 'change_count'),
    strongest: textOrNull(row, 'strongest'),
  }
}

const COLUMNS = `id, paper_page_id, page_id, version_id, kind, confidence, sure, moved, turn, reasons, candidates,
  decided_by, change_count, strongest`

type Placed = Pick<MatchFinding, 'paperPageId' | 'pageId'>
const keyOf = ({ paperPageId, pageId }: Placed) => `${paperPageId ?? ''}|${pageId ?? ''}`

export function matchRecords({ sql }: Pick<Catalogue, 'sql'>): MatchRecords {
  const list: MatchRecords['list'] = (reconciliationId) =>
    sql
      .all(`SELECT ${COLUMNS} FROM page_match WHERE reconciliation_id = ? ORDER BY id`, reconciliationId)
      .map(matchOf)
  const insert = (id: string, reconciliationId: string, match: MatchFinding) =>
    sql.run(
      `INSERT INTO page_match (id, reconciliation_id, paper_page_id, page_id, version_id, kind, confidence, sure, moved,
         turn, reasons, candidates) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[id, reconciliationId, match.paperPageId, match.pageId, match.versionId, match.kind],
      ...[match.confidence, match.sure ? 1 : 0, match.moved ? 1 : 0, match.turn],
      ...[JSON.stringify(match.reasons), JSON.stringify(match.candidates)],
    )
  const decisions: MatchRecords['decisions'] = (reconciliationId) =>
    sql
      .all(
        `SELECT paper_page_id, page_id, decided_by, decided_at FROM page_match
         WHERE reconciliation_id = ? AND decided_by IS NOT NULL
         ORDER BY paper_page_id, page_id`,
        reconciliationId,
      )
      .map((row) => ({
        paperPageId: textOrNull(row, 'paper_page_id'),
        pageId: textOrNull(row, 'page_id'),
        by: text(row, 'decided_by'),
        at: text(row, 'decided_at'),
      }))
  return {
    list,
    require: (reconciliationId, matchId) => {
      const row = sql.one(
        `SELECT ${COLUMNS} FROM page_match WHERE id = ? AND reconciliation_id = ?`,
        ...[matchId, reconciliationId],
      )
      if (row === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'match', id: matchId })
      return matchOf(row)
    },
    content: (matchId) => {
      const row = sql.one('SELECT content FROM page_match WHERE id = ?', matchId)
      return row?.content instanceof Uint8Array ? row.content : undefined
    },
    decisions,
    decide: (reconciliationId, newId, { paperPageId, pageId, by, at }) =>
      sql.transaction(() => {
        const known = list(reconciliationId)
        const mine = known.filter((match) => paperPageId !== null && match.paperPageId === paperPageId)
        const kept = known.find((match) => match.paperPageId === paperPageId && match.pageId === pageId)
        const versionId =
          pageId === null
            ? null
            : textOrNull(sql.one('SELECT current_version_id AS v FROM page WHERE id = ?', pageId) ?? {}, 'v')
        for (const match of mine) {
          if (match === kept) continue
          sql.run('DELETE FROM page_match WHERE id = ?', match.id)
          if (match.pageId !== null && match.pageId !== pageId)
            insert(newId(), reconciliationId, { ...alone(match), paperPageId: null, kind: 'extra' })
        }
        for (const match of known) {
          if (pageId === null || match.pageId !== pageId || match.paperPageId === paperPageId) continue
          sql.run('DELETE FROM page_match WHERE id = ?', match.id)
          if (match.paperPageId !== null)
            insert(newId(), reconciliationId, {
              ...alone(match),
              ...{ pageId: null, versionId: null, kind: 'missing', turn: 0 },
            })
        }
        const id = kept?.id ?? newId()
        const about: MatchFinding = {
          ...{ paperPageId, pageId, versionId },
          kind: pageId === null ? 'missing' : paperPageId === null ? 'extra' : 'same',
          ...{
            confidence: 1,
            sure: true,
            moved: false,
            turn: 0,
            reasons: [{ code: 'decided' }],
            candidates: [],
          },
        }
        if (kept === undefined) insert(id, reconciliationId, about)
        sql.run('UPDATE page_match SET decided_by = ?, decided_at = ? WHERE id = ?', by, at, id)
      }),
    replace: (reconciliationId, newId, findings) =>
      sql.transaction(() => {
        const old = new Map(list(reconciliationId).map((match) => [keyOf(match), match]))
        const decided = new Map(decisions(reconciliationId).map((decision) => [keyOf(decision), decision]))
        for (const finding of findings) {
          const known = old.get(keyOf(finding))
          old.delete(keyOf(finding))
          const id = known?.id ?? newId()
          if (known === undefined) insert(id, reconciliationId, finding)
          else {
            sql.run(
              `UPDATE page_match SET version_id = ?, kind = ?, confidence = ?, sure = ?, moved = ?, turn = ?, reasons = ?,
                 candidates = ? WHERE id = ?`,
              ...[finding.versionId, finding.kind, finding.confidence, finding.sure ? 1 : 0],
              ...[finding.moved ? 1 : 0, finding.turn, JSON.stringify(finding.reasons)],
              ...[JSON.stringify(finding.candidates), id],
            )
            if (
              known.versionId !== finding.versionId ||
              known.turn !== finding.turn ||
              known.kind !== finding.kind
            )
              sql.run(
                `UPDATE page_match SET compared_at = NULL, change_count = NULL, strongest = NULL, content = NULL
                 WHERE id = ?`,
                id,
              )
          }
          const decision = decided.get(keyOf(finding))
          if (decision !== undefined)
            sql.run(
              'UPDATE page_match SET decided_by = ?, decided_at = ? WHERE id = ?',
              ...[decision.by, decision.at, id],
            )
        }
        for (const { id } of old.values()) sql.run('DELETE FROM page_match WHERE id = ?', id)
      }),
    setCompared: (matchId, { at, changes, strongest, content }) => {
      sql.run(
        'UPDATE page_match SET compared_at = ?, change_count = ?, strongest = ?, content = ? WHERE id = ?',
        ...[at, changes, strongest, content, matchId],
      )
    },
  }
}

/** A page that lost its partner to a decision, until the rest is matched anew. */
function alone(match: PageMatchRow): MatchFinding {
  const { paperPageId, pageId, versionId, kind, turn } = match
  return {
    ...{ paperPageId, pageId, versionId, kind, turn },
    ...{ confidence: 0, sure: false, moved: false, reasons: [], candidates: [] },
  }
}
