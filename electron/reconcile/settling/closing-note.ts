import { type PlanLine, planLineWords } from '../../../shared/domain/reconcile/plan-line.ts'
import type { Catalogue } from '../../catalogue/index.ts'
import { text } from '../../catalogue/index.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'

type Seals = Pick<OpenVault, 'sealDraft' | 'openDraft'>

/** A dated line of 备考表. */
export interface NoteLine {
  readonly id: string
  readonly at: string
  readonly by: string
  /** In Chinese, as 备考表 is printed. */
  readonly text: string
  /** Of a line that an applied plan added: what it did, in codes. */
  readonly plan: PlanLine | null
  /** Numbers of the register. */
  readonly numbers: readonly string[]
}

/** The lines of the electronic volume's 备考表; a line is withdrawn, never deleted. */
export interface ClosingNote {
  readonly add: (volumeId: string, line: NoteLine & { readonly planId: string | null }) => void
  /** Withdraws the lines that a plan added. */
  readonly withdraw: (planId: string, at: string) => void
  /** Oldest first, without withdrawn ones. Throws VAULT_COMPARTMENT_CLOSED. */
  readonly list: (volumeId: string) => readonly NoteLine[]
}

type KeptLine = { readonly text: string } | { readonly plan: PlanLine }

const wordsOf = (line: KeptLine, numbers: readonly string[]): Pick<NoteLine, 'text' | 'plan'> =>
  'plan' in line
    ? { text: planLineWords(line.plan, numbers, 'zh'), plan: line.plan }
    : { text: line.text, plan: null }

const place = (compartment: Compartment, id: string) => ({ label: `note|${id}`, compartment })

export function closingNote({ sql, volumes }: Catalogue, vault: Seals): ClosingNote {
  return {
    add: (volumeId, { id, at, by, text: words, plan, numbers, planId }) => {
      const { compartment } = volumes.require(volumeId)
      sql.run(
        'INSERT INTO volume_note (id, volume_id, at, by, plan_id, numbers, content) VALUES (?, ?, ?, ?, ?, ?, ?)',
        ...[id, volumeId, at, by, planId, JSON.stringify(numbers)],
        vault.sealDraft(
          place(compartment, id),
          Buffer.from(JSON.stringify(plan === null ? { text: words } : { plan }), 'utf8'),
        ),
      )
    },
    withdraw: (planId, at) => {
      sql.run(
        'UPDATE volume_note SET withdrawn_at = ? WHERE plan_id = ? AND withdrawn_at IS NULL',
        ...[at, planId],
      )
    },
    list: (volumeId) => {
      const { compartment } = volumes.require(volumeId)
      return sql
        .all(
          'SELECT * FROM volume_note WHERE volume_id = ? AND withdrawn_at IS NULL ORDER BY at, id',
          volumeId,
        )
        .map((row) => {
          const id = text(row, 'id')
          const sealed = row.content instanceof Uint8Array ? row.content : Buffer.alloc(0)
          const numbers = JSON.parse(text(row, 'numbers')) as string[]
          const opened = vault.openDraft(place(compartment, id), sealed).toString('utf8')
          return {
            ...{ id, at: text(row, 'at'), by: text(row, 'by') },
            ...wordsOf(JSON.parse(opened) as KeptLine, numbers),
            numbers,
          }
        })
    },
  }
}
