import { describe, expect, it } from 'vitest'
import { listFromReadings } from '../../../electron/reconcile/lists/list-from-reading.ts'
import { findLists, listPageOf } from '../../../electron/reconcile/lists/list-pages.ts'
import { noteFromReading } from '../../../electron/reconcile/lists/note-from-reading.ts'
import type { PageReading, TextLine, Turn } from '../../../shared/domain/page-text.ts'
import { sampleReadings, sampleVolume } from '../../fixtures/recognition/sample-volumes.ts'

const WIDTH = 1000
const HEIGHT = 1400

function line(text: string, left: number, top: number): TextLine {
  const characters = [...text]
  const ends = characters.map((_, at) =>
    characters.slice(0, at + 1).reduce((sum, one) => sum + (one < '\u0100' ? 11 : 22), 0),
  )
  const width = ends.at(-1) ?? 1
  const right = left + width
  return {
    quad: [left, top, right, top, right, top + 24, left, top + 24],
    text,
    confidence: 0.97,
    kind: 'printed',
    places: ends.flatMap((end, at) =>
      [((ends[at - 1] ?? 0) * 1000) / width, (end * 1000) / width].map(Math.round),
    ),
  }
}

function turned({ quad, ...rest }: TextLine, turn: Turn): TextLine {
  if (turn === 0) return { quad, ...rest }
  const point = (x: number, y: number): readonly [number, number] =>
    turn === 90 ? [y, WIDTH - x] : turn === 180 ? [WIDTH - x, HEIGHT - y] : [HEIGHT - y, x]
  const [a, b, c, d, e, f, g, h] = quad
  const corners = [point(a, b), point(c, d), point(e, f), point(g, h)].flat()
  return { ...rest, quad: corners as unknown as TextLine['quad'] }
}

function pageOf(lines: readonly TextLine[], turn: Turn = 0): PageReading {
  const upright = turn === 0 || turn === 180
  return {
    widthPixels: upright ? WIDTH : HEIGHT,
    heightPixels: upright ? HEIGHT : WIDTH,
    ...{ turn, confidence: 0.97, engine: 'test', model: 'test 1' },
    lines: lines.map((one) => turned(one, turn)),
  }
}

const HEADINGS = [
  line('顺序号', 40, 200),
  line('文号', 150, 200),
  line('题名', 420, 200),
  line('日期', 660, 200),
  line('页号', 800, 200),
]
const shown = (readings: readonly PageReading[]) =>
  listFromReadings(readings).map(({ order, title, documentNumber, date, pages }) =>
    [order, documentNumber, title, date, pages].join('|'),
  )

describe('the catalogue of a scan', () => {
  it.each(['main', 'inner'] as const)('of the sample’s %s volume is read as it was drawn', (code) => {
    const { planned, items } = sampleVolume(code)
    const readings = planned.flatMap(({ id }) => sampleReadings[id] ?? [])
    const { catalogue } = findLists(readings)
    const rows = listFromReadings(catalogue)
    expect(rows.map(({ title }) => title)).toEqual(items.map(({ title }) => title))
    expect(rows.map(({ pages }) => pages.split('-')[0])).toEqual(items.map(({ first }) => first))
  })

  it.each([0, 90, 180, 270] as const)('is read from an image that is turned by %i°', (turn) => {
    const page = pageOf(
      [
        ...HEADINGS,
        line('1', 60, 250),
        line('〔2023〕5号', 120, 250),
        line('受理案件通知书', 330, 250),
        line('2023.3.14', 640, 250),
        line('1-2', 800, 250),
      ],
      turn,
    )
    expect(shown([page])).toEqual(['1|〔2023〕5号|受理案件通知书|2023.3.14|1-2'])
  })

  it('has titles that run over two lines, and neighbouring cells that were read as one', () => {
    const page = pageOf([
      ...HEADINGS,
      line('1', 60, 250),
      line('关于申请调取银行', 330, 250),
      line('流水的申请书', 330, 280),
      line('1', 800, 250),
      line('2', 60, 320),
      line('判决书', 330, 320),
      line('2023.5.22     2-9', 640, 320),
    ])
    expect(shown([page])).toEqual(['1||关于申请调取银行流水的申请书||1', '2||判决书|2023.5.22|2-9'])
  })

  it('keeps a row whose numbers could not be read', () => {
    const rows = [1, 2, 3, 4].flatMap((order) => {
      const top = 200 + order * 50
      const title = line(`材料${'甲乙丙丁'[order - 1]}清单`, 330, top)
      return order === 3 ? [title] : [line(String(order), 60, top), title, line(String(order), 800, top)]
    })
    expect(shown([pageOf([...HEADINGS, ...rows])])).toEqual([
      '1||材料甲清单||1',
      '2||材料乙清单||2',
      '||材料丙清单||',
      '4||材料丁清单||4',
    ])
  })

  it('goes on over a second page with the same headings, and ends with it', () => {
    const first = pageOf([
      line('卷内目录', 440, 100),
      ...HEADINGS,
      line('1', 60, 250),
      line('起诉状', 330, 250),
      line('1', 800, 250),
    ])
    const second = pageOf([...HEADINGS, line('2', 60, 250), line('答辩状', 330, 250), line('2', 800, 250)])
    const other = pageOf([line('民事起诉状', 440, 100), line('原告王小样', 100, 300)])
    const { catalogue, note } = findLists([other, first, second, other, second])
    expect(shown(catalogue)).toEqual(['1||起诉状||1', '2||答辩状||2'])
    expect(note).toBeNull()
  })

  it('is not a list of evidence', () => {
    expect(listPageOf(pageOf([line('证据目录', 440, 100), ...HEADINGS]))).toBeNull()
  })
})

describe('the closing note of a scan', () => {
  it('of the sample gives counts, people and date', () => {
    const reading = sampleReadings['main-038']
    if (reading === undefined) throw new Error('the sample has a closing note')
    expect(noteFromReading(reading)).toMatchObject({
      ...{ itemCount: 23, pageCount: 34, filedBy: '吴样章', filedOn: '2023.8.30' },
      situation: expect.stringContaining('页码连续'),
    })
  })

  it('is read as a form too, with Chinese numerals', () => {
    const page = pageOf([
      line('备考表', 440, 100),
      line('件数：十二', 100, 200),
      line('本卷共十二件，计一百零五页', 100, 260),
      line('立卷人：张三', 100, 900),
      line('检查人：', 100, 960),
    ])
    expect(noteFromReading(page)).toMatchObject({
      itemCount: 12,
      pageCount: 105,
      filedBy: '张三',
      checkedBy: '',
    })
  })
})
