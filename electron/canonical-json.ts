import { createHash } from 'node:crypto'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/**
 * One value, one spelling: members sorted by their UTF-16 code units, no blanks, numbers and strings as ECMAScript
 * writes them (RFC 8785).
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`)
  return `{${members.join(',')}}`
}

/** SHA-256, hex, of the canonical spelling. */
export function jsonDigest(value: Json): string {
  return createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex')
}
