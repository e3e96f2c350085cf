import { describe, expect, it } from 'vitest'
import {
  boxOnSheet,
  commonSheet,
  type Matrix,
  uprightSize,
} from '../../renderer/screens/reconcile/compare-geometry.ts'
import { compareCommandOf } from '../../renderer/screens/reconcile/compare-keys.ts'
import { textRows } from '../../renderer/screens/reconcile/text-rows.ts'
import type { TextRun } from '../../shared/contract/reconcile.ts'

const PAPER = { width: 2480, height: 3508 }
const COPY = { width: 1654, height: 2339 }
const at = (matrix: Matrix | null, x: number, y: number) => {
  const [a, b, c, d, e, f] = matrix ?? [1, 0, 0, 1, 0, 0]
  return { x: a * x + c * y + e, y: b * x + d * y + f }
}

describe('two images on one sheet', () => {
  it('puts a point of the electronic page where the registration says the paper has it', () => {
    const transform = [0.98, 0.01, 0.015, -0.01, 0.97, 0.02]
    const sheet = commonSheet(PAPER, COPY, transform)
    const [u, v] = [0.4, 0.7]
    const shown = at(sheet.electronic, u * COPY.width, v * COPY.height)
    const expected = at(
      sheet.paper,
      (0.98 * u + 0.01 * v + 0.015) * PAPER.width,
      (-0.01 * u + 0.97 * v + 0.02) * PAPER.height,
    )
    expect(shown.x).toBeCloseTo(expected.x, 6)
    expect(shown.y).toBeCloseTo(expected.y, 6)
  })

  it('holds both images whole, also where one reaches beyond the other', () => {
    const sheet = commonSheet(PAPER, COPY, [1.1, 0, -0.05, 0, 1.1, -0.05])
    const first = at(sheet.electronic, 0, 0)
    const last = at(sheet.electronic, COPY.width, COPY.height)
    expect(first).toEqual({ x: 0, y: 0 })
    expect(last.x).toBeLessThanOrEqual(sheet.size.width + 1e-6)
    expect(last.y).toBeLessThanOrEqual(sheet.size.height + 1e-6)
    expect(at(sheet.paper, 0, 0).x).toBeCloseTo(0.05 * PAPER.width, 6)
  })

  it('makes both equally wide where nothing is known, or where what is said cannot be', () => {
    for (const transform of [null, [0, 0, 0, 0, 0, 0], [1, 0, 9, 0, 1, 0], [Number.NaN, 0, 0, 0, 1, 0]]) {
      const sheet = commonSheet(PAPER, COPY, transform)
      expect(at(sheet.electronic, COPY.width, 0).x).toBeCloseTo(PAPER.width, 6)
    }
  })

  it('shows a page alone in its own size', () => {
    expect(commonSheet(null, COPY, null)).toMatchObject({ size: COPY, paper: null })
    expect(commonSheet(PAPER, null, null)).toMatchObject({ size: PAPER, electronic: null })
  })

  it('turns the size with the page', () => {
    expect(uprightSize({ widthPixels: 100, heightPixels: 200 }, 90)).toEqual({ width: 200, height: 100 })
    expect(uprightSize({ widthPixels: 100, heightPixels: 200 }, 180)).toEqual({ width: 100, height: 200 })
  })

  it('puts the same box of both images on the same place of the sheet', () => {
    const sheet = commonSheet(PAPER, COPY, [1, 0, 0, 0, 1, 0])
    const box = [0.25, 0.5, 0.1, 0.05] as const
    const onPaper = boxOnSheet([...box], PAPER, sheet.paper ?? [1, 0, 0, 1, 0, 0])
    const onCopy = boxOnSheet([...box], COPY, sheet.electronic ?? [1, 0, 0, 1, 0, 0])
    for (const side of ['x', 'y', 'width', 'height'] as const)
      expect(onCopy[side]).toBeCloseTo(onPaper[side], 6)
  })
})

describe('the keys of comparing', () => {
  const press = (key: string, more: Partial<Record<'shiftKey' | 'ctrlKey', boolean>> = {}) =>
    compareCommandOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more })

  it('know the five ways of showing, stepping and zooming', () => {
    expect(['d', 'o', 'b', 's', 't'].map((key) => press(key))).toEqual([
      'side',
      'overlay',
      'blink',
      'swipe',
      'text',
    ])
    expect(press(' ')).toBe('next-difference')
    expect(press(' ', { shiftKey: true })).toBe('previous-difference')
    expect([press('+'), press('-'), press('0')]).toEqual(['zoom-in', 'zoom-out', 'fit'])
  })

  it('leave figures, Enter and commands to others', () => {
    expect(['1', '2', '3', 'Enter'].map((key) => press(key))).toEqual(Array(4).fill(undefined))
    expect(press('s', { ctrlKey: true })).toBeUndefined()
  })
})

describe('the lines of the two texts', () => {
  const run = (paper: string, top: number | null, kind: TextRun['kind'] = 'same'): TextRun => ({
    kind,
    paper,
    electronic: paper,
    paperBox: top === null ? null : [0.1, top, 0.3, 0.02],
    electronicBox: null,
    doubtful: false,
  })

  it('break where a run stands lower, and hold together what stands at one height', () => {
    const rows = textRows([run('原告', 0.1), run('王小样', 0.101, 'changed'), run('被告', 0.14)])
    expect(rows.map(({ runs }) => runs.map(({ index }) => index))).toEqual([[0, 1], [2]])
  })

  it('keep a run without a place in the line where it was read', () => {
    const rows = textRows([run('原告', 0.1), run('（', null), run('被告', 0.2)])
    expect(rows.map(({ runs }) => runs.length)).toEqual([2, 1])
  })
})
