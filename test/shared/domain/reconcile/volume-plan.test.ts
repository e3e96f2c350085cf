import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PlanStep } from '../../../../shared/contract/settlements.ts'
import { applySteps, type PlanContext } from '../../../../shared/domain/reconcile/volume-plan.ts'
import type { StatePage, VolumeState } from '../../../../shared/domain/reconcile/volume-state.ts'
import { volumeText } from '../../../../shared/domain/reconcile/volume-state.ts'

const page = (key: string, printed: string, more: Partial<StatePage> = {}): StatePage => ({
  ...{ key, paperPageId: null, versionId: `v${key}`, sha256: `image ${key}`, bookId: 'b1', itemId: null },
  ...{ printedNumber: printed, confirmed: false, kind: 'content', turn: 0, ...more },
})
const item = (key: string, sequence: number, more: Partial<VolumeState['items'][number]> = {}) => ({
  ...{ key, bookId: 'b1', sequence, title: `title ${key}`, documentNumber: '', responsible: '', date: '' },
  ...{ firstPrinted: '', lastPrinted: '', remark: '', ...more },
})
const volume = (
  pages: readonly StatePage[],
  items: VolumeState['items'] = [],
  books = [{ id: 'b1', sequence: 1 }],
): VolumeState => ({ books, pages, items })
const five = volume(['1', '2', '3', '4', '5'].map((n) => page(n, n)))
const scan = (printedNumber = '', turn: 0 | 180 = 0) => ({
  ...{ sha256: 'scan', turn, printedNumber },
  kind: 'content' as const,
})
const context = (
  paper: readonly (readonly [string, ReturnType<typeof scan>])[] = [['x', scan()]],
): PlanContext => ({ paper: new Map(paper), otherVolumes: new Set(['sub']) })

const insert = (
  beforePageId: string | null,
  more: Partial<Extract<PlanStep, { kind: 'insert' }>> = {},
): PlanStep => ({
  ...{ kind: 'insert', differenceId: null, paperPageId: 'x', bookId: 'b1', beforePageId, itemId: null },
  ...more,
})
const move = (pageId: string, beforePageId: string | null): PlanStep => ({
  ...{ kind: 'move', differenceId: null, pageId, bookId: 'b1', beforePageId },
})
const remove = (pageId: string): PlanStep => ({ kind: 'remove', differenceId: null, pageId, reason: '多扫' })

function applied(state: VolumeState, steps: readonly PlanStep[], given = context()) {
  const outcome = applySteps(state, steps, given)
  if (!outcome.ok) throw new Error(`${outcome.step} ${outcome.refusal}`)
  return outcome
}
const order = ({ pages }: VolumeState) => pages.map(({ key }) => key)
const numbers = ({ pages }: VolumeState) => pages.map(({ printedNumber }) => printedNumber)

test('a page of the paper stands before the page it was put before, and the numbers are counted on', () => {
  const { after, changes } = applied(five, [insert('3')])
  expect(order(after)).toEqual(['1', '2', 'paper:x', '3', '4', '5'])
  expect(numbers(after)).toEqual(['1', '2', '3', '4', '5', '6'])
  expect(changes.get('paper:x')).toBe('inserted')
  expect(changes.get('3')).toBe('renumbered')
})

test('a number read on the paper stands, as far as it goes on from the page before it', () => {
  expect(numbers(applied(five, [insert('3')], context([['x', scan('2-1')]])).after)).toEqual([
    '1',
    '2',
    '2-1',
    '3',
    '4',
    '5',
  ])
  expect(numbers(applied(five, [insert('3')], context([['x', scan('1')]])).after)[2]).toBe('3')
})

test('numbers that a person confirmed stand whatever is put in or taken out before them', () => {
  const state = volume([page('1', '1'), page('2', '2'), page('3', '9', { confirmed: true }), page('4', '10')])
  expect(numbers(applied(state, [insert('2')]).after)).toEqual(['1', '2', '3', '9', '10'])
  expect(numbers(applied(state, [remove('1')]).after)).toEqual(['1', '9', '10'])
})

test('places are those before the plan, also beside pages that move or leave', () => {
  const { after } = applied(five, [move('2', '5'), insert('2'), remove('4')])
  expect(order(after)).toEqual(['1', 'paper:x', '3', '2', '5'])
})

test('replacing keeps the page and gives it the image and the turn of the paper', () => {
  const step: PlanStep = { kind: 'replace', differenceId: null, pageId: '2', paperPageId: 'x' }
  const { after, changes } = applied(five, [step], context([['x', scan('', 180)]]))
  expect(after.pages[1]).toMatchObject({ key: '2', sha256: 'scan', turn: 180, printedNumber: '2' })
  expect([...changes]).toEqual([['2', 'replaced']])
})

test('one change that settles two differences is made once', () => {
  const twice = (differenceId: string): PlanStep => ({ ...remove('2'), differenceId }) as PlanStep
  expect(order(applied(five, [twice('a'), twice('b')]).after)).toEqual(['1', '3', '4', '5'])
})

test('rows are edited, added in their place and removed, and pages of a removed row have none', () => {
  const state = volume([page('1', '1', { itemId: 'i1' }), page('2', '2')], [item('i1', 1), item('i2', 2)])
  const { after, catalogueChanges } = applied(state, [
    { kind: 'edit-item', differenceId: null, itemId: 'i2', values: { title: '答辩状' } },
    { kind: 'remove-item', differenceId: null, itemId: 'i1' },
    {
      ...{ kind: 'add-item', differenceId: null, bookId: 'b1', beforeItemId: 'i2', title: '传票', date: '' },
      ...{ documentNumber: '', responsible: '', firstPrinted: '2', lastPrinted: '2' },
    },
  ])
  expect(after.items.map(({ title, sequence }) => [title, sequence])).toEqual([
    ['传票', 1],
    ['答辩状', 2],
  ])
  expect(after.pages.map(({ itemId }) => itemId)).toEqual([null, 'item:2'])
  expect(catalogueChanges).toContainEqual({
    row: '2 title i2',
    field: 'title',
    before: 'title i2',
    after: '答辩状',
  })
})

const items = [item('i1', 1)]
test.each([
  ['unknown-page', [remove('9')]],
  ['unknown-paper-page', [insert('1', { paperPageId: 'y' })]],
  ['paper-page-used-twice', [insert('1'), insert('2')]],
  ['unknown-book', [insert(null, { bookId: 'b9' })]],
  ['unknown-place', [insert('9')]],
  ['before-itself', [move('2', '2')]],
  ['page-handled-twice', [move('2', '5'), remove('2')]],
  ['page-handled-twice', [remove('2'), move('2', '5')]],
  ['unknown-item', [insert('1', { itemId: 'i9' })]],
  ['item-of-other-book', [insert(null, { bookId: 'b2', itemId: 'i1' })]],
  [
    'item-handled-twice',
    [
      { kind: 'edit-item', differenceId: null, itemId: 'i1', values: { title: 'a' } },
      { kind: 'edit-item', differenceId: null, itemId: 'i1', values: { title: 'b' } },
    ],
  ],
  [
    'unknown-volume',
    [{ kind: 'move-volume', differenceId: null, pageId: '1', toVolumeId: 'other', reason: '副卷材料' }],
  ],
] as const satisfies readonly (readonly [string, readonly PlanStep[]])[])(
  '%s refuses the plan and names the step',
  (refusal, steps) => {
    const books = [
      { id: 'b1', sequence: 1 },
      { id: 'b2', sequence: 2 },
    ]
    expect(applySteps({ ...five, books, items }, steps, context())).toEqual({
      ...{ ok: false, step: steps.length, refusal },
    })
  },
)

const key = fc.integer({ min: 1, max: 12 }).map(String)
const anyStep: fc.Arbitrary<PlanStep> = fc.oneof(
  fc.record({ at: fc.option(key), paper: key }).map(({ at, paper }) => insert(at, { paperPageId: paper })),
  fc.record({ pageId: key, at: fc.option(key) }).map(({ pageId, at }) => move(pageId, at)),
  key.map(remove),
  fc
    .record({ pageId: key, paperPageId: key })
    .map((one): PlanStep => ({ kind: 'replace', differenceId: null, ...one })),
  key.map((pageId): PlanStep => ({ kind: 'rotate', differenceId: null, pageId, turn: 180 })),
)

test('whatever the steps, no page is lost or doubled, and untouched pages keep their order', () => {
  const state = volume(Array.from({ length: 10 }, (_, n) => page(String(n + 1), String(n + 1))))
  const paper = context(Array.from({ length: 12 }, (_, n) => [String(n + 1), scan()] as const))
  let possible = 0
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 1, maxLength: 6 }), (steps) => {
      const outcome = applySteps(state, steps, paper)
      if (!outcome.ok) return
      possible += 1
      const keys = order(outcome.after)
      expect(new Set(keys).size).toBe(keys.length)
      const left = new Set(outcome.leaving.map(({ pageId }) => pageId))
      const kept = order(state).filter((one) => !left.has(one))
      expect(new Set(keys.filter((one) => !one.startsWith('paper:')))).toEqual(new Set(kept))
      const inserted = new Set(
        steps.flatMap((step) => (step.kind === 'insert' ? [`paper:${step.paperPageId}`] : [])),
      )
      expect(new Set(keys.filter((one) => one.startsWith('paper:')))).toEqual(inserted)
      const moved = new Set(steps.flatMap((step) => (step.kind === 'move' ? [step.pageId] : [])))
      const still = (all: readonly string[]) =>
        all.filter((one) => !moved.has(one) && !one.startsWith('paper:'))
      expect(still(keys)).toEqual(still(kept))
      expect(numbers(outcome.after)).toEqual(keys.map((_, place) => String(place + 1)))
    }),
    { numRuns: 500, seed: 11 },
  )
  expect(possible).toBeGreaterThan(100)
})

test('the text of a volume tells every change, and does not depend on the ids of new pages', () => {
  const text = volumeText(five)
  for (const step of [insert('3'), move('2', '5'), remove('1')])
    expect(volumeText(applied(five, [step]).after)).not.toBe(text)
  const { after } = applied(five, [insert('3')])
  const renamed = { ...after, pages: after.pages.map((one) => ({ ...one, key: `id ${one.key}` })) }
  expect(volumeText(renamed)).toBe(volumeText(after))
})
