import type { Turn } from '../../../shared/domain/page-text.ts'
import { type CompareInk, inkComparer } from './ink-likeness.ts'
import { likelyTurns } from './page-candidates.ts'
import type { PageSignature } from './page-signature.ts'
import { replacedTexts } from './replaced-text.ts'
import { type WordLikeness, wordLikeness } from './word-likeness.ts'
import type { WordRarity } from './word-rarity.ts'

/** How likely two pages are the same, and what says so. */
export interface PagePair {
  /** 0 to 1, comparable among pairs; not yet a confidence. */
  readonly score: number
  /** Null where one side has no text to speak of. */
  readonly text: number | null
  readonly image: number | null
  readonly turn: Turn
  readonly bothBlank: boolean
  readonly sameNumber: boolean
  /** Two different pages, however alike: the same form of another person, another page of the same record. */
  readonly different: boolean
  /** How much text stands in place of other text; from 1 on it makes a different page. */
  readonly replaced: number
}

/** Likeness of ink below this is chance; pages of running text reach it with any other. */
const INK_FLOOR = 0.4
const INK_CEILING = 0.8
/** What the image adds where the text already decides: enough to tell scans of one form apart. */
const IMAGE_SHARE = 0.08
const NUMBER_BONUS = 0.04
/** Blank pages are alike, but say nothing. */
const BLANK_SCORE = 0.5
/** Pages with a stamped number, or one short line, have less ink than this. */
const FAINT_INK = 0.003
/** Specks of one scan, and not of the other, lift a blank page up to this. */
const NEARLY_BLANK_INK = 0.002
/** Text so different that no image mends it. */
const OTHER_TEXT = 0.3

/** Below this score two pages are different ones; the image alone seldom says so. */
const SAME_SCORE = 0.55
const SAME_BY_IMAGE = 0.25
/** Other text in so many places makes another page; a long text may hold more misreadings, and corrections. */
const REPLACED_PLACES = 1.75
const MOST_PLACES = 8

function allowedPlaces(characters: number): number {
  return Math.min(MOST_PLACES, REPLACED_PLACES + characters / 500 + (characters / 400) ** 2)
}

/** Below this share of print, what was read is no ground to call two pages different. */
const SURELY_PRINT = 0.5

/** Places in which another text stands, as a share of what two scans of one page may have; null without print. */
function replacedShare(paper: PageSignature, electronic: PageSignature, words: WordLikeness): number | null {
  const [ours, theirs] = [paper.words, electronic.words]
  if (ours === null || theirs === null) return null
  if (words.trust === 1 && words.likeness < OTHER_TEXT) return 2
  if (Math.min(ours.printedShare, theirs.printedShare) < SURELY_PRINT) return null
  const characters = ours.lines.reduce((sum, line) => sum + line.length, 0)
  return replacedTexts(ours.lines, theirs.lines) / allowedPlaces(characters)
}

/** What a page loses of its score when as much text stands in place of other text as a page may have. */
const REPLACED_COST = 0.2

const calibrated = (image: number) =>
  Math.min(1, Math.max(0, (image - INK_FLOOR) / (INK_CEILING - INK_FLOOR)))

const TURN_OF: Readonly<Record<number, Turn>> = { 0: 0, 90: 90, 180: 180, 270: 270 }

/** How the electronic image must turn, as the two readings found it. */
function turnByText(paper: PageSignature, electronic: PageSignature): Turn | null {
  if (paper.uprightTurn === null || electronic.uprightTurn === null) return null
  return TURN_OF[(electronic.uprightTurn - paper.uprightTurn + 360) % 360] ?? null
}

function comparePair(
  paper: PageSignature,
  electronic: PageSignature,
  rarity: WordRarity,
  compareInk: CompareInk,
): PagePair {
  const sameNumber = paper.printedNumber !== null && paper.printedNumber === electronic.printedNumber
  const bonus = sameNumber ? NUMBER_BONUS : 0
  if (paper.blank || electronic.blank) {
    const bothBlank = mayBeBlank(paper) && mayBeBlank(electronic)
    const turn = likelyTurns(paper, electronic)[0] ?? 0
    return {
      score: bothBlank ? BLANK_SCORE + bonus : 0,
      text: null,
      image: null,
      turn,
      bothBlank,
      sameNumber,
      different: !bothBlank,
      replaced: 0,
    }
  }
  const words =
    paper.words === null || electronic.words === null
      ? { likeness: 0, trust: 0 }
      : wordLikeness(paper.words, electronic.words, rarity)
  const text = words.trust > 0 ? words.likeness : null
  const replaced = replacedShare(paper, electronic, words) ?? 0
  const kept = 1 - REPLACED_COST * Math.min(1, replaced)
  // Where the text says enough, the ink of all the look-alike pages need not be laid over each other.
  if (words.trust === 1 && replaced > 1) {
    const turn = turnByText(paper, electronic) ?? 0
    const score = (1 - IMAGE_SHARE) * words.likeness * kept
    return { score, text, image: null, turn, bothBlank: false, sameNumber, different: true, replaced }
  }
  const known = words.trust >= 0.5 && words.likeness > 0.6 ? turnByText(paper, electronic) : null
  const turns = known === null ? likelyTurns(paper, electronic) : [known]
  const { turn, likeness: image } = compareInk(paper.cells, electronic.cells, turns)
  const imageWeight = IMAGE_SHARE + (1 - IMAGE_SHARE) * (1 - words.trust)
  const seen = (1 - imageWeight) * words.likeness + imageWeight * calibrated(image)
  // On two pages with next to nothing on them, specks and show-through are most of the ink: it tells nothing apart.
  const faint = words.trust < 0.5 && Math.max(paper.inkShare, electronic.inkShare) < FAINT_INK
  const alike = faint ? Math.max(seen, BLANK_SCORE) : seen
  const least = words.trust < 0.5 ? SAME_BY_IMAGE : SAME_SCORE
  const different = alike < least || replaced > 1
  const score = Math.min(1, alike * kept + bonus)
  return { score, text, image, turn, bothBlank: false, sameNumber, different, replaced }
}

/** Blank, or so little above what counts as blank that the other scan of the page may lie below it. */
const mayBeBlank = ({ blank, inkShare, words }: PageSignature): boolean =>
  blank || (inkShare < NEARLY_BLANK_INK && (words === null || words.pairs.length === 0))

export type PairOf = (paper: number, electronic: number) => PagePair

/** Compares pairs when they are asked for, each once. */
export function pagePairs(
  paper: readonly PageSignature[],
  electronic: readonly PageSignature[],
  rarity: WordRarity,
): PairOf {
  const known = new Map<number, PagePair>()
  const compareInk = inkComparer()
  return (p, e) => {
    const key = p * electronic.length + e
    const before = known.get(key)
    if (before !== undefined) return before
    const [first, second] = [paper[p], electronic[e]]
    if (first === undefined || second === undefined) throw new RangeError(`no pair ${p}, ${e}`)
    const pair = comparePair(first, second, rarity, compareInk)
    known.set(key, pair)
    return pair
  }
}
