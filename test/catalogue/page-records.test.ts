import { describe, expect, test } from 'vitest'
import {
  AT,
  addCase,
  addPage,
  addVolume,
  codeOf,
  freshCatalogue,
  itemFields,
  newId,
} from '../fixtures/catalogue/open.ts'

async function volumeOfPages(kinds: readonly ('cover' | 'content' | 'blank' | 'note')[]) {
  const { catalogue } = await freshCatalogue()
  const caseId = addCase(catalogue, '（2024）云0199民初1号')
  const place = addVolume(catalogue, caseId)
  const pages = kinds.map((kind, index) => addPage(catalogue, place, `p${index}`, { kind }))
  const printed = () => catalogue.pages.list(place.volumeId).map((page) => page.printedNumber)
  const item = (title: string, at = place) =>
    catalogue.volumes.insertItem({ id: newId(), bookId: at.bookId, fields: itemFields(title), at: AT })
  return { catalogue, caseId, place, pages, printed, item }
}

describe('pages', () => {
  test('stand in image order with their places from 1', async () => {
    const { catalogue, place, pages } = await volumeOfPages(['content', 'content', 'content'])
    const rows = catalogue.pages.list(place.volumeId)
    expect(rows.map((row) => [row.id, row.position])).toEqual(pages.map(({ pageId }, n) => [pageId, n + 1]))
  })

  test('that are marked have the numbers of the whole book counted anew', async () => {
    const { catalogue, place, pages, printed } = await volumeOfPages([
      'content',
      'content',
      'content',
      'content',
    ])
    const ids = pages.map(({ pageId }) => pageId)
    catalogue.pages.mark(place.volumeId, [{ pageId: ids[0] ?? '', kind: 'cover' }])
    expect(printed()).toEqual(['', '1', '2', '3'])
    catalogue.pages.mark(place.volumeId, [{ pageId: ids[2] ?? '', kind: 'blank' }])
    expect(printed()).toEqual(['', '1', '', '2'])
    catalogue.pages.mark(place.volumeId, [{ pageId: ids[0] ?? '', kind: 'content' }])
    expect(printed()).toEqual(['1', '2', '', '3'])
  })

  test('of another volume can be neither marked nor assigned, and then nothing is changed', async () => {
    const { catalogue, caseId, place, pages, printed, item } = await volumeOfPages(['content', 'content'])
    const other = addVolume(catalogue, caseId, 'restricted')
    const { pageId: foreign } = addPage(catalogue, other, 'foreign')
    const own = pages[0]?.pageId ?? ''
    catalogue.pages.mark(place.volumeId, [])
    const before = printed()
    const marking = () =>
      catalogue.pages.mark(place.volumeId, [
        { pageId: own, kind: 'cover' },
        { pageId: foreign, kind: 'cover' },
      ])
    expect(codeOf(marking)).toBe('CATALOGUE_NOT_FOUND')
    expect(printed()).toEqual(before)
    const { id } = item('起诉状')
    expect(codeOf(() => catalogue.pages.assign(place.volumeId, [own, foreign], id))).toBe(
      'CATALOGUE_NOT_FOUND',
    )
    expect(catalogue.volumes.requireItem(id).pageCount).toBe(0)
  })

  test('are counted with the item they are given to, and taken out again', async () => {
    const { catalogue, place, pages, item } = await volumeOfPages(['content', 'content', 'content'])
    const { id } = item('起诉状')
    const ids = pages.map(({ pageId }) => pageId)
    catalogue.pages.assign(place.volumeId, ids.slice(0, 2), id)
    expect(catalogue.volumes.requireItem(id).pageCount).toBe(2)
    catalogue.pages.assign(place.volumeId, ids.slice(0, 1), null)
    expect(catalogue.volumes.requireItem(id).pageCount).toBe(1)
    expect(catalogue.volumes.books(place.volumeId)[0]).toMatchObject({
      pageCount: 3,
      items: [{ id, pageCount: 1 }],
    })
  })

  test('are counted for the case', async () => {
    const { catalogue, caseId } = await volumeOfPages(['content', 'blank'])
    catalogue.pages.recountCase(caseId, '2026-04-01T00:00:00.000Z')
    expect(catalogue.cases.require(caseId)).toMatchObject({
      pageCount: 2,
      updatedAt: '2026-04-01T00:00:00.000Z',
    })
    expect(catalogue.pages.count()).toBe(2)
  })

  test('say where their image lies and of what file it came', async () => {
    const { catalogue, place } = await volumeOfPages([])
    const { versionId, pageId } = addPage(catalogue, place, 'scan', { sourceObject: 'f'.repeat(64) })
    expect(catalogue.pages.imageRef(versionId)).toMatchObject({
      volumeId: place.volumeId,
      compartment: 'open',
      format: 'jpeg',
      sourceObjectName: 'f'.repeat(64),
    })
    expect(catalogue.pages.imageRef(pageId)).toBeUndefined()
    expect(catalogue.pages.versions(pageId)).toMatchObject([
      { id: versionId, number: 1, sourceName: 'scan.jpg' },
    ])
  })

  test('name each object that they need once, files and images', async () => {
    const { catalogue, place } = await volumeOfPages(['content', 'content'])
    addPage(catalogue, place, 'p0')
    addPage(catalogue, place, 'drawn', { sourceObject: 'f'.repeat(64) })
    const names = [...catalogue.pages.objects()].map(({ objectName }) => objectName)
    expect(names).toHaveLength(4)
    expect(new Set(names).size).toBe(4)
    expect(names.every((name) => catalogue.pages.isReferenced(name))).toBe(true)
    expect(catalogue.pages.isReferenced('e'.repeat(64))).toBe(false)
  })

  test('know the file that brought them, here and in other volumes', async () => {
    const { catalogue, caseId, place } = await volumeOfPages(['content'])
    const other = addVolume(catalogue, caseId, 'restricted')
    const sha256 =
      catalogue.pages.versions(catalogue.pages.list(place.volumeId)[0]?.id ?? '')[0]?.sourceSha256 ?? ''
    expect(catalogue.pages.findSourceFile(place.volumeId, sha256)?.name).toBe('p0.jpg')
    expect(catalogue.pages.findSourceFile(other.volumeId, sha256)).toBeUndefined()
    expect(catalogue.pages.findSourceFileElsewhere(other.volumeId, sha256)).toEqual({
      caseId,
      name: 'p0.jpg',
    })
  })
})

describe('volumes', () => {
  test('are found by what lies in them', async () => {
    const { catalogue, place, pages, item } = await volumeOfPages(['content'])
    const { id } = item('起诉状')
    expect(catalogue.volumes.ofItem(id).id).toBe(place.volumeId)
    expect(catalogue.volumes.ofPage(pages[0]?.pageId ?? '').id).toBe(place.volumeId)
    for (const work of [catalogue.volumes.require, catalogue.volumes.ofItem, catalogue.volumes.ofPage]) {
      expect(codeOf(() => work(newId()))).toBe('CATALOGUE_NOT_FOUND')
    }
  })

  test('number their items in the order of filing and keep every field', async () => {
    const { catalogue, place, item } = await volumeOfPages([])
    item('起诉状')
    const second = item('答辩状')
    const fields = itemFields('答辩状（二）', {
      templateRow: 5,
      templateRowTitle: '答辩状',
      date: '2023-03-09',
      remark: '复印件',
    })
    expect(catalogue.volumes.updateItem(second.id, fields, AT)).toEqual({
      ...fields,
      id: second.id,
      bookId: place.bookId,
      sequence: 2,
      pageCount: 0,
    })
  })
})
