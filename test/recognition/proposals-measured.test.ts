import { describe, expect, test } from 'vitest'
import { CONFIDENT, type PageProposal } from '../../shared/domain/page-proposal.ts'
import { isSameTitle } from '../../shared/domain/page-proposal-item.ts'
import { volumeProposals } from '../../shared/domain/volume-proposals.ts'
import { ofOtherCase, scoreOf, tell } from '../fixtures/recognition/proposal-scores.ts'
import {
  asProposalVolume,
  type CaseOptions,
  SAMPLE_PARTIES,
  sampleReadings,
  sampleVolume,
} from '../fixtures/recognition/sample-volumes.ts'

/**
 * The rules over the sample case as a perfect reader would find it, as one that mixes up one look-alike in fifty, and
 * as the shipped models read its scans.
 * The figures are printed; the bounds are what must not get worse.
 */
const READERS = [
  ['read perfectly', {}],
  ['with look-alikes misread', { misread: 0.02 }],
  ['as the shipped models read it', { readingOf: ({ id }, drawn) => sampleReadings[id] ?? drawn }],
] as const satisfies readonly (readonly [string, CaseOptions])[]

const main = sampleVolume('main')
const inner = sampleVolume('inner')

const byPage = (proposals: readonly PageProposal[], kind: PageProposal['kind'], least = 0) =>
  new Map(
    proposals
      .filter((proposal) => proposal.kind === kind && proposal.confidence >= least)
      .map(({ pageId, proposed }) => [pageId, proposed]),
  )

describe.each(READERS)('the sample case, %s', (name, reader) => {
  test('raises next to nothing where the catalogue is right', () => {
    const proposals = [main, inner].flatMap((volume) => volumeProposals(asProposalVolume(volume, reader)))
    // That a judgment carries the case's number is worth a field of its own; it is missing from the sample's list.
    const raised = proposals.filter(({ kind }) => kind !== 'item-number')
    console.info(`${name}: ${raised.length} proposals over 44 pages that need none`)
    expect(raised.length).toBeLessThanOrEqual(4)
    expect(raised.filter(({ confidence }) => confidence >= CONFIDENT)).toEqual([])
  })

  test('finds where documents begin, their titles, dates and rows', () => {
    const proposals = volumeProposals(asProposalVolume(main, { ...reader, catalogued: false }))
    const begins = new Map(
      main.items.map((item, at) => [main.planned.find((page) => page.item === at + 1)?.id ?? '', item]),
    )
    const titles = new Map([...begins].map(([page, { title }]) => [page, title]))
    const found = scoreOf(byPage(proposals, 'new-item'), titles, isSameTitle)
    tell(`${name}, titles`, found)
    expect(found.precision).toBeGreaterThanOrEqual(0.95)
    expect(found.recall).toBeGreaterThanOrEqual(0.8)

    const made = proposals.flatMap(({ pageId, change }) =>
      change.does === 'new-item' ? [{ pageId, change }] : [],
    )
    const dates = new Map(
      made.flatMap(({ pageId, change }) => (change.date === '' ? [] : [[pageId, change.date]])),
    )
    const trueDates = new Map([...begins].map(([page, { date }]) => [page, date]))
    const dated = scoreOf(dates, trueDates)
    tell(`${name}, dates of new items`, dated)
    expect(dated.precision).toBeGreaterThanOrEqual(0.9)

    const rows = new Map(
      made.flatMap(({ pageId, change }) =>
        change.templateRow === null ? [] : [[pageId, String(change.templateRow)]],
      ),
    )
    const filed = scoreOf(
      rows,
      new Map([...begins].map(([page, { templateRow }]) => [page, String(templateRow)])),
    )
    tell(`${name}, rows of new items`, filed)
    expect(filed.precision).toBeGreaterThanOrEqual(0.95)

    const kinds = new Map(
      main.planned
        .filter(({ kind }) => kind === 'cover' || kind === 'catalogue' || kind === 'note')
        .map(({ id, kind }) => [id, kind]),
    )
    const marked = scoreOf(byPage(proposals, 'page-kind'), kinds)
    tell(`${name}, covers, lists and notes`, marked)
    expect(marked).toMatchObject({ precision: 1, recall: 1 })
  })

  test('finds the dates that a catalogue lacks', () => {
    const itemOf: CaseOptions['itemOf'] = (item) => ({ ...item, date: '' })
    const proposals = [main, inner].flatMap((volume) =>
      volumeProposals(asProposalVolume(volume, { ...reader, itemOf })),
    )
    const items = new Map([...main.items, ...inner.items].map(({ id, date }) => [id, date]))
    const found = new Map(
      proposals.flatMap(({ kind, itemId, proposed }) =>
        kind === 'item-date' && itemId !== null ? [[itemId, proposed]] : [],
      ),
    )
    const dated = scoreOf(found, items)
    tell(`${name}, dates missing`, dated)
    expect(dated.precision).toBeGreaterThanOrEqual(0.85)
    expect(dated.recall).toBeGreaterThanOrEqual(0.5)
  })

  test.each([5, 14, 27])('tells all numbers after a page that was left out, the %ith', (missing) => {
    const whole = asProposalVolume(main, reader)
    const pages = whole.pages
      .filter((_, at) => at !== missing)
      .map((page, at, all) => {
        const before = all.slice(0, at + 1).filter(({ kind }) => kind === 'content').length
        return { ...page, printedNumber: page.kind === 'content' ? String(before) : '' }
      })
    const truth = new Map(
      main.planned.flatMap(({ id, printed }) => {
        const now = pages.find((page) => page.id === id)?.printedNumber
        return printed !== null && now !== undefined && now !== printed ? [[id, printed] as const] : []
      }),
    )
    const proposals = volumeProposals({ ...whole, pages })
    const found = scoreOf(byPage(proposals, 'printed-number'), truth)
    tell(`${name}, numbers after image ${missing + 1} is missing`, found)
    expect(found.precision).toBe(1)
    expect(found.recall).toBeGreaterThanOrEqual(reader === READERS[0][1] ? 1 : 0.75)
    const sure = scoreOf(byPage(proposals, 'printed-number', CONFIDENT), truth)
    expect(sure.precision).toBe(1)
  })

  test.skipIf('readingOf' in reader)('tells which pages stand turned', () => {
    const turns = [90, 180, 270] as const
    const truth = new Map(
      main.planned
        .filter(({ kind }, at) => kind === 'content' && at % 5 === 0)
        .map(({ id }, at) => [id, turns[at % 3] ?? 90]),
    )
    const straight = asProposalVolume(main, reader)
    const pages = straight.pages.map((page) => {
      const turn = truth.get(page.id)
      if (turn === undefined) return page
      return asProposalVolume(main, { ...reader, turn }).pages.find(({ id }) => id === page.id) ?? page
    })
    const proposals = volumeProposals({ ...straight, pages })
    const found = scoreOf(
      byPage(proposals, 'turn'),
      new Map([...truth].map(([page, turn]) => [page, String(turn)])),
    )
    tell(`${name}, turned pages`, found)
    expect(found).toMatchObject({ precision: 1, recall: 1 })
    // Whatever way they lie, the rest is read from them as from the upright ones.
    const others = (all: readonly PageProposal[]) =>
      all.filter(({ kind }) => kind !== 'turn').map(({ id, confidence }) => ({ id, confidence }))
    expect(others(proposals)).toEqual(others(volumeProposals(straight)))
  })

  test('finds pages of another case among its own', () => {
    const options: CaseOptions = reader
    const telling = main.planned.filter(({ kind }) => kind === 'content').map(({ id }) => id)
    let [right, wrong, missed, silent] = [0, 0, 0, 0]
    for (let round = 0; round < 6; round += 1) {
      const strayed = new Set(telling.filter((_, at) => at % 6 === round))
      const volume = asProposalVolume(main, {
        ...reader,
        readingOf: (page, drawn) => {
          const reading = options.readingOf?.(page, drawn) ?? drawn
          return strayed.has(page.id) ? ofOtherCase(reading) : reading
        },
      })
      const found = byPage(volumeProposals(volume), 'other-case', 0.5)
      for (const page of volume.pages) {
        const says = (page.signals?.cases.length ?? 0) + (page.signals?.parties.length ?? 0) > 0
        if (strayed.has(page.id) && !says) silent += 1
        else if (strayed.has(page.id) && found.has(page.id)) right += 1
        else if (strayed.has(page.id)) missed += 1
        else if (found.has(page.id)) wrong += 1
      }
    }
    const precision = right / (right + wrong)
    const recall = right / (right + missed)
    console.info(
      `${name}, pages of another case: ${right} right, ${wrong} wrong, ${missed} missed; precision ` +
        `${(precision * 100).toFixed(1)} %, recall ${(recall * 100).toFixed(1)} % of those that name a case or a party; ` +
        `${silent} more say neither and cannot be told`,
    )
    expect(precision).toBeGreaterThanOrEqual(0.9)
    expect(recall).toBeGreaterThanOrEqual(0.85)
  })

  test('finds 副卷 material in a 正卷', () => {
    const open = asProposalVolume(main, reader)
    const closed = asProposalVolume(inner, { ...reader, catalogued: false })
    const strayed = closed.pages.filter(({ signals }) => signals?.title !== null).slice(2)
    const proposals = volumeProposals({ ...open, pages: [...open.pages, ...strayed] })
    const truth = new Map(strayed.map(({ id }) => [id, 'yes']))
    const found = new Map([...byPage(proposals, 'restricted', 0.5)].map(([page]) => [page, 'yes']))
    const told = scoreOf(found, truth)
    tell(`${name}, 副卷 material`, told)
    expect(told).toMatchObject({ precision: 1, recall: 1 })
  })
})

test('a number that the case itself names as linked is no sign of another case', () => {
  const appealed = '云州市临江区人民法院（2022）云0199民初55号民事裁定'
  const volume = asProposalVolume(main, {
    readingOf: ({ id }, reading) =>
      id === 'main-032'
        ? {
            ...reading,
            lines: reading.lines.map((line, at) =>
              at === 3 ? { ...line, text: `原告${SAMPLE_PARTIES[0]}不服${appealed}` } : line,
            ),
          }
        : reading,
  })
  expect(byPage(volumeProposals(volume), 'other-case')).toEqual(new Map())
})
