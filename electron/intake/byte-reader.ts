/** Reads numbers of either byte order; undefined past the end, so that a cut file is seen and not guessed. */
export interface ByteReader {
  readonly length: number
  u8(at: number): number | undefined
  u16(at: number): number | undefined
  u32(at: number): number | undefined
  /** Undefined also beyond 2^53. */
  u64(at: number): number | undefined
}

export function byteReader(bytes: Uint8Array, littleEndian: boolean): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const inside = (at: number, size: number): boolean =>
    Number.isSafeInteger(at) && at >= 0 && at + size <= bytes.length
  return {
    length: bytes.length,
    u8: (at) => (inside(at, 1) ? view.getUint8(at) : undefined),
    u16: (at) => (inside(at, 2) ? view.getUint16(at, littleEndian) : undefined),
    u32: (at) => (inside(at, 4) ? view.getUint32(at, littleEndian) : undefined),
    u64: (at) => {
      if (!inside(at, 8)) return undefined
      const value = view.getBigUint64(at, littleEndian)
      return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined
    },
  }
}
