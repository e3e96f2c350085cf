import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { turnedBack, turnedBox } from '../../electron/recognition/page-turn.ts'
import { inReadingOrder } from '../../electron/recognition/reading-order.ts'
import { type Box, textBoxes, uprightBox } from '../../electron/recognition/text-boxes.ts'
import { TURNS } from '../../shared/domain/page-text.ts'
import { accuracyPercent, editDistance, tally } from '../bench/text-accuracy.ts'

const WIDTH = 320
const HEIGHT = 240

/** A probability map with one leaning bar of text. */
function barMap(lean: number, length: number, thickness: number) {
  const values = new Float32Array(WIDTH * HEIGHT)
  const [cos, sin] = [Math.cos(lean), Math.sin(lean)]
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const [dx, dy] = [x - WIDTH / 2, y - HEIGHT / 2]
      const along = Math.abs(dx * cos + dy * sin)
      const across = Math.abs(dy * cos - dx * sin)
      if (along <= length / 2 && across <= thickness / 2) values[y * WIDTH + x] = 0.9
    }
  }
  return { width: WIDTH, height: HEIGHT, values }
}

const bars = fc.record({
  lean: fc.double({ min: -0.2, max: 0.2, noNaN: true }),
  length: fc.integer({ min: 60, max: 240 }),
  thickness: fc.integer({ min: 6, max: 20 }),
})

describe('boxes of lines', () => {
  test('a leaning bar gives one box round it, widened, leaning as it does', () => {
    fc.assert(
      fc.property(bars, ({ lean, length, thickness }) => {
        const boxes = textBoxes(barMap(lean, length, thickness))
        expect(boxes).toHaveLength(1)
        const [box] = boxes as readonly [Box]
        const [a, b, c] = box.corners
        expect(box.width).toBeGreaterThan(length - 3)
        expect(box.height).toBeGreaterThan(thickness)
        expect(Math.abs(Math.atan2(b.y - a.y, b.x - a.x) - lean)).toBeLessThan(0.08)
        expect((a.x + c.x) / 2).toBeCloseTo(WIDTH / 2, -1)
        expect((a.y + c.y) / 2).toBeCloseTo(HEIGHT / 2, -1)
      }),
      { numRuns: 40 },
    )
  })

  test('an empty map and faint patches give none', () => {
    expect(textBoxes({ width: WIDTH, height: HEIGHT, values: new Float32Array(WIDTH * HEIGHT) })).toEqual([])
    const faint = barMap(0, 100, 10)
    expect(textBoxes({ ...faint, values: faint.values.map((value) => value * 0.5) })).toEqual([])
  })
})

describe('turning', () => {
  const size = { width: 300, height: 500 }
  test.each(TURNS)('a rectangle turned by %i degrees and back is itself', (turn) => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(400), fc.integer({ min: 1, max: 99 }), (left, top, side) => {
        const box = uprightBox(left, top, left + side, top + side)
        const turned = turn % 180 === 0 ? size : { width: size.height, height: size.width }
        const back = turnedBox(box, turn, size).corners.map((corner) => turnedBack(corner, turn, turned))
        for (const { x, y } of back) {
          expect([left, left + side]).toContain(x)
          expect([top, top + side]).toContain(y)
        }
      }),
    )
  })
})

describe('reading order', () => {
  const at = (name: string, left: number, top: number, right: number) => ({
    name,
    box: uprightBox(left, top, right, top + 20),
  })

  test('rows from the top, cells from the left, whatever order they were found in', () => {
    const cells = [at('a', 0, 0, 90), at('b', 100, 3, 190), at('c', 0, 30, 90), at('d', 100, 28, 190)]
    fc.assert(
      fc.property(fc.shuffledSubarray(cells, { minLength: 4 }), (found) => {
        expect(inReadingOrder(found).map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd'])
      }),
    )
  })
})

describe('the measure', () => {
  test('counts what differs after NFKC and without blanks', () => {
    expect(tally('（2023）云0199民初 1号', '(2023)云0199民初1号')).toMatchObject({
      errors: 0,
      characters: 15,
    })
    expect(accuracyPercent([tally('一二三四', '一二四')])).toBe(75)
  })

  test('is a distance', () => {
    const words = fc.array(fc.constantFrom('一', '二', '三'), { maxLength: 8 })
    fc.assert(
      fc.property(words, words, words, (a, b, c) => {
        expect(editDistance(a, a)).toBe(0)
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c))
        expect(editDistance(a, [])).toBe(a.length)
      }),
    )
  })
})
