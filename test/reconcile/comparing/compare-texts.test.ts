import { describe, expect, it } from 'vitest'
import { compareTexts } from '../../../electron/reconcile/comparing/index.ts'
import type { PageReading, TextLine } from '../../../shared/domain/page-text.ts'

const SIZE = 40

function line(text: string, left: number, top: number): TextLine {
  const count = [...text].length
  const right = left + count * SIZE
  return {
    quad: [left, top, right, top, right, top + SIZE, left, top + SIZE],
    text,
    confidence: 0.99,
    kind: 'printed',
    places: Array.from({ length: count }, (_, at) => [
      Math.round((at / count) * 1000),
      Math.round(((at + 1) / count) * 1000),
    ]).flat(),
  }
}

function reading(lines: readonly TextLine[]): PageReading {
  return {
    widthPixels: 1600,
    heightPixels: 2400,
    turn: 0,
    confidence: 0.99,
    engine: 'test',
    model: 'test',
    lines,
  }
}

const PAPER = [
  line('云州市临江区人民法院', 300, 200),
  line('原告王某与被告李某一案', 200, 400),
  line('应付货款12500元', 200, 500),
]

describe('comparing two readings', () => {
  it('finds no difference in full and half width, blanks and punctuation', () => {
    const electronic = [
      line('云州市临江区人民法院', 305, 204),
      line('原告王某，与被告李某一案。', 200, 402),
      line('应付货款１２５００元', 200, 503),
    ]
    const { rows, agreement } = compareTexts(reading(PAPER), reading(electronic))
    expect(agreement).toBe(1)
    expect(rows.flatMap(({ runs }) => runs.map(({ state }) => state))).toEqual(['equal', 'equal', 'equal'])
  })

  it('names a changed digit with its place on both pages', () => {
    const electronic = [PAPER[0], PAPER[1], line('应付货款72500元', 200, 500)].flatMap((one) => one ?? [])
    const { rows } = compareTexts(reading(PAPER), reading(electronic))
    const changed = rows.flatMap(({ runs }) => runs.filter(({ state }) => state !== 'equal'))
    expect(changed).toHaveLength(1)
    expect(changed[0]).toMatchObject({
      state: 'changed',
      paperText: '1',
      electronicText: '7',
      doubtful: false,
    })
    expect(changed[0]?.paperBox?.[0]).toBeCloseTo((200 + 4 * SIZE) / 1600, 2)
    expect(changed[0]?.electronicBox?.[1]).toBeCloseTo(500 / 2400, 2)
  })

  it('keeps a row together that one reading split into cells', () => {
    const electronic = [
      line('云州市临江区人民法院', 300, 200),
      line('原告王某', 200, 400),
      line('与被告李某一案', 200 + 4 * SIZE, 401),
      line('应付货款12500元', 200, 500),
    ]
    const { agreement, rows } = compareTexts(reading(PAPER), reading(electronic))
    expect(agreement).toBe(1)
    expect(rows).toHaveLength(3)
  })

  it('lays pages over each other that lie differently in their frames', () => {
    const electronic = PAPER.map((one) => ({
      ...one,
      quad: one.quad.map(
        (value, at) => value * 1.5 + (at % 2 === 0 ? 90 : 160),
      ) as unknown as TextLine['quad'],
    }))
    const wide = { ...reading(electronic), widthPixels: 2400, heightPixels: 3600 }
    const { rows, agreement } = compareTexts(reading(PAPER), wide)
    expect(agreement).toBe(1)
    expect(rows).toHaveLength(3)
  })

  it('shows a line that only one page has', () => {
    const { rows } = compareTexts(reading(PAPER), reading([...PAPER, line('情况属实', 900, 1800)]))
    const last = rows.at(-1)?.runs
    expect(last?.map(({ state }) => state)).toEqual(['electronic-only'])
    expect(last?.[0]).toMatchObject({ paperBox: null, paperText: '', electronicText: '情况属实' })
  })

  it('says of words under a seal that they may be misread', () => {
    const seal: TextLine = { ...line('应付货款72500元', 200, 500), kind: 'doubtful', confidence: 0.6 }
    const { rows } = compareTexts(reading(PAPER), reading([...PAPER.slice(0, 2), seal]))
    const changed = rows.flatMap(({ runs }) => runs.filter(({ state }) => state !== 'equal'))
    expect(changed.map(({ doubtful }) => doubtful)).toEqual([true])
  })

  it('has no agreement to tell where nothing was read', () => {
    expect(compareTexts(reading([]), reading([])).agreement).toBeNull()
  })
})
