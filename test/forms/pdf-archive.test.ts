import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { xmpPacket } from '../../electron/forms/archival-metadata.ts'
import { searchablePdf } from '../../electron/forms/index.ts'
import { invisibleFont } from '../../electron/forms/invisible-font.ts'
import { pageLabels } from '../../electron/forms/pdf-labels.ts'
import { srgbProfile } from '../../electron/forms/srgb-profile.ts'
import { freshFolder } from '../fixtures/records-room.ts'
import {
  CREATED_AT,
  documentOf,
  evenLine,
  gathered,
  jpegImage,
  layerOf,
  pageOf,
  raw,
  upright,
} from './made-pages.ts'
import { copiedText, openPdf } from './pdf-text.ts'
import { nameOf, type PdfDictionaryValue, type PdfValue, type ReadPdf, readPdf, textOf } from './read-pdf.ts'

const HOSTILE = '（2024）云0199民初1号 <&">\u0000\ud800 𠮷 (\\)'

async function made(): Promise<{ readonly bytes: Buffer; readonly pdf: ReadPdf }> {
  const image = await jpegImage()
  const png = await raw(64, 48, 3).png({ palette: true, colours: 16 }).toBuffer()
  const cmyk = await raw(64, 48, 3).toColourspace('cmyk').jpeg().toBuffer()
  const alpha = await raw(64, 48, 3).ensureAlpha(0.5).png().toBuffer()
  const size = {
    widthPixels: 64,
    heightPixels: 48,
    orientation: 1,
    dpiX: 100,
    dpiY: 100,
    colourMode: 'colour',
  } as const
  const lines = [evenLine('民事起诉状2023年𠮷\u0000\ufffe', upright(10, 10, 200, 40))]
  const pages = [
    pageOf('封面', image, null),
    ...Array.from({ length: 70 }, (_, place) => pageOf(String(place + 1), image, layerOf(lines))),
    pageOf('71', { ...size, bytes: png, format: 'png' }, layerOf([]), 270),
    pageOf('72', { ...size, bytes: cmyk, format: 'jpeg' }, null),
    pageOf('73', { ...size, bytes: alpha, format: 'png' }, null),
  ]
  const bookmarks = [{ title: HOSTILE, page: 0, children: [{ title: '起诉状', page: 1, children: [] }] }]
  const bytes = await gathered(searchablePdf(documentOf(pages, { title: HOSTILE, bookmarks })))
  return { bytes, pdf: readPdf(bytes) }
}

function rootOf(pdf: ReadPdf): PdfDictionaryValue {
  return pdf.dictionary(pdf.trailer.get('Root'))
}

function dictionaries(pdf: ReadPdf): readonly PdfDictionaryValue[] {
  const found: PdfDictionaryValue[] = []
  const walk = (value: PdfValue): void => {
    if (value instanceof Map) {
      found.push(value)
      for (const entry of value.values()) walk(entry)
    } else if (Array.isArray(value)) for (const entry of value) walk(entry)
  }
  for (const { value } of pdf.objects.values()) walk(value)
  return found
}

function pagesOf(pdf: ReadPdf, node: PdfValue | undefined): readonly PdfDictionaryValue[] {
  const dictionary = pdf.dictionary(node)
  if (nameOf(dictionary.get('Type')) === 'Page') return [dictionary]
  return (dictionary.get('Kids') as readonly PdfValue[]).flatMap((kid) => pagesOf(pdf, kid))
}

/** The points of ISO 19005-2:2011 for level U that touch what these files are made of. */
describe('a searchable PDF keeps the rules of PDF/A-2u', () => {
  test('§6.1 file structure: header, identifier, no encryption, no forbidden filter, nothing after the end', async () => {
    const { bytes, pdf } = await made()
    expect(bytes.toString('latin1', 0, 9)).toBe('%PDF-1.7\n')
    expect(bytes[9]).toBe(0x25)
    for (const byte of bytes.subarray(10, 14)) expect(byte).toBeGreaterThan(127)
    expect(bytes.toString('latin1').trimEnd().endsWith('%%EOF')).toBe(true)
    const [first, second] = pdf.trailer.get('ID') as readonly Buffer[]
    expect(first?.length).toBe(16)
    expect(second).toEqual(first)
    expect(pdf.trailer.has('Encrypt')).toBe(false)
    const filters = dictionaries(pdf).map((one) => nameOf(one.get('Filter')))
    expect(new Set(filters)).toEqual(new Set(['', 'FlateDecode', 'DCTDecode']))
    for (const { value, stream } of pdf.objects.values()) {
      if (stream === undefined || !(value instanceof Map)) continue
      for (const key of ['F', 'FFilter', 'FDecodeParms']) expect(value.has(key), key).toBe(false)
    }
    expect(pdf.objects.size).toBeLessThan(8_388_607)
  })

  test('§6.1.13, §6.9–6.11, §6.3–6.5, §6.8: nothing that acts, is attached, hidden or filled in', async () => {
    const { pdf } = await made()
    const forbidden = [
      ...['AA', 'OpenAction', 'A', 'JS', 'JavaScript', 'Names', 'EmbeddedFiles', 'EF', 'AcroForm', 'Annots'],
      ...['OCProperties', 'AlternatePresentations', 'Requirements', 'Perms', 'SMask', 'Group', 'ExtGState'],
      ...['Alternates', 'OPI', 'PresSteps', 'TR', 'HTP', 'PS', 'Interpolate'],
    ]
    for (const one of dictionaries(pdf)) for (const key of forbidden) expect(one.has(key), key).toBe(false)
    for (const page of pagesOf(pdf, rootOf(pdf).get('Pages'))) {
      const [left = 1, bottom = 1, right = 0, top = 0] = page.get('MediaBox') as readonly number[]
      for (const side of [right - left, top - bottom]) {
        expect(side).toBeGreaterThanOrEqual(3)
        expect(side).toBeLessThanOrEqual(14_400)
      }
    }
  })

  test('§6.2.2, §6.2.3, §6.2.4: one sRGB output intent, device colours that it covers, own resources', async () => {
    const { pdf } = await made()
    const [intent, ...others] = rootOf(pdf).get('OutputIntents') as readonly PdfValue[]
    expect(others).toEqual([])
    const entries = pdf.dictionary(intent)
    expect(nameOf(entries.get('S'))).toBe('GTS_PDFA1')
    expect(textOf(entries.get('OutputConditionIdentifier'))).toBe('sRGB IEC61966-2.1')
    expect(pdf.dictionary(entries.get('DestOutputProfile')).get('N')).toBe(3)
    const profile = pdf.decoded(entries.get('DestOutputProfile'))
    expect(profile.readUInt32BE(0)).toBe(profile.length)
    expect(profile.toString('latin1', 12, 24)).toBe('mntrRGB XYZ ')
    expect(profile.toString('latin1', 36, 40)).toBe('acsp')
    expect(profile[8]).toBeLessThanOrEqual(4)
    for (const one of dictionaries(pdf)) {
      const space = one.get('ColorSpace')
      if (space === undefined) continue
      const name = Array.isArray(space) ? nameOf((space as readonly PdfValue[])[1]) : nameOf(space)
      expect(['DeviceGray', 'DeviceRGB']).toContain(name)
    }
    for (const page of pagesOf(pdf, rootOf(pdf).get('Pages'))) {
      const resources = pdf.dictionary(page.get('Resources'))
      const content = pdf.decoded(page.get('Contents')).toString('latin1')
      expect(resources.has('XObject')).toBe(true)
      expect(resources.has('Font')).toBe(content.includes('/F '))
    }
  })

  test('content is one image and text that is neither filled nor stroked, by operators that are defined', async () => {
    const { pdf } = await made()
    const known = new Set(['q', 'Q', 'cm', 'Do', 'BT', 'ET', 'Tr', 'Tf', 'Tm', 'Tz', 'Tj'])
    for (const page of pagesOf(pdf, rootOf(pdf).get('Pages'))) {
      const content = pdf.decoded(page.get('Contents')).toString('latin1')
      const operators = content.match(/(?<=^|\s)[A-Za-z]+(?=\s|$)/g) ?? []
      for (const operator of operators) expect(known.has(operator), operator).toBe(true)
      expect(content.match(/ Do$/gm)?.length).toBe(1)
      if (content.includes('Tj')) expect(content).toMatch(/BT\n3 Tr\n/)
    }
  })

  test('§6.2.11 and level U: the font is embedded, its widths agree, every code has a glyph and a character', async () => {
    const { pdf } = await made()
    const type0 = dictionaries(pdf).find((one) => nameOf(one.get('Subtype')) === 'Type0')
    const [descendant] = (type0?.get('DescendantFonts') ?? []) as readonly PdfValue[]
    const font = pdf.dictionary(descendant)
    const descriptor = pdf.dictionary(font.get('FontDescriptor'))
    expect(nameOf(type0?.get('Encoding'))).toBe('Identity-H')
    expect(nameOf(font.get('Subtype'))).toBe('CIDFontType2')
    expect(nameOf(type0?.get('BaseFont'))).toBe(nameOf(font.get('BaseFont')))
    expect(nameOf(descriptor.get('FontName'))).toBe(nameOf(font.get('BaseFont')))
    expect(descriptor.has('CIDSet')).toBe(false)

    const program = pdf.decoded(descriptor.get('FontFile2'))
    expect(pdf.dictionary(descriptor.get('FontFile2')).get('Length1')).toBe(program.length)
    const tables = tablesOf(program)
    const advance = tables.get('hmtx')?.readUInt16BE(4) ?? 0
    const unitsPerEm = tables.get('head')?.readUInt16BE(18) ?? 1
    expect(font.get('DW')).toBe((advance * 1000) / unitsPerEm)
    expect(font.has('W')).toBe(false)

    const map = pdf.decoded(font.get('CIDToGIDMap'))
    const unicode = new Map<number, string>()
    const toUnicode = pdf.decoded(type0?.get('ToUnicode')).toString('latin1')
    for (const [, code = '', text = ''] of toUnicode.matchAll(/^<([0-9A-F]{4})> <([0-9A-F]+)>$/gm))
      unicode.set(Number.parseInt(code, 16), Buffer.from(text, 'hex').swap16().toString('utf16le'))
    const used = new Set<number>()
    for (const page of pagesOf(pdf, rootOf(pdf).get('Pages'))) {
      const content = pdf.decoded(page.get('Contents')).toString('latin1')
      for (const [, codes = ''] of content.matchAll(/<([0-9A-F]+)> Tj/g))
        for (const code of codes.match(/.{4}/g) ?? []) used.add(Number.parseInt(code, 16))
    }
    const glyphCount = tables.get('maxp')?.readUInt16BE(4) ?? 0
    for (const code of used) {
      const glyph = map.readUInt16BE(2 * code)
      expect(glyph).toBeGreaterThan(0)
      expect(glyph).toBeLessThan(glyphCount)
      const text = unicode.get(code) ?? ''
      expect(text).not.toBe('')
      for (const character of text) expect([0, 0xfeff, 0xfffe]).not.toContain(character.codePointAt(0))
    }
    expect([...used].map((code) => unicode.get(code)).join('')).toBe('民事起诉状203年𠮷\ufffd')
  })

  test('§6.6: uncompressed XMP names part 2, level U, and agrees with the document’s own facts', async () => {
    const { pdf } = await made()
    const root = rootOf(pdf)
    const entries = pdf.dictionary(root.get('Metadata'))
    expect([nameOf(entries.get('Type')), nameOf(entries.get('Subtype'))]).toEqual(['Metadata', 'XML'])
    expect(entries.has('Filter')).toBe(false)
    const xmp = pdf.decoded(root.get('Metadata')).toString('utf8')
    expect(xmp).toMatch(/^<\?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"\?>/)
    expect(xmp).not.toMatch(/<\?xpacket begin[^>]*(?:bytes|encoding)=/)
    expect(xmp).toContain('<pdfaid:part>2</pdfaid:part>')
    expect(xmp).toContain('<pdfaid:conformance>U</pdfaid:conformance>')
    expect(xmp).toContain('<dc:identifier>（2024）云0199民初1号</dc:identifier>')
    expect(xmp).toContain('&lt;&amp;&quot;&gt;')
    const info = pdf.dictionary(pdf.trailer.get('Info'))
    expect(textOf(info.get('CreationDate'))).toBe('D:20260304050607Z')
    expect(xmp).toContain('<xmp:CreateDate>2026-03-04T05:06:07Z</xmp:CreateDate>')
    expect(textOf(info.get('Title'))).toBe(HOSTILE.toWellFormed())
    expect(textOf(info.get('Author'))).toBe('云州市临江区人民法院')
    // Nothing outside the predefined schemas, which would have to be described.
    const prefixes = new Set([...xmp.matchAll(/<([a-z]+):/gi)].map(([, prefix]) => prefix))
    expect([...prefixes].sort()).toEqual(['dc', 'pdf', 'pdfaid', 'rdf', 'x', 'xmp'])
    expect(textOf(root.get('Lang'))).toBe('zh-CN')
  })

  test('readers that did not write it agree: text, and a page tree of many nodes', async () => {
    const { bytes } = await made()
    const { document, close } = await openPdf(bytes)
    expect(document.numPages).toBe(74)
    expect(await copiedText(document, 2)).toBe('民事起诉状2023年𠮷\ufffd\ufffd')
    expect(await copiedText(document, 71)).toBe('民事起诉状2023年𠮷\ufffd\ufffd')
    expect(await copiedText(document, 1)).toBe('')
    await close()
  })
})

function tablesOf(font: Buffer): ReadonlyMap<string, Buffer> {
  const count = font.readUInt16BE(4)
  return new Map(
    Array.from({ length: count }, (_, place) => {
      const row = 12 + 16 * place
      const at = font.readUInt32BE(row + 8)
      return [font.toString('latin1', row, row + 4), font.subarray(at, at + font.readUInt32BE(row + 12))]
    }),
  )
}

test('the invisible font is a sound TrueType font whose only glyph has no outline', () => {
  const font = invisibleFont()
  let sum = 0
  for (let at = 0; at < font.length; at += 4) sum = (sum + font.readUInt32BE(at)) >>> 0
  expect(sum).toBe(0xb1b0afba)
  const tables = tablesOf(font)
  expect([...tables.keys()]).toEqual([...tables.keys()].toSorted())
  for (const needed of ['cmap', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'name', 'post'])
    expect(tables.has(needed), needed).toBe(true)
  const loca = tables.get('loca')
  expect(loca?.readUInt16BE(2)).toBe(loca?.readUInt16BE(4))
  expect(2 * (loca?.readUInt16BE(4) ?? 0)).toBe(tables.get('glyf')?.length)
})

test('the sRGB profile leads colours where sRGB says', async () => {
  const folder = await freshFolder()
  const file = path.join(folder, 'srgb.icc')
  await writeFile(file, srgbProfile())
  const size = { width: 64, height: 64, channels: 3 as const }
  const pixels = await raw(64, 64, 3).raw().toBuffer()
  const tagged = await sharp(pixels, { raw: size }).withIccProfile('p3').png().toBuffer()
  const [ours, theirs] = await Promise.all(
    [file, 'srgb'].map((profile) => sharp(tagged).withIccProfile(profile).raw().toBuffer()),
  )
  const most = ours?.reduce((far, value, place) => Math.max(far, Math.abs(value - (theirs?.[place] ?? 0))), 0)
  expect(most).toBeLessThanOrEqual(1)
})

test('labels come back as they were, whatever they are', async () => {
  const label = fc.oneof(
    fc.integer({ min: 1, max: 30 }).map(String),
    fc.constantFrom('', '封面', '12-1', '012', '0', '正1·7', '9999999999', '影像3', '１２'),
    fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => text.toWellFormed()),
  )
  await fc.assert(
    fc.property(fc.array(label, { minLength: 1, maxLength: 40 }), (labels) => {
      expect(readLabels(pageLabels(labels), labels.length)).toEqual(labels)
    }),
  )
})

/** Labels as ISO 32000-1 §12.4.2 says that they are made of a number tree. */
function readLabels(syntax: string, count: number): readonly string[] {
  const entries = [...syntax.matchAll(/(\d+) <<(?:\/S \/D \/St (\d+))? ?(?:\/P <([0-9A-F]*)>)?>>/g)].map(
    ([, at, start, prefix]) => ({
      at: Number(at),
      start: start === undefined ? undefined : Number(start),
      prefix: prefix === undefined ? '' : textOf(Buffer.from(prefix, 'hex')),
    }),
  )
  expect(entries[0]?.at).toBe(0)
  return Array.from({ length: count }, (_, page) => {
    const entry = entries.findLast(({ at }) => at <= page)
    if (entry === undefined) throw new Error('no label')
    return entry.prefix + (entry.start === undefined ? '' : String(entry.start + page - entry.at))
  })
}

const python = (() => {
  try {
    execFileSync('python3', ['-c', 'import xml.etree.ElementTree'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

test.skipIf(!python)('metadata is well-formed XML whatever the title holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (title) => {
      const packet = xmpPacket({
        ...{ title, creator: title, caseNumber: title, jobNumber: title, producer: 'Juanku' },
        createdAt: CREATED_AT,
      })
      execFileSync(
        'python3',
        ['-c', 'import sys,xml.etree.ElementTree as t; t.fromstring(sys.stdin.buffer.read())'],
        {
          input: Buffer.from(packet, 'utf8'),
        },
      )
    }),
    { numRuns: 15 },
  )
})
