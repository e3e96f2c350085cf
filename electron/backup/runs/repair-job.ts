import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Id } from '../../../shared/contract/model.ts'
import { AppError } from '../../../shared/errors.ts'
import type { JobKind } from '../../jobs/index.ts'
import { objectPath } from '../../vault/index.ts'
import { type BackupRoom, mediumResources, noteDeed } from '../backup-room.ts'
import { onMedium } from '../repository/medium-errors.ts'
import { notingFailure } from './run-job.ts'
import { objectOf } from './settle-check.ts'
import { takeSnapshot } from './take-snapshot.ts'
import { verifyMedium } from './verify-job.ts'

const RepairInput = z.object({ mediumId: Id })
type RepairInput = z.infer<typeof RepairInput>
const SHORT_NAME = 12

/** Copies anew from the vault what the last check found damaged on a medium, and checks the medium again. */
export function repairJob(room: BackupRoom): JobKind<RepairInput> {
  const { vault, catalogue } = room

  /** Throws why the vault cannot make it good. What no key opens here is taken as it lies: a drill would tell. */
  const proveInVault = async (name: string, signal: AbortSignal) => {
    if (!catalogue.pages.isReferenced(name) || !(await vault.objects.has(name)))
      throw new AppError('VAULT_OBJECT_MISSING', { object: name })
    const compartment = await vault.objects.claimedCompartment(name)
    if (compartment === undefined)
      throw new AppError('VAULT_OBJECT_DAMAGED', { object: name, reason: 'header' })
    if (vault.compartments.has(compartment)) await vault.objects.verify(compartment, name, { signal })
  }

  return {
    kind: 'backup-repair',
    input: RepairInput,
    label: ({ mediumId }) => room.media.get(mediumId).number,
    resources: ({ mediumId }) => mediumResources(mediumId),
    run: async (work) => {
      const { input, signal, progress, record, startedBy } = work
      const { mediumId } = input
      await notingFailure(room, mediumId, startedBy, signal, async () => {
        const folder = await room.shelf.setFolderOf(mediumId, 'write')
        const problems = room.checks.last(mediumId)?.problems ?? []
        let repaired = 0
        let left = 0
        progress({ phase: 'repairing', done: 0, total: problems.length })
        for (const [place, { file, reason }] of problems.entries()) {
          signal.throwIfAborted()
          const name = objectOf(file)
          progress({ done: place })
          if (name === undefined || reason === 'stranger') continue
          const unit = { unitKey: `repair|${name}`, subject: name.slice(0, SHORT_NAME) }
          try {
            await proveInVault(name, signal)
          } catch (error) {
            if (!(error instanceof AppError) || error.code === 'CALL_CANCELLED') throw error
            left += 1
            record({ ...unit, outcome: 'failed', code: error.code, details: error.details })
            continue
          }
          // The vault has it whole, so that nothing is lost with the damaged one; the run copies it again.
          await onMedium('backup.write', () => rm(join(folder, objectPath(name)), { force: true }))
          repaired += 1
          record({ ...unit, outcome: 'sound' })
        }
        await takeSnapshot(room, { mediumId, folder }, { kind: 'incremental', reason: 'asked' }, work)
        const clean = await verifyMedium(room, { mediumId, folder, depth: 'full' }, work)
        noteDeed(room, {
          ...{ action: 'backup.repaired', mediumId, by: startedBy, result: clean ? 'done' : 'failed' },
          code: clean ? null : 'BACKUP_SET_DAMAGED',
          details: { repaired, left },
        })
        room.changed()
      })
    },
  }
}
