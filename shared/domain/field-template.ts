/** A piece of a template: text as it stands, or a field in braces with its format after a colon. */
export type TemplatePiece =
  | { readonly kind: 'text'; readonly text: string; readonly at: number }
  | { readonly kind: 'field'; readonly name: string; readonly format: string | null; readonly at: number }

/** What is wrong with a template, and where: `at` counts UTF-16 units from 0. */
export type TemplateProblem =
  | { readonly reason: 'empty' }
  | { readonly reason: 'too-long'; readonly most: number }
  | { readonly reason: 'unclosed-brace' | 'stray-brace' | 'empty-field'; readonly at: number }
  | { readonly reason: 'unknown-field' | 'bad-format'; readonly at: number; readonly field: string }
  | { readonly reason: 'forbidden-character'; readonly at: number; readonly character: string }
  | { readonly reason: 'no-counter' }

export type TemplatePieces =
  | { readonly ok: true; readonly pieces: readonly TemplatePiece[] }
  | { readonly ok: false; readonly problems: readonly TemplateProblem[] }

export const TEMPLATE_MAX_CHARACTERS = 300

/** Splits `{案号}_{序号:3}` into its pieces. Full-width braces and colons count as the ASCII ones. */
export function splitTemplate(source: string): TemplatePieces {
  const text = source.normalize('NFC').replaceAll('｛', '{').replaceAll('｝', '}')
  if (text.trim() === '') return { ok: false, problems: [{ reason: 'empty' }] }
  if (text.length > TEMPLATE_MAX_CHARACTERS)
    return { ok: false, problems: [{ reason: 'too-long', most: TEMPLATE_MAX_CHARACTERS }] }
  const pieces: TemplatePiece[] = []
  const problems: TemplateProblem[] = []
  let at = 0
  while (at < text.length) {
    const brace = nextBrace(text, at)
    if (brace > at) pieces.push({ kind: 'text', text: text.slice(at, brace), at })
    if (brace === text.length) break
    if (text[brace] === '}') {
      problems.push({ reason: 'stray-brace', at: brace })
      at = brace + 1
      continue
    }
    const end = nextBrace(text, brace + 1)
    if (text[end] !== '}') {
      problems.push({ reason: 'unclosed-brace', at: brace })
      at = brace + 1
      continue
    }
    const [name = '', ...format] = text.slice(brace + 1, end).split(/[:：]/)
    if (name.trim() === '') problems.push({ reason: 'empty-field', at: brace })
    pieces.push({
      kind: 'field',
      name: name.trim(),
      format: format.length === 0 ? null : format.join(':').trim(),
      at: brace,
    })
    at = end + 1
  }
  return problems.length === 0 ? { ok: true, pieces } : { ok: false, problems }
}

function nextBrace(text: string, from: number): number {
  const found = text.slice(from).search(/[{}]/)
  return found < 0 ? text.length : from + found
}
