import { byteReader } from './byte-reader.ts'
import { type ExifFacts, readExif } from './read-exif.ts'
import {
  type ColourMode,
  checkImageSize,
  type ImageFrame,
  type IntakeLimits,
  plausibleDpi,
  type SourceRemark,
  truncated,
  unreadable,
} from './source-format.ts'

function colourModeOf(colourType: number, bitDepth: number, palette: Uint8Array | undefined): ColourMode {
  if (colourType === 2 || colourType === 6) return 'colour'
  if (colourType !== 3) return bitDepth === 1 ? 'bitonal' : 'grey'
  if (palette === undefined) return 'colour'
  let grey = true
  let extreme = true
  for (let at = 0; at + 2 < palette.length; at += 3) {
    const [red, green, blue] = palette.subarray(at, at + 3)
    if (red !== green || green !== blue) grey = false
    else if (red !== 0 && red !== 255) extreme = false
  }
  return !grey ? 'colour' : extreme && bitDepth === 1 ? 'bitonal' : 'grey'
}

/**
 * Size, resolution and colour from a PNG's chunks (ISO/IEC 15948), walked to IEND so that a cut file is told
 * from a damaged one. The data itself is checked when it is decoded.
 */
export function readPngFrame(
  bytes: Uint8Array,
  limits: IntakeLimits,
): { readonly frame: ImageFrame; readonly remarks: readonly SourceRemark[] } {
  const reader = byteReader(bytes, false)
  const widthPixels = reader.u32(16)
  const heightPixels = reader.u32(20)
  const bitDepth = reader.u8(24)
  const colourType = reader.u8(25)
  if (bytes.length < 33 || widthPixels === undefined || heightPixels === undefined)
    throw truncated('png-header')
  if (bitDepth === undefined || colourType === undefined || reader.u32(12) !== 0x49484452)
    throw unreadable('png-header')
  checkImageSize(widthPixels, heightPixels, limits)
  let dpiX: number | undefined
  let dpiY: number | undefined
  let exif: ExifFacts | undefined
  let palette: Uint8Array | undefined
  let at = 8
  for (;;) {
    const length = reader.u32(at)
    const type = reader.u32(at + 4)
    if (length === undefined || type === undefined || at + 12 + length > bytes.length)
      throw truncated('png-chunk')
    const body = bytes.subarray(at + 8, at + 8 + length)
    if (type === 0x70485973 && body[8] === 1) {
      dpiX = plausibleDpi((reader.u32(at + 8) ?? Number.NaN) * 0.0254)
      dpiY = plausibleDpi((reader.u32(at + 12) ?? Number.NaN) * 0.0254)
    } else if (type === 0x65584966) exif = readExif(body)
    else if (type === 0x504c5445) palette = body
    at += 12 + length
    if (type === 0x49454e44) break
  }
  const after = bytes.length - at
  return {
    frame: {
      index: 0,
      sourceIndex: 0,
      widthPixels,
      heightPixels,
      dpiX: dpiX ?? exif?.dpiX,
      dpiY: dpiY ?? exif?.dpiY,
      colourMode: colourModeOf(colourType, bitDepth, palette),
      bitDepth,
      orientation: exif?.orientation ?? 1,
      compression: 'deflate',
    },
    remarks: after > 0 ? [{ code: 'bytes-after-end', sizeBytes: after }] : [],
  }
}
