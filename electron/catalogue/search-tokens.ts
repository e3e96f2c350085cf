/** Blanks between Chinese characters are layout, not words. NFKC also undoes the Kangxi radicals that PDF text brings. */
export function normaliseForSearch(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=[\p{Script=Han}])\s+(?=[\p{Script=Han}])/gu, '')
}

const RUN = /(?<han>[\p{Script=Han}〇]+)|(?<word>(?:(?![\p{Script=Han}〇])[\p{L}\p{N}])+)/gu

function bigrams(run: string, keepLast: boolean): string[] {
  const characters = Array.from(run)
  const tokens: string[] = []
  for (let i = 0; i + 1 < characters.length; i++) tokens.push(`${characters[i]}${characters[i + 1]}`)
  const last = characters.at(-1)
  if (keepLast && last !== undefined) tokens.push(last)
  return tokens
}

/** Tokens of a stored text: bigrams of each Chinese run plus its last character; digit and Latin runs whole. */
export function indexTokens(text: string): string {
  const tokens: string[] = []
  for (const match of normaliseForSearch(text).matchAll(RUN)) {
    const han = match.groups?.han
    if (han !== undefined) tokens.push(...bigrams(han, true))
    else tokens.push(match[0])
  }
  return tokens.join(' ')
}

/**
 * The FTS5 query for a typed text: each run must stand as it is; a single Chinese character and a digit or Latin
 * run count as beginnings. Undefined when nothing in it can be searched for.
 */
export function indexQuery(text: string): string | undefined {
  const parts: string[] = []
  for (const match of normaliseForSearch(text).matchAll(RUN)) {
    const han = match.groups?.han
    if (han === undefined) parts.push(`"${match[0]}"*`)
    else if (Array.from(han).length === 1) parts.push(`"${han}"*`)
    else parts.push(`"${bigrams(han, false).join(' ')}"`)
  }
  return parts.length === 0 ? undefined : parts.join(' AND ')
}
