import { join, resolve } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { callFrom, type Launched, OFFICERS, PASSWORD, signInAs } from './app.ts'
import { newRoom, type Room } from './sample-case.ts'

const SCANS = resolve(import.meta.dirname, '../../assets/sample/scans')
/** 起诉状's last page, the reply with the defendant's address, the receipt, and the IOU. */
export const MAIN_PAGES = ['006.jpg', '007.jpg', '008.jpg', '016_借条.png']
/** The deliberation, which stands in the 副卷 alone. */
export const SUB_PAGES = ['003.jpg']

export interface ReadRoom extends Room {
  readonly subVolumeId: string
}

export const KEEPER = { name: 'wangmin', password: PASSWORD } as const

/** Somebody who writes in the case but has no key of restricted volumes. */
export const CLERK = {
  name: 'wuyang',
  displayName: '吴样章',
  password: 'Shu-Ji-Yuan-Wu-52',
  own: 'Wu-Yang-Zhang-Zi-6',
} as const

async function ended(page: Page, jobId: string): Promise<void> {
  await expect
    .poll(async () => (await callFrom(page, 'jobs.get', { jobId })).state, { timeout: 100_000 })
    .toBe('succeeded')
}

async function importAndRead(page: Page, volumeId: string, paths: readonly string[]): Promise<void> {
  await ended(page, await callFrom(page, 'intake.start', { volumeId, paths: [...paths] }))
  const { jobId } = await callFrom(page, 'recognition.run', { volumeId })
  await ended(page, jobId)
}

/** A room with a few pages of the sample case in both volumes, every one of them really read. */
export async function newReadRoom(juanku: Launched): Promise<ReadRoom> {
  const room = await newRoom(juanku)
  const tree = await callFrom(juanku.page, 'cases.tree', { caseId: room.caseId })
  const sub = tree.volumes.find((volume) => volume.kind === 'sub')
  if (sub === undefined) throw new Error('the case has no sub-volume')
  await importAndRead(
    juanku.page,
    room.mainVolumeId,
    MAIN_PAGES.map((name) => join(SCANS, '正卷', name)),
  )
  await importAndRead(
    juanku.page,
    sub.id,
    SUB_PAGES.map((name) => join(SCANS, '副卷', name)),
  )
  return { ...room, subVolumeId: sub.id }
}

/** The clerk gets an account with the key of open volumes only, and the case to work in; then stands at the desk. */
export async function seatClerk(juanku: Launched, room: ReadRoom): Promise<void> {
  const { page } = juanku
  const { name, displayName, password, own } = CLERK
  await signInAs(juanku, OFFICERS.system)
  const { id: accountId } = await callFrom(page, 'accounts.create', {
    ...{ name, displayName, password },
    roles: ['clerk'],
  })
  await signInAs(juanku, OFFICERS.security)
  await callFrom(page, 'accounts.approve', { accountId, roles: ['clerk'], compartments: ['open'] })
  await signInAs(juanku, KEEPER)
  await callFrom(page, 'accounts.deliverKeys', { accountId })
  await callFrom(page, 'assignments.add', { caseId: room.caseId, accountId, kind: 'own' })
  await callFrom(page, 'session.signOut', {})
  await callFrom(page, 'session.signIn', {
    ...{ folder: room.vault, accountName: name, password, newPassword: own },
  })
  await signInAs(juanku, { name, password: own })
}
