import { byteReader } from './byte-reader.ts'
import { TAG, type TiffDirectory, type TiffEntry, tiffSegments } from './read-tiff.ts'
import { unreadable } from './source-format.ts'

/** Tags whose values point elsewhere in the file, or speak of the file as a whole: left behind. */
const LEFT_BEHIND: ReadonlySet<number> = new Set([
  254, 255, 288, 289, 297, 330, 513, 514, 519, 520, 521, 34665, 34853, 40965,
])
const SEGMENT_TAGS: ReadonlySet<number> = new Set([
  TAG.stripOffsets,
  TAG.stripByteCounts,
  TAG.tileOffsets,
  TAG.tileByteCounts,
])
const LONG = 4

function pad(size: number): number {
  return size + (size & 1)
}

/**
 * One page of a multi-page TIFF as a TIFF of its own, its compressed data copied bit by bit: nothing is decoded,
 * nothing is lost, and the same page always gives the same bytes. Undefined for old-style JPEG (compression 6)
 * and pages without segment sizes, which cannot be moved so.
 */
export function copyTiffPage(bytes: Uint8Array, directory: TiffDirectory): Uint8Array | undefined {
  const source = byteReader(bytes, directory.littleEndian)
  const compressionAt = directory.entries.get(TAG.compression)
  if (compressionAt !== undefined && source.u16(compressionAt.valueAt) === 6) return undefined
  const segments = tiffSegments(bytes, directory)
  if (segments.length === 0) return undefined
  const tiled = !directory.entries.has(TAG.stripOffsets)
  const kept = [...directory.entries.values()]
    .filter((entry) => !LEFT_BEHIND.has(entry.tag) && !SEGMENT_TAGS.has(entry.tag) && entry.type <= 13)
    .map((entry) => ({ entry, values: valuesOf(bytes, entry) }))
  const count = segments.length
  const tags = [
    ...kept.map(({ entry, values }) => ({ tag: entry.tag, type: entry.type, count: entry.count, values })),
    { tag: tiled ? TAG.tileOffsets : TAG.stripOffsets, type: LONG, count, values: undefined },
    { tag: tiled ? TAG.tileByteCounts : TAG.stripByteCounts, type: LONG, count, values: undefined },
  ].sort((a, b) => a.tag - b.tag)

  const directoryAt = 8
  let cursor = pad(directoryAt + 2 + tags.length * 12 + 4)
  const places = tags.map((tag) => {
    const sizeBytes = tag.values?.length ?? count * 4
    if (sizeBytes <= 4) return undefined
    const at = cursor
    cursor = pad(cursor + sizeBytes)
    return at
  })
  const segmentPlaces = segments.map((segment) => {
    const at = cursor
    cursor = pad(cursor + segment.sizeBytes)
    return at
  })
  if (cursor > 0xffff_ffff) return undefined

  const page = new Uint8Array(cursor)
  const out = new DataView(page.buffer)
  const little = directory.littleEndian
  out.setUint16(0, little ? 0x4949 : 0x4d4d, false)
  out.setUint16(2, 42, little)
  out.setUint32(4, directoryAt, little)
  out.setUint16(directoryAt, tags.length, little)
  tags.forEach((tag, index) => {
    const at = directoryAt + 2 + index * 12
    out.setUint16(at, tag.tag, little)
    out.setUint16(at + 2, tag.type, little)
    out.setUint32(at + 4, tag.count, little)
    const place = places[index]
    const valueAt = place ?? at + 8
    if (place !== undefined) out.setUint32(at + 8, place, little)
    if (tag.values !== undefined) page.set(tag.values, valueAt)
    else {
      const offsets = tag.tag === TAG.stripOffsets || tag.tag === TAG.tileOffsets
      segments.forEach((segment, segmentIndex) => {
        const value = offsets ? (segmentPlaces[segmentIndex] ?? 0) : segment.sizeBytes
        out.setUint32(valueAt + segmentIndex * 4, value, little)
      })
    }
  })
  segments.forEach((segment, index) => {
    page.set(bytes.subarray(segment.offset, segment.offset + segment.sizeBytes), segmentPlaces[index] ?? 0)
  })
  return page
}

function valuesOf(bytes: Uint8Array, entry: TiffEntry): Uint8Array {
  if (entry.valueAt + entry.sizeBytes > bytes.length) throw unreadable('tiff-tag')
  return bytes.subarray(entry.valueAt, entry.valueAt + entry.sizeBytes)
}
