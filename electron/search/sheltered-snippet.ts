import { findPattern, type TextRange, textPattern } from '../../shared/domain/search/text-pattern.ts'
import { textRuns } from '../../shared/domain/search/text-runs.ts'
import { maskSensitive, shelteredName } from '../../shared/domain/sensitive-text.ts'

export interface Snippet {
  readonly text: string
  readonly marks: { readonly start: number; readonly end: number }[]
}

/** The part with its numbers masked; one that runs on over the end of a line is known by both lines together. */
function masked(whole: string, part: TextRange): string {
  const before = whole.lastIndexOf('\n', part.start - 2) + 1
  const after = whole.indexOf('\n', part.end + 1)
  const from = part.start === 0 ? 0 : before
  const to = after === -1 ? whole.length : after
  return whole.slice(0, from) + maskedLines(whole.slice(from, to)) + whole.slice(to)
}

function maskedLines(whole: string): string {
  const joined = maskSensitive(whole.replaceAll('\n', ''))
  if (!joined.includes('*')) return whole
  let at = 0
  return Array.from({ length: whole.length }, (_, place) =>
    whole[place] === '\n' ? '\n' : (joined[at++] ?? ''),
  ).join('')
}

/**
 * A part of a text as everybody may see it: numbers and addresses under stars as long as they are, sheltered names
 * (隐名) as their family name and three stars, so that their length is not told. Marks move along; one that touches a
 * sheltered name covers all of what stands for it. Ranges are of the whole text.
 */
export function shelterNames(
  whole: string,
  marks: readonly TextRange[],
  names: readonly string[],
  part: TextRange = { start: 0, end: whole.length },
): Snippet {
  const shown = masked(whole, part)
  const runs = names.length === 0 ? [] : textRuns(whole)
  const hidden = names
    .flatMap((name) =>
      findPattern(runs, textPattern(name)).map((range) => ({ ...range, stands: shelteredName(name) })),
    )
    .filter(({ start, end }) => start < part.end && end > part.start)
    .sort((a, b) => a.start - b.start)
  let text = ''
  let at = part.start
  /** Pairs of a place in the whole text and where it stands in what is shown. */
  const moved: {
    readonly from: number
    readonly to: number
    readonly at: number
    readonly length: number
  }[] = []
  const keep = (to: number) => {
    moved.push({ from: at, to, at: text.length, length: to - at })
    text += shown.slice(at, to)
    at = to
  }
  for (const { start, end, stands } of hidden) {
    if (start < at && end <= at) continue
    if (start > at) keep(start)
    const words = start < part.start ? '***' : stands
    const to = Math.min(end, part.end)
    moved.push({ from: at, to, at: text.length, length: words.length })
    text += words
    at = to
  }
  if (at < part.end) keep(part.end)
  const out: { start: number; end: number }[] = []
  for (const { start, end } of marks) {
    for (const piece of moved) {
      if (start >= piece.to || end <= piece.from) continue
      const same =
        piece.length === piece.to - piece.from &&
        text.slice(piece.at, piece.at + piece.length) === shown.slice(piece.from, piece.to)
      const from = same ? piece.at + Math.max(start, piece.from) - piece.from : piece.at
      const to = same ? piece.at + Math.min(end, piece.to) - piece.from : piece.at + piece.length
      const last = out.at(-1)
      if (last !== undefined && last.end === from) last.end = to
      else out.push({ start: from, end: to })
    }
  }
  return { text, marks: out }
}
