/** What of the engine is needed to lend it a font. */
export interface FontHost {
  readonly HEAPU8: Uint8Array
  readonly HEAP32: Int32Array
  readonly wasmExports: { readonly __indirect_function_table: WebAssembly.Table }
  _FPDF_GetDefaultSystemFontInfo(): number
  _FPDF_SetSystemFontInfo(info: number): void
}

/** Places in PDFium's FPDF_SYSFONTINFO (fpdf_sysfontinfo.h), counted in words after its version. */
const MAP_FONT = 2
const GET_FONT = 3
const GET_FONT_DATA = 4
const DELETE_FONT = 7
const WORDS = 8
/** Character sets of Windows fonts: Japanese, simplified Chinese, traditional Chinese. */
const HAN_CHARSETS: ReadonlySet<number> = new Set([128, 134, 136])
const THE_FONT = 1
const I32 = 0x7f

/**
 * A function that WebAssembly can call through a table: the smallest module that imports one and exports it
 * again. All parameters and the result are 32-bit integers.
 */
function callable(
  parameters: number,
  results: 0 | 1,
  work: (...values: number[]) => number | undefined,
): unknown {
  const type = [
    0x60,
    parameters,
    ...Array<number>(parameters).fill(I32),
    results,
    ...Array<number>(results).fill(I32),
  ]
  const module = Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...[0x01, type.length + 1, 0x01, ...type],
    ...[0x02, 0x07, 0x01, 0x01, 0x65, 0x01, 0x66, 0x00, 0x00],
    ...[0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00],
  ])
  return new WebAssembly.Instance(new WebAssembly.Module(module), { e: { f: work } }).exports.f
}

/** A table of an OpenType font by its tag; the whole file for tag 0. */
function fontTable(font: Buffer, tag: number): Uint8Array | undefined {
  if (tag === 0) return font
  const count = font.readUInt16BE(4)
  for (let index = 0; index < count; index++) {
    const at = 12 + index * 16
    if (font.readUInt32BE(at) !== tag >>> 0) continue
    const offset = font.readUInt32BE(at + 8)
    return font.subarray(offset, offset + font.readUInt32BE(at + 12))
  }
  return undefined
}

/**
 * Lends the engine one font for Chinese text whose own font is not in the file. Without it such text is left
 * white without a word, since an engine in WebAssembly sees no fonts of the system; and with the system's fonts
 * the same file would look different on every machine.
 *
 * The engine's table of functions cannot grow, so its own default callbacks, which nothing else uses, give way.
 */
export function lendFont(host: FontHost, readFont: () => Buffer): void {
  let font: Buffer | undefined
  const info = host._FPDF_GetDefaultSystemFontInfo()
  const slots = Array.from(host.HEAP32.subarray((info >> 2) + 1, (info >> 2) + 1 + WORDS))
  const table = host.wasmExports.__indirect_function_table
  if (new Set(slots).size !== WORDS) throw new Error('font callbacks share a slot')
  const replace = (word: number, callback: unknown): void => {
    const slot = slots[word]
    if (slot !== undefined) table.set(slot, callback)
  }
  replace(
    MAP_FONT,
    callable(7, 1, (_self, _weight, _italic, charset = 0) => (HAN_CHARSETS.has(charset) ? THE_FONT : 0)),
  )
  replace(
    GET_FONT,
    callable(2, 1, () => 0),
  )
  replace(
    GET_FONT_DATA,
    callable(5, 1, (_self, _font, tag = 0, buffer = 0, size = 0) => {
      font ??= readFont()
      const data = fontTable(font, tag)
      if (data === undefined) return 0
      if (buffer !== 0 && size >= data.length) host.HEAPU8.set(data, buffer)
      return data.length
    }),
  )
  replace(
    DELETE_FONT,
    callable(2, 0, () => undefined),
  )
  host._FPDF_SetSystemFontInfo(info)
}
