import { AppError } from '../../shared/errors.ts'
import type { OtherFormat, SourceFormat, SourceRemark } from './source-format.ts'

/** How much of a file's beginning is needed to tell what it is. */
export const SNIFF_BYTES = 4096

export type SniffedFormat =
  | { readonly supported: true; readonly format: SourceFormat }
  | { readonly supported: false; readonly detected: OtherFormat }

const EXTENSIONS: Readonly<Record<string, SourceFormat>> = {
  jpg: 'jpeg',
  jpeg: 'jpeg',
  jpe: 'jpeg',
  jfif: 'jpeg',
  png: 'png',
  tif: 'tiff',
  tiff: 'tiff',
  pdf: 'pdf',
}

function ascii(head: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...head.subarray(from, to))
}

function startsWith(head: Uint8Array, ...bytes: readonly number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, at) => head[at] === byte)
}

function looksLikeText(head: Uint8Array): boolean {
  if (startsWith(head, 0xff, 0xfe) || startsWith(head, 0xfe, 0xff)) return true
  let control = 0
  for (const byte of head) {
    if (byte === 0) return false
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12) control++
  }
  return control * 50 <= head.length
}

function sniffZip(head: Uint8Array): OtherFormat {
  const names = ascii(head, 0, Math.min(head.length, SNIFF_BYTES))
  if (names.includes('OFD.xml')) return 'ofd'
  if (names.includes('word/')) return 'docx'
  if (names.includes('xl/')) return 'xlsx'
  return 'zip'
}

function sniffBox(head: Uint8Array): OtherFormat | undefined {
  if (ascii(head, 4, 8) !== 'ftyp') return undefined
  return /^(heic|heix|hevc|heim|heis|mif1|msf1|avif)/.test(ascii(head, 8, 12)) ? 'heic' : undefined
}

/** Tells what a file is from its first bytes alone; its name plays no part. */
export function sniffFormat(head: Uint8Array): SniffedFormat {
  const format = sniffSupported(head)
  return format === undefined ? { supported: false, detected: sniffOther(head) } : { supported: true, format }
}

function sniffSupported(head: Uint8Array): SourceFormat | undefined {
  if (startsWith(head, 0xff, 0xd8, 0xff)) return 'jpeg'
  if (startsWith(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png'
  if (startsWith(head, 0x49, 0x49, 0x2a, 0) || startsWith(head, 0x4d, 0x4d, 0, 0x2a)) return 'tiff'
  if (startsWith(head, 0x49, 0x49, 0x2b, 0) || startsWith(head, 0x4d, 0x4d, 0, 0x2b)) return 'tiff'
  // The header may stand anywhere in the first 1024 bytes: ISO 32000-1, annex H, note 13.
  if (ascii(head, 0, Math.min(head.length, 1024)).includes('%PDF-')) return 'pdf'
  return undefined
}

function sniffOther(head: Uint8Array): OtherFormat {
  if (ascii(head, 0, 4) === 'GIF8') return 'gif'
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP') return 'webp'
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04) || startsWith(head, 0x50, 0x4b, 0x05, 0x06))
    return sniffZip(head)
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return 'ole'
  if (ascii(head, 4, 8) === 'jP  ' || startsWith(head, 0xff, 0x4f, 0xff, 0x51)) return 'jpeg2000'
  const box = sniffBox(head)
  if (box !== undefined) return box
  if (ascii(head, 0, 2) === 'BM' && head.length > 26 && head.subarray(6, 10).every((byte) => byte === 0))
    return 'bmp'
  return looksLikeText(head) ? 'text' : 'unknown'
}

/** The format of a file that can be filed, or INTAKE_EMPTY_FILE, or INTAKE_UNSUPPORTED_FORMAT `{ detected }`. */
export function requireFormat(bytes: Uint8Array): SourceFormat {
  if (bytes.length === 0) throw new AppError('INTAKE_EMPTY_FILE')
  const sniffed = sniffFormat(bytes.subarray(0, SNIFF_BYTES))
  if (!sniffed.supported) throw new AppError('INTAKE_UNSUPPORTED_FORMAT', { detected: sniffed.detected })
  return sniffed.format
}

/** A remark when the name promises another format than the content has. */
export function nameRemark(name: string, format: SourceFormat): SourceRemark | undefined {
  const extension = /\.([^./\\]{1,16})$/u.exec(name.trim())?.[1]?.toLowerCase() ?? ''
  if (EXTENSIONS[extension] === format) return undefined
  return { code: 'name-differs-from-content', extension, format }
}
