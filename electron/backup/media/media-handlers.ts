import { stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import type { MediumEvent, MediumState } from '../../../shared/domain/backup/medium.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Handlers } from '../../access/index.ts'
import { type BackupHandlerParts, sessionOf } from '../backup-handler-parts.ts'
import { nameOf } from '../backup-room.ts'
import { placeReaderFiles } from '../reader-files.ts'
import { SET_FOLDER } from '../repository/layout.ts'
import { makeSet } from '../repository/set.ts'
import { adoptSnapshots } from '../runs/adopt-snapshots.ts'
import { driveFacts, smartOf } from './drive-facts.ts'

type MediaMethod = `media.${'list' | 'look' | 'register' | 'note' | 'events'}`

/** What an event makes of a medium; null: it stays what it is. */
function stateAfter(event: MediumEvent, unreadable: number | null): MediumState | null {
  switch (event) {
    case 'registered':
    case 'removed-safely':
      return null
    case 'moved':
    case 'found':
      return 'in-use'
    case 'handed-over':
      return 'lent-out'
    case 'inspected':
      return (unreadable ?? 0) > 0 ? 'failing' : null
    case 'migrated':
    case 'retired':
      return 'retired'
    case 'lost':
      return 'lost'
  }
}

function refuse(field: string, reason: string): AppError {
  return new AppError('CALL_INVALID_INPUT', { field, reason })
}

/** Answers the contract's `media.*`. */
export function mediaHandlers({ desk, now, newId, unitName }: BackupHandlerParts): Handlers<MediaMethod> {
  /** A medium within the vault would be backed up with it, and lost with it. */
  const requireOutside = (folder: string) => {
    const way = relative(resolve(desk().vault.folder), folder)
    if (way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && resolve(way) !== way))
      throw refuse('folder', 'insideVault')
  }
  return {
    'media.list': () => desk().shelf.list(),
    'media.look': async ({ folder }) => {
      const { shelf } = desk()
      const look = await shelf.look(folder)
      const { volumeSerial, freeBytes, capacityBytes, fileSystem } = await driveFacts(folder)
      return {
        ...{ state: look.state, serial: volumeSerial, freeBytes, capacityBytes, fileSystem },
        medium: look.state === 'registered' ? await shelf.one(look.medium.id) : null,
      }
    },
    'media.register': async (input, call) => {
      const { media, shelf, vault, catalogue, readerFolder } = desk()
      const folder = resolve(input.folder)
      requireOutside(folder)
      if (!(await stat(folder)).isDirectory()) throw refuse('folder', 'notFolder')
      if (media.ofNumber(input.number) !== undefined) throw refuse('number', 'taken')
      const look = await shelf.look(folder)
      if (look.state === 'registered') throw new AppError('BACKUP_SET_EXISTS', { medium: look.medium.number })
      if (look.state === 'foreign') throw new AppError('BACKUP_SET_FOREIGN')
      if (look.state === 'unwritable') throw new AppError('BACKUP_MEDIUM_READ_ONLY')
      const at = now().toISOString()
      const setFolder = join(folder, SET_FOLDER)
      const set =
        look.state === 'unregistered-set'
          ? look.set
          : await makeSet(setFolder, {
              ...{ setId: newId(), vaultId: vault.id, unitName: unitName(), label: input.number },
              createdAt: at,
            })
      await placeReaderFiles(setFolder, readerFolder)
      const drive = await driveFacts(folder)
      const smart = await smartOf(drive.device)
      const id = newId()
      const by = nameOf(desk(), sessionOf(call).accountId)
      catalogue.transaction(() => {
        media.insert({
          ...{ id, number: input.number, set: input.set, state: 'in-use', model: input.model },
          ...{ serial: input.serial, volumeSerial: drive.volumeSerial, secrecy: input.secrecy },
          ...{ capacityBytes: drive.capacityBytes, place: input.place, folder, setId: set.setId },
          ...{ registeredAt: at, lastSeenAt: at, inspectedAt: null, smart, note: input.note },
        })
        media.addEvent({
          ...{ mediumId: id, event: 'registered', at, by, fromPlace: '', toPlace: input.place },
          ...{ counterpart: '', sampled: null, unreadable: null, smart, note: input.note },
        })
      })
      await adoptSnapshots(desk(), id, setFolder)
      call.note({ subject: `medium:${id}`, details: { medium: input.number, set: input.set } })
      await desk().lookForMedia()
      desk().changed()
      return await shelf.one(id)
    },
    'media.note': async (input, call) => {
      const { media, shelf, catalogue, tasks } = desk()
      const { mediumId, event, toPlace, counterpart, sampled, unreadable, note } = input
      const medium = media.get(mediumId)
      if (event === 'registered') throw refuse('event', 'registered')
      if (medium.state === 'retired') throw refuse('event', 'retired')
      if (medium.state === 'lost' && event !== 'found' && event !== 'retired') throw refuse('event', 'lost')
      if (event === 'found' && medium.state !== 'lost') throw refuse('event', 'notLost')
      if ((event === 'moved' || event === 'handed-over') && toPlace === '') throw refuse('toPlace', 'missing')
      if (event === 'inspected' && sampled === null) throw refuse('sampled', 'missing')
      if (sampled !== null && unreadable !== null && unreadable > sampled)
        throw refuse('unreadable', 'moreThanSampled')
      const at = now().toISOString()
      const there = event === 'inspected' && (await shelf.present(medium))
      const smart = (there ? await smartOf((await driveFacts(medium.folder)).device) : '') || medium.smart
      const by = nameOf(desk(), sessionOf(call).accountId)
      const state = stateAfter(event, unreadable) ?? medium.state
      catalogue.transaction(() => {
        media.addEvent({
          ...{ mediumId, event, at, by, fromPlace: medium.place, toPlace, counterpart },
          ...{ sampled, unreadable, smart: event === 'inspected' ? smart : '', note },
        })
        media.change(mediumId, {
          ...{ state, place: toPlace || medium.place, smart },
          inspectedAt: event === 'inspected' ? at : medium.inspectedAt,
        })
        if (event === 'inspected' && (unreadable ?? 0) > 0)
          tasks.open({
            origin: 'inspection',
            subject: medium.number,
            findings: [
              {
                code: 'inspection-unreadable',
                details: { sampled: sampled ?? 0, unreadable: unreadable ?? 0 },
              },
            ],
          })
      })
      call.note({ subject: `medium:${mediumId}`, details: { medium: medium.number, event } })
      desk().changed()
      return await shelf.one(mediumId)
    },
    'media.events': ({ mediumId }) => desk().media.events(mediumId),
  }
}
