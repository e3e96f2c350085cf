/** Colorants of sRGB (IEC 61966-2-1) adapted to D50 by Bradford's method, and the white they are relative to. */
const WHITE = [0.96422, 1, 0.82521] as const
const COLORANTS = {
  rXYZ: [0.43607, 0.22249, 0.01392],
  gXYZ: [0.38515, 0.71687, 0.09708],
  bXYZ: [0.14307, 0.06061, 0.7141],
} as const
const CURVE_POINTS = 1024
const WORDS = 'sRGB IEC61966-2.1'
const RIGHTS = 'No rights reserved (CC0)'

const fixed = (value: number): number => Math.round(value * 65_536)

function xyz(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(20)
  bytes.write('XYZ ', 0, 'latin1')
  for (const [place, value] of values.entries()) bytes.writeInt32BE(fixed(value), 8 + 4 * place)
  return bytes
}

/** The transfer of sRGB from code to light. */
function curve(): Buffer {
  const bytes = Buffer.alloc(12 + 2 * CURVE_POINTS)
  bytes.write('curv', 0, 'latin1')
  bytes.writeUInt32BE(CURVE_POINTS, 8)
  for (let point = 0; point < CURVE_POINTS; point += 1) {
    const code = point / (CURVE_POINTS - 1)
    const light = code <= 0.04045 ? code / 12.92 : ((code + 0.055) / 1.055) ** 2.4
    bytes.writeUInt16BE(Math.round(light * 65_535), 12 + 2 * point)
  }
  return bytes
}

function description(): Buffer {
  const bytes = Buffer.alloc(12 + WORDS.length + 1 + 8 + 3 + 67)
  bytes.write('desc', 0, 'latin1')
  bytes.writeUInt32BE(WORDS.length + 1, 8)
  bytes.write(WORDS, 12, 'latin1')
  return bytes
}

function copyright(): Buffer {
  const bytes = Buffer.alloc(8 + RIGHTS.length + 1)
  bytes.write('text', 0, 'latin1')
  bytes.write(RIGHTS, 8, 'latin1')
  return bytes
}

/** A monitor profile of sRGB after ICC.1:2001-04 (version 2.4), made of its published numbers. */
export function srgbProfile(): Buffer {
  const shared = curve()
  const tags: readonly (readonly [signature: string, body: Buffer])[] = [
    ['desc', description()],
    ['cprt', copyright()],
    ['wtpt', xyz(WHITE)],
    ...Object.entries(COLORANTS).map(([name, values]) => [name, xyz(values)] as const),
    ['rTRC', shared],
    ['gTRC', shared],
    ['bTRC', shared],
  ]
  const table = Buffer.alloc(4 + 12 * tags.length)
  table.writeUInt32BE(tags.length, 0)
  const bodies: Buffer[] = []
  const places = new Map<Buffer, number>()
  let end = 128 + table.length
  for (const [place, [signature, body]] of tags.entries()) {
    let at = places.get(body)
    if (at === undefined) {
      at = end
      places.set(body, at)
      const padded = Buffer.alloc(Math.ceil(body.length / 4) * 4)
      body.copy(padded)
      bodies.push(padded)
      end += padded.length
    }
    table.write(signature, 4 + 12 * place, 'latin1')
    table.writeUInt32BE(at, 8 + 12 * place)
    table.writeUInt32BE(body.length, 12 + 12 * place)
  }
  const header = Buffer.alloc(128)
  header.writeUInt32BE(end, 0)
  header.writeUInt32BE(0x02400000, 8)
  header.write('mntrRGB XYZ ', 12, 'latin1')
  for (const [place, value] of [2026, 1, 1, 0, 0, 0].entries()) header.writeUInt16BE(value, 24 + 2 * place)
  header.write('acsp', 36, 'latin1')
  for (const [place, value] of WHITE.entries()) header.writeInt32BE(fixed(value), 68 + 4 * place)
  return Buffer.concat([header, table, ...bodies])
}
