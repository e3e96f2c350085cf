import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'
import { AppError } from '../../shared/errors.ts'
import { byteReader } from './byte-reader.ts'

export interface ZipLimits {
  readonly maxEntries: number
  /** Of all entries together, unpacked. */
  readonly maxUnpackedBytes: number
}

export type ZipEntries = ReadonlyMap<string, Buffer>

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_ENTRY = 0x04034b50
const inflate = promisify(inflateRaw)

function invalid(reason: string): AppError {
  return new AppError('INTAKE_TABLE_INVALID', { reason })
}

function findEnd(bytes: Uint8Array): number {
  const reader = byteReader(bytes, true)
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xffff); at--) {
    if (reader.u32(at) === END_OF_DIRECTORY) return at
  }
  throw invalid('zip-truncated')
}

interface Listed {
  readonly name: string
  readonly method: number
  readonly packedBytes: number
  readonly at: number
}

function listEntries(bytes: Uint8Array, limits: ZipLimits): readonly Listed[] {
  const reader = byteReader(bytes, true)
  const end = findEnd(bytes)
  const count = reader.u16(end + 10) ?? 0
  let at = reader.u32(end + 16) ?? 0
  if (count > limits.maxEntries) throw invalid('zip-entries')
  const listed: Listed[] = []
  for (let index = 0; index < count; index++) {
    const nameBytes = reader.u16(at + 28)
    const local = reader.u32(at + 42)
    if (reader.u32(at) !== DIRECTORY_ENTRY || nameBytes === undefined || local === undefined)
      throw invalid('zip-damaged')
    if (((reader.u16(at + 8) ?? 0) & 1) === 1) throw new AppError('INTAKE_PASSWORD_PROTECTED')
    const name = Buffer.from(bytes.subarray(at + 46, at + 46 + nameBytes)).toString('utf8')
    if (reader.u32(local) !== LOCAL_ENTRY) throw invalid('zip-damaged')
    const skip = 30 + (reader.u16(local + 26) ?? 0) + (reader.u16(local + 28) ?? 0)
    listed.push({
      name,
      method: reader.u16(at + 10) ?? -1,
      packedBytes: reader.u32(at + 20) ?? 0,
      at: local + skip,
    })
    at += 46 + nameBytes + (reader.u16(at + 30) ?? 0) + (reader.u16(at + 32) ?? 0)
  }
  return listed
}

/**
 * Unpacks the entries that `wanted` accepts. What the archive says about sizes is not believed: unpacking stops
 * at the limit. Throws INTAKE_TABLE_INVALID `{ reason }` or INTAKE_PASSWORD_PROTECTED.
 */
export async function unpackZip(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
  limits: ZipLimits,
): Promise<ZipEntries> {
  const entries = new Map<string, Buffer>()
  let left = limits.maxUnpackedBytes
  for (const entry of listEntries(bytes, limits)) {
    if (!wanted(entry.name) || entries.has(entry.name)) continue
    const packed = bytes.subarray(entry.at, entry.at + entry.packedBytes)
    if (packed.length < entry.packedBytes) throw invalid('zip-truncated')
    const unpacked = await unpack(packed, entry.method, left)
    left -= unpacked.length
    entries.set(entry.name, unpacked)
  }
  return entries
}

async function unpack(packed: Uint8Array, method: number, left: number): Promise<Buffer> {
  if (method === 0) {
    if (packed.length > left) throw invalid('zip-too-large')
    return Buffer.from(packed)
  }
  if (method !== 8) throw invalid('zip-method')
  try {
    return await inflate(packed, { maxOutputLength: Math.max(1, left) })
  } catch (error) {
    const full = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw invalid(full ? 'zip-too-large' : 'zip-damaged')
  }
}

/**
 * A plain archive of the given entries without compression. A library that reads it sees exactly what has been
 * judged, and not what a doctored archive would show it beside that.
 */
export function packZip(entries: ZipEntries): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, content] of entries) {
    const nameBytes = Buffer.from(name, 'utf8')
    const sum = crc32(content)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(LOCAL_ENTRY, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(0x800, 6)
    local.writeUInt32LE(sum, 14)
    local.writeUInt32LE(content.length, 18)
    local.writeUInt32LE(content.length, 22)
    local.writeUInt16LE(nameBytes.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(DIRECTORY_ENTRY, 0)
    central.writeUInt16LE(20, 4)
    local.copy(central, 6, 4, 30)
    central.writeUInt32LE(at, 42)
    locals.push(local, nameBytes, content)
    directory.push(central, nameBytes)
    at += local.length + nameBytes.length + content.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(END_OF_DIRECTORY, 0)
  end.writeUInt16LE(entries.size, 8)
  end.writeUInt16LE(entries.size, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, central, end])
}
