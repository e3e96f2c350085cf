import { splitTemplate, type TemplatePiece, type TemplateProblem } from '../field-template.ts'

/** What a file name can tell. The Chinese words that stand for each in a template are in FILE_NAME_FIELDS. */
export type FileNameField =
  | 'archiveNumber'
  | 'caseNumber'
  | 'volumeKind'
  | 'volumeMark'
  | 'book'
  | 'itemNumber'
  | 'title'
  | 'documentNumber'
  | 'responsible'
  | 'date'
  | 'year'
  | 'firstPage'
  | 'lastPage'
  | 'pageCount'
  | 'counter'

export interface FileNameFieldInfo {
  readonly field: FileNameField
  /** The first word is the one to show; the others are read as well. */
  readonly words: readonly string[]
  /** What may stand after the colon: a width in digits, a date pattern, or nothing. */
  readonly format: 'width' | 'date' | 'none'
}

export const FILE_NAME_FIELDS: readonly FileNameFieldInfo[] = [
  { field: 'archiveNumber', words: ['档号'], format: 'none' },
  { field: 'caseNumber', words: ['案号', '案号安全式'], format: 'none' },
  { field: 'volumeKind', words: ['卷别'], format: 'none' },
  { field: 'volumeMark', words: ['正|副', '正副'], format: 'none' },
  { field: 'book', words: ['册', '册号'], format: 'width' },
  { field: 'itemNumber', words: ['序号', '目录序号', '件号'], format: 'width' },
  { field: 'title', words: ['题名', '文书名称'], format: 'none' },
  { field: 'documentNumber', words: ['文号'], format: 'none' },
  { field: 'responsible', words: ['责任者'], format: 'none' },
  { field: 'date', words: ['日期', '文书日期'], format: 'date' },
  { field: 'year', words: ['年度'], format: 'none' },
  { field: 'firstPage', words: ['起页', '起'], format: 'width' },
  { field: 'lastPage', words: ['止页', '止'], format: 'width' },
  { field: 'pageCount', words: ['页数'], format: 'width' },
  { field: 'counter', words: ['流水号'], format: 'width' },
]

export const DATE_PATTERNS = ['yyyymmdd', 'yyyy-mm-dd', 'yyyy.mm.dd', 'yyyy'] as const
export type DatePattern = (typeof DATE_PATTERNS)[number]

export type FileNamePiece =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'field'
      readonly field: FileNameField
      /** Digits to pad to with zeros; null for none. */
      readonly width: number | null
      readonly datePattern: DatePattern | null
    }

export interface FileNameTemplate {
  readonly source: string
  readonly pieces: readonly FileNamePiece[]
}

export type FileNameTemplateResult =
  | { readonly ok: true; readonly template: FileNameTemplate }
  | {
      readonly ok: false
      readonly code: 'INTAKE_NAME_TEMPLATE_INVALID'
      readonly problems: readonly TemplateProblem[]
    }

/** Images as scanned, and documents as given out. */
export const DEFAULT_MASTER_TEMPLATE = '{档号}_{0001}.jpg'
export const DEFAULT_EXPORT_TEMPLATE =
  '{案号安全式}_{正|副}{册}_{目录序号3位}_{文书名称}_{文书日期yyyymmdd}_p{起}-{止}.pdf'

const FORBIDDEN_TEXT = /[\\/:*?"<>|\p{Cc}]/u
const LARGEST_WIDTH = 9

/**
 * Reads a name template. A field is a Chinese word in braces, with a width ({序号:3} or {序号3位}) or a date pattern
 * ({日期:yyyy-mm-dd}) after it; {0001} is a counter four digits wide. Says everything that is wrong, and where.
 */
export function parseFileNameTemplate(source: string): FileNameTemplateResult {
  const split = splitTemplate(source)
  if (!split.ok) return { ok: false, code: 'INTAKE_NAME_TEMPLATE_INVALID', problems: split.problems }
  const pieces: FileNamePiece[] = []
  const problems: TemplateProblem[] = []
  for (const piece of split.pieces) {
    if (piece.kind === 'text') {
      const character = FORBIDDEN_TEXT.exec(piece.text)
      if (character === null) pieces.push({ kind: 'text', text: piece.text })
      else
        problems.push({
          reason: 'forbidden-character',
          at: piece.at + character.index,
          character: character[0],
        })
      continue
    }
    const read = readField(piece)
    if ('reason' in read) problems.push(read)
    else pieces.push(read)
  }
  return problems.length === 0
    ? { ok: true, template: { source, pieces } }
    : { ok: false, code: 'INTAKE_NAME_TEMPLATE_INVALID', problems }
}

function readField(piece: Extract<TemplatePiece, { kind: 'field' }>): FileNamePiece | TemplateProblem {
  const { name, at } = piece
  if (/^0*1$/.test(name) && piece.format === null)
    return { kind: 'field', field: 'counter', width: name.length, datePattern: null }
  const attached = /^(.*?)(?:(\d)位|(yyyy[a-z.-]*))$/.exec(name)
  const word = attached?.[1] ?? name
  const format = piece.format ?? attached?.[2] ?? attached?.[3] ?? null
  const info = FILE_NAME_FIELDS.find((candidate) => candidate.words.includes(word))
  if (info === undefined) return { reason: 'unknown-field', at, field: name }
  if (format === null) return { kind: 'field', field: info.field, width: null, datePattern: null }
  if (
    info.format === 'width' &&
    /^\d$/.test(format) &&
    Number(format) >= 1 &&
    Number(format) <= LARGEST_WIDTH
  )
    return { kind: 'field', field: info.field, width: Number(format), datePattern: null }
  const datePattern = DATE_PATTERNS.find((pattern) => pattern === format)
  if (info.format === 'date' && datePattern !== undefined)
    return { kind: 'field', field: info.field, width: null, datePattern }
  return { reason: 'bad-format', at, field: name }
}
