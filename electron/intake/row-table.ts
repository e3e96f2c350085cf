import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import { AppError } from '../../shared/errors.ts'
import { recognisedColumns } from './column-mapping.ts'
import { sniffFormat } from './sniff.ts'
import { packZip, unpackZip } from './zip-entries.ts'

export type TableEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'xlsx'
export type TableDelimiter = ',' | ';' | '\t'

export interface TableRow {
  /** Where the row stands in the file, from 1, as an editor or a spreadsheet counts. */
  readonly line: number
  /** One text a header; dates of a spreadsheet as YYYY-MM-DD. */
  readonly cells: readonly string[]
}

export interface RowTable {
  readonly headers: readonly string[]
  readonly rows: readonly TableRow[]
  readonly encoding: TableEncoding
  /** Undefined for a spreadsheet. */
  readonly delimiter: TableDelimiter | undefined
}

const MAX_TABLE_BYTES = 64 * 1024 ** 2
const MAX_UNPACKED_BYTES = 192 * 1024 ** 2
const MAX_ROWS = 100_000
const MAX_COLUMNS = 256
const MAX_CELL_CHARACTERS = 32_767
/** A heading row may stand below a title and the case number. */
const HEADING_ROWS = 10

function invalid(reason: string, details: Readonly<Record<string, string | number>> = {}): AppError {
  return new AppError('INTAKE_TABLE_INVALID', { reason, ...details })
}

function decodeWith(
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030',
  bytes: Uint8Array,
): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function guessEncodings(bytes: Uint8Array): readonly Exclude<TableEncoding, 'xlsx'>[] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf-16le']
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ['utf-16be']
  const head = bytes.subarray(0, 4096)
  let even = 0
  let odd = 0
  head.forEach((byte, at) => {
    if (byte === 0) at % 2 === 0 ? even++ : odd++
  })
  // Separators and digits have a zero half in UTF-16; no other encoding of text has zeros at all.
  if (odd > even) return ['utf-16le']
  if (even > odd) return ['utf-16be']
  return ['utf-8', 'gb18030']
}

function decodeText(bytes: Uint8Array): { text: string; encoding: Exclude<TableEncoding, 'xlsx'> } {
  for (const encoding of guessEncodings(bytes)) {
    const text = decodeWith(encoding, bytes)
    if (text !== undefined && !text.includes('\0')) return { text, encoding }
  }
  throw invalid('encoding')
}

/** The separator that gives the most columns over the first lines, counted outside quotes. */
function guessDelimiter(text: string): TableDelimiter {
  const counts = new Map<TableDelimiter, number>([
    [',', 0],
    [';', 0],
    ['\t', 0],
  ])
  let quoted = false
  for (const letter of text.slice(0, 16_384)) {
    if (letter === '"') quoted = !quoted
    else if (!quoted && (letter === ',' || letter === ';' || letter === '\t')) {
      counts.set(letter, (counts.get(letter) ?? 0) + 1)
    }
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0]
}

function clean(value: string): string {
  return value
    .normalize('NFC')
    .replace(/\u00a0|\u3000/g, ' ')
    .trim()
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
  return clean(String(value))
}

function parseText(text: string, delimiter: TableDelimiter): TableRow[] {
  try {
    const records = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: 4 * 1024 ** 2,
      to: MAX_ROWS + HEADING_ROWS + 2,
    }) as unknown as readonly { record: string[]; info: { lines: number } }[]
    let before = 0
    return records.map(({ record, info }) => {
      const line = before + 1
      before = info.lines
      return { line, cells: record.map(clean) }
    })
  } catch (error) {
    const line =
      error instanceof Error && 'lines' in error && typeof error.lines === 'number' ? error.lines : 0
    throw invalid('csv-syntax', { line })
  }
}

const CELL_ADDRESS = /\br="([A-Za-z]{1,7})?(\d{1,10})"/g

function columnNumber(letters: string): number {
  let number = 0
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64
  return number
}

/** One cell far away would make a table of millions of empty ones: addresses are judged before they are believed. */
function checkAddresses(sheet: Buffer): void {
  for (const [, letters, row] of sheet.toString('latin1').matchAll(CELL_ADDRESS)) {
    if (Number(row) > MAX_ROWS + HEADING_ROWS) throw invalid('too-many-rows', { limit: MAX_ROWS })
    if (letters !== undefined && columnNumber(letters) > MAX_COLUMNS)
      throw invalid('too-many-columns', { limit: MAX_COLUMNS })
  }
}

async function parseSpreadsheet(bytes: Uint8Array): Promise<TableRow[]> {
  const entries = await unpackZip(bytes, (name) => /\.(?:xml|rels)$/i.test(name), {
    maxEntries: 2_000,
    maxUnpackedBytes: MAX_UNPACKED_BYTES,
  })
  for (const [name, content] of entries) if (/sheet[^/]*\.xml$/i.test(name)) checkAddresses(content)
  try {
    const data: readonly (readonly unknown[])[] = await readSheet(packZip(entries))
    return data.map((cells, index) => ({ line: index + 1, cells: cells.map(textOf) }))
  } catch (error) {
    throw error instanceof AppError ? error : invalid('spreadsheet')
  }
}

function isEmpty(row: TableRow): boolean {
  return row.cells.every((cell) => cell === '')
}

function findHeading(rows: readonly TableRow[]): number {
  const near = rows.slice(0, HEADING_ROWS)
  const known = near.findIndex((row) => recognisedColumns(row.cells) >= 2)
  return known >= 0 ? known : near.findIndex((row) => row.cells.filter((cell) => cell !== '').length >= 2)
}

function shape(
  rows: readonly TableRow[],
  encoding: TableEncoding,
  delimiter: TableDelimiter | undefined,
): RowTable {
  const filled = rows.filter((row) => !isEmpty(row))
  const at = Math.max(0, findHeading(filled))
  const heading = filled[at]
  if (heading === undefined) throw invalid('empty')
  const body = filled.slice(at + 1)
  if (body.length > MAX_ROWS) throw invalid('too-many-rows', { limit: MAX_ROWS })
  const width = Math.max(heading.cells.length, ...body.slice(0, 1000).map((row) => row.cells.length))
  if (width > MAX_COLUMNS) throw invalid('too-many-columns', { limit: MAX_COLUMNS })
  const seen = new Map<string, number>()
  const headers = Array.from({ length: width }, (_, index) => {
    const name = heading.cells[index] || `#${index + 1}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
  const fitted = (cells: readonly string[]): string[] =>
    headers.map((_, index) => (cells[index] ?? '').slice(0, MAX_CELL_CHARACTERS))
  return {
    headers,
    rows: body.map(({ line, cells }) => ({ line, cells: fitted(cells) })),
    encoding,
    delimiter,
  }
}

/**
 * Reads a table of catalogue rows: CSV in UTF-8, UTF-16 or GB18030 with commas, semicolons or tabs, or the first
 * sheet of an XLSX workbook. What the content is decides, not the name. At most 100,000 rows of 256 columns.
 *
 * Throws INTAKE_EMPTY_FILE, INTAKE_FILE_TOO_LARGE, INTAKE_PASSWORD_PROTECTED, INTAKE_UNSUPPORTED_FORMAT
 * `{ detected }` or INTAKE_TABLE_INVALID `{ reason, line? }`.
 */
export async function readRowTable(bytes: Uint8Array): Promise<RowTable> {
  if (bytes.length === 0) throw new AppError('INTAKE_EMPTY_FILE')
  if (bytes.length > MAX_TABLE_BYTES) {
    throw new AppError('INTAKE_FILE_TOO_LARGE', { sizeBytes: bytes.length, limitBytes: MAX_TABLE_BYTES })
  }
  const sniffed = sniffFormat(bytes.subarray(0, 4096))
  if (sniffed.supported) throw new AppError('INTAKE_UNSUPPORTED_FORMAT', { detected: sniffed.format })
  switch (sniffed.detected) {
    case 'xlsx':
    case 'zip':
      return shape(await parseSpreadsheet(bytes), 'xlsx', undefined)
    case 'text':
    case 'unknown': {
      const { text, encoding } = decodeText(bytes)
      const delimiter = guessDelimiter(text)
      return shape(parseText(text, delimiter), encoding, delimiter)
    }
    default:
      throw new AppError('INTAKE_UNSUPPORTED_FORMAT', { detected: sniffed.detected })
  }
}
