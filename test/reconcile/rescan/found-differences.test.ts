import { describe, expect, test } from 'vitest'
import {
  foundDifferences,
  type PairFacts,
  type RescanFacts,
  type ScannedPage,
} from '../../../electron/reconcile/rescan/found-differences.ts'
import type { PageRow } from '../../../shared/contract/model.ts'
import type { FoundChange, PageMatchRow } from '../../../shared/contract/reconcile.ts'
import { placeWords } from '../../../shared/domain/reconcile/place.ts'

const paperPage = (place: number, more: Partial<ScannedPage> = {}): ScannedPage => ({
  ...{ id: `paper-${place}`, scanId: 'scan-1', sequence: place, printedNumber: '', turn: 0, read: true },
  ...{ side: null, duplex: false },
  ...more,
})

const page = (place: number, more: Partial<PageRow> = {}): PageRow => ({
  ...{ id: `page-${place}`, bookId: 'book-1', itemId: 'item-1', position: place, sheet: place, side: null },
  ...{ printedNumber: String(place), kind: 'content', versionId: `version-${place}`, versionNumber: 1 },
  ...{ widthPixels: 1654, heightPixels: 2339, dpi: 200, colourMode: 'colour' },
  ...more,
})

const match = (
  paper: number | null,
  electronic: number | null,
  more: Partial<PageMatchRow> = {},
): PageMatchRow => ({
  id: `match-${paper ?? ''}-${electronic ?? ''}`,
  paperPageId: paper === null ? null : `paper-${paper}`,
  pageId: electronic === null ? null : `page-${electronic}`,
  versionId: electronic === null ? null : `version-${electronic}`,
  kind: paper === null ? 'extra' : electronic === null ? 'missing' : 'same',
  ...{ confidence: 0.97, sure: true, moved: false, turn: 0, reasons: [], candidates: [] },
  ...{ decidedBy: null, changes: null, strongest: null },
  ...more,
})

const change = (
  kind: FoundChange['kind'],
  on: FoundChange['on'],
  more: Partial<FoundChange> = {},
): FoundChange => ({
  ...{ kind, on, sources: ['image'], strength: 0.9, paperBox: [0.1, 0.1, 0.2, 0.1], electronicBox: null },
  ...more,
})

function found(facts: Partial<RescanFacts> & Pick<RescanFacts, 'matches'>, pair?: Partial<PairFacts>) {
  return foundDifferences({
    paper: [paperPage(1), paperPage(2), paperPage(3)],
    electronic: [page(1), page(2), page(3)],
    bookNumber: () => 1,
    itemTitle: () => '民事起诉状',
    pair: () => (pair === undefined ? undefined : { registered: true, changes: [], redInk: 0, ...pair }),
    beginning: (side, id) => `${side} ${id}`,
    stage: 'acceptance',
    ...facts,
  })
}

const types = (...given: Parameters<typeof found>) => found(...given).map(({ identity }) => identity)

describe('differences that follow from a fresh scan', () => {
  test('are none where every page is matched and nothing changed', () => {
    expect(types({ matches: [match(1, 1), match(2, 2), match(3, 3)] }, {})).toEqual([])
  })

  test('name a page without a partner by where it belongs on the other side', () => {
    const matches = [match(1, 1), match(2, null), match(null, 2), match(3, 3)]
    const places = found({ matches }).map(({ paperPlace, electronicPlace }) =>
      [paperPlace, electronicPlace].map((place) =>
        typeof place === 'string' ? place : placeWords(place, 'zh'),
      ),
    )
    expect(places).toEqual([
      ['纸质影像 2', '缺，应在第 1 页（影像 1）之后'],
      ['无，应在纸质影像 1之后', '第 2 页（影像 2）'],
    ])
    expect(found({ matches })).toMatchObject([
      {
        ...{ identity: 'D01|paper:paper-2', type: 'D01', paperPageId: 'paper-2', pageId: null, itemId: null },
        stage: 'acceptance',
        content: { paperWords: 'paper paper-2', electronicWords: '' },
      },
      {
        ...{ identity: 'D02|page:page-2', type: 'D02', itemId: 'item-1', book: 1, confidence: 0.97 },
        content: { itemWords: '民事起诉状', electronicWords: 'electronic version-2' },
      },
    ])
  })

  test('call a blank page that is missing less certain', () => {
    const [blank] = found({ matches: [match(1, null, { reasons: [{ code: 'blank' }] })] })
    expect(blank).toMatchObject({ type: 'D01', confidence: 0.5, content: { basis: '空白页' } })
  })

  test('call a missing back side what it is where sheets have two sides', () => {
    const electronic = [
      page(1, { sheet: 1, side: 'A' }),
      page(2, { sheet: 2, side: 'A' }),
      page(3, { sheet: 2, side: 'B' }),
    ]
    const matches = [match(1, 1), match(2, null), match(3, 2)]
    expect(types({ matches, electronic })).toEqual(['D06|paper:paper-2'])
    // The sheet before has its back already: it is a whole sheet that is missing.
    const behind = [match(1, 2), match(2, 3), match(3, null)]
    expect(types({ matches: behind, electronic })).toEqual(['D01|paper:paper-3'])
  })

  test('tell a page that was scanned twice from one too many', () => {
    const twice = match(null, 3, { kind: 'duplicate', candidates: [{ pageId: 'page-1', confidence: 0.99 }] })
    expect(found({ matches: [match(1, 1), twice] })).toMatchObject([
      { identity: 'D03|page:page-3', content: { basis: '与第 1 页（影像 1）内容相同' } },
    ])
  })

  test('are order, another page in the place, and content, each its own', () => {
    expect(types({ matches: [match(1, 2, { moved: true })] }, {})).toEqual(['D04|page:page-2'])
    expect(types({ matches: [match(1, 1, { kind: 'replaced' })] })).toEqual(['D19|page:page-1'])
    const changes = [
      change('added-stamp', 'paper'),
      change('handwriting', 'paper', { strength: 0.6 }),
      change('changed-text', 'both', {
        paperText: '叁万元',
        electronicText: '贰万元',
        sources: ['text', 'image'],
      }),
      change('cropped', 'paper'),
    ]
    const all = found({ matches: [match(1, 1)] }, { changes })
    expect(all.map(({ identity, confidence }) => [identity, confidence])).toEqual([
      ...[
        ['D18|version:version-1', 0.9],
        ['D19|version:version-1', 0.9],
        ['D07|version:version-1', 0.9],
      ],
    ])
    expect(all[0]?.content.regions).toHaveLength(2)
    expect(all[1]?.content).toMatchObject({ paperWords: '叁万元', electronicWords: '贰万元' })
  })

  test('say nothing of content where the two could not be laid over each other, or the pair is not sure', () => {
    const changes = [change('added-stamp', 'paper')]
    expect(types({ matches: [match(1, 1)] }, { changes, registered: false })).toEqual([])
    expect(types({ matches: [match(1, 1, { sure: false, moved: true, turn: 180 })] }, { changes })).toEqual(
      [],
    )
    expect(types({ matches: [match(1, 1, { sure: false, decidedBy: '甲' })] }, { changes })).toEqual([
      'D18|version:version-1',
    ])
  })

  test('are a turn only where the images do not stand as the paper does', () => {
    expect(types({ matches: [match(1, 1, { turn: 180 })] })).toEqual(['D05|page:page-1'])
    // Turned for showing already.
    expect(types({ matches: [match(1, 1, { turn: 180 })], electronic: [page(1, { turn: 180 })] })).toEqual([])
    // A table that lies on its side in the paper and in the images.
    expect(
      types({ matches: [match(1, 1, { turn: 90 })], paper: [paperPage(1, { turn: 90 }), paperPage(2)] }),
    ).toEqual([])
    // The whole stack went through the feeder upside down.
    const paper = [1, 2, 3].map((place) => paperPage(place, { turn: 180 }))
    const upright = [match(1, 1), match(2, 2)]
    expect(types({ matches: [...upright, match(3, 3, { turn: 180 })], paper })).toEqual(['D05|page:page-3'])
  })

  test('are colour where the paper bears red and the image none, and a resolution below 200 dpi', () => {
    const electronic = [page(1, { colourMode: 'bitonal' }), page(2, { dpi: 150 }), page(3, { dpi: null })]
    const matches = [match(1, 1), match(2, 2), match(3, 3)]
    expect(types({ matches, electronic }, { redInk: 0.01 })).toEqual([
      'D08|version:version-1',
      'D08|pages:page-2',
    ])
  })

  test('call pages one behind the other that are too coarse one difference, with its range', () => {
    const electronic = [1, 2, 3, 4, 5, 6].map((place) => page(place, { dpi: place === 4 ? 300 : 150 }))
    const paper = [1, 2, 3, 4, 5, 6].map((place) => paperPage(place))
    const matches = [1, 2, 3, 4, 5].map((place) => match(place, place))
    const all = found({ matches, electronic, paper })
    expect(all.map(({ identity, content }) => [identity, content.pageIds, content.basis])).toEqual([
      ['D08|pages:page-1', ['page-1', 'page-2', 'page-3'], '共 3 页，150 dpi，低于 200 dpi'],
      // The page behind it has no partner: whether it is as coarse as the paper allows is not known.
      ['D08|pages:page-5', ['page-5'], '150 dpi，低于 200 dpi'],
    ])
    expect(all[0]?.content.ground).toEqual({ on: 'coarse', pages: 3, least: 150, most: 150, wanted: 200 })
    const [first] = all
    expect(
      first && typeof first.electronicPlace !== 'string' && placeWords(first.electronicPlace, 'zh'),
    ).toBe('第 1–3 页（影像 1–3）')
    expect(first && typeof first.paperPlace !== 'string' && placeWords(first.paperPlace, 'en')).toBe(
      'paper scan 1–3',
    )
  })

  test('know a missing back by the sides of the fresh scan where the electronic pages know none', () => {
    const sides = (count: number) =>
      Array.from({ length: count }, (_, at) =>
        paperPage(at + 1, { duplex: true, side: at % 2 === 0 ? 'front' : 'back' }),
      )
    const electronic = [page(1, { sheet: null }), page(2, { sheet: null }), page(3, { sheet: null })]
    // Backs of the first and of the third sheet; of the second sheet both sides.
    const matches = [match(1, 1), match(2, null), match(3, null), match(4, null), match(5, 2), match(6, null)]
    expect(types({ paper: sides(6), electronic, matches })).toEqual([
      ...['D06|paper:paper-2', 'D01|paper:paper-3', 'D01|paper:paper-4', 'D06|paper:paper-6'],
    ])
  })

  test('take one page alone for a back where blank backs were left out of the scan, but never two', () => {
    const paper = [1, 2, 3, 4, 5, 6, 7].map((place) => paperPage(place, { duplex: true }))
    const matches = [
      ...[match(1, 1), match(2, null), match(3, 2), match(4, null), match(5, null), match(6, 3)],
      match(7, null),
    ]
    const all = found({ paper, matches })
    expect(all.map(({ identity, confidence }) => [identity, confidence])).toEqual([
      ...[
        ['D06|paper:paper-2', 0.7],
        ['D01|paper:paper-4', 0.97],
        ['D01|paper:paper-5', 0.97],
        ['D06|paper:paper-7', 0.7],
      ],
    ])
  })
})
