import type { PageProposal } from '../../shared/domain/page-proposal.ts'
import { type PageSignals, SIGNAL_VERSION } from '../../shared/domain/page-signal.ts'
import { type Statements, text } from '../catalogue/index.ts'
import type { TextShelf } from '../search/index.ts'
import type { Compartment } from '../vault/index.ts'

// Names and titles stand in these: they lie in the compartment's own file, beside the texts. What was taken from a
// text goes with it; what a person decided stays when the same image is read again.
const SCHEMA = `
CREATE TABLE IF NOT EXISTS page_signal (
  version_id TEXT PRIMARY KEY REFERENCES page_text (version_id) ON DELETE CASCADE,
  rules INTEGER NOT NULL,
  signals TEXT NOT NULL
) STRICT, WITHOUT ROWID`
const DECISIONS = `
CREATE TABLE IF NOT EXISTS proposal_decision (
  id TEXT PRIMARY KEY,
  volume_id TEXT NOT NULL,
  version_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('requested', 'accepted', 'dismissed')),
  proposal TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  decided_by TEXT NOT NULL
) STRICT, WITHOUT ROWID`
const BY_VOLUME = 'CREATE INDEX IF NOT EXISTS proposal_decision_by_volume ON proposal_decision (volume_id)'

export type DecisionState = 'requested' | 'accepted' | 'dismissed'

export interface Decision {
  readonly state: DecisionState
  /** As it was when it was decided on. */
  readonly proposal: PageProposal
}

/** What was taken from texts, and what people decided on the proposals made of it. */
export interface ProposalRecords {
  readonly putSignals: (compartment: Compartment, versionId: string, signals: PageSignals) => void
  /** Undefined when there are none, or those of older rules. */
  readonly signals: (compartment: Compartment, versionId: string) => PageSignals | undefined
  readonly decide: (
    compartment: Compartment,
    decision: Decision & { readonly volumeId: string; readonly at: string; readonly by: string },
  ) => void
  readonly reopen: (compartment: Compartment, id: string) => void
  readonly decisions: (compartment: Compartment, volumeId: string) => ReadonlyMap<string, Decision>
}

export function proposalRecords(texts: Pick<TextShelf, 'sql'>): ProposalRecords {
  // A shelf that was damaged and begun anew has another connection, and no tables yet.
  const ready = new WeakSet<Statements>()
  const sql = (compartment: Compartment): Statements => {
    const shelf = texts.sql(compartment)
    if (ready.has(shelf)) return shelf
    shelf.transaction(() => {
      for (const step of [SCHEMA, DECISIONS, BY_VOLUME]) shelf.run(step)
    })
    ready.add(shelf)
    return shelf
  }
  return {
    putSignals: (compartment, versionId, signals) => {
      sql(compartment).run(
        'INSERT OR REPLACE INTO page_signal (version_id, rules, signals) VALUES (?, ?, ?)',
        ...[versionId, SIGNAL_VERSION, JSON.stringify(signals)],
      )
    },
    signals: (compartment, versionId) => {
      const row = sql(compartment).one(
        'SELECT signals FROM page_signal WHERE version_id = ? AND rules = ?',
        ...[versionId, SIGNAL_VERSION],
      )
      return row === undefined ? undefined : (JSON.parse(text(row, 'signals')) as PageSignals)
    },
    decide: (compartment, { state, proposal, volumeId, at, by }) => {
      sql(compartment).run(
        `INSERT OR REPLACE INTO proposal_decision (id, volume_id, version_id, state, proposal, decided_at, decided_by)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        ...[proposal.id, volumeId, proposal.versionId, state, JSON.stringify(proposal), at, by],
      )
    },
    reopen: (compartment, id) => {
      sql(compartment).run('DELETE FROM proposal_decision WHERE id = ?', id)
    },
    decisions: (compartment, volumeId) =>
      new Map(
        sql(compartment)
          .all('SELECT id, state, proposal FROM proposal_decision WHERE volume_id = ?', volumeId)
          .map((row) => [
            text(row, 'id'),
            {
              state: text(row, 'state') as DecisionState,
              proposal: JSON.parse(text(row, 'proposal')) as PageProposal,
            },
          ]),
      ),
  }
}
