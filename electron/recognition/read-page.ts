import type { InferenceSession } from 'onnxruntime-node'
import type { PageReading, Quad, TextLine, Turn } from '../../shared/domain/page-text.ts'
import { placeCharacters } from './character-places.ts'
import { fadeSeals, findSeals, isPenInk, shareInside } from './ink-colour.ts'
import { clearLine } from './line-clearing.ts'
import { cropLine } from './line-crop.ts'
import { meanConfidence, recogniseLine, type SeenCharacter } from './line-recognition.ts'
import { decodePage, type PagePixels, type Pixels, turned } from './page-pixels.ts'
import { turnedBack, turnedBox } from './page-turn.ts'
import { withoutPaleEnds } from './pale-ends.ts'
import { inReadingOrder } from './reading-order.ts'
import type { Box, Corners } from './text-boxes.ts'
import { detectLines } from './text-detection.ts'

export interface LoadedModels {
  readonly detection: InferenceSession
  readonly recognition: InferenceSession
  readonly characters: readonly string[]
}

interface Running extends LoadedModels {
  readonly checkpoint: () => void
}

export interface ReadPageOptions {
  readonly engine: string
  readonly model: string
  /** Larger images are refused. */
  readonly limitPixels: number
  /** Called before each run of a model; throws when the page is not wanted any more. */
  readonly checkpoint: () => void
}

/** Below this a line is not trusted; below the lower bound its words would be guesses. */
const TRUSTED = 0.8
const GUESS = 0.6
/** Handwriting is kept, as doubtful, only when the model has hardly a doubt. */
const CLEAR_HANDWRITING = 0.9
/** An identity number ends in the letter X (GB 11643-1999, 4.2.2), never in a multiplication sign. */
const CHECK_LETTER = /(?<=(?<!\d)\d{17})[×x✕]/gu
/** Show-through: this share of the usual contrast, and less sure than this. */
const PALE = 0.55
const SURELY_PRINT = 0.93
/** Lines that are read to find out which way up the page is. */
const PROBES = 5
const SURELY_UPRIGHT = 0.9
/** A line is upright text when it is this many times wider than high. */
const ELONGATED = 1.8

interface FoundLine {
  readonly box: Box
  readonly contrast: number
  readonly line: Omit<TextLine, 'quad'>
}

interface ReadLine {
  readonly crop: Pixels
  readonly contrast: number
  readonly seen: readonly SeenCharacter[]
}

interface Attempt {
  readonly page: Pixels
  readonly boxes: readonly Box[]
  /** What was read to find the turn, not to be read twice. */
  readonly probed: ReadonlyMap<Box, ReadLine>
  readonly confidence: number
}

function withoutBlankEnds(seen: readonly SeenCharacter[]): readonly SeenCharacter[] {
  const written = ({ text }: SeenCharacter) => text.trim() !== ''
  return seen.slice(Math.max(0, seen.findIndex(written)), seen.findLastIndex(written) + 1)
}

async function readCorners(models: Running, page: Pixels, corners: Corners): Promise<ReadLine> {
  models.checkpoint()
  const crop = cropLine(page, corners)
  const { pixels, contrast } = clearLine(crop)
  const seen = await recogniseLine(models.recognition, models.characters, pixels)
  return { crop, contrast, seen: withoutBlankEnds(withoutPaleEnds(seen, pixels)) }
}

/** Reads the longest lines as they stand. */
async function probe(models: Running, page: Pixels, boxes: readonly Box[]): Promise<Attempt> {
  const longest = boxes.toSorted((a, b) => b.width - a.width).slice(0, PROBES)
  const probed = new Map<Box, ReadLine>()
  let sum = 0
  for (const box of longest) {
    const line = await readCorners(models, page, box.corners)
    probed.set(box, line)
    sum += meanConfidence(line.seen)
  }
  return { page, boxes, probed, confidence: sum / Math.max(1, longest.length) }
}

function standsSideways(boxes: readonly Box[]): boolean {
  let flat = 0
  let tall = 0
  for (const { width, height } of boxes) {
    if (width > height * ELONGATED) flat += width
    if (height > width * ELONGATED) tall += height
  }
  return tall > flat * 1.5
}

/** Finds the turn in which the lines read best; a page that reads well as it is costs nothing more. */
async function upright(models: Running, page: Pixels): Promise<Attempt & { readonly turn: Turn }> {
  models.checkpoint()
  const boxes = await detectLines(models.detection, page)
  const sideways = standsSideways(boxes)
  const turns: readonly Turn[] = sideways ? [90, 270] : [0, 180]
  let best: (Attempt & { turn: Turn }) | undefined
  for (const turn of turns) {
    const pixels = await turned(page, turn)
    models.checkpoint()
    const found = turn === 0 ? boxes : await detectLines(models.detection, pixels)
    const attempt = await probe(models, pixels, found)
    if (best === undefined || attempt.confidence > best.confidence) best = { turn, ...attempt }
    if (attempt.confidence >= SURELY_UPRIGHT || found.length === 0) break
  }
  return best ?? { turn: 0, page, boxes, probed: new Map(), confidence: 0 }
}

function judged(seen: readonly SeenCharacter[], crop: Pixels): Omit<TextLine, 'quad'> {
  const confidence = meanConfidence(seen)
  const pen = isPenInk(crop)
  const kind = pen || confidence < TRUSTED ? 'doubtful' : 'printed'
  const keeps = confidence >= (pen ? CLEAR_HANDWRITING : GUESS)
  const { text: read, places } = keeps ? placeCharacters(seen, crop) : { text: '', places: [] }
  const text = read.replace(CHECK_LETTER, 'X')
  return { text, confidence, kind: text === '' ? 'doubtful' : kind, places }
}

/** Tall boxes are lines that stand on end: read both ways, the better one counts. */
async function readBox(models: Running, { page, probed }: Attempt, box: Box): Promise<FoundLine | undefined> {
  if (box.height < box.width * ELONGATED) {
    const { crop, contrast, seen } = probed.get(box) ?? (await readCorners(models, page, box.corners))
    return seen.length === 0 ? undefined : { box, contrast, line: judged(seen, crop) }
  }
  const [a, b, c, d] = box.corners
  const ways: Corners[] = [
    [b, c, d, a],
    [d, a, b, c],
  ]
  let best: (ReadLine & { readonly corners: Corners }) | undefined
  for (const corners of ways) {
    const read = await readCorners(models, page, corners)
    if (best === undefined || meanConfidence(read.seen) > meanConfidence(best.seen))
      best = { corners, ...read }
  }
  if (best === undefined || best.seen.length === 0) return undefined
  return {
    box: { corners: best.corners, width: box.height, height: box.width },
    contrast: best.contrast,
    line: judged(best.seen, best.crop),
  }
}

/** Lines much paler than the page's own print, and hardly readable, belong to the other side of the sheet. */
function withoutShowThrough(found: readonly FoundLine[]): readonly FoundLine[] {
  const contrasts = found
    .filter(({ line }) => line.kind === 'printed')
    .map(({ contrast }) => contrast)
    .sort((a, b) => a - b)
  const usual = contrasts[Math.floor(contrasts.length / 2)] ?? 0
  return found.filter(({ contrast, line }) => line.confidence >= SURELY_PRINT || contrast >= usual * PALE)
}

function quadOf(corners: Corners, turn: Turn, page: Pixels, decoded: PagePixels): Quad {
  const tenth = (value: number, limit: number) => Math.round(Math.min(limit, Math.max(0, value)) * 10) / 10
  return corners.flatMap((corner) => {
    const { x, y } = turnedBack(corner, turn, page)
    return [
      tenth(x * decoded.reduction, decoded.widthPixels),
      tenth(y * decoded.reduction, decoded.heightPixels),
    ]
  }) as unknown as Quad
}

/** Reads one image: seals set aside, the page brought upright, its lines found, read and put in order. */
export async function readPage(
  loaded: LoadedModels,
  image: Uint8Array,
  options: ReadPageOptions,
): Promise<PageReading> {
  const models: Running = { ...loaded, checkpoint: options.checkpoint }
  const decoded = await decodePage(image, options.limitPixels)
  const sealsAsStored = findSeals(decoded.pixels)
  fadeSeals(decoded.pixels, sealsAsStored)
  const standing = await upright(models, decoded.pixels)
  const { turn, page, boxes } = standing
  const found: FoundLine[] = []
  for (const box of boxes) {
    const line = await readBox(models, standing, box)
    if (line !== undefined) found.push(line)
  }
  const seals = sealsAsStored.map((seal) => turnedBox(seal, turn, decoded.pixels))
  // What is still found within a seal and cannot be read is the seal itself.
  const kept: Pick<FoundLine, 'box' | 'line'>[] = withoutShowThrough(found).filter(
    ({ box, line }) => line.text !== '' || !seals.some((seal) => shareInside(box.corners, seal) > 0.6),
  )
  for (const box of seals) kept.push({ box, line: { text: '', confidence: 0, kind: 'doubtful', places: [] } })
  const lines = inReadingOrder(kept).map(
    ({ box, line }): TextLine => ({
      quad: quadOf(box.corners, turn, page, decoded),
      ...line,
      confidence: Math.round(line.confidence * 1000) / 1000,
    }),
  )
  let characters = 0
  let sum = 0
  for (const { places, confidence } of lines) {
    characters += places.length / 2
    sum += confidence * (places.length / 2)
  }
  return {
    widthPixels: decoded.widthPixels,
    heightPixels: decoded.heightPixels,
    turn,
    confidence: characters > 0 ? Math.round((sum / characters) * 1000) / 1000 : lines.length === 0 ? 1 : 0,
    engine: options.engine,
    model: options.model,
    lines,
  }
}
