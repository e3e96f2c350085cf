import { expect, test } from 'vitest'
import { newCase, openRoom } from '../fixtures/records-room.ts'

test('a sheltered name is shown nowhere, is found all the same, survives an edit, and is unmasked with a reason', async () => {
  const room = await openRoom()
  const { tree } = await newCase(room, '（2026）云0199刑初61号', ['main'], {
    parties: [
      { role: 'defendant', name: '钱虚构' },
      { role: 'third-party', name: '孙某小样', sheltered: true },
    ],
  })
  const caseId = tree.case.id
  const { rows } = await room.call('cases.list', { filter: { text: '孙某小样' }, offset: 0, limit: 5 })
  expect(rows).toHaveLength(1)
  const { cases: found } = await room.call('search.find', { text: '孙某小样', limit: 5 })
  const hits = found.flatMap((each) => each.hits)
  expect(hits.map(({ text }) => text)).toEqual(['孙***'])
  const shown = JSON.stringify([tree, rows, found, await room.call('cases.tree', { caseId })])
  expect(shown).not.toContain('孙某小样')
  expect(shown).toContain('孙***')

  // The form gives back what it was shown.
  const { parties, case: row } = await room.call('cases.tree', { caseId })
  await room.call('cases.update', {
    caseId,
    draft: { number: row.number, cause: '盗窃罪', parties },
  })
  const { value } = await room.call('fields.unmask', {
    kind: 'case',
    id: caseId,
    field: 'party.1',
    reason: '送达',
  })
  expect(value).toBe('孙某小样')
  const records = JSON.stringify(room.desk.room().catalogue.sql.all('SELECT * FROM audit_record'))
  expect(records).not.toContain('孙某小样')
})
