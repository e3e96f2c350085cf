import { describe, expect, it } from 'vitest'
import {
  applyColumnMapping,
  proposeColumnMapping,
  type RowTable,
  readRowTable,
} from '../../electron/intake/index.ts'
import { xlsxFile, zipBomb } from '../fixtures/table-files.ts'

const CSV = '序号,文书材料名称,页次,备注\n1,起诉状,1-3,\n2,答辩状,4-9,复印件\n'
/** 序号,题名\n1,起诉状\n in GB18030. */
const GB18030 = Buffer.concat([
  Buffer.from([0xd0, 0xf2, 0xba, 0xc5, 0x2c, 0xcc, 0xe2, 0xc3, 0xfb, 0x0a]),
  Buffer.from([0x31, 0x2c, 0xc6, 0xf0, 0xcb, 0xdf, 0xd7, 0xb4, 0x0a]),
])

async function csv(text: string): Promise<RowTable> {
  return await readRowTable(Buffer.from(text))
}

async function rowsOf(text: string): Promise<ReturnType<typeof applyColumnMapping>> {
  const table = await csv(text)
  const mapping = proposeColumnMapping(table.headers)
  if (mapping === null) throw new Error('a mapping is expected')
  return applyColumnMapping(table, mapping)
}

describe('a table', () => {
  it('is read in each encoding that records rooms use', async () => {
    const rows = ['起诉状', '答辩状']
    const utf16 = Buffer.from(CSV, 'utf16le')
    const swapped = Buffer.from(`\ufeff${CSV}`, 'utf16le').swap16()
    for (const [bytes, encoding] of [
      [Buffer.from(CSV), 'utf-8'],
      [Buffer.from(`\ufeff${CSV}`), 'utf-8'],
      [Buffer.from(`\ufeff${CSV}`, 'utf16le'), 'utf-16le'],
      [utf16, 'utf-16le'],
      [swapped, 'utf-16be'],
    ] as const) {
      const table = await readRowTable(bytes)
      expect(table.encoding).toBe(encoding)
      expect(table.headers).toEqual(['序号', '文书材料名称', '页次', '备注'])
      expect(table.rows.map(({ cells }) => cells[1])).toEqual(rows)
    }
    const old = await readRowTable(GB18030)
    expect(old).toMatchObject({
      encoding: 'gb18030',
      headers: ['序号', '题名'],
      rows: [{ line: 2, cells: ['1', '起诉状'] }],
    })
  })

  it('is read with commas, semicolons or tabs, and quotes over several lines', async () => {
    for (const delimiter of [',', ';', '\t'] as const) {
      const table = await csv(`序号,题名\r\n1,"甲\n""乙"""\r\n2,丙`.replaceAll(',', delimiter))
      expect(table.delimiter).toBe(delimiter)
      expect(table.rows).toEqual([
        { line: 2, cells: ['1', '甲\n"乙"'] },
        { line: 4, cells: ['2', '丙'] },
      ])
    }
  })

  it('may have a title above its headings, empty lines and short rows', async () => {
    const table = await csv('卷内目录,,\n\n序号,题名,页次\n1,起诉状\n,,\n2,答辩状,4\n')
    expect(table.headers).toEqual(['序号', '题名', '页次'])
    expect(table.rows.map(({ line, cells }) => [line, ...cells])).toEqual([
      [4, '1', '起诉状', ''],
      [6, '2', '答辩状', '4'],
    ])
  })

  it('is read from a workbook', async () => {
    const table = await readRowTable(
      xlsxFile([
        ['序号', '题名', '页次'],
        [1, '起诉状', '1-3'],
        [2, '答辩状', 4],
      ]),
    )
    expect(table).toMatchObject({ encoding: 'xlsx', delimiter: undefined, headers: ['序号', '题名', '页次'] })
    expect(table.rows).toEqual([
      { line: 2, cells: ['1', '起诉状', '1-3'] },
      { line: 3, cells: ['2', '答辩状', '4'] },
    ])
  })

  it('that would unpack without end is refused within its bounds', async () => {
    const before = process.memoryUsage().rss
    await expect(readRowTable(zipBomb(400 * 1024 ** 2))).rejects.toMatchObject({
      code: 'INTAKE_TABLE_INVALID',
      details: { reason: 'zip-too-large' },
    })
    expect(process.memoryUsage().rss - before).toBeLessThan(900 * 1024 ** 2)
  })

  it('with a cell far away is refused before rows are made for it', async () => {
    const far = (address: string, row: number) =>
      readRowTable(xlsxFile([['序号', '题名']], `<row r="${row}"><c r="${address}"><v>1</v></c></row>`))
    await expect(far('A1048576', 1_048_576)).rejects.toMatchObject({ details: { reason: 'too-many-rows' } })
    await expect(far('XFD2', 2)).rejects.toMatchObject({ details: { reason: 'too-many-columns' } })
  })

  it('of more than 100,000 rows is refused', async () => {
    await expect(csv(`序号,题名\n${'1,甲\n'.repeat(100_001)}`)).rejects.toMatchObject({
      details: { reason: 'too-many-rows' },
    })
    expect((await csv(`序号,题名\n${'1,甲\n'.repeat(100_000)}`)).rows).toHaveLength(100_000)
  })

  it('that is none is called what it is', async () => {
    await expect(readRowTable(Buffer.alloc(0))).rejects.toMatchObject({ code: 'INTAKE_EMPTY_FILE' })
    await expect(readRowTable(Buffer.from('%PDF-1.4'))).rejects.toMatchObject({
      details: { detected: 'pdf' },
    })
    const binary = Buffer.from([1, 0, 2, 0xff, 0, 0, 0x90, 0, 0])
    await expect(readRowTable(binary)).rejects.toMatchObject({ code: 'INTAKE_TABLE_INVALID' })
    await expect(csv('\n\n')).rejects.toMatchObject({ details: { reason: 'empty' } })
  })
})

describe('the meaning of columns', () => {
  it('follows from headings, however they are written', () => {
    expect(proposeColumnMapping(['序号', '文书材料名称', '页次', '备注'])).toEqual({
      order: '序号',
      title: '文书材料名称',
      pageRange: '页次',
      remark: '备注',
    })
    expect(proposeColumnMapping(['顺序号', '文号', '责任者', '题 名', '日期', '页号', '备注(必填)'])).toEqual(
      {
        order: '顺序号',
        documentNumber: '文号',
        responsible: '责任者',
        title: '题 名',
        date: '日期',
        pageRange: '页号',
        remark: '备注(必填)',
      },
    )
    expect(proposeColumnMapping(['卷别', '册', '材料名称', '起页', '止页'])).toEqual({
      volumeKind: '卷别',
      book: '册',
      title: '材料名称',
      firstPage: '起页',
      lastPage: '止页',
    })
    expect(proposeColumnMapping(['甲', '乙'])).toBeNull()
  })

  it('cannot name a column that is not there', async () => {
    const table = await csv(CSV)
    expect(() => applyColumnMapping(table, { title: '题名' })).toThrow(
      expect.objectContaining({
        code: 'INTAKE_TABLE_INVALID',
        details: { reason: 'column-missing', column: '题名' },
      }),
    )
  })
})

describe('catalogue rows', () => {
  it('carry pages, dates as written, and the rest', async () => {
    const { rows, problems } = await rowsOf(
      '卷别,册,顺序号,文号,责任者,题名,日期,页号,备注\n正卷,第一册,1,(2024)沪01民初1号,某法院,判决书,2024年3月5日,3—9,原件\n',
    )
    expect(problems).toEqual([])
    expect(rows).toEqual([
      {
        line: 2,
        volumeKind: 'main',
        book: 1,
        order: 1,
        title: '判决书',
        firstPage: 3,
        lastPage: 9,
        lastPageInferred: false,
        pageText: '3—9',
        date: '2024年3月5日',
        documentNumber: '(2024)沪01民初1号',
        responsible: '某法院',
        remark: '原件',
      },
    ])
  })

  it.each(['3-9', '3~9', '3至9', '第3页-第9页', '3–9', '3 - 9', 'pp. 3-9'])(
    'read %s as pages 3 to 9',
    async (text) => {
      expect((await rowsOf(`题名,页次\n判决书,${text}\n`)).rows).toMatchObject([
        { firstPage: 3, lastPage: 9 },
      ])
    },
  )

  it('end where the next one begins when the table does not say', async () => {
    const { rows } = await rowsOf('册,题名,起页\n1,甲,1\n1,乙,4\n1,丙,4\n2,丁,1\n')
    expect(rows.map(({ lastPage, lastPageInferred }) => [lastPage, lastPageInferred])).toEqual([
      [3, true],
      [4, true],
      [undefined, false],
      [undefined, false],
    ])
  })

  it('tell what is wrong, where, and lose nothing else by it', async () => {
    const { rows, problems } = await rowsOf(
      '卷别,序号,题名,页次\n正卷,1,甲,1-3\n正卷,一,乙,12-1\n正卷,x,丙,见附件\n正卷,4,,9\n怪卷,5,戊,30\n',
    )
    expect(rows.map(({ title }) => title)).toEqual(['甲', '乙', '丙', '戊'])
    expect(rows[1]).toMatchObject({ firstPage: 12, lastPage: undefined, pageText: '12-1' })
    expect(problems).toEqual([
      { line: 3, column: '页次', code: 'page-range-reversed' },
      { line: 3, column: '页次', code: 'page-gap' },
      { line: 3, column: '序号', code: 'order-repeated' },
      { line: 4, column: '序号', code: 'order-not-a-number' },
      { line: 4, column: '页次', code: 'page-not-a-number' },
      { line: 5, column: '题名', code: 'title-missing' },
      { line: 6, column: '卷别', code: 'volume-kind-unknown' },
    ])
  })

  it('that overlap are told', async () => {
    const { problems } = await rowsOf('题名,页次\n甲,1-5\n乙,5-8\n')
    expect(problems).toEqual([{ line: 3, column: '页次', code: 'page-range-overlaps' }])
  })
})
