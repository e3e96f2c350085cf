import { AppError } from '../../shared/errors.ts'
import { type ByteReader, byteReader } from './byte-reader.ts'
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

/** One directory entry: where its values stand in the file and how they are to be read. */
export interface TiffEntry {
  readonly tag: number
  readonly type: number
  readonly count: number
  readonly valueAt: number
  readonly sizeBytes: number
}

export interface TiffDirectory {
  readonly entries: ReadonlyMap<number, TiffEntry>
  readonly littleEndian: boolean
}

export interface TiffFrames {
  readonly frames: readonly ImageFrame[]
  readonly directories: readonly TiffDirectory[]
  readonly remarks: readonly SourceRemark[]
}

/** Sizes of the TIFF 6.0 and BigTIFF value types, by type number. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8]

const COMPRESSIONS: Readonly<Record<number, string>> = {
  1: 'none',
  2: 'ccitt-rle',
  3: 'ccitt-g3',
  4: 'ccitt-g4',
  5: 'lzw',
  6: 'jpeg-old',
  7: 'jpeg',
  8: 'deflate',
  32773: 'packbits',
  32946: 'deflate',
  34712: 'jpeg2000',
  34925: 'lzma',
  50000: 'zstd',
  50001: 'webp',
}

export const TAG = {
  subfileType: 254,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  stripByteCounts: 279,
  resolutionX: 282,
  resolutionY: 283,
  resolutionUnit: 296,
  tileOffsets: 324,
  tileByteCounts: 325,
} as const

interface Layout {
  readonly reader: ByteReader
  readonly big: boolean
  readonly littleEndian: boolean
  readonly firstDirectory: number
}

function readLayout(bytes: Uint8Array): Layout {
  const littleEndian = bytes[0] === 0x49
  const reader = byteReader(bytes, littleEndian)
  const big = reader.u16(2) === 43
  const firstDirectory = big ? reader.u64(8) : reader.u32(4)
  if (firstDirectory === undefined) throw truncated('tiff-header')
  return { reader, big, littleEndian, firstDirectory }
}

function readDirectory(layout: Layout, at: number): { directory: TiffDirectory; next: number } {
  const { reader, big } = layout
  const count = big ? reader.u64(at) : reader.u16(at)
  if (count === undefined) throw truncated('tiff-directory')
  if (count === 0 || count > 4096) throw unreadable('tiff-directory')
  const entryBytes = big ? 20 : 12
  const inlineBytes = big ? 8 : 4
  const start = at + (big ? 8 : 2)
  const entries = new Map<number, TiffEntry>()
  for (let index = 0; index < count; index++) {
    const entryAt = start + index * entryBytes
    const tag = reader.u16(entryAt)
    const type = reader.u16(entryAt + 2)
    const values = big ? reader.u64(entryAt + 4) : reader.u32(entryAt + 4)
    if (tag === undefined || type === undefined || values === undefined) throw truncated('tiff-directory')
    const sizeBytes = values * (TYPE_BYTES[type] ?? 0)
    const inlineAt = entryAt + (big ? 12 : 8)
    const valueAt = sizeBytes <= inlineBytes ? inlineAt : big ? reader.u64(inlineAt) : reader.u32(inlineAt)
    if (valueAt === undefined) throw truncated('tiff-directory')
    if (sizeBytes > 0 && !entries.has(tag)) entries.set(tag, { tag, type, count: values, valueAt, sizeBytes })
  }
  const nextAt = start + count * entryBytes
  const next = big ? reader.u64(nextAt) : reader.u32(nextAt)
  if (next === undefined) throw truncated('tiff-directory')
  return { directory: { entries, littleEndian: layout.littleEndian }, next }
}

function valueAt(reader: ByteReader, entry: TiffEntry, index: number): number | undefined {
  const at = entry.valueAt + index * (TYPE_BYTES[entry.type] ?? 0)
  switch (entry.type) {
    case 1:
    case 7:
      return reader.u8(at)
    case 3:
      return reader.u16(at)
    case 4:
    case 13:
      return reader.u32(at)
    case 16:
    case 18:
      return reader.u64(at)
    case 5: {
      const numerator = reader.u32(at)
      const denominator = reader.u32(at + 4)
      return numerator === undefined || denominator === undefined || denominator === 0
        ? undefined
        : numerator / denominator
    }
    default:
      return undefined
  }
}

function first(reader: ByteReader, directory: TiffDirectory, tag: number): number | undefined {
  const entry = directory.entries.get(tag)
  return entry === undefined ? undefined : valueAt(reader, entry, 0)
}

export interface TiffSegment {
  readonly offset: number
  readonly sizeBytes: number
}

/** The strips or tiles that hold a frame's pixels. A segment that reaches past the end means a cut file. */
export function tiffSegments(bytes: Uint8Array, directory: TiffDirectory): readonly TiffSegment[] {
  const reader = byteReader(bytes, directory.littleEndian)
  const offsets = directory.entries.get(TAG.stripOffsets) ?? directory.entries.get(TAG.tileOffsets)
  const counts = directory.entries.get(TAG.stripByteCounts) ?? directory.entries.get(TAG.tileByteCounts)
  if (offsets === undefined) throw unreadable('tiff-no-pixels')
  if (offsets.valueAt + offsets.sizeBytes > bytes.length) throw truncated('tiff-strips')
  if (counts === undefined) return []
  if (counts.valueAt + counts.sizeBytes > bytes.length) throw truncated('tiff-strips')
  if (counts.count !== offsets.count) throw unreadable('tiff-strips')
  const segments: TiffSegment[] = []
  for (let index = 0; index < offsets.count; index++) {
    const offset = valueAt(reader, offsets, index)
    const sizeBytes = valueAt(reader, counts, index)
    if (offset === undefined || sizeBytes === undefined) throw unreadable('tiff-strips')
    if (offset + sizeBytes > bytes.length) throw truncated('tiff-strips')
    segments.push({ offset, sizeBytes })
  }
  return segments
}

function readFrame(
  bytes: Uint8Array,
  directory: TiffDirectory,
  place: { index: number; sourceIndex: number },
  limits: IntakeLimits,
): ImageFrame {
  const reader = byteReader(bytes, directory.littleEndian)
  const widthPixels = first(reader, directory, TAG.width)
  const heightPixels = first(reader, directory, TAG.height)
  if (widthPixels === undefined || heightPixels === undefined) throw unreadable('tiff-no-size')
  checkImageSize(widthPixels, heightPixels, limits)
  tiffSegments(bytes, directory)
  const bitDepth = first(reader, directory, TAG.bitsPerSample) ?? 1
  const samples = first(reader, directory, TAG.samplesPerPixel) ?? 1
  const photometric = first(reader, directory, TAG.photometric) ?? 1
  const unit = first(reader, directory, TAG.resolutionUnit) ?? 2
  const perInch = unit === 3 ? 2.54 : unit === 2 ? 1 : Number.NaN
  const orientation = first(reader, directory, TAG.orientation) ?? 1
  const compression = first(reader, directory, TAG.compression) ?? 1
  return {
    ...place,
    widthPixels,
    heightPixels,
    dpiX: plausibleDpi((first(reader, directory, TAG.resolutionX) ?? Number.NaN) * perInch),
    dpiY: plausibleDpi((first(reader, directory, TAG.resolutionY) ?? Number.NaN) * perInch),
    colourMode: tiffColourMode(photometric, samples, bitDepth),
    bitDepth,
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    compression: COMPRESSIONS[compression] ?? String(compression),
  }
}

function tiffColourMode(photometric: number, samples: number, bitDepth: number): ColourMode {
  if (photometric > 1 && photometric !== 4) return 'colour'
  if (samples >= 3) return 'colour'
  return bitDepth === 1 ? 'bitonal' : 'grey'
}

/**
 * Every page of a TIFF or BigTIFF from its directories alone. Reduced copies (TIFF 6.0, NewSubfileType bit 0)
 * are no pages. A loop of directories ends the file as INTAKE_UNREADABLE_FILE.
 */
export function readTiffFrames(bytes: Uint8Array, limits: IntakeLimits): TiffFrames {
  const layout = readLayout(bytes)
  const frames: ImageFrame[] = []
  const directories: TiffDirectory[] = []
  const remarks: SourceRemark[] = []
  const seen = new Set<number>()
  let at = layout.firstDirectory
  let reduced = 0
  let sourceIndex = 0
  while (at !== 0) {
    if (seen.has(at)) throw unreadable('tiff-loop')
    seen.add(at)
    const { directory, next } = readDirectory(layout, at)
    if (((first(layout.reader, directory, TAG.subfileType) ?? 0) & 1) === 1) reduced++
    else {
      if (frames.length >= limits.maxFrames) {
        throw new AppError('INTAKE_TOO_MANY_PAGES', { limit: limits.maxFrames })
      }
      frames.push(readFrame(bytes, directory, { index: frames.length, sourceIndex }, limits))
      directories.push(directory)
    }
    if (reduced > limits.maxFrames) throw unreadable('tiff-directories')
    sourceIndex++
    at = next
  }
  if (frames.length === 0) throw unreadable('tiff-no-pages')
  if (reduced > 0) remarks.push({ code: 'reduced-frame-skipped', count: reduced })
  return { frames, directories, remarks }
}
