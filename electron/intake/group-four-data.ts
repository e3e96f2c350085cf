import { byteReader } from './byte-reader.ts'
import { readTiffFrames, TAG, tiffSegments } from './read-tiff.ts'
import { type ImageFormat, type ImageFrame, INTAKE_LIMITS } from './source-format.ts'

/** The compressed rows of a bitonal page (ITU-T T.6), as other formats hold them too. */
export interface GroupFourData {
  readonly data: Uint8Array
  readonly whiteIsZero: boolean
}

const FILL_ORDER = 266

/** A page's group 4 data where all of it stands in one strip with the first pixel in the highest bit. */
export function groupFourData(
  bytes: Uint8Array,
  format: ImageFormat,
  frame: ImageFrame,
): GroupFourData | undefined {
  if (format !== 'tiff' || frame.compression !== 'ccitt-g4' || frame.colourMode !== 'bitonal')
    return undefined
  const directory = readTiffFrames(bytes, INTAKE_LIMITS).directories[frame.index]
  if (directory === undefined || !directory.entries.has(TAG.stripOffsets)) return undefined
  const [strip, ...others] = tiffSegments(bytes, directory)
  const reader = byteReader(bytes, directory.littleEndian)
  const short = (tag: number) => {
    const entry = directory.entries.get(tag)
    return entry === undefined ? undefined : reader.u16(entry.valueAt)
  }
  if (strip === undefined || others.length > 0 || (short(FILL_ORDER) ?? 1) !== 1) return undefined
  return {
    data: bytes.subarray(strip.offset, strip.offset + strip.sizeBytes),
    whiteIsZero: short(TAG.photometric) === 0,
  }
}
