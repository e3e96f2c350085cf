import type { ByteRange } from '../../shared/contract/index.ts'

/**
 * A single byte range of RFC 9110 §14.1.2. Null when the header is absent or asks for several ranges (the whole is
 * then a right answer); `invalid` when it is malformed.
 */
export function parseRange(header: string | null): ByteRange | null | 'invalid' {
  if (header === null || !header.startsWith('bytes=') || header.includes(',')) return null
  const match = /^bytes=(?<start>\d{1,15})-(?<end>\d{0,15})$/.exec(header.trim())
  if (match?.groups === undefined) return 'invalid'
  const start = Number(match.groups.start)
  const end = match.groups.end === '' ? null : Number(match.groups.end)
  return end !== null && end < start ? 'invalid' : { start, end }
}
