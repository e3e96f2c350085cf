import type { Quad, TextLine } from '../../shared/domain/page-text.ts'

/** Where the lines of a page stand: all of a text but its characters. */
export type LineLayout = Omit<TextLine, 'text'>

const FORMAT = 1
/** Quads and confidences are kept to this part of a pixel and of one. */
const QUAD_STEPS = 4
const CONFIDENCE_STEPS = 10_000

function writer() {
  const bytes: number[] = []
  const unsigned = (value: number) => {
    let rest = value
    while (rest > 127) {
      bytes.push((rest % 128) + 128)
      rest = Math.floor(rest / 128)
    }
    bytes.push(rest)
  }
  return { bytes, unsigned, signed: (value: number) => unsigned(value < 0 ? -2 * value - 1 : 2 * value) }
}

function reader(bytes: Uint8Array) {
  let at = 0
  const unsigned = () => {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = bytes[at++]
      if (byte === undefined) throw new RangeError('the layout of a page ends early')
      value += (byte % 128) * scale
      if (byte < 128) return value
      scale *= 128
    }
  }
  return {
    unsigned,
    signed: () => {
      const value = unsigned()
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2
    },
  }
}

/**
 * Lines without their characters as bytes: LEB128 numbers, each told by its difference from the one before, so that
 * the even steps of print cost one byte a character's edge.
 */
export function packLayout(lines: readonly LineLayout[]): Uint8Array {
  const { bytes, unsigned, signed } = writer()
  unsigned(FORMAT)
  unsigned(lines.length)
  let before: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (const { quad, confidence, kind, places } of lines) {
    const steps = quad.map((value) => Math.round(value * QUAD_STEPS))
    steps.forEach((value, place) => {
      signed(value - (before[place] ?? 0))
    })
    before = steps
    unsigned(Math.round(confidence * CONFIDENCE_STEPS) * 2 + (kind === 'doubtful' ? 1 : 0))
    unsigned(places.length)
    let last = 0
    for (const place of places) {
      const rounded = Math.round(place)
      signed(rounded - last)
      last = rounded
    }
  }
  return Uint8Array.from(bytes)
}

/** Throws RangeError for bytes that {@link packLayout} did not make. */
export function unpackLayout(bytes: Uint8Array): readonly LineLayout[] {
  const { unsigned, signed } = reader(bytes)
  const format = unsigned()
  if (format !== FORMAT) throw new RangeError(`layout of format ${format}`)
  const count = unsigned()
  if (count > bytes.length) throw new RangeError('the layout of a page ends early')
  const lines: LineLayout[] = []
  let before: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let line = 0; line < count; line++) {
    before = before.map((value) => value + signed())
    const quad = before.map((value) => value / QUAD_STEPS) as unknown as Quad
    const confidence = unsigned()
    const length = unsigned()
    if (length > bytes.length) throw new RangeError('the layout of a page ends early')
    const places: number[] = []
    let last = 0
    for (let place = 0; place < length; place++) {
      last += signed()
      places.push(last)
    }
    lines.push({
      quad,
      confidence: Math.floor(confidence / 2) / CONFIDENCE_STEPS,
      kind: confidence % 2 === 1 ? 'doubtful' : 'printed',
      places,
    })
  }
  return lines
}
