import { type InferenceSession, Tensor } from 'onnxruntime-node'
import { inkColumns } from './ink-columns.ts'
import { LINE_HEIGHT } from './line-crop.ts'
import type { Pixels } from './page-pixels.ts'

/** One character as the model saw it. */
export interface SeenCharacter {
  readonly text: string
  /** 0 to 1. */
  readonly confidence: number
  /** Where it was seen along the line: first and last step, as shares of the line's length. */
  readonly from: number
  readonly to: number
}

/** Shorter lines are filled up with grey: the model needs some room. */
const LEAST_WIDTH = 64
/** The model's work grows faster than the line's width: longer ones are read in parts, cut between characters. */
const PART_WIDTH = 560
/** A cut needs this many empty columns. */
const CUT_GAP = 3

function inputOf({ data, width }: Pixels): Tensor {
  const filled = Math.max(LEAST_WIDTH, Math.ceil(width / 8) * 8)
  const plane = filled * LINE_HEIGHT
  const input = new Float32Array(3 * plane)
  for (let row = 0; row < LINE_HEIGHT; row++) {
    for (let column = 0; column < width; column++) {
      const at = (row * width + column) * 3
      const to = row * filled + column
      // Blue, green, red.
      input[to] = (data[at + 2] ?? 0) / 127.5 - 1
      input[to + plane] = (data[at + 1] ?? 0) / 127.5 - 1
      input[to + 2 * plane] = (data[at] ?? 0) / 127.5 - 1
    }
  }
  return new Tensor('float32', input, [1, 3, LINE_HEIGHT, filled])
}

/** Best path of connectionist temporal classification (Graves et al., 2006): class 0 is the blank. */
function decode(
  scores: Float32Array,
  steps: number,
  classes: number,
  characters: readonly string[],
  stepShare: number,
): readonly SeenCharacter[] {
  const seen: { text: string; confidence: number; from: number; to: number }[] = []
  let before = 0
  for (let step = 0; step < steps; step++) {
    const start = step * classes
    let best = 0
    let score = scores[start] ?? 0
    for (let at = 1; at < classes; at++) {
      const value = scores[start + at] ?? 0
      if (value > score) {
        best = at
        score = value
      }
    }
    const last = seen.at(-1)
    if (best !== 0 && best === before && last !== undefined) {
      last.to = (step + 1) * stepShare
      last.confidence = Math.max(last.confidence, score)
    } else if (best !== 0) {
      const text = characters[best] ?? ''
      seen.push({ text, confidence: score, from: step * stepShare, to: (step + 1) * stepShare })
    }
    before = best
  }
  return seen
}

async function recognisePart(
  session: InferenceSession,
  characters: readonly string[],
  line: Pixels,
): Promise<readonly SeenCharacter[]> {
  const input = inputOf(line)
  const { [session.outputNames[0] ?? '']: output } = await session.run({
    [session.inputNames[0] ?? 'x']: input,
  })
  const [, steps, classes] = output?.dims ?? []
  if (!(output?.data instanceof Float32Array) || steps === undefined || classes !== characters.length)
    throw new TypeError('the recognition model and its characters do not fit')
  const filled = input.dims[3] ?? line.width
  return decode(output.data, steps, classes, characters, filled / steps / line.width)
}

/** Where a long line can be cut: in the widest gap about each part's end. */
function cutsOf(line: Pixels): readonly number[] {
  const cuts: number[] = []
  if (line.width <= PART_WIDTH * 1.5) return cuts
  const columns = inkColumns(line)
  let from = 0
  while (line.width - from > PART_WIDTH * 1.5) {
    let best = { at: 0, length: 0 }
    let run = 0
    const end = Math.min(line.width, Math.round(from + PART_WIDTH * 1.3))
    for (let x = Math.round(from + PART_WIDTH * 0.7); x < end; x++) {
      run = columns[x] === 0 ? run + 1 : 0
      if (run > best.length) best = { at: x - Math.floor(run / 2), length: run }
    }
    if (best.length < CUT_GAP) return cuts
    cuts.push(best.at)
    from = best.at
  }
  return cuts
}

function partOf({ data, width, height }: Pixels, from: number, to: number): Pixels {
  const part = new Uint8Array((to - from) * height * 3)
  for (let y = 0; y < height; y++) {
    part.set(data.subarray((y * width + from) * 3, (y * width + to) * 3), y * (to - from) * 3)
  }
  return { width: to - from, height, data: part }
}

/** Reads one straightened line, {@link LINE_HEIGHT} pixels high. */
export async function recogniseLine(
  session: InferenceSession,
  characters: readonly string[],
  line: Pixels,
): Promise<readonly SeenCharacter[]> {
  const cuts = cutsOf(line)
  if (cuts.length === 0) return await recognisePart(session, characters, line)
  const seen: SeenCharacter[] = []
  for (const [index, from] of [0, ...cuts].entries()) {
    const to = cuts[index] ?? line.width
    const part = await recognisePart(session, characters, partOf(line, from, to))
    const onLine = (share: number) => (from + share * (to - from)) / line.width
    for (const one of part) seen.push({ ...one, from: onLine(one.from), to: onLine(one.to) })
  }
  return seen
}

/** Mean over the characters; 0 where nothing was seen. */
export function meanConfidence(seen: readonly SeenCharacter[]): number {
  return seen.length === 0 ? 0 : seen.reduce((sum, { confidence }) => sum + confidence, 0) / seen.length
}
