import { access, constants, readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Medium } from '../../../shared/contract/media.ts'
import { INSPECTION_DAYS } from '../../../shared/domain/backup/medium.ts'
import { AppError } from '../../../shared/errors.ts'
import type { OpenVault } from '../../vault/index.ts'
import type { SetDocument } from '../repository/documents.ts'
import { driveSpace } from '../repository/free-space.ts'
import { SET_FOLDER } from '../repository/layout.ts'
import { readSet } from '../repository/set.ts'
import type { SnapshotRecords } from '../runs/snapshot-records.ts'
import { driveFacts, driveRoots, smartOf } from './drive-facts.ts'
import type { MediumRecord, MediumRecords } from './medium-records.ts'

/** What lies under a folder that somebody points at. */
export type FolderLook =
  | { readonly state: 'empty' | 'unwritable' | 'foreign' }
  | { readonly state: 'registered'; readonly medium: MediumRecord }
  | { readonly state: 'unregistered-set'; readonly set: SetDocument }

/** The media as they are now: which of them are plugged in, and where. */
export interface MediumShelf {
  /** Throws SYSTEM_FILE_MISSING for a folder that is not there. */
  readonly look: (folder: string) => Promise<FolderLook>
  /**
   * The set's folder of a registered medium that is plugged in, wherever that is now. To be written to it must be in
   * use and the very drive that was registered. Throws BACKUP_MEDIUM_UNREGISTERED, BACKUP_MEDIUM_GONE and what its set
   * throws.
   */
  readonly setFolderOf: (mediumId: string, purpose: 'read' | 'write') => Promise<string>
  readonly present: (medium: MediumRecord) => Promise<boolean>
  readonly list: () => Promise<Medium[]>
  readonly one: (mediumId: string) => Promise<Medium>
  /** Notes that a medium was seen under a folder, and what the drive tells of itself. */
  readonly noteSeen: (mediumId: string, folder: string) => Promise<void>
}

export interface MediumShelfParts {
  readonly vault: Pick<OpenVault, 'id' | 'folder'>
  readonly media: MediumRecords
  readonly snapshots: SnapshotRecords
  readonly now: () => Date
}

const DAY_MS = 86_400_000

export function mediumShelf({ vault, media, snapshots, now }: MediumShelfParts): MediumShelf {
  /** Whether the medium's own set lies under this folder. */
  const holds = async (folder: string, { setId }: MediumRecord): Promise<boolean> => {
    try {
      return (await readSet(join(folder, SET_FOLDER), vault.id)).setId === setId
    } catch (error) {
      if (error instanceof AppError) return false
      throw error
    }
  }
  const present = (medium: MediumRecord) => holds(medium.folder, medium)

  /** Where it was last, or on whichever drive it is now: drives come back under other letters and names. */
  const find = async (medium: MediumRecord): Promise<string | undefined> => {
    if (await present(medium)) return medium.folder
    for (const root of await driveRoots()) if (await holds(root, medium)) return root
    return undefined
  }

  const noteSeen = async (mediumId: string, folder: string) => {
    const { volumeSerial, capacityBytes, device } = await driveFacts(folder)
    const smart = await smartOf(device)
    media.seen(mediumId, { folder, volumeSerial, capacityBytes, smart }, now().toISOString())
  }

  const shown = async (medium: MediumRecord): Promise<Medium> => {
    const { volumeSerial, inspectedAt, ...line } = medium
    const there = await present(medium)
    const { backup, verified } = snapshots.lastOf(medium.id)
    const space = there ? await driveSpace(medium.folder).catch(() => undefined) : undefined
    const due = Date.parse(inspectedAt ?? medium.registeredAt) + INSPECTION_DAYS * DAY_MS
    return {
      ...line,
      serial: line.serial === '' ? volumeSerial : line.serial,
      present: there,
      freeBytes: space?.freeBytes ?? null,
      inspectionDueAt: new Date(due).toISOString(),
      lastBackupAt: backup,
      lastVerifiedAt: verified,
    }
  }

  return {
    look: async (given) => {
      const folder = resolve(given)
      let set: SetDocument
      try {
        await stat(folder)
        set = await readSet(join(folder, SET_FOLDER))
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        if (error.code !== 'BACKUP_SET_MISSING') throw error
        const files = await readdir(join(folder, SET_FOLDER)).catch(() => [])
        // A folder of ours without its first document: something else, or what a torn set left.
        if (files.length > 0 && files.some((name) => name === 'index.json' || name === 'snapshots'))
          throw new AppError('BACKUP_SET_DAMAGED', { file: 'set.json', reason: 'missing' })
        const writable = await access(folder, constants.W_OK).then(
          () => true,
          () => false,
        )
        return { state: writable ? 'empty' : 'unwritable' }
      }
      if (set.vaultId !== vault.id) return { state: 'foreign' }
      const medium = media.ofSet(set.setId)
      if (medium === undefined) return { state: 'unregistered-set', set }
      await noteSeen(medium.id, folder)
      return { state: 'registered', medium: media.get(medium.id) }
    },
    setFolderOf: async (mediumId, purpose) => {
      const medium = media.get(mediumId)
      if (purpose === 'write' && medium.state !== 'in-use')
        throw new AppError('BACKUP_MEDIUM_UNREGISTERED', { medium: medium.number, state: medium.state })
      const folder = await find(medium)
      if (folder === undefined) {
        // Whatever lies there instead says more than that the medium is not there.
        const found = await readSet(join(medium.folder, SET_FOLDER), vault.id).catch((error: unknown) => {
          if (error instanceof AppError && error.code !== 'BACKUP_SET_MISSING') throw error
          return undefined
        })
        if (found !== undefined)
          throw new AppError('BACKUP_MEDIUM_UNREGISTERED', { medium: medium.number, reason: 'otherSet' })
        throw new AppError('BACKUP_MEDIUM_GONE', { medium: medium.number }, { retryable: true })
      }
      const { volumeSerial } = await driveFacts(folder)
      const known = medium.volumeSerial
      if (purpose === 'write' && known !== '' && volumeSerial !== '' && known !== volumeSerial)
        throw new AppError('BACKUP_MEDIUM_UNREGISTERED', { medium: medium.number, reason: 'otherDrive' })
      await noteSeen(mediumId, folder)
      return join(folder, SET_FOLDER)
    },
    present,
    list: async () => await Promise.all(media.all().map(shown)),
    one: (mediumId) => shown(media.get(mediumId)),
    noteSeen,
  }
}
