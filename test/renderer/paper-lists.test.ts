import { describe, expect, test } from 'vitest'
import { findingsByRow, listLines } from '../../renderer/screens/reconcile/lists/list-findings.ts'
import {
  asCompared,
  catalogueOf,
  draftOf,
  emptyRow,
  spread,
  withNote,
  withRowToType,
} from '../../renderer/screens/reconcile/lists/paper-draft.ts'

const title = (words: string) => emptyRow({ title: words })

describe('the paper lists being typed', () => {
  test('a table always ends in one empty row, and no empty row is sent', () => {
    const draft = draftOf(null)
    expect(draft.rows).toHaveLength(1)
    const rows = withRowToType([title(' 起诉状 '), emptyRow(), title('答辩状')])
    expect(rows).toHaveLength(4)
    expect(catalogueOf({ ...draft, rows }).rows.map((row) => row.title)).toEqual(['起诉状', '答辩状'])
  })

  test('pasted cells go right and down from the cell, and never past the last column', () => {
    const rows = withRowToType([title('起诉状')])
    const after = spread(rows, rows[0]?.key ?? '', 'pages', '1-2\t备注\t多余\r\n3\r\n')
    expect(after.map(({ cells }) => [cells.title, cells.pages, cells.remark])).toEqual([
      ['起诉状', '1-2', '备注'],
      ['', '3', ''],
      ['', '', ''],
    ])
  })

  test('rows that stood before keep their keys when what was kept comes back', () => {
    const rows = withRowToType([title('起诉状'), emptyRow(), title('答辩状')])
    const draft = asCompared({ ...draftOf(null), rows })
    expect(draft.rows.map(({ saved }) => saved)).toEqual([0, null, 1, null])
    const again = draftOf(catalogueOf(draft), draft)
    expect(again.rows[0]?.key).toBe(rows[0]?.key)
  })

  test('a count that somebody typed is not overwritten by one that was read', () => {
    const { note } = draftOf(null)
    const read = { ...note, pageCount: 40, filedBy: '王敏' }
    expect(withNote({ ...note, pageCount: 38 }, read)).toEqual({ ...note, pageCount: 38, filedBy: '王敏' })
  })
})

describe('what was found in the lists', () => {
  const finding = { type: 'D15', name: '', electronic: '', paper: '' } as const
  const only = { ...finding, field: 'row', paperRow: null, itemId: 'B', electronic: '答辩状' } as const
  const compared = {
    ...{ catalogue: null, givenBy: null, givenAt: null },
    pairs: [
      { paperRow: 0, itemId: 'A', likeness: 1 },
      { paperRow: null, itemId: 'B', likeness: 0 },
      { paperRow: 1, itemId: 'C', likeness: 1 },
    ],
    findings: [only, { ...finding, type: 'D11', field: 'title', paperRow: 1, itemId: 'C' } as const],
  }

  test('a row that only the electronic catalogue has stands where it stands there', () => {
    const rows = [title('起诉状'), title('判决书')].map((row, saved) => ({ ...row, saved }))
    expect(listLines(rows, compared).map(({ kind }) => kind)).toEqual(['row', 'electronic', 'row'])
    expect(listLines(rows.slice(1), compared).map(({ kind }) => kind)).toEqual(['electronic', 'row'])
  })

  test('a finding belongs to its cell, or to the row as a whole', () => {
    const found = findingsByRow([
      ...compared.findings,
      { ...finding, type: 'D04', field: 'order', paperRow: 1, itemId: 'C' },
    ])
    expect([...(found.get(1)?.cells.keys() ?? [])]).toEqual(['title'])
    expect(found.get(1)?.whole.map(({ type }) => type)).toEqual(['D04'])
    expect(found.has(0)).toBe(false)
  })
})
