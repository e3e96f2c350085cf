import {
  cutToFit,
  FILE_NAME_MAX_BYTES,
  FILE_PATH_MAX_CHARACTERS,
  fits,
  safeFileName,
  safeNamePart,
  splitExtension,
  utf8Length,
} from './safe.ts'
import { shortHash } from './short-hash.ts'
import type { DatePattern, FileNameField, FileNamePiece, FileNameTemplate } from './template.ts'

/** The values of one file. A missing one leaves its place empty; dates are ISO, partial ones too. */
export type FileNameValues = Readonly<Partial<Record<FileNameField, string | number | null>>>

export interface RenderOptions {
  /** Length in UTF-16 units of the folder that will hold the file, without the last separator. */
  readonly folderCharacters?: number
  /** Keys (`fileNameKey`) of the names already in the folder. */
  readonly taken?: ReadonlySet<string>
}

export type RenderedFileName =
  | { readonly ok: true; readonly name: string; readonly shortened: boolean }
  | {
      readonly ok: false
      readonly code: 'INTAKE_NAME_UNUSABLE'
      readonly reason: 'folder-too-long' | 'all-taken'
    }

const SHORTEST_ROOM = 32
const MOST_TRIES = 100_000

/**
 * Makes the name of a file from its template: safe on Windows, macOS and Linux, at most 255 bytes, within a path of
 * 240 characters. When it is too long the title gives way first, cut between characters and marked with a hash of
 * the whole so that two long titles stay apart. A name that is taken gets _2, _3 and so on.
 */
export function renderFileName(
  template: FileNameTemplate,
  values: FileNameValues,
  options: RenderOptions = {},
): RenderedFileName {
  const room = roomFor(options.folderCharacters)
  if (room < SHORTEST_ROOM) return { ok: false, code: 'INTAKE_NAME_UNUSABLE', reason: 'folder-too-long' }
  const whole = safeFileName(
    join(template.pieces, values),
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
  )
  const name = fits(whole, FILE_NAME_MAX_BYTES, room) ? whole : shorten(template.pieces, values, whole, room)
  const free = uniqueFileName(name, options.taken ?? new Set(), room)
  return free === null
    ? { ok: false, code: 'INTAKE_NAME_UNUSABLE', reason: 'all-taken' }
    : { ok: true, name: free, shortened: name !== whole }
}

function roomFor(folderCharacters: number | undefined): number {
  const left =
    folderCharacters === undefined ? FILE_NAME_MAX_BYTES : FILE_PATH_MAX_CHARACTERS - folderCharacters - 1
  return Math.min(left, FILE_NAME_MAX_BYTES)
}

function shorten(
  pieces: readonly FileNamePiece[],
  values: FileNameValues,
  whole: string,
  room: number,
): string {
  const title = safeNamePart(String(values.title ?? ''))
  const mark = `~${shortHash(whole)}`
  const rest = join(pieces, { ...values, title: '' })
  const bytes = FILE_NAME_MAX_BYTES - utf8Length(rest) - utf8Length(mark)
  const cut = cutToFit(title, bytes, room - rest.length - mark.length)
  const shorter = safeFileName(
    join(pieces, { ...values, title: cut + mark }),
    Number.POSITIVE_INFINITY,
    room * 4,
  )
  const helped = title !== '' && cut !== '' && fits(shorter, FILE_NAME_MAX_BYTES, room)
  return helped ? shorter : safeFileName(whole, FILE_NAME_MAX_BYTES, room)
}

function join(pieces: readonly FileNamePiece[], values: FileNameValues): string {
  return pieces.map((piece) => (piece.kind === 'text' ? piece.text : fieldText(piece, values))).join('')
}

function fieldText(piece: Extract<FileNamePiece, { kind: 'field' }>, values: FileNameValues): string {
  const value = values[piece.field]
  if (value === undefined || value === null) return ''
  const text = String(value)
  if (piece.field === 'date') return printDate(text, piece.datePattern ?? 'yyyymmdd')
  return safeNamePart(piece.width === null ? text : padFirstDigits(text, piece.width))
}

/** Pads 12-1 to 012-1: the place of a page counts, not its insertion. */
function padFirstDigits(text: string, width: number): string {
  return text.replace(/^\d+/, (digits) => digits.padStart(width, '0'))
}

function printDate(iso: string, pattern: DatePattern): string {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(iso)
  if (match === null) return safeNamePart(iso)
  const parts = match.slice(1).filter((part) => part !== undefined)
  switch (pattern) {
    case 'yyyymmdd':
      return parts.join('')
    case 'yyyy-mm-dd':
      return parts.join('-')
    case 'yyyy.mm.dd':
      return parts.join('.')
    case 'yyyy':
      return parts[0] ?? ''
  }
}

/** Two names with one key cannot stand in one folder: compared after NFC, without regard to case. */
export function fileNameKey(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC')
}

/** The name itself, or with _2, _3 … before its extension when it is taken; null when no such name is left. */
export function uniqueFileName(
  name: string,
  taken: ReadonlySet<string>,
  maxCharacters: number = FILE_NAME_MAX_BYTES,
): string | null {
  if (!taken.has(fileNameKey(name))) return name
  const { stem, extension } = splitExtension(name)
  for (let count = 2; count < MOST_TRIES; count += 1) {
    const ending = `_${count}${extension}`
    const room = maxCharacters - ending.length
    const start = cutToFit(stem, FILE_NAME_MAX_BYTES - utf8Length(ending), room)
    const candidate = safeFileName(start + ending, FILE_NAME_MAX_BYTES, maxCharacters)
    if (!taken.has(fileNameKey(candidate))) return candidate
  }
  return null
}
