import { byteReader } from './byte-reader.ts'
import { type ExifFacts, readExif } from './read-exif.ts'
import {
  checkImageSize,
  type ImageFrame,
  type IntakeLimits,
  plausibleDpi,
  truncated,
  unreadable,
} from './source-format.ts'

const COMPRESSIONS: Readonly<Record<number, string>> = {
  192: 'baseline',
  193: 'extended',
  194: 'progressive',
}

function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

function isAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)
}

/** Size, resolution and orientation from the markers before the first scan (ITU-T T.81 annex B, JFIF, EXIF). */
export function readJpegFrame(bytes: Uint8Array, limits: IntakeLimits): ImageFrame {
  const reader = byteReader(bytes, false)
  let jfifX: number | undefined
  let jfifY: number | undefined
  let exif: ExifFacts | undefined
  let at = 2
  while (at < bytes.length) {
    if (reader.u8(at) !== 0xff) throw unreadable('jpeg-marker')
    while (reader.u8(at) === 0xff) at++
    const marker = reader.u8(at)
    if (marker === undefined) break
    at++
    if (isAlone(marker)) continue
    if (marker === 0xd9 || marker === 0xda || marker === 0) throw unreadable('jpeg-no-frame')
    const length = reader.u16(at)
    if (length === undefined) break
    if (length < 2) throw unreadable('jpeg-marker')
    if (isFrameHeader(marker)) {
      const bitDepth = reader.u8(at + 2)
      const heightPixels = reader.u16(at + 3)
      const widthPixels = reader.u16(at + 5)
      const components = reader.u8(at + 7)
      if (bitDepth === undefined || !heightPixels || !widthPixels || components === undefined) {
        throw at + 8 > bytes.length ? truncated('jpeg-frame') : unreadable('jpeg-frame')
      }
      checkImageSize(widthPixels, heightPixels, limits)
      return {
        index: 0,
        sourceIndex: 0,
        widthPixels,
        heightPixels,
        dpiX: jfifX ?? exif?.dpiX,
        dpiY: jfifY ?? exif?.dpiY,
        colourMode: components === 1 ? 'grey' : 'colour',
        bitDepth,
        orientation: exif?.orientation ?? 1,
        compression: COMPRESSIONS[marker] ?? 'other',
      }
    }
    const body = bytes.subarray(at + 2, at + length)
    if (marker === 0xe0 && body.length >= 12 && isTagged(body, 'JFIF\0')) {
      const unit = body[7]
      const perInch = unit === 1 ? 1 : unit === 2 ? 2.54 : Number.NaN
      jfifX = plausibleDpi((reader.u16(at + 10) ?? Number.NaN) * perInch)
      jfifY = plausibleDpi((reader.u16(at + 12) ?? Number.NaN) * perInch)
    } else if (marker === 0xe1 && exif === undefined && isTagged(body, 'Exif\0\0')) {
      exif = readExif(body.subarray(6))
    }
    at += length
  }
  throw truncated('jpeg-header')
}

function isTagged(body: Uint8Array, tag: string): boolean {
  return Array.from(tag).every((letter, index) => body[index] === letter.charCodeAt(0))
}
