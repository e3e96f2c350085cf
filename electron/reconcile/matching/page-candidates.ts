import type { Turn } from '../../../shared/domain/page-text.ts'
import { GRID_SIDE } from './ink-grid.ts'
import { coarseCells, levelled, turnedCells } from './ink-likeness.ts'
import type { PageSignature } from './page-signature.ts'
import type { WordRarity } from './word-rarity.ts'

/** Candidates a page, by text and by image. */
const BY_TEXT = 12
const BY_IMAGE = 12
/** A feature on more pages than this, or than this share of them, finds nothing. */
const COMMON_PAGES = 60
const COMMON_SHARE = 0.1
/** Pages with fewer features than this are looked for by their image too. */
const FEW_PAIRS = 60
const THUMB = 16

export type Candidates = readonly (readonly number[])[]

function best(scores: Float32Array, most: number): number[] {
  const kept: number[] = []
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index] ?? 0
    if (score <= 0) continue
    if (kept.length === most && score <= (scores[kept.at(-1) ?? 0] ?? 0)) continue
    let place = kept.length
    while (place > 0 && (scores[kept[place - 1] ?? 0] ?? 0) < score) place -= 1
    kept.splice(place, 0, index)
    if (kept.length > most) kept.pop()
  }
  return kept
}

function textCandidates(
  paper: readonly PageSignature[],
  electronic: readonly PageSignature[],
  rarity: WordRarity,
): readonly number[][] {
  const postings = new Map<number, number[]>()
  electronic.forEach((page, index) => {
    for (const hash of page.words?.pairs ?? []) {
      const posting = postings.get(hash)
      if (posting === undefined) postings.set(hash, [index])
      else posting.push(index)
    }
  })
  const common = Math.max(COMMON_PAGES, electronic.length * COMMON_SHARE)
  const scores = new Float32Array(electronic.length)
  return paper.map((page) => {
    scores.fill(0)
    for (const hash of page.words?.pairs ?? []) {
      const posting = postings.get(hash)
      if (posting === undefined || posting.length > common) continue
      const weight = rarity.pair(hash)
      for (const index of posting) scores[index] = (scores[index] ?? 0) + weight
    }
    return best(scores, BY_TEXT)
  })
}

const sparse = ({ words }: PageSignature) => (words?.pairs.length ?? 0) < FEW_PAIRS

const isUpright = ({ aspect }: PageSignature) => aspect < 1

/** The turns that bring the second page to stand as the first does, by their shapes. */
export function likelyTurns(paper: PageSignature, electronic: PageSignature): readonly Turn[] {
  const ratio = Math.abs(Math.log(paper.aspect)) < 0.1 || Math.abs(Math.log(electronic.aspect)) < 0.1
  if (ratio) return [0, 180, 90, 270]
  return isUpright(paper) === isUpright(electronic) ? [0, 180] : [90, 270]
}

function thumbs(page: PageSignature, turns: readonly Turn[]): ReadonlyMap<Turn, Float32Array> {
  const cells = new Uint8Array(GRID_SIDE * GRID_SIDE)
  return new Map(
    turns.map((turn) => [
      turn,
      levelled(coarseCells(turnedCells(page.cells, turn, cells), THUMB, new Float32Array(THUMB * THUMB))),
    ]),
  )
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0)
  return sum
}

function imageCandidates(
  paper: readonly PageSignature[],
  electronic: readonly PageSignature[],
  signal: AbortSignal | undefined,
): readonly number[][] {
  const turned = electronic.map((page) => (page.blank ? null : thumbs(page, [0, 90, 180, 270])))
  const scores = new Float32Array(electronic.length)
  return paper.map((page) => {
    if (page.blank) return []
    signal?.throwIfAborted()
    const thumb = thumbs(page, [0]).get(0) ?? new Float32Array(THUMB * THUMB)
    const needed = sparse(page)
    let any = false
    for (let index = 0; index < electronic.length; index++) {
      const other = electronic[index]
      const thumbsThere = turned[index]
      scores[index] = 0
      if (other === undefined || thumbsThere === null || thumbsThere === undefined) continue
      if (!needed && !sparse(other)) continue
      any = true
      for (const turn of likelyTurns(page, other)) {
        const there = thumbsThere.get(turn)
        if (there !== undefined) scores[index] = Math.max(scores[index] ?? 0, product(thumb, there))
      }
    }
    return any ? best(scores, BY_IMAGE) : []
  })
}

/**
 * For each paper page the electronic pages that may be its twin, few whatever the length of the volume: by the rare
 * words they share and, where a page has hardly any text, by the rough distribution of its ink.
 */
export function pageCandidates(
  paper: readonly PageSignature[],
  electronic: readonly PageSignature[],
  rarity: WordRarity,
  signal?: AbortSignal,
): Candidates {
  const byText = textCandidates(paper, electronic, rarity)
  const byImage = imageCandidates(paper, electronic, signal)
  return paper.map((_, index) => [...new Set([...(byText[index] ?? []), ...(byImage[index] ?? [])])])
}
