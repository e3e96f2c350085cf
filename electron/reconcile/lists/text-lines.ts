import { parse } from 'csv-parse/sync'

/** A line of a table: where it stands, from 1, and its cells. */
export interface CellLine {
  readonly line: number
  readonly cells: readonly string[]
}

const clean = (cell: string): string =>
  cell
    .normalize('NFC')
    .replace(/[\u00a0\u3000]/gu, ' ')
    .replace(/\s*\n\s*/gu, '')
    .trim()

/** Order, title, leaders or blanks, pages, remark: how a catalogue reads that was copied out of running text. */
const RUNNING =
  /^\s*(?<order>\d{1,4}|[一二三四五六七八九十百]{1,4})?[.、．)）\s]*(?<title>.+?)[\s.…·．]+(?<pages>第?\d{1,5}(?:\s*[-‐–—―−~～至到]+\s*\d{1,5}){0,3}页?)(?:\s+(?<remark>.*))?$/u

function delimited(text: string, delimiter: string): readonly CellLine[] | null {
  try {
    const records = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
    }) as unknown as readonly { record: string[]; info: { lines: number } }[]
    let before = 0
    return records.map(({ record, info }) => {
      const line = before + 1
      before = info.lines
      return { line, cells: record.map(clean) }
    })
  } catch {
    return null
  }
}

/**
 * The lines of a pasted table: parted by tabs (as spreadsheets and word processors put them on the clipboard, with
 * quoted cells), by commas or bars, by several blanks, or running text with order, title and pages.
 */
export function textLines(text: string): readonly CellLine[] {
  const tidy = text.replace(/^\ufeff/u, '').replace(/\r\n?/gu, '\n')
  const lines = tidy.split('\n')
  const filled = lines.filter((line) => line.trim() !== '')
  const most = (pattern: RegExp) => filled.filter((line) => pattern.test(line)).length * 2 >= filled.length
  const plainLines = (cellsOf: (line: string) => readonly string[]) =>
    lines
      .map((line, at): CellLine => ({ line: at + 1, cells: cellsOf(line).map(clean) }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''))
  if (filled.length === 0) return []
  if (most(/\t/u)) {
    const found = delimited(tidy, '\t')
    if (found !== null) return found.filter(({ cells }) => cells.some((cell) => cell !== ''))
  }
  if (most(/\|.*\|/u))
    return plainLines((line) => line.replace(/^\s*\||\|\s*$/gu, '').split('|')).filter(
      ({ cells }) => !cells.every((cell) => /^[-: ]*$/u.test(cell)),
    )
  if (most(/,.*,|^[^,]*,[^,]*$/u)) {
    const found = delimited(tidy, ',')
    if (found !== null) return found.filter(({ cells }) => cells.some((cell) => cell !== ''))
  }
  if (most(/\S(?:\s{2,}|\u3000+|\t)\S/u)) return plainLines((line) => line.trim().split(/\s{2,}|\u3000+|\t/u))
  return plainLines((line) => {
    const found = RUNNING.exec(line)?.groups
    return found === undefined
      ? line.trim().split(/\s+/u).length > 2 && /序号/u.test(line)
        ? line.trim().split(/\s+/u)
        : [line]
      : [found.order ?? '', found.title ?? '', found.pages ?? '', found.remark ?? '']
  })
}
