/** Below this a buffer costs the collector nothing worth the trouble. */
const WORTH_BYTES = 64 * 1024

/**
 * Gives a large buffer's memory back at once. What is left to the garbage collector counts against its limit until
 * it runs, and a page a few milliseconds makes it run without end. The bytes must not be touched again; a view that
 * shares its memory with others is left alone, and so is a small one.
 */
export function releaseBytes(bytes: Uint8Array): void {
  const { buffer } = bytes
  if (bytes.byteLength < WORTH_BYTES) return
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) buffer.transfer(0)
}
