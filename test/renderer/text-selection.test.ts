import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  boxAround,
  imagePartAt,
  type Rotation,
  shownPartOf,
  viewShowing,
} from '../../renderer/viewer/geometry.ts'
import {
  caretAt,
  charactersOf,
  lineRange,
  rangeQuads,
  rangeText,
  wordRange,
} from '../../renderer/viewer/text-selection.ts'
import { type Quad, quadOfCharacters, type TextLine } from '../../shared/domain/page-text.ts'

function line(text: string, quad: Quad): TextLine {
  const count = [...text].length
  const places = [...text].flatMap((_, at) => [
    Math.round((1000 * at) / count),
    Math.round((1000 * (at + 1)) / count),
  ])
  return { quad, text, confidence: 1, kind: 'printed', places }
}

const PAGE = charactersOf([
  line('原告：王小样', [100, 100, 700, 100, 700, 200, 100, 200]),
  line('', [100, 220, 700, 220, 700, 320, 100, 320]),
  line('借款200000元', [100, 400, 1000, 400, 1000, 500, 100, 500]),
  // Set downwards: reading begins at the top right.
  line('竖排𠮷字', [1500, 100, 1500, 500, 1400, 500, 1400, 100]),
])

describe('selecting text of a page', () => {
  it('finds the place between two characters under the mouse', () => {
    expect(caretAt(PAGE, { x: 410, y: 150 })).toMatchObject({ caret: 3, line: 0, away: 0 })
    expect(caretAt(PAGE, { x: 440, y: 150 })).toMatchObject({ caret: 3 })
    expect(caretAt(PAGE, { x: 460, y: 150 })).toMatchObject({ caret: 4 })
    expect(caretAt(PAGE, { x: 1450, y: 110 })).toMatchObject({ caret: 15, line: 3 })
    expect(caretAt(PAGE, { x: 1450, y: 390 })).toMatchObject({ caret: 18, line: 3 })
  })

  it('takes the nearest line when the mouse is beside all of them', () => {
    expect(caretAt(PAGE, { x: 20, y: 150 })).toMatchObject({ caret: 0, line: 0, away: 80 })
    expect(caretAt(PAGE, { x: 1250, y: 460 })).toMatchObject({ line: 2, caret: 15 })
    expect(caretAt(charactersOf([]), { x: 1, y: 1 })).toBeUndefined()
  })

  it('copies over several lines in reading order, without the lines that could not be read', () => {
    expect(rangeText(PAGE, { start: 3, end: 8 })).toBe('王小样\n借款')
    expect(rangeText(PAGE, { start: 0, end: PAGE.total })).toBe('原告：王小样\n借款200000元\n竖排𠮷字')
    expect(rangeQuads(PAGE, { start: 3, end: 8 })).toHaveLength(2)
  })

  it('takes a word: digits for themselves, Han up to the next sign', () => {
    expect(rangeText(PAGE, wordRange(PAGE, 10, 2))).toBe('200000')
    expect(rangeText(PAGE, wordRange(PAGE, 4, 0))).toBe('王小样')
    expect(rangeText(PAGE, wordRange(PAGE, 2, 0))).toBe('：')
    expect(rangeText(PAGE, lineRange(PAGE, 3))).toBe('竖排𠮷字')
  })

  it('finds each character again from the middle of its own quad, however the line stands', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
        fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
        fc.nat(4000),
        fc.nat(4000),
        (text, angle, x, y) => {
          const length = 40 * [...text].length
          const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
          const quad: Quad = [
            ...([x, y] as const),
            ...([x + length * cos, y + length * sin] as const),
            ...([x + length * cos - 40 * sin, y + length * sin + 40 * cos] as const),
            ...([x - 40 * sin, y + 40 * cos] as const),
          ]
          const one = line(text, quad)
          const page = charactersOf([one])
          for (const [at] of [...text].entries()) {
            const own = quadOfCharacters(one, at, at + 1)
            // A little before the middle, so that rounding cannot take the other side.
            const point = {
              x: own[0] * 0.3 + own[4] * 0.3 + own[0] * 0.2 + own[6] * 0.2,
              y: own[1] * 0.3 + own[5] * 0.3 + own[1] * 0.2 + own[7] * 0.2,
            }
            expect(caretAt(page, point)?.caret).toBe(at)
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('joins what was parted: a selection and the rest are the whole page', () => {
    fc.assert(
      fc.property(fc.nat(PAGE.total), (cut) => {
        const parts = [
          rangeText(PAGE, { start: 0, end: cut }),
          rangeText(PAGE, { start: cut, end: PAGE.total }),
        ]
        expect(parts.join('').replaceAll('\n', '')).toBe('原告：王小样借款200000元竖排𠮷字')
      }),
    )
  })
})

describe('points of a turned image', () => {
  it('come back to themselves at every turn', () => {
    const parts = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.constantFrom<Rotation>(0, 90, 180, 270), parts, parts, (rotation, x, y) => {
        const shown = shownPartOf(rotation, { x, y })
        const box = { x: 30, y: 50, width: 400, height: 300 }
        const back = imagePartAt(box, rotation, { x: 30 + 400 * shown.x, y: 50 + 300 * shown.y })
        expect(back.x).toBeCloseTo(x)
        expect(back.y).toBeCloseTo(y)
      }),
    )
  })

  it('puts the top left corner of an image at the top right when it is turned right', () => {
    expect(shownPartOf(90, { x: 0, y: 0 })).toEqual({ x: 1, y: 0 })
  })

  it('moves the view only when what is to be seen is not', () => {
    const view = { scale: 1, x: 0, y: 0 }
    const stage = { width: 800, height: 600 }
    expect(viewShowing(view, { x: 100, y: 100, width: 50, height: 20 }, stage)).toEqual(view)
    expect(viewShowing(view, { x: 100, y: 1000, width: 50, height: 20 }, stage)).toEqual({
      scale: 1,
      x: 0,
      y: -710,
    })
    expect(
      boxAround([
        [1, 2, 3, 2, 3, 4, 1, 4],
        [0, 3, 9, 3, 9, 5, 0, 5],
      ]),
    ).toEqual({ x: 0, y: 2, width: 9, height: 3 })
    expect(boxAround([])).toBeUndefined()
  })
})
