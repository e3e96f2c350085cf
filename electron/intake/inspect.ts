import { readJpegFrame } from './read-jpeg.ts'
import { readPngFrame } from './read-png.ts'
import { readTiffFrames } from './read-tiff.ts'
import { nameRemark, requireFormat } from './sniff.ts'
import {
  type ImageFormat,
  type ImageFrame,
  INTAKE_LIMITS,
  type IntakeLimits,
  type SourceInspection,
  type SourceRemark,
} from './source-format.ts'

function readFrames(
  format: ImageFormat,
  bytes: Uint8Array,
  limits: IntakeLimits,
): { readonly frames: readonly ImageFrame[]; readonly remarks: readonly SourceRemark[] } {
  switch (format) {
    case 'jpeg':
      return { frames: [readJpegFrame(bytes, limits)], remarks: [] }
    case 'png': {
      const { frame, remarks } = readPngFrame(bytes, limits)
      return { frames: [frame], remarks }
    }
    case 'tiff':
      return readTiffFrames(bytes, limits)
  }
}

/**
 * What a file is and which pages it holds, from its headers alone: nothing is decoded and nothing of the
 * declared size is allocated. A PDF comes back with no frames; its pages are listed by {@link PdfReader}.
 *
 * Throws INTAKE_EMPTY_FILE, INTAKE_UNSUPPORTED_FORMAT `{ detected }`, INTAKE_IMAGE_TOO_LARGE
 * `{ widthPixels, heightPixels }`, INTAKE_TOO_MANY_PAGES `{ limit }`, INTAKE_TRUNCATED_FILE or
 * INTAKE_UNREADABLE_FILE `{ reason }`, and nothing else.
 */
export function inspectSource(
  bytes: Uint8Array,
  name: string,
  limits: IntakeLimits = INTAKE_LIMITS,
): SourceInspection {
  const format = requireFormat(bytes)
  const named = nameRemark(name, format)
  const remarks: SourceRemark[] = named === undefined ? [] : [named]
  if (format === 'pdf') return { format, sizeBytes: bytes.length, frames: [], remarks }
  const read = readFrames(format, bytes, limits)
  remarks.push(...read.remarks)
  for (const frame of read.frames) {
    if (frame.dpiX === undefined || frame.dpiY === undefined) {
      remarks.push({ code: 'resolution-missing', frame: frame.index })
    }
  }
  return { format, sizeBytes: bytes.length, frames: read.frames, remarks }
}
