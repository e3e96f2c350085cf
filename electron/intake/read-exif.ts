import { byteReader } from './byte-reader.ts'
import { plausibleDpi } from './source-format.ts'

export interface ExifFacts {
  readonly orientation: number | undefined
  readonly dpiX: number | undefined
  readonly dpiY: number | undefined
}

const NOTHING: ExifFacts = { orientation: undefined, dpiX: undefined, dpiY: undefined }

/** Orientation and resolution from the first directory of an EXIF block (a small TIFF). Damage means no facts. */
export function readExif(block: Uint8Array): ExifFacts {
  const littleEndian = block[0] === 0x49
  const reader = byteReader(block, littleEndian)
  if (reader.u16(2) !== 42) return NOTHING
  const directory = reader.u32(4)
  const count = directory === undefined ? undefined : reader.u16(directory)
  if (directory === undefined || count === undefined) return NOTHING
  const rational = (at: number | undefined): number | undefined => {
    if (at === undefined) return undefined
    const numerator = reader.u32(at)
    const denominator = reader.u32(at + 4)
    return numerator === undefined || denominator === undefined ? undefined : numerator / denominator
  }
  let orientation: number | undefined
  let resolutionX: number | undefined
  let resolutionY: number | undefined
  let unit = 2
  for (let index = 0; index < Math.min(count, 512); index++) {
    const at = directory + 2 + index * 12
    switch (reader.u16(at)) {
      case 0x0112:
        orientation = reader.u16(at + 8)
        break
      case 0x011a:
        resolutionX = rational(reader.u32(at + 8))
        break
      case 0x011b:
        resolutionY = rational(reader.u32(at + 8))
        break
      case 0x0128:
        unit = reader.u16(at + 8) ?? 2
        break
      default:
    }
  }
  const perInch = unit === 3 ? 2.54 : unit === 2 ? 1 : Number.NaN
  return {
    orientation: orientation !== undefined && orientation >= 1 && orientation <= 8 ? orientation : undefined,
    dpiX: plausibleDpi((resolutionX ?? Number.NaN) * perInch),
    dpiY: plausibleDpi((resolutionY ?? Number.NaN) * perInch),
  }
}
