import { AppError } from '../../../shared/errors.ts'
import type { ObjectRow } from '../../catalogue/index.ts'
import type { UnitOutcome } from '../../jobs/index.ts'
import type { OpenVault } from '../../vault/index.ts'
import type { SnapshotDocument } from '../repository/documents.ts'
import { GROUPS } from '../repository/layout.ts'
import { onMedium } from '../repository/medium-errors.ts'
import { byGroup, listedObjects } from '../repository/object-list.ts'

export interface ProveNewParts {
  readonly vault: OpenVault
  readonly objects: (group: string) => Iterable<ObjectRow>
  /** What the medium has already. */
  readonly before: { readonly folder: string; readonly snapshot: SnapshotDocument } | undefined
  readonly signal: AbortSignal
  readonly record: (unit: UnitOutcome) => void
  readonly progress: (done: number) => void
}

const AT_ONCE = 4
const SHORT_NAME = 12

/**
 * Opens what will be copied for the first time to its last segment, as far as the account has the keys: damage must
 * not go onto the media as if it were content. Gives the names of what is damaged; what is missing the run itself
 * finds.
 */
export async function proveNew(parts: ProveNewParts): Promise<ReadonlySet<string>> {
  const { vault, before, signal, record } = parts
  const damaged = new Set<string>()
  let done = 0
  const prove = async ({ compartment, objectName, sha256 }: ObjectRow) => {
    signal.throwIfAborted()
    try {
      await vault.objects.verify(compartment, objectName, { expectedSha256: sha256, signal })
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof AppError) || error.code === 'CALL_CANCELLED') throw error
      if (error.code !== 'VAULT_OBJECT_DAMAGED') return
      damaged.add(objectName)
      const subject = objectName.slice(0, SHORT_NAME)
      record({
        unitKey: `object|${objectName}`,
        subject,
        outcome: 'damaged',
        code: error.code,
        details: error.details,
      })
    }
  }
  const known =
    before === undefined ? undefined : byGroup(listedObjects(before.folder, before.snapshot.objects))
  try {
    for (const group of GROUPS) {
      signal.throwIfAborted()
      const there = known === undefined ? undefined : await onMedium('backup.read', () => known.take(group))
      const queue = [...parts.objects(group)].filter(
        ({ objectName, compartment }) =>
          there?.has(objectName) !== true && vault.compartments.has(compartment),
      )
      const lane = async () => {
        for (let row = queue.pop(); row !== undefined; row = queue.pop()) {
          await prove(row)
          done += 1
          parts.progress(done)
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, lane))
    }
  } finally {
    await known?.close()
  }
  return damaged
}
