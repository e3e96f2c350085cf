import { type InferenceSession, Tensor } from 'onnxruntime-node'
import { type Pixels, resized } from './page-pixels.ts'
import { type Box, textBoxes } from './text-boxes.ts'

/** Long side at which lines are looked for; the model takes multiples of 32. */
const LONG_SIDE = 1280
const STEP = 32
/** ImageNet's, in the order blue, green, red in which the model was trained. */
const MEAN = [0.485, 0.456, 0.406] as const
const DEVIATION = [0.229, 0.224, 0.225] as const

function stepped(side: number, scale: number): number {
  return Math.max(STEP, Math.round((side * scale) / STEP) * STEP)
}

function inputOf({ data, width, height }: Pixels): Tensor {
  const plane = width * height
  const input = new Float32Array(3 * plane)
  for (let channel = 0; channel < 3; channel++) {
    const mean = MEAN[channel] ?? 0
    const deviation = DEVIATION[channel] ?? 1
    const table = Float32Array.from({ length: 256 }, (_, value) => (value / 255 - mean) / deviation)
    const from = 2 - channel
    const to = channel * plane
    for (let at = 0; at < plane; at++) input[to + at] = table[data[at * 3 + from] ?? 0] ?? 0
  }
  return new Tensor('float32', input, [1, 3, height, width])
}

/** The size at which a page is looked at for its lines. */
function detectionSize({ width, height }: Pixels): {
  readonly width: number
  readonly height: number
} {
  const scale = Math.min(1, LONG_SIDE / Math.max(width, height))
  return { width: stepped(width, scale), height: stepped(height, scale) }
}

/** Where lines of text stand, in pixels of the given image; in no order. */
export async function detectLines(session: InferenceSession, page: Pixels): Promise<readonly Box[]> {
  const size = detectionSize(page)
  const small = await resized(page, size.width, size.height)
  const input = inputOf(small)
  const { [session.outputNames[0] ?? '']: output } = await session.run({
    [session.inputNames[0] ?? 'x']: input,
  })
  if (output === undefined || !(output.data instanceof Float32Array))
    throw new TypeError('the detection model gave no map')
  const boxes = textBoxes({ width: size.width, height: size.height, values: output.data })
  const [sx, sy] = [page.width / size.width, page.height / size.height]
  return boxes.map(({ corners }) => {
    const [a, b, c, d] = corners.map(({ x, y }) => ({ x: x * sx, y: y * sy })) as unknown as Box['corners']
    return {
      corners: [a, b, c, d],
      width: Math.hypot(b.x - a.x, b.y - a.y),
      height: Math.hypot(d.x - a.x, d.y - a.y),
    }
  })
}
