import { bigrams, lastOf, type TextRun, textRuns } from './text-runs.ts'

/** What is looked for: runs that stand one after the other, the first and last of them perhaps in part. */
export type TextPattern = readonly Pick<TextRun, 'han' | 'text'>[]

/** A part of the text that was searched, by code units. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

export const textPattern = (text: string): TextPattern =>
  textRuns(text).map(({ han, text: run }) => ({ han, text: run }))

function middleFits(runs: readonly TextRun[], from: number, pattern: TextPattern): boolean {
  for (let place = 1; place + 1 < pattern.length; place++)
    if (runs[from + place]?.text !== pattern[place]?.text) return false
  return true
}

const rangeIn = (first: TextRun, start: number, last: TextRun, end: number): TextRange => ({
  start: first.starts[start] ?? 0,
  end: last.ends[end - 1] ?? 0,
})

/**
 * Where a pattern stands in a text: Chinese characters anywhere in a run, letters and digits from the beginning of
 * one. In a pattern of several runs they stand side by side, whatever blanks or marks are between them.
 */
export function findPattern(runs: readonly TextRun[], pattern: TextPattern): readonly TextRange[] {
  const found: TextRange[] = []
  const first = pattern[0]
  const last = pattern.at(-1)
  if (first === undefined || last === undefined) return found
  if (pattern.length === 1) {
    for (const run of runs) {
      if (run.han !== first.han) continue
      if (!run.han) {
        if (run.text.startsWith(first.text)) found.push(rangeIn(run, 0, run, first.text.length))
        continue
      }
      for (
        let at = run.text.indexOf(first.text);
        at >= 0;
        at = run.text.indexOf(first.text, at + first.text.length)
      )
        found.push(rangeIn(run, at, run, at + first.text.length))
    }
    return found
  }
  for (let from = 0; from + pattern.length <= runs.length; from++) {
    const head = runs[from]
    const tail = runs[from + pattern.length - 1]
    if (head === undefined || tail === undefined || head.han !== first.han || tail.han !== last.han) continue
    if (!(first.han ? head.text.endsWith(first.text) : head.text === first.text)) continue
    if (!tail.text.startsWith(last.text) || !middleFits(runs, from, pattern)) continue
    found.push(rangeIn(head, head.text.length - first.text.length, tail, last.text.length))
  }
  return found
}

export interface TokenRules {
  /** The index knows single first characters: names and titles, not pages. */
  readonly singles: boolean
  /** The index knows places within a text, so that pairs can be asked for side by side. */
  readonly phrases: boolean
}

const HAN_LEAST = 2
const WORD_LEAST = 3

/** Whether a pattern is long enough for the text of pages: two Chinese characters or three letters or digits. */
export function longEnoughForPages(pattern: TextPattern): boolean {
  const han = pattern.reduce((sum, run) => sum + (run.han ? Array.from(run.text).length : 0), 0)
  return han >= HAN_LEAST || pattern.some((run) => !run.han && run.text.length >= WORD_LEAST)
}

/** The FTS5 query whose rows hold every text that holds the pattern, and perhaps others; undefined when none can. */
export function patternQuery(pattern: TextPattern, { singles, phrases }: TokenRules): string | undefined {
  const parts: string[] = []
  const lastPlace = pattern.length - 1
  pattern.forEach(({ han, text }, place) => {
    const whole = place < lastPlace
    if (!han) {
      if (whole) parts.push(`"${text}"`)
      else if (singles || text.length >= WORD_LEAST) parts.push(`"${text}"*`)
      return
    }
    const tokens = bigrams(text)
    // A run that another follows ends where the pattern's does: its last character stands alone in the index.
    const all = whole ? [...tokens, lastOf(text)] : tokens
    if (all.length === 0) {
      if (singles) parts.push(`"${text}"*`)
    } else if (phrases) parts.push(`"${all.join(' ')}"`)
    else parts.push(...[...new Set(all)].map((token) => `"${token}"`))
  })
  return parts.length === 0 ? undefined : parts.join(' AND ')
}

/** Whether every row that the query of pages gives holds the pattern: then no text need be read to be sure. */
export function isCertain(pattern: TextPattern): boolean {
  const [only, ...more] = pattern
  return only !== undefined && more.length === 0 && (!only.han || Array.from(only.text).length === HAN_LEAST)
}
