import { inflateSync } from 'node:zlib'

/** A name, `/Type` without its slash; strings come as bytes. */
export interface PdfNameValue {
  readonly name: string
}
export interface PdfReferenceValue {
  readonly reference: number
}
export type PdfDictionaryValue = ReadonlyMap<string, PdfValue>
export type PdfValue =
  | number
  | boolean
  | null
  | Buffer
  | PdfNameValue
  | PdfReferenceValue
  | readonly PdfValue[]
  | PdfDictionaryValue

export interface PdfObject {
  readonly value: PdfValue
  /** The bytes between `stream` and `endstream` by the stream's own Length, not decoded. */
  readonly stream: Buffer | undefined
}

/** Every object of a file by its cross-reference stream, and the trailer. Written for tests from ISO 32000-1 alone. */
export interface ReadPdf {
  readonly trailer: PdfDictionaryValue
  readonly objects: ReadonlyMap<number, PdfObject>
  readonly get: (value: PdfValue | undefined) => PdfValue
  readonly dictionary: (value: PdfValue | undefined) => PdfDictionaryValue
  readonly decoded: (value: PdfValue | undefined) => Buffer
}

const BLANK = /[\0\t\n\f\r ]/
const DELIMITER = /[()<>[\]{}/%\0\t\n\f\r ]/

class Reader {
  at: number
  readonly bytes: Buffer

  constructor(bytes: Buffer, at: number) {
    this.bytes = bytes
    this.at = at
  }

  peek(): string {
    return String.fromCharCode(this.bytes[this.at] ?? 0)
  }

  blanks(): void {
    while (this.at < this.bytes.length && BLANK.test(this.peek())) this.at += 1
  }

  word(): string {
    this.blanks()
    const from = this.at
    while (this.at < this.bytes.length && !DELIMITER.test(this.peek())) this.at += 1
    return this.bytes.toString('latin1', from, this.at)
  }

  expect(text: string): void {
    this.blanks()
    const found = this.bytes.toString('latin1', this.at, this.at + text.length)
    if (found !== text) throw new Error(`expected ${text} at ${this.at}, found ${found}`)
    this.at += text.length
  }

  value(): PdfValue {
    this.blanks()
    switch (this.peek()) {
      case '/': {
        this.at += 1
        const name = this.word().replace(/#([0-9a-f]{2})/gi, (_, hex: string) =>
          String.fromCharCode(Number.parseInt(hex, 16)),
        )
        return { name }
      }
      case '[': {
        this.at += 1
        const list: PdfValue[] = []
        for (this.blanks(); this.peek() !== ']'; this.blanks()) list.push(this.value())
        this.at += 1
        return list
      }
      case '(': {
        const from = this.at + 1
        const to = this.bytes.indexOf(')', from)
        this.at = to + 1
        return this.bytes.subarray(from, to)
      }
      case '<':
        return this.bytes[this.at + 1] === 0x3c ? this.dictionary() : this.hexadecimal()
      default:
        return this.plain()
    }
  }

  dictionary(): PdfDictionaryValue {
    this.expect('<<')
    const entries = new Map<string, PdfValue>()
    for (this.blanks(); this.peek() !== '>'; this.blanks()) {
      const key = this.value()
      if (key === null || typeof key !== 'object' || !('name' in key))
        throw new Error('a key that is no name')
      if (entries.has(key.name)) throw new Error(`${key.name} stands twice`)
      entries.set(key.name, this.value())
    }
    this.expect('>>')
    return entries
  }

  hexadecimal(): Buffer {
    const to = this.bytes.indexOf('>', this.at)
    const digits = this.bytes.toString('latin1', this.at + 1, to)
    this.at = to + 1
    if (digits.length % 2 !== 0 || /[^0-9A-Fa-f]/.test(digits)) throw new Error(`no hexadecimal: ${digits}`)
    return Buffer.from(digits, 'hex')
  }

  plain(): PdfValue {
    const word = this.word()
    if (word === 'true' || word === 'false') return word === 'true'
    if (word === 'null') return null
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) throw new Error(`no value: ${word} at ${this.at}`)
    const after = this.at
    if (/^\d+$/.test(word) && /^\d+$/.test(this.word()) && this.word() === 'R')
      return { reference: Number(word) }
    this.at = after
    return Number(word)
  }
}

function readObject(bytes: Buffer, id: number, at: number): PdfObject {
  const reader = new Reader(bytes, at)
  reader.expect(`${id} 0 obj\n`)
  const value = reader.value()
  reader.blanks()
  if (reader.peek() !== 's') {
    reader.expect('endobj')
    return { value, stream: undefined }
  }
  reader.expect('stream\n')
  const length = value instanceof Map ? value.get('Length') : undefined
  if (typeof length !== 'number') throw new Error(`object ${id}: a stream without a direct Length`)
  const stream = bytes.subarray(reader.at, reader.at + length)
  reader.at += length
  if (bytes.toString('latin1', reader.at, reader.at + 11) !== '\nendstream\n')
    throw new Error(`object ${id}: endstream is not where Length says`)
  reader.at += 11
  reader.expect('endobj')
  return { value, stream }
}

export function readPdf(bytes: Buffer): ReadPdf {
  const tail = /startxref\n(\d+)\n%%EOF\n$/.exec(bytes.toString('latin1', bytes.length - 64))
  const tableAt = Number(tail?.[1])
  const tableId = Number(/^(\d+) 0 obj/.exec(bytes.toString('latin1', tableAt, tableAt + 20))?.[1])
  const { value: trailer, stream: table } = readObject(bytes, tableId, tableAt)
  if (!(trailer instanceof Map) || table === undefined) throw new Error('no cross-reference stream')
  const [kind = 0, offset = 0, generation = 0] = trailer.get('W') as readonly number[]
  const rows = inflateSync(table)
  const width = kind + offset + generation
  if (rows.length !== width * Number(trailer.get('Size'))) throw new Error('Size and table differ')
  const objects = new Map<number, PdfObject>()
  for (let id = 0; id * width < rows.length; id += 1) {
    if (rows.readUIntBE(id * width, kind) !== 1) continue
    objects.set(id, readObject(bytes, id, rows.readUIntBE(id * width + kind, offset)))
  }
  const found = (value: PdfValue | undefined): PdfObject => {
    if (value === null || typeof value !== 'object' || !('reference' in value))
      return { value: value ?? null, stream: undefined }
    const object = objects.get(value.reference)
    if (object === undefined) throw new Error(`object ${value.reference} is missing`)
    return object
  }
  const dictionary = (value: PdfValue | undefined): PdfDictionaryValue => {
    const { value: known } = found(value)
    if (!(known instanceof Map)) throw new Error('no dictionary')
    return known
  }
  return {
    trailer,
    objects,
    get: (value) => found(value).value,
    dictionary,
    decoded: (value) => {
      const { stream } = found(value)
      if (stream === undefined) throw new Error('no stream')
      const filter = dictionary(value).get('Filter')
      if (filter === undefined) return stream
      if ((filter as PdfNameValue).name !== 'FlateDecode') throw new Error('a filter of an image')
      return inflateSync(stream)
    },
  }
}

export function nameOf(value: PdfValue | undefined): string {
  return value !== null && typeof value === 'object' && 'name' in value ? value.name : ''
}

export function textOf(value: PdfValue | undefined): string {
  if (!Buffer.isBuffer(value)) throw new Error('no string')
  return value[0] === 0xfe && value[1] === 0xff
    ? Buffer.from(value.subarray(2)).swap16().toString('utf16le')
    : value.toString('latin1')
}
