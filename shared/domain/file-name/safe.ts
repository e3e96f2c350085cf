import { shortHash } from './short-hash.ts'

/** The most a file name may take on the file systems that records rooms use (ext4, NTFS, UDF). */
export const FILE_NAME_MAX_BYTES = 255
/** The most a whole path may take, so that older Windows programs still open it. */
export const FILE_PATH_MAX_CHARACTERS = 240

const FORBIDDEN = /[\\/:*?"<>|]/g
const CONTROL = /\p{Cc}/gu
/** Characters without a shape, with which a name can hide what it is. */
const INVISIBLE = /[\p{Cf}\u2028\u2029\u115f\u1160\u3164\uffa0]|\p{Variation_Selector}|\u034f/gu
const LONE_SURROGATE = /\p{Cs}/gu
const NONCHARACTER = /\p{Noncharacter_Code_Point}/gu
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])$/i
const LONGEST_EXTENSION_BYTES = 16
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** The text with nothing in it that a file name cannot hold; still without the rules for the name as a whole. */
export function safeNamePart(text: string): string {
  return text
    .normalize('NFC')
    .replace(LONE_SURROGATE, '_')
    .replace(NONCHARACTER, '_')
    .replace(/\s+/g, ' ')
    .replace(CONTROL, '_')
    .replace(INVISIBLE, '')
    .replace(FORBIDDEN, '_')
    .normalize('NFC')
}

/** Makes one safe file name of any text; `maxBytes` of UTF-8 and `maxCharacters` of UTF-16 are never exceeded. */
export function safeFileName(
  name: string,
  maxBytes: number = FILE_NAME_MAX_BYTES,
  maxCharacters: number = FILE_NAME_MAX_BYTES,
): string {
  const trimmed = settle(safeNamePart(name))
  if (fits(trimmed, maxBytes, maxCharacters)) return trimmed
  const { stem, extension } = splitExtension(trimmed)
  const ending = `~${shortHash(name)}${extension}`
  const cut = cutToFit(stem, maxBytes - utf8Length(ending), maxCharacters - ending.length)
  return settle(cut + ending)
}

/** The rules for the name as a whole: no blank or dot at an end where it counts, no device name, not empty. */
function settle(name: string): string {
  const trimmed = name.replace(/^ +|[ .]+$/g, '')
  if (trimmed === '') return '_'
  const device = trimmed.split('.', 1)[0]?.trimEnd() ?? ''
  return RESERVED.test(device) ? `_${trimmed}` : trimmed
}

export function splitExtension(name: string): { readonly stem: string; readonly extension: string } {
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 ? name.slice(dot) : ''
  return /^\.[A-Za-z0-9]+$/.test(extension) && utf8Length(extension) <= LONGEST_EXTENSION_BYTES
    ? { stem: name.slice(0, dot), extension }
    : { stem: name, extension: '' }
}

/** The longest beginning that fits and does not cut through a character as people see it. */
export function cutToFit(text: string, maxBytes: number, maxCharacters: number): string {
  let bytes = 0
  let end = 0
  for (const { segment } of graphemes.segment(text)) {
    bytes += utf8Length(segment)
    if (bytes > maxBytes || end + segment.length > maxCharacters) break
    end += segment.length
  }
  return text.slice(0, end)
}

export function fits(name: string, maxBytes: number, maxCharacters: number): boolean {
  return name.length <= maxCharacters && utf8Length(name) <= maxBytes
}

/** Bytes in UTF-8, counted without an encoder, which shared code does not have. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}
