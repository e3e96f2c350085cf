import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { syncFolder } from '../../atomic-write.ts'
import { isErrno, withSystemErrors } from '../../errno.ts'
import { type OpenVault, objectPath } from '../../vault/index.ts'
import { copyObjects, type WantedObject } from '../repository/copy-objects.ts'
import type { FileLanes } from '../repository/file-lanes.ts'
import { GROUPS, INCOMING, OBJECTS } from '../repository/layout.ts'
import { onMedium } from '../repository/medium-errors.ts'
import type { ListedObject } from '../repository/object-list.ts'

export type ObjectFault = 'missing' | 'damaged'

/**
 * What is wrong with an object in the vault, over against the snapshot. What differs and yet opens is another seal of
 * the same content, and is sound.
 */
export async function faultOf(
  vault: OpenVault,
  files: FileLanes,
  object: ListedObject,
  signal: AbortSignal,
): Promise<ObjectFault | undefined> {
  const [found] = await files.digest([join(vault.folder, objectPath(object.name))], signal)
  if (found !== undefined && 'error' in found) {
    if (isErrno(found.error, 'ENOENT')) return 'missing'
    if (!isErrno(found.error, 'EIO')) throw found.error
    return 'damaged'
  }
  if (found?.sha256 === object.sha256) return undefined
  const compartment = await vault.objects.claimedCompartment(object.name)
  if (compartment === undefined) return 'damaged'
  // Without the key nobody here can tell damage from another seal: what the snapshot has was proven.
  if (!vault.compartments.has(compartment)) return 'damaged'
  try {
    await vault.objects.verify(compartment, object.name, { signal })
    return undefined
  } catch (error) {
    if (error instanceof AppError && error.code === 'VAULT_OBJECT_DAMAGED') return 'damaged'
    throw error
  }
}

export interface MendOptions {
  readonly files: FileLanes
  /** The set on the medium. */
  readonly folder: string
  /** Of a folder of its own under the vault's `incoming/`. */
  readonly name: string
  readonly signal: AbortSignal
  readonly mended: (name: string) => void
  /** The medium has it no more, or other bytes than were written down: the vault stays as it is. */
  readonly refused: (name: string, reason: 'missing' | 'changed') => void
}

/** Puts objects of a snapshot into the vault, each proven before; a damaged original goes into quarantine. */
export async function mendObjects(
  vault: OpenVault,
  wanted: AsyncIterable<WantedObject>,
  { files, folder, name: stagingName, signal, mended, refused }: MendOptions,
): Promise<void> {
  const staging = join(vault.folder, INCOMING, stagingName)
  const whole: string[] = []
  try {
    await withSystemErrors('backup.restore', async () => {
      await rm(staging, { recursive: true, force: true })
      await mkdir(join(staging, INCOMING), { recursive: true, mode: 0o700 })
      for (const group of GROUPS) await mkdir(join(staging, OBJECTS, group), { recursive: true, mode: 0o700 })
    })
    await copyObjects(wanted, {
      ...{ files, from: folder, to: staging, reading: onMedium, writing: withSystemErrors, signal },
      copied: ({ name }) => whole.push(name),
      vanished: (name) => refused(name, 'missing'),
      damaged: (name) => refused(name, 'changed'),
    })
    for (const name of whole) {
      signal.throwIfAborted()
      if (await vault.objects.has(name)) await vault.objects.quarantine(name)
      const place = join(vault.folder, objectPath(name))
      await withSystemErrors('backup.restore', async () => {
        await mkdir(dirname(place), { recursive: true, mode: 0o700 })
        await rename(join(staging, objectPath(name)), place)
        await syncFolder(dirname(place))
      })
      mended(name)
    }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}
