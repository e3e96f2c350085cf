import { AppError } from '../../../shared/errors.ts'
import { objectRows } from '../../catalogue/index.ts'
import { auditPoint, cataloguePoint, type PointResult, type RestoredRoom } from '../drills/drill-points.ts'

/** How a restored case was found before its folder became a vault. */
export interface CaseProof {
  readonly catalogue: PointResult
  readonly audit: PointResult
  readonly objects: PointResult
  /** Of compartments whose keys the person does not hold: their sealed bytes are the snapshot's, unopened. */
  readonly closed: number
}

export interface CaseProofOptions {
  /** Objects that are known not to be there. */
  readonly without: ReadonlySet<string>
  readonly now: () => Date
  readonly signal: AbortSignal
  readonly progress: (change: {
    readonly phase?: string
    readonly done?: number
    readonly total?: number | null
  }) => void
}

const AT_ONCE = 4
const SHORT_NAME = 12

/** Reads the restored folder: its database, its log to the end that the snapshot names, every object to its last byte. */
export async function proveCase(
  restored: RestoredRoom,
  { without, now, signal, progress }: CaseProofOptions,
): Promise<CaseProof> {
  const { catalogue, vault, folder } = restored
  const objects = vault.objectsIn(folder)
  const rows = [...objectRows(catalogue.sql)].filter(({ objectName }) => !without.has(objectName))
  const open = rows.filter(({ compartment }) => vault.compartments.has(compartment))
  const wrong: string[] = []
  let done = 0
  progress({ phase: 'proving', done, total: open.length })
  const queue = open.values()
  const lane = async () => {
    for (const { compartment, objectName, sha256 } of queue) {
      signal.throwIfAborted()
      try {
        await objects.verify(compartment, objectName, { expectedSha256: sha256, signal })
      } catch (error) {
        signal.throwIfAborted()
        if (!(error instanceof AppError) || !error.code.startsWith('VAULT_OBJECT_')) throw error
        wrong.push(objectName.slice(0, SHORT_NAME))
      }
      done += 1
      progress({ done })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return {
    catalogue: cataloguePoint(restored),
    audit: auditPoint(restored, now),
    objects: {
      ...{ checked: open.length, wrong: wrong.length },
      findings:
        wrong.length === 0 ? [] : [{ code: 'wrong-objects', details: { names: wrong.slice(0, 5).join() } }],
    },
    closed: rows.length - open.length,
  }
}
