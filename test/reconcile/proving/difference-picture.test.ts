import fc from 'fast-check'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { drawDifference, shownArea } from '../../../electron/reconcile/proving/difference-picture.ts'

const anyBox = fc
  .tuple(fc.double({ min: 0, max: 0.9, noNaN: true }), fc.double({ min: 0, max: 0.9, noNaN: true }))
  .chain(([x, y]) =>
    fc.tuple(
      fc.constant(x),
      fc.constant(y),
      fc.double({ min: 0.001, max: 1 - x, noNaN: true }),
      fc.double({ min: 0.001, max: 1 - y, noNaN: true }),
    ),
  )

test('whatever is boxed stands in the part that is shown, and that part lies on the page', () => {
  fc.assert(
    fc.property(fc.array(anyBox, { maxLength: 5 }), (boxes) => {
      const { left, top, width, height } = shownArea(boxes)
      const slack = 1e-9
      expect(left).toBeGreaterThanOrEqual(0)
      expect(top).toBeGreaterThanOrEqual(0)
      expect(left + width).toBeLessThanOrEqual(1 + slack)
      expect(top + height).toBeLessThanOrEqual(1 + slack)
      for (const [x, y, boxWidth, boxHeight] of boxes) {
        expect(x).toBeGreaterThanOrEqual(left - slack)
        expect(y).toBeGreaterThanOrEqual(top - slack)
        expect(x + boxWidth).toBeLessThanOrEqual(left + width + slack)
        expect(y + boxHeight).toBeLessThanOrEqual(top + height + slack)
      }
    }),
  )
})

/** A white page, 300 by 400, with a blue mark in the upper left corner. */
async function markedPage(): Promise<Buffer> {
  const mark = { create: { width: 60, height: 40, channels: 3 as const, background: '#0000ff' } }
  return await sharp({ create: { width: 300, height: 400, channels: 3, background: '#ffffff' } })
    .composite([{ input: await sharp(mark).png().toBuffer(), left: 0, top: 0 }])
    .png()
    .toBuffer()
}

async function coloursOf(picture: Buffer) {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true })
  return (x: number, y: number) => {
    const at =
      (Math.round(y * (info.height - 1)) * info.width + Math.round(x * (info.width - 1))) * info.channels
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3)
    if (red > green + 70 && red > blue + 70) return 'red'
    if (blue > 180 && red < 90) return 'blue'
    return red > 200 && green > 200 && blue > 200 ? 'white' : 'other'
  }
}

test('a box is drawn round its place as the page stands upright', async () => {
  // Turned a quarter clockwise, the mark stands in the upper right corner.
  const box: [number, number, number, number] = [0.7, 0.5, 0.2, 0.2]
  const at = await coloursOf(await drawDifference(await markedPage(), { turn: 90, boxes: [] }))
  expect([at(0.02, 0.02), at(0.97, 0.03)]).toEqual(['white', 'blue'])
  const { left, top, width, height } = shownArea([box])
  const boxed = await coloursOf(await drawDifference(await markedPage(), { turn: 90, boxes: [box] }))
  const edge = [(box[0] - left) / width, (box[1] + box[3] / 2 - top) / height] as const
  const middle = [(box[0] + box[2] / 2 - left) / width, (box[1] + box[3] / 2 - top) / height] as const
  expect([boxed(...edge), boxed(...middle)]).toEqual(['red', 'white'])
})
