import { deflateSync } from 'node:zlib'
import { type PdfFile, pdfArray, pdfDictionary, pdfReference } from './pdf-file.ts'

/** How far below and above the baseline a character's box reaches, in thousandths of its height. */
export const DESCENT = 120
export const ASCENT = 880
const EM = 1000
const NAME = 'JuankuInvisible'
const MOST_CODES = 0xffff
const REPLACEMENT = '\ufffd'

/** The characters of one document, each under a code of two bytes in order of appearance. */
export interface CharacterCodes {
  /** Four hexadecimal digits. */
  readonly codeOf: (character: string) => string
  /** The character of code 1, 2, 3 … */
  readonly characters: readonly string[]
}

/** What no ToUnicode map may name (ISO 19005-2 §6.2.11.7.2), or what is no character by itself. */
function isUsable(character: string): boolean {
  const point = character.codePointAt(0) ?? 0
  return point !== 0 && point !== 0xfeff && point !== 0xfffe && !(point >= 0xd800 && point <= 0xdfff)
}

export function characterCodes(): CharacterCodes {
  const codes = new Map<string, string>()
  const characters: string[] = []
  const codeOf = (given: string): string => {
    const full = characters.length >= MOST_CODES - 1 && !codes.has(given)
    const character = isUsable(given) && !full ? given : REPLACEMENT
    const known = codes.get(character)
    if (known !== undefined) return known
    characters.push(character)
    const code = characters.length.toString(16).toUpperCase().padStart(4, '0')
    codes.set(character, code)
    return code
  }
  return { codeOf, characters }
}

function table(...values: readonly (readonly [bytes: 1 | 2 | 4 | 8, value: number])[]): Buffer {
  const bytes = Buffer.alloc(values.reduce((sum, [size]) => sum + size, 0))
  let at = 0
  for (const [size, value] of values) {
    if (size === 8) bytes.writeBigInt64BE(BigInt(value), at)
    else if (value < 0) bytes.writeIntBE(value, at, size)
    else bytes.writeUIntBE(value, at, size)
    at += size
  }
  return bytes
}

const shorts = (...values: readonly number[]) => table(...values.map((value) => [2, value] as const))

/** The box that stands for a missing glyph; nothing in our documents shows it. */
function missingGlyph(): Buffer {
  const outline = Buffer.concat([
    shorts(1, 100, 0, 900, 700, 3, 0),
    Buffer.from([1, 1, 1, 1]),
    shorts(100, 0, 800, 0, 0, 700, 0, -700),
  ])
  return outline.byteLength % 2 === 0 ? outline : Buffer.concat([outline, Buffer.alloc(1)])
}

function nameTable(): Buffer {
  const words = Buffer.from(NAME, 'utf16le').swap16()
  // Family, style, full name, PostScript name: all the same words.
  const ids = [1, 2, 4, 6]
  const records = ids.map((id) => shorts(3, 1, 0x409, id, words.byteLength, 0))
  return Buffer.concat([shorts(0, ids.length, 6 + 12 * ids.length), ...records, words])
}

function checksum(bytes: Buffer): number {
  let sum = 0
  for (let at = 0; at < bytes.byteLength; at += 4) {
    const word = Buffer.alloc(4)
    bytes.copy(word, 0, at, Math.min(at + 4, bytes.byteLength))
    sum = (sum + word.readUInt32BE()) >>> 0
  }
  return sum
}

/**
 * A TrueType font (OpenType 1.9, Apple's `true` subset) of two glyphs: the box for what is missing, and one that
 * shows nothing and is as wide as it is high. It carries text that is only to be found and selected.
 */
export function invisibleFont(): Buffer {
  const glyph = missingGlyph()
  const head = Buffer.concat([
    table([4, 0x00010000], [4, 0x00010000], [4, 0], [4, 0x5f0f3cf5], [2, 0x000b], [2, EM]),
    table([8, 3_786_912_000], [8, 3_786_912_000]),
    shorts(0, -DESCENT, EM, ASCENT, 0, 8, 2, 0, 0),
  ])
  const tables: readonly (readonly [string, Buffer])[] = [
    // Nothing outside asks for a character: codes are led to glyphs by the document.
    [
      'cmap',
      Buffer.concat([
        shorts(0, 1, 3, 1),
        table([4, 12]),
        shorts(4, 24, 0, 2, 2, 0, 0, 0xffff, 0, 0xffff, 1, 0),
      ]),
    ],
    ['glyf', glyph],
    ['head', head],
    [
      'hhea',
      Buffer.concat([
        table([4, 0x00010000]),
        shorts(ASCENT, -DESCENT, 0, EM, 0, 0, EM, 1, 0, 0, 0, 0, 0, 0, 0, 2),
      ]),
    ],
    ['hmtx', shorts(EM, 0, EM, 0)],
    ['loca', shorts(0, glyph.byteLength / 2, glyph.byteLength / 2)],
    ['maxp', Buffer.concat([table([4, 0x00010000]), shorts(2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)])],
    ['name', nameTable()],
    ['post', table([4, 0x00030000], [4, 0], [2, -100], [2, 50], [4, 1], [4, 0], [4, 0], [4, 0], [4, 0])],
  ]
  const power = 2 ** Math.floor(Math.log2(tables.length))
  const directory: Buffer[] = [
    Buffer.concat([
      table([4, 0x00010000]),
      shorts(tables.length, power * 16, Math.log2(power), tables.length * 16 - power * 16),
    ]),
  ]
  const bodies: Buffer[] = []
  let headAt = 0
  let at = 12 + 16 * tables.length
  for (const [tag, body] of tables) {
    if (body === head) headAt = at
    directory.push(
      Buffer.concat([Buffer.from(tag, 'latin1'), table([4, checksum(body)], [4, at], [4, body.byteLength])]),
    )
    const padded = Buffer.alloc(Math.ceil(body.byteLength / 4) * 4)
    body.copy(padded)
    bodies.push(padded)
    at += padded.byteLength
  }
  const font = Buffer.concat([...directory, ...bodies])
  // The sum of the whole is set once every table has its own, by OpenType's rule with this field as nought.
  font.writeUInt32BE((0xb1b0afba - checksum(font)) >>> 0, headAt + 8)
  return font
}

function toUnicode(characters: readonly string[]): string {
  const lines = characters.map((character, place) => {
    const unicode = Buffer.from(character, 'utf16le').swap16().toString('hex').toUpperCase()
    return `<${(place + 1).toString(16).toUpperCase().padStart(4, '0')}> <${unicode}>`
  })
  const blocks: string[] = []
  // A block holds a hundred at most (Adobe technical note 5411).
  for (let at = 0; at < lines.length; at += 100) {
    const block = lines.slice(at, at + 100)
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`)
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
`
}

/** Writes the font under the number that the pages name already, once all of its characters are known. */
export function* invisibleFontObjects(
  file: PdfFile,
  fontId: number,
  { characters }: CharacterCodes,
): Generator<Uint8Array> {
  const [cidFont, descriptor, program, glyphs, unicode] = [0, 0, 0, 0, 0].map(() => file.reserve())
  if (!cidFont || !descriptor || !program || !glyphs || !unicode) return
  yield file.object(
    fontId,
    pdfDictionary({
      Type: '/Font',
      Subtype: '/Type0',
      BaseFont: `/${NAME}`,
      Encoding: '/Identity-H',
      DescendantFonts: pdfArray([pdfReference(cidFont)]),
      ToUnicode: pdfReference(unicode),
    }),
  )
  yield file.object(
    cidFont,
    pdfDictionary({
      Type: '/Font',
      Subtype: '/CIDFontType2',
      BaseFont: `/${NAME}`,
      CIDSystemInfo: pdfDictionary({ Registry: '(Adobe)', Ordering: '(Identity)', Supplement: '0' }),
      FontDescriptor: pdfReference(descriptor),
      DW: String(EM),
      CIDToGIDMap: pdfReference(glyphs),
    }),
  )
  yield file.object(
    descriptor,
    pdfDictionary({
      Type: '/FontDescriptor',
      FontName: `/${NAME}`,
      // Symbolic: its characters are not those of a standard Latin set.
      Flags: '4',
      FontBBox: pdfArray(['0', String(-DESCENT), String(EM), String(ASCENT)]),
      ItalicAngle: '0',
      Ascent: String(ASCENT),
      Descent: String(-DESCENT),
      CapHeight: String(ASCENT),
      StemV: '80',
      FontFile2: pdfReference(program),
    }),
  )
  const font = invisibleFont()
  yield* file.stream(program, { Length1: String(font.byteLength) }, font)
  // Every code leads to the empty glyph, none to the missing one (ISO 19005-2 §6.2.11.8).
  const map = Buffer.alloc(2 * (characters.length + 1))
  for (let code = 1; code <= characters.length; code += 1) map.writeUInt16BE(1, 2 * code)
  yield* file.stream(glyphs, { Filter: '/FlateDecode' }, deflateSync(map))
  yield* file.stream(
    unicode,
    { Filter: '/FlateDecode' },
    deflateSync(Buffer.from(toUnicode(characters), 'latin1')),
  )
}
