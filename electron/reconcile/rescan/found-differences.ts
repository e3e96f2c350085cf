import type { PageRow } from '../../../shared/contract/model.ts'
import type { FoundChange, PageMatchRow } from '../../../shared/contract/reconcile.ts'
import type { Turn } from '../../../shared/domain/page-text.ts'
import type { DifferenceType, FindingStage } from '../../../shared/domain/reconcile/difference-type.ts'
import { type Ground, groundWords } from '../../../shared/domain/reconcile/ground.ts'
import type { DifferenceContent, FoundDifference } from '../difference-desk.ts'
import { coarsePages } from './coarse-pages.ts'
import { missingBacks, type SidedPaper } from './missing-backs.ts'
import { type PlacedPaper, pagePlaces } from './page-places.ts'

/** A ground in codes, and as 处理依据 says it. */
const grounded = (ground: Ground) => ({ ground, basis: groundWords(ground, 'zh') })

/** A page of the fresh scan, as far as differences follow from it. */
export interface ScannedPage extends PlacedPaper, SidedPaper {
  readonly turn: Turn
  readonly read: boolean
}

/** What comparing one pair said. */
export interface PairFacts {
  readonly registered: boolean
  readonly changes: readonly FoundChange[]
  /** Share (0 to 1) of the paper page that bears red ink. */
  readonly redInk: number
}

/** Everything that a fresh scan told of a volume. */
export interface RescanFacts {
  readonly paper: readonly ScannedPage[]
  readonly electronic: readonly PageRow[]
  readonly matches: readonly PageMatchRow[]
  readonly bookNumber: (bookId: string) => number
  readonly itemTitle: (itemId: string) => string
  /** Undefined: not compared. */
  readonly pair: (matchId: string) => PairFacts | undefined
  /** How a page begins, in words; empty where it was not read. */
  readonly beginning: (side: 'paper' | 'electronic', id: string) => string
  readonly stage: FindingStage
}

/** A red pen stroke is more than this share of a page; a stamp is many times it. */
const RED_INK = 0.0008
/** A sheet's blank back is often left out on purpose: a person should look, and is told that it is blank. */
const BLANK_CONFIDENCE = 0.5
/** A page alone missing in a scan without its blank backs may be a sheet of one side as well. */
const LIKELY_BACK_CONFIDENCE = 0.7
/** Scanned twice by the fresh scan itself, or twice in the paper: the program cannot know. */
const DOUBLED_PAPER_CONFIDENCE = 0.5

function typeOfChange({ kind, on }: FoundChange): DifferenceType {
  switch (kind) {
    case 'added-stamp':
    case 'handwriting':
      return on === 'paper' ? 'D18' : 'D19'
    case 'cropped':
      // What only the electronic image shows of the edge, the paper has lost, or the fresh scan cut it off.
      return on === 'electronic' ? 'D22' : 'D07'
    case 'changed-text':
    case 'added-text':
    case 'removed-text':
    case 'erased':
    case 'covered':
    case 'other':
      return 'D19'
  }
}

const has = ({ reasons }: PageMatchRow, code: string) => reasons.some((reason) => reason.code === code)
const together = (changes: readonly FoundChange[], side: 'paperText' | 'electronicText') =>
  changes.flatMap((change) => change[side] ?? []).join('；')

/** How the feeder had the whole stack turned: no fault of any single page. */
function stackTurn(paper: readonly ScannedPage[]): Turn {
  const read = paper.filter((page) => page.read)
  for (const turn of [90, 180, 270] as const)
    if (read.filter((page) => page.turn === turn).length * 2 > read.length) return turn
  return 0
}

const turned = (first: Turn, second: Turn) => ((first + second) % 360) as Turn

/**
 * What differs between paper and images, one difference a thing. Pairs that the program is not sure of wait for a
 * person, and say nothing about content until then.
 */
export function foundDifferences(facts: RescanFacts): readonly FoundDifference[] {
  const { paper, electronic, matches } = facts
  const places = pagePlaces(paper, electronic, facts.bookNumber, matches)
  const pages = new Map(electronic.map((page) => [page.id, page]))
  const papers = new Map(paper.map((page) => [page.id, page]))
  const stack = stackTurn(paper)
  const backs = missingBacks(facts)

  const about = (
    type: DifferenceType,
    match: PageMatchRow,
    subject: string,
    confidence: number,
    content: Partial<DifferenceContent>,
  ): FoundDifference => {
    const page = match.pageId === null ? undefined : pages.get(match.pageId)
    return {
      identity: `${type}|${subject}`,
      ...{ type, stage: facts.stage, confidence },
      book: page === undefined ? null : facts.bookNumber(page.bookId),
      itemId: page?.itemId ?? null,
      paperPlace:
        match.paperPageId === null ? places.paperGap(match.pageId ?? '') : places.paper(match.paperPageId),
      electronicPlace:
        match.pageId === null
          ? places.electronicGap(match.paperPageId ?? '')
          : places.electronic(match.pageId),
      ...{
        paperPageId: match.paperPageId,
        pageId: match.pageId,
        versionId: match.versionId,
        matchId: match.id,
      },
      content: {
        itemWords: page?.itemId == null ? '' : facts.itemTitle(page.itemId),
        paperWords: '',
        electronicWords: '',
        regions: [],
        ...content,
      },
    }
  }

  const missing = (match: PageMatchRow, paperPageId: string): FoundDifference => {
    const blank = has(match, 'blank')
    const double = match.kind === 'duplicate'
    const back = backs.get(paperPageId)
    const confidence = double
      ? DOUBLED_PAPER_CONFIDENCE
      : blank
        ? Math.min(match.confidence, BLANK_CONFIDENCE)
        : back === 'likely'
          ? Math.min(match.confidence, LIKELY_BACK_CONFIDENCE)
          : match.confidence
    const ground: Ground | null = double
      ? {
          on: 'same-as-paper',
          paper: String(match.reasons.find(({ code }) => code === 'again')?.value ?? ''),
        }
      : blank
        ? { on: 'blank' }
        : null
    return about(back === undefined ? 'D01' : 'D06', match, `paper:${paperPageId}`, confidence, {
      paperWords: facts.beginning('paper', paperPageId),
      ...(ground === null ? {} : grounded(ground)),
    })
  }
  const surplus = (match: PageMatchRow, pageId: string): FoundDifference => {
    const electronicWords = facts.beginning('electronic', match.versionId ?? '')
    if (match.kind === 'duplicate') {
      const first = match.candidates[0]?.pageId
      const basis =
        first === undefined ? {} : grounded({ on: 'same-as-page', page: places.electronic(first) })
      return about('D03', match, `page:${pageId}`, match.confidence, { electronicWords, ...basis })
    }
    const confidence = has(match, 'blank') ? Math.min(match.confidence, BLANK_CONFIDENCE) : match.confidence
    const basis = has(match, 'blank') ? grounded({ on: 'blank' }) : {}
    return about('D02', match, `page:${pageId}`, confidence, { electronicWords, ...basis })
  }
  const ofPair = (match: PageMatchRow, page: PageRow, scanned: ScannedPage): readonly FoundDifference[] => {
    if (!match.sure && match.decidedBy === null) return []
    if (match.kind === 'replaced')
      return [
        about('D19', match, `page:${page.id}`, match.confidence, {
          paperWords: facts.beginning('paper', scanned.id),
          electronicWords: facts.beginning('electronic', page.versionId),
          ...grounded({ on: 'other-page' }),
        }),
      ]
    const found: FoundDifference[] = []
    if (match.moved) found.push(about('D04', match, `page:${page.id}`, match.confidence, {}))
    const stands = page.turn ?? 0
    // A table that lies on its side in the paper may do so in the images, or be turned for reading.
    const asBound = turned(match.turn, turned(stack, (360 - scanned.turn) as Turn))
    if (!has(match, 'blank') && stands !== asBound && stands !== match.turn)
      found.push(
        about('D05', match, `page:${page.id}`, match.confidence, {
          ...grounded({ on: 'turn', degrees: (match.turn - stands + 360) % 360 }),
        }),
      )
    const pair = facts.pair(match.id)
    if (pair?.registered === true) found.push(...ofChanges(match, page, pair.changes))
    const red = (pair?.redInk ?? 0) > RED_INK && page.colourMode !== 'colour'
    if (red) found.push(about('D08', match, `version:${page.versionId}`, 1, grounded({ on: 'red-ink' })))
    return found
  }
  const ofChanges = (match: PageMatchRow, page: PageRow, changes: readonly FoundChange[]) => {
    const types = [...new Set(changes.map(typeOfChange))]
    return types.map((type) => {
      const regions = changes.filter((change) => typeOfChange(change) === type)
      const strength = Math.max(...regions.map((change) => change.strength))
      return about(type, match, `version:${page.versionId}`, Math.min(strength, match.confidence), {
        paperWords: together(regions, 'paperText'),
        electronicWords: together(regions, 'electronicText'),
        regions,
        ...grounded({ on: 'compared', strength }),
      })
    })
  }

  const coarse = coarsePages(electronic, matches).map(({ first, last, pageIds, match, ground }) => ({
    ...about('D08', match, `pages:${first}`, 1, { ...grounded(ground), pageIds }),
    paperPlace: places.paperRun(match.paperPageId ?? '', last.paperPageId ?? ''),
    electronicPlace: places.electronicRun(first, last.pageId ?? ''),
  }))

  const each = matches.flatMap((match) => {
    const page = match.pageId === null ? undefined : pages.get(match.pageId)
    const scanned = match.paperPageId === null ? undefined : papers.get(match.paperPageId)
    if (page !== undefined && scanned !== undefined) return ofPair(match, page, scanned)
    if (scanned !== undefined && match.pageId === null) return [missing(match, scanned.id)]
    if (page !== undefined && match.paperPageId === null) return [surplus(match, page.id)]
    return []
  })
  return [...each, ...coarse]
}
