import { casesSignalled } from './page-signal-case.ts'
import { datesSignalled } from './page-signal-date.ts'
import { numbersSignalled } from './page-signal-number.ts'
import { partiesSignalled } from './page-signal-party.ts'
import { titleSignalled } from './page-signal-title.ts'
import type { PageReading } from './page-text.ts'
import { detectRestrictedTitle } from './restricted-title.ts'
import { inThousandths, type PageSignals, type RestrictedSignal } from './signal.ts'
import { placeOfWords, type UprightLine, uprightLines } from './upright-line.ts'

export type * from './signal.ts'

/** Raised when a rule reads more, or otherwise: signals of an older version are made again from the text. */
export const SIGNAL_VERSION = 1

/** Which way up a page stands is sure when much was read on it, and read well. */
function turnConfidence(reading: PageReading, characters: number): number {
  return inThousandths(reading.confidence * (0.35 + 0.63 * Math.min(1, characters / 60)))
}

/** A title may stand alone at the top (签发稿) besides being the page's own. */
const TOP = 0.16
const SHORT = 12

function restrictedSignalled(
  reading: PageReading,
  lines: readonly UprightLine[],
  title: readonly UprightLine[],
): readonly RestrictedSignal[] {
  const found = new Map<string, RestrictedSignal>()
  for (const line of lines) {
    if (line.doubtful) continue
    const isTitle = title.includes(line) || (line.top < TOP && [...line.text].length <= SHORT)
    const restricted = detectRestrictedTitle(line.text)
    if (restricted === undefined || (!isTitle && restricted.suspicion === 'weak')) continue
    const { matchedText: text, suspicion } = restricted
    if (found.has(text)) continue
    const position = isTitle ? 'title' : 'body'
    const confidence = inThousandths(line.confidence)
    const places = [placeOfWords(reading, line.line, text)]
    found.set(text, { text, suspicion, position, confidence, places })
  }
  return [...found.values()]
}

/** What one page says of its number, title, date, case and people. Pure: the same reading gives the same signals. */
export function pageSignals(reading: PageReading): PageSignals {
  const lines = uprightLines(reading)
  const characters = lines.reduce((sum, { text }) => sum + [...text].length, 0)
  const title = titleSignalled(reading, lines)
  return {
    turn: reading.turn,
    turnConfidence: turnConfidence(reading, characters),
    characters,
    numbers: numbersSignalled(reading, lines),
    title: title?.signal ?? null,
    dates: datesSignalled(reading, lines),
    cases: casesSignalled(reading, lines, title?.lines ?? []),
    parties: partiesSignalled(reading, lines),
    restricted: restrictedSignalled(reading, lines, title?.lines ?? []),
  }
}
