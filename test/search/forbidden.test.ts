import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Session } from '../../electron/access/index.ts'
import { CaseDraft } from '../../shared/contract/model.ts'
import type { SearchQuestion } from '../../shared/contract/search.ts'
import type { VolumeKind } from '../../shared/domain/volume-kind.ts'
import { AT, addPage, itemFields, newId, numberFacts } from '../fixtures/catalogue/open.ts'
import {
  ask,
  askFacets,
  pageTextOf,
  type SearchRoom,
  searchRoom,
  sessionOf,
} from '../fixtures/search-room.ts'

const WORDS = ['借条', '评议', '张三', '李四', '盗窃', '利息', '35000', '2023']
const WORD = fc.constantFrom(
  ...WORDS,
  'zs',
  '民初',
  '（2023）云0199民初3号',
  '20230223',
  '借',
  '案由:借贷',
  '-评议',
  '年:2023',
  '档号:J045',
  'J045ZYSS2023Y0001',
  'Y-0001',
)

/** The same ids in both rooms, so that answers can be compared to the byte. */
const ids = new Map<string, string>()
const idOf = (label: string): string => {
  const id = ids.get(label) ?? newId()
  ids.set(label, id)
  return id
}

const READER = idOf('reader')
const LATER = '2099-01-01T00:00:00.000Z'

interface Place {
  readonly volumeId: string
  readonly bookId: string
}

function builder(room: SearchRoom) {
  const { catalogue, texts } = room
  const { sql } = catalogue
  const addCase = (label: string, number: string, draft: Partial<CaseDraft> = {}) => {
    const whole = CaseDraft.parse({
      number,
      cause: '民间借贷纠纷',
      acceptedOn: '2023-02-23',
      retention: 'D30',
      ...draft,
    })
    catalogue.cases.insert({
      id: idOf(label),
      draft: whole,
      number: numberFacts(number),
      at: AT,
      by: idOf('other'),
    })
    return idOf(label)
  }
  const addVolume = (label: string, caseId: string, kind: VolumeKind): Place => {
    const compartment = kind === 'main' ? 'open' : 'restricted'
    const volumeId = idOf(label)
    const bookId = idOf(`${label}-book`)
    const sequence = kind === 'main' ? 1 : 2
    catalogue.volumes.insert({
      id: volumeId,
      caseId,
      kind,
      compartment,
      sequence,
      templateId: null,
      templateVersion: null,
    })
    catalogue.volumes.insertBook({ id: bookId, volumeId, sequence: 1, title: '' })
    return { volumeId, bookId }
  }
  const addText = (label: string, place: Place, ...lines: string[]) => {
    const { pageId, versionId } = addPage(catalogue, place, label.padEnd(4, '.'))
    // The ids that the fixture made give way to those that both rooms share.
    sql.transaction(() => {
      sql.run('PRAGMA defer_foreign_keys = ON')
      sql.run(
        'UPDATE page SET id = ?, current_version_id = ? WHERE id = ?',
        idOf(label),
        idOf(`${label}-v`),
        pageId,
      )
      sql.run(
        'UPDATE page_version SET id = ?, page_id = ? WHERE id = ?',
        idOf(`${label}-v`),
        idOf(label),
        versionId,
      )
    })
    const { caseId, compartment } = catalogue.volumes.require(place.volumeId)
    texts.put(
      compartment,
      pageTextOf(
        { pageId: idOf(label), versionId: idOf(`${label}-v`), volumeId: place.volumeId, caseId },
        lines,
      ),
    )
    return idOf(label)
  }
  const addItem = (label: string, place: Place, title: string) =>
    catalogue.volumes.insertItem({ id: idOf(label), bookId: place.bookId, fields: itemFields(title), at: AT })
  const own = (caseId: string) =>
    catalogue.assignments.add(
      { id: newId(), caseId, accountId: READER, kind: 'own', fromAt: AT, untilAt: null, loanId: null },
      idOf('other'),
      AT,
    )
  const lend = (caseId: string, pageIds: readonly string[]) => {
    const loanId = newId()
    sql.run(
      `INSERT INTO loan (id, number, state, requested_at, requested_by, unit, borrower_name, borrower_account, identity,
         case_id, case_number, extent, purpose, manners, needs_second, until_at)
       VALUES (?, 1, 'lent', ?, ?, '', '甲', ?, '', ?, '', '{}', '', '["read"]', 0, ?)`,
      ...[loanId, AT, READER, READER, caseId, LATER],
    )
    for (const pageId of pageIds) sql.run('INSERT INTO loan_page VALUES (?, ?)', loanId, pageId)
    catalogue.assignments.add(
      { id: newId(), caseId, accountId: READER, kind: 'granted', fromAt: AT, untilAt: LATER, loanId },
      idOf('other'),
      AT,
    )
  }
  for (const [id, name] of [
    [READER, 'reader'],
    [idOf('other'), 'other'],
  ] as const)
    catalogue.desk.putAccount({ id, name, displayName: name, roles: ['clerk'] }, AT)
  return { addCase, addVolume, addText, addItem, own, lend }
}

/** What the reader may read, and round it, where `forbidden` says so, much that they may not. */
async function roomWith(forbidden: boolean) {
  const room = await searchRoom()
  const make = builder(room)
  const { catalogue } = room
  const elsewhere = (n: number) => {
    if (!forbidden) return
    const year = 2021 + (n % 4)
    const caseId = make.addCase(`foreign-${n}`, `（${year}）云0199民初${900 + n}号`, {
      parties: [{ role: 'plaintiff', name: '张三' }],
      archiveNumber: `J045-ZY·SS·2023·Y-0001-${n}`,
    })
    const place = make.addVolume(`foreign-volume-${n}`, caseId, 'main')
    make.addText(`foreign-page-${n}`, place, '借条 利息 评议 盗窃 35000 李四')
    make.addItem(`foreign-item-${n}`, place, '借条')
  }
  for (let n = 0; n < 6; n++) {
    elsewhere(2 * n)
    const caseId = make.addCase(`own-${n}`, `（${2022 + (n % 2)}）云0199民初${n + 1}号`, {
      parties: [{ role: 'plaintiff', name: n % 2 === 0 ? '张三' : '李四' }],
      archiveNumber: n % 3 === 0 ? `J045-ZY·SS·2023·Y-0001-2${n}` : '',
    })
    make.own(caseId)
    const main = make.addVolume(`own-main-${n}`, caseId, 'main')
    if (forbidden) {
      const sub = make.addVolume(`own-sub-${n}`, caseId, 'sub')
      make.addText(`own-sub-page-${n}`, sub, '合议庭评议笔录 张三 盗窃 借条 2023')
      make.addItem(`own-sub-item-${n}`, sub, '评议笔录 借条')
    }
    make.addText(`own-page-${n}`, main, `借条 ${WORDS[n] ?? ''} 利息`, '原告张三 2023年2月23日')
    // After the page that stays: whoever reads the volume knows which place of it is empty.
    if (forbidden) {
      const gone = make.addText(`gone-${n}`, main, '评议 借条 盗窃 35000')
      catalogue.sql.run('UPDATE page SET withdrawn_at = ? WHERE id = ?', AT, gone)
    }
    make.addItem(`own-item-${n}`, main, n % 2 === 0 ? '借条' : '起诉状')
    elsewhere(2 * n + 1)
  }
  const lentCase = make.addCase('lent', '（2023）云0199民初700号')
  const lentVolume = make.addVolume('lent-volume', lentCase, 'main')
  const lent = make.addText('lent-page', lentVolume, '借条 李四')
  if (forbidden) {
    make.addText('not-lent', lentVolume, '借条 张三 评议 利息')
    make.addItem('not-lent-item', lentVolume, '张三借条')
  }
  make.lend(lentCase, [lent])
  if (forbidden) {
    const recused = make.addCase('recused', '（2023）云0199民初800号', { cause: '盗窃' })
    make.own(recused)
    catalogue.assignments.recuse(recused, READER, '近亲属', idOf('other'), AT)
  }
  return room
}

/** What the archivist may not see: a case from which they must keep away. */
async function recusedRoom(forbidden: boolean) {
  const room = await searchRoom()
  const make = builder(room)
  for (let n = 0; n < 8; n++) {
    if (forbidden && n % 3 === 1) {
      const recused = make.addCase(`kept-away-${n}`, `（2023）云0199民初${80 + n}号`, {
        parties: [{ role: 'plaintiff', name: '张三' }],
        archiveNumber: `J045-ZY·SS·2023·Y-0001-${n}`,
      })
      make.addText(
        `kept-away-page-${n}`,
        make.addVolume(`kept-away-volume-${n}`, recused, 'main'),
        '借条 利息 评议',
      )
      room.catalogue.assignments.recuse(recused, READER, '近亲属', idOf('other'), AT)
    }
    const caseId = make.addCase(`seen-${n}`, `（2023）云0199民初${n + 1}号`)
    make.addText(
      `seen-page-${n}`,
      make.addVolume(`seen-volume-${n}`, caseId, 'main'),
      `借条 ${WORDS[n] ?? ''}`,
    )
  }
  // Who is kept away from something is known to be: both rooms have one such case.
  const always = make.addCase('always', '（2020）云0199民初1号', { cause: '其他' })
  room.catalogue.assignments.recuse(always, READER, '近亲属', idOf('other'), AT)
  return room
}

async function everything(
  room: SearchRoom,
  session: Session,
  question: Partial<SearchQuestion> & { text: string },
  limit: number,
) {
  const answers: unknown[] = []
  let after: string | null = null
  do {
    const answer: Awaited<ReturnType<typeof ask>> = await ask(room, session, question, limit, after)
    answers.push(answer)
    after = answer.next
  } while (after !== null)
  answers.push(await askFacets(room, session, question))
  return { answers, found: JSON.stringify(answers).includes('"caseId"') }
}

const question = fc.record({
  text: fc.array(WORD, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
  order: fc.constantFrom('newest' as const, 'best' as const),
  tolerant: fc.boolean(),
  filters: fc.record({
    years: fc.constantFrom<number[][]>([], [], [2023], [2022, 2021]),
    types: fc.constantFrom<string[][]>([], ['民初']),
    volumeKinds: fc.constantFrom<VolumeKind[][]>([], [], ['main'], ['sub']),
    retentions: fc.constantFrom<'D30'[][]>([], ['D30']),
    caseId: fc.constantFrom(
      null,
      null,
      null,
      null,
      idOf('own-1'),
      idOf('lent'),
      idOf('foreign-1'),
      idOf('recused'),
    ),
  }),
})

test.each([
  [
    'a clerk without 副卷, with own cases and one page on loan',
    sessionOf('clerk', READER, ['open']),
    roomWith,
  ],
  ['an archivist who must keep away from cases', sessionOf('archivist', READER), recusedRoom],
] as const)('%s: answers are to the byte what they would be without the rest', async (_, session, roomOf) => {
  const [bare, full] = [await roomOf(false), await roomOf(true)]
  let withHits = 0
  await fc.assert(
    fc.asyncProperty(question, fc.integer({ min: 1, max: 4 }), async (asked, limit) => {
      const plain = await everything(bare, session, asked, limit)
      const among = await everything(full, session, asked, limit)
      if (plain.found) withHits += 1
      expect(among.answers).toEqual(plain.answers)
      expect(JSON.stringify(among.answers)).toBe(JSON.stringify(plain.answers))
    }),
    { numRuns: 100 },
  )
  // A search that finds nothing at all would pass as well.
  expect(withHits).toBeGreaterThan(5)
})

test('what is forbidden is there for those who may read it', async () => {
  const full = await roomWith(true)
  const archivist = sessionOf('archivist')
  const found = await ask(full, archivist, '评议', 200)
  expect(found.cases.flatMap(({ hits }) => hits).some(({ volumeKind }) => volumeKind === 'sub')).toBe(true)
  // A withdrawn page is nobody's to find.
  expect(JSON.stringify(found)).not.toContain(idOf('gone-0'))
})

test('a page whose image was replaced is not found by its former text', async () => {
  const room = await roomWith(false)
  const archivist = sessionOf('archivist')
  const { sql } = room.catalogue
  expect((await ask(room, archivist, '李四 案号:700')).cases).toHaveLength(1)
  sql.transaction(() => {
    sql.run('CREATE TEMP TABLE copied AS SELECT * FROM page_version WHERE id = ?', idOf('lent-page-v'))
    sql.run('UPDATE copied SET id = ?, number = 2', newId())
    sql.run('INSERT INTO page_version SELECT * FROM copied')
    sql.run(
      'UPDATE page SET current_version_id = (SELECT id FROM page_version WHERE page_id = page.id AND number = 2) WHERE id = ?',
      idOf('lent-page'),
    )
  })
  expect((await ask(room, archivist, '李四 案号:700')).cases).toEqual([])
})
