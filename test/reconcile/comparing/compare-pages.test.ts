import { readFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { type Box, comparePages, type FoundChange } from '../../../electron/reconcile/comparing/index.ts'
import { PROJECT } from '../../fixtures/records-room.ts'
import type { Change } from '../../fixtures/volume-pairs/types.ts'
import { printedSheet, type ScannedPage, type ScannerName, scannedPage } from './scanned-page.ts'

function meets(box: Box | null, altered: ScannedPage['altered']): boolean {
  if (box === null || altered === undefined) return false
  const width = Math.min(box[0] + box[2], altered[0] + altered[2]) - Math.max(box[0], altered[0])
  const height = Math.min(box[1] + box[3], altered[1] + altered[3]) - Math.max(box[1], altered[1])
  return width > 0 && height > 0
}

const words = ({ kind, sources, on, paperText, electronicText }: FoundChange) =>
  `${kind} on ${on} by ${sources.join('+')} ${paperText ?? ''}→${electronicText ?? ''}`

describe('two scans of one unchanged page', () => {
  const MACHINES: readonly (readonly [ScannerName, ScannerName])[] = [
    ['glass-colour-300', 'feeder-bitonal-200'],
    ['feeder-bitonal-300', 'copier-colour-200'],
    ['overhead-colour-240', 'feeder-grey-200'],
  ]
  it.each(MACHINES)('show no difference between %s and %s', async (first, second) => {
    const sheet = printedSheet('text', 2)
    const found = await comparePages(await scannedPage(sheet, first), await scannedPage(sheet, second))
    expect(found.registered).toBe(true)
    expect(found.changes.map(words)).toEqual([])
    expect(found.textAgreement).toBeGreaterThan(0.95)
    expect(found.inkAgreement).toBeGreaterThan(0.9)
  })

  it('show none in a ruled table either', async () => {
    const sheet = printedSheet('table', 3)
    const paper = await scannedPage(sheet, 'glass-grey-240-png')
    const electronic = await scannedPage(sheet, 'feeder-bitonal-300')
    expect((await comparePages(paper, electronic)).changes.map(words)).toEqual([])
  })

  it('show none where coloured fields of the one are grey on the other', async () => {
    const sample = path.join(PROJECT, 'assets/sample')
    const page = async (...names: readonly string[]) => ({
      data: await readFile(path.join(sample, ...names)),
      turn: 0 as const,
      reading: null,
    })
    const found = await comparePages(
      await page('paper', '020.jpg'),
      await page('scans', '正卷', '020_微信聊天记录.tif'),
    )
    expect(found.registered).toBe(true)
    expect(found.changes.map(words)).toEqual([])
  })

  it('show none when one was stored upside down', async () => {
    const sheet = printedSheet('text', 4)
    const paper = await scannedPage(sheet, 'glass-colour-300')
    const electronic = await scannedPage(sheet, 'feeder-grey-200', { turn: 180 })
    const found = await comparePages(paper, electronic)
    expect(found.registered).toBe(true)
    expect(found.changes.map(words)).toEqual([])
  })

  it('are laid over each other without a word read', async () => {
    const sheet = printedSheet('text', 5)
    const paper = { ...(await scannedPage(sheet, 'glass-colour-300')), reading: null }
    const electronic = { ...(await scannedPage(sheet, 'feeder-bitonal-300')), reading: null }
    const found = await comparePages(paper, electronic)
    expect(found.registered).toBe(true)
    expect(found.textAgreement).toBeNull()
    expect(found.changes.map(words)).toEqual([])
  })
})

describe('a change on one of the scans', () => {
  const EXPECTED: readonly (readonly [Change, readonly string[]])[] = [
    // Of a worn seal in grey only pieces may be left over: it is found, but not always named.
    ['stamp', ['added-stamp', 'handwriting']],
    ['handwriting', ['handwriting']],
    ['word', ['changed-text']],
    ['digit', ['changed-text']],
    ['erased', ['erased', 'covered', 'removed-text']],
    ['covered', ['covered', 'erased', 'removed-text']],
    ['cropped', ['cropped']],
  ]
  it.each(EXPECTED)('is found where it is: %s', async (change, kinds) => {
    const sheet = printedSheet('text', 6)
    const paper = await scannedPage(sheet, 'feeder-grey-200', { change })
    const electronic = await scannedPage(sheet, 'glass-colour-300')
    const there = await comparePages(paper, electronic)
    const back = await comparePages(electronic, paper)
    const found =
      change === 'cropped'
        ? there.changes
        : there.changes.filter(({ paperBox }) => meets(paperBox, paper.altered))
    expect(kinds).toContain(found[0]?.kind)
    expect(back.changes.some(({ kind }) => kinds.includes(kind))).toBe(true)
  })

  it('names both texts where words differ', async () => {
    const sheet = printedSheet('text', 6)
    const paper = await scannedPage(sheet, 'glass-colour-300', { change: 'digit' })
    const electronic = await scannedPage(sheet, 'feeder-bitonal-300')
    const [change] = (await comparePages(paper, electronic)).changes
    expect(change?.sources).toContain('text')
    expect(change?.paperText).toMatch(/\d/u)
    expect(change?.electronicText).toMatch(/\d/u)
    expect(change?.paperText).not.toBe(change?.electronicText)
  })
})

describe('pages that are not the same', () => {
  it('are not laid over each other, and nothing is said of changes', async () => {
    const text = await scannedPage(printedSheet('text', 7), 'glass-colour-300')
    const table = await scannedPage(printedSheet('table', 8), 'feeder-grey-200')
    const found = await comparePages(text, table)
    expect(found.registered).toBe(false)
    expect(found.changes).toEqual([])
  })

  it('two blank sides agree', async () => {
    const blank = async (width: number, height: number, level: number) => ({
      data: await sharp({
        create: { width, height, channels: 3, background: { r: level, g: level, b: level } },
      })
        .withMetadata({ density: 200 })
        .jpeg()
        .toBuffer(),
      turn: 0 as const,
      reading: null,
    })
    const found = await comparePages(await blank(1654, 2339, 250), await blank(1640, 2350, 228))
    expect(found.registered).toBe(true)
    expect(found.changes).toEqual([])
  })

  it('a file that is no image is refused', async () => {
    const page = await scannedPage(printedSheet('text', 7), 'feeder-grey-200')
    const broken = { data: Buffer.from('not an image'), turn: 0 as const, reading: null }
    await expect(comparePages(page, broken)).rejects.toThrow()
  })
})
