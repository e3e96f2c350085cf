import { join, resolve } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { callFrom, type Launched, openRoom } from './app.ts'

const SCANS = resolve(import.meta.dirname, '../../assets/sample/scans')
export const ROWS = resolve(import.meta.dirname, '../../assets/sample/rows.csv')
export const SAMPLE_CASE = resolve(import.meta.dirname, '../../assets/sample/case.json')
export const CASE_NUMBER = '（2023）云0199民初1024号'
export const MAIN_SCANS = join(SCANS, '正卷')

export interface Room {
  readonly folder: string
  readonly vault: string
  readonly caseId: string
  readonly mainVolumeId: string
}

/** A new vault with the sample's case in it, someone signed in, no pages yet. */
export async function newRoom(juanku: Launched): Promise<Room> {
  const { page, home } = juanku
  await openRoom(juanku)
  const tree = await callFrom(page, 'cases.create', {
    draft: {
      number: CASE_NUMBER,
      cause: '民间借贷纠纷',
      parties: [
        { role: 'plaintiff', name: '王小样' },
        { role: 'defendant', name: '李样本' },
      ],
      retention: 'D60',
    },
    volumes: ['main', 'sub'],
  })
  const main = tree.volumes.find((volume) => volume.kind === 'main')
  if (main === undefined) throw new Error('the case has no main volume')
  return { folder: home.folder, vault: home.vaultFolder, caseId: tree.case.id, mainVolumeId: main.id }
}

/** Imports without the screen, and waits for the end. */
export async function importScans(page: Page, room: Room): Promise<void> {
  const jobId = await callFrom(page, 'intake.start', {
    volumeId: room.mainVolumeId,
    paths: [MAIN_SCANS],
    table: { path: ROWS },
  })
  await expect
    .poll(async () => (await callFrom(page, 'jobs.get', { jobId })).state, { timeout: 90_000 })
    .toBe('succeeded')
}

export async function goTo(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, `#${place}`)
}

/** What a checking that reads every page may take. */
export const JOB_WITHIN_MS = 240_000

export async function jobEnded(page: Page, jobId: string): Promise<void> {
  await expect
    .poll(async () => (await callFrom(page, 'jobs.get', { jobId })).state, { timeout: JOB_WITHIN_MS })
    .toBe('succeeded')
}
