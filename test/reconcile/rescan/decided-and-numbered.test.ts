import { describe, expect, test } from 'vitest'
import {
  type Checking,
  checkingOf,
  type DrawnPage,
  type DrawnWith,
  drawPage,
  knowingReader,
  placesOf,
  registered,
  rescan,
  sidesOf,
  wordsOf,
  writeScan,
} from './rescan-room.ts'

const page = (place: number, drawn: DrawnWith = {}) => drawPage(wordsOf(place), drawn)
const pagesOf = (...places: number[]) => places.map((place) => page(place))

/** The same page with a number read in its upper corner: right on a front, left on a back. */
async function numbered(place: number, number: string, back = false): Promise<DrawnPage> {
  const { image, reading } = await page(place, { grey: true })
  const left = back ? 60 : reading.widthPixels - 110
  const corner = [left, 40, left + 50, 40, left + 50, 80, left, 80] as const
  const places = [...number].flatMap((_, at) => [at * 300, at * 300 + 300])
  const line = { quad: corner, text: number, confidence: 0.98, kind: 'printed', places } as const
  return { image, reading: { ...reading, lines: [line, ...reading.lines] } }
}

async function settled({ room }: Checking): Promise<void> {
  const jobs = room.desk.room().jobs.list()
  await Promise.all(jobs.map(({ id }) => room.ended(id)))
}

describe('a decision', { timeout: 120_000 }, () => {
  test('that an electronic page has no paper holds as the rest is matched anew, until another is made', async () => {
    const knowing = knowingReader()
    const electronic = await writeScan(pagesOf(0, 1, 2), knowing.learn)
    const checking = await checkingOf(electronic, { openReader: knowing.reader })
    const paper = [0, 1, 2].map((place) => page(place, { grey: true }))
    await rescan(checking, [await writeScan(paper, knowing.learn)])
    const { room, volumeId, reconciliationId } = checking
    const before = await sidesOf(checking)
    expect(placesOf(before)).toEqual(['same 0 0', 'same 1 1', 'same 2 2'])
    const [, second] = before.pages
    const work = { volumeId, reconciliationId }
    await room.call('reconcile.decideMatch', { ...work, paperPageId: null, pageId: second?.id ?? '' })
    await settled(checking)
    // Its twin on the paper is not given to it again, nor to another page.
    const decided = await sidesOf(checking)
    expect(placesOf(decided)).toEqual(['extra - 1', 'missing 1 -', 'same 0 0', 'same 2 2'])
    expect(decided.matches.find(({ pageId }) => pageId === second?.id)).toMatchObject({
      ...{ kind: 'extra', sure: true, decidedBy: '档案员甲' },
    })
    expect(registered(checking).map(({ type }) => type)).toEqual(['D01', 'D02'])

    const neither = { ...work, paperPageId: null, pageId: null }
    expect((await room.refusal('reconcile.decideMatch', neither)).code).toBe('CALL_INVALID_INPUT')
    await room.call('reconcile.decideMatch', {
      ...{ ...work, paperPageId: before.paper[1]?.id ?? '', pageId: second?.id ?? '' },
    })
    await settled(checking)
    expect(placesOf(await sidesOf(checking))).toEqual(['same 0 0', 'same 1 1', 'same 2 2'])
    const open = registered(checking).filter(({ state }) => state === 'found')
    expect(open).toEqual([])
  })
})

describe('a scan of both sides', { timeout: 120_000 }, () => {
  test('has its sides and printed numbers told apart; a back without an image is one, and coarse pages are one', async () => {
    const knowing = knowingReader()
    // The backs of both sheets were never scanned, and what was, too coarsely.
    const coarse = { dpi: 150 }
    const electronic = await writeScan([page(0, coarse), page(2, coarse), page(4, coarse)], knowing.learn)
    const checking = await checkingOf(electronic, { openReader: knowing.reader })
    const paper = await writeScan(
      [
        ...[numbered(0, '1'), numbered(1, '2', true), numbered(2, '3'), numbered(3, '4', true)],
        ...[numbered(4, '5'), numbered(5, '6', true)],
      ],
      knowing.learn,
    )
    await rescan(checking, [paper], { duplex: true })
    const sides = await sidesOf(checking)
    expect(sides.scans).toMatchObject([{ duplex: true }])
    expect(sides.paper.map(({ side, printedNumber }) => [side, printedNumber])).toEqual([
      ...[
        ['front', '1'],
        ['back', '2'],
        ['front', '3'],
        ['back', '4'],
        ['front', '5'],
        ['back', '6'],
      ],
    ])
    const found = registered(checking).map(({ type, paper: where }) => `${type} ${where}`)
    expect(found.toSorted()).toEqual([
      'D06 纸质第 2 页（纸质影像 2）',
      'D06 纸质第 4 页（纸质影像 4）',
      'D06 纸质第 6 页（纸质影像 6）',
      'D08 纸质第 1–5 页（纸质影像 1–5）',
    ])
  })
})
