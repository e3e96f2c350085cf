import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPages, itemStep } from '../../renderer/viewer/find-page.ts'

const numbered = (...numbers: readonly string[]) => numbers.map((printedNumber) => ({ printedNumber }))

describe('going to a page', () => {
  const pages = numbered('', '', '1', '2', '3', '3-1', '4')

  it('tells the printed number from the place among the images', () => {
    expect(findPages(pages, '3')).toEqual({ printed: 4, image: 2 })
    expect(findPages(pages, '7')).toEqual({ printed: undefined, image: 6 })
  })

  it('reads numbers that are text, words round them and full-width signs', () => {
    expect(findPages(pages, '3-1').printed).toBe(5)
    expect(findPages(pages, ' 第 ４ 页').printed).toBe(6)
  })

  it('finds nothing beyond the ends or in empty text', () => {
    expect(findPages(pages, '0')).toEqual({ printed: undefined, image: undefined })
    expect(findPages(pages, '8').image).toBeUndefined()
    expect(findPages(pages, '  ')).toEqual({ printed: undefined, image: undefined })
  })

  it('never leaves the list, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const { printed = 0, image = 0 } = findPages(pages, typed)
        expect(pages[printed]).toBeDefined()
        expect(pages[image]).toBeDefined()
      }),
    )
  })
})

describe('going by item', () => {
  const pages = ['a', 'a', 'b', null, null, 'c'].map((itemId) => ({ itemId, bookId: 'book' }))

  it('goes on to the first page of the next item and stays at the end', () => {
    expect(itemStep(pages, 0, 1)).toBe(2)
    expect(itemStep(pages, 2, 1)).toBe(3)
    expect(itemStep(pages, 5, 1)).toBe(5)
  })

  it('goes back to the beginning of this item first, then to that of the one before', () => {
    expect(itemStep(pages, 4, -1)).toBe(3)
    expect(itemStep(pages, 3, -1)).toBe(2)
    expect(itemStep(pages, 2, -1)).toBe(0)
    expect(itemStep(pages, 0, -1)).toBe(0)
  })
})
