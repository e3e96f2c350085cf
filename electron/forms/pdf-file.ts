import { deflateSync } from 'node:zlib'

/** A value in PDF syntax (ISO 32000-1 §7.3), ready to be written. */
export type PdfSyntax = string
export type PdfEntries = Readonly<Record<string, PdfSyntax>>

/** Without an exponent, and without what follows the last decimal that counts. */
export function pdfNumber(value: number, decimals = 3): PdfSyntax {
  const written = value.toFixed(decimals).replace(/\.?0+$/, '')
  return written === '-0' ? '0' : written
}

/** A text string: UTF-16BE with its mark, in hexadecimal, so that no character needs escaping. */
export function pdfText(text: string): PdfSyntax {
  const bytes = Buffer.from(`\ufeff${text.toWellFormed()}`, 'utf16le').swap16()
  return `<${bytes.toString('hex').toUpperCase()}>`
}

export function pdfName(name: string): PdfSyntax {
  return `/${name.replace(/[^A-Za-z0-9.+_-]/g, (character) => `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`)}`
}

export function pdfReference(id: number): PdfSyntax {
  return `${id} 0 R`
}

export function pdfArray(values: readonly PdfSyntax[]): PdfSyntax {
  return `[${values.join(' ')}]`
}

export function pdfDictionary(entries: PdfEntries): PdfSyntax {
  return `<<${Object.entries(entries)
    .map(([name, value]) => `${pdfName(name)} ${value}`)
    .join(' ')}>>`
}

/** A date (ISO 32000-1 §7.9.4) in universal time. */
export function pdfDate(at: Date): PdfSyntax {
  const digits = at.toISOString().slice(0, 19).replace(/[-:T]/g, '')
  return `(D:${digits}Z)`
}

/**
 * Writes a PDF from its first byte to its last without looking back. What each function returns has to be written
 * in the order in which they were called: the places of objects are counted from it.
 */
export interface PdfFile {
  readonly header: () => Uint8Array
  /** A number for an object that is written later, so that others can name it before. */
  readonly reserve: () => number
  readonly object: (id: number, body: PdfSyntax) => Uint8Array
  /** As pieces, so that large data is not copied. */
  readonly stream: (id: number, entries: PdfEntries, data: Uint8Array) => readonly Uint8Array[]
  /** The cross-reference stream, and the end. Throws when a reserved object was never written. */
  readonly end: (trailer: {
    readonly root: number
    readonly info: number
    readonly fileId: Buffer
  }) => readonly Uint8Array[]
}

const OFFSET_BYTES = 6

export function pdfFile(): PdfFile {
  const offsets: number[] = [0]
  let place = 0

  const counted = (piece: Uint8Array): Uint8Array => {
    place += piece.byteLength
    return piece
  }
  const begin = (id: number) => {
    offsets[id] = place
  }
  const stream = (id: number, entries: PdfEntries, data: Uint8Array) => {
    begin(id)
    const dictionary = pdfDictionary({ ...entries, Length: String(data.byteLength) })
    return [
      counted(Buffer.from(`${id} 0 obj\n${dictionary}\nstream\n`, 'latin1')),
      counted(data),
      counted(Buffer.from('\nendstream\nendobj\n', 'latin1')),
    ]
  }
  const reserve = () => {
    offsets.push(-1)
    return offsets.length - 1
  }

  return {
    header: () => counted(Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')),
    reserve,
    object: (id, body) => {
      begin(id)
      return counted(Buffer.from(`${id} 0 obj\n${body}\nendobj\n`, 'latin1'))
    },
    stream,
    end: ({ root, info, fileId }) => {
      const id = reserve()
      const at = place
      begin(id)
      const missing = offsets.indexOf(-1)
      if (missing !== -1) throw new Error(`PDF object ${missing} was reserved and never written`)
      const width = 1 + OFFSET_BYTES + 2
      const table = Buffer.alloc(offsets.length * width)
      for (const [object, offset] of offsets.entries()) {
        const row = object * width
        table.writeUInt8(object === 0 ? 0 : 1, row)
        table.writeUIntBE(offset, row + 1, OFFSET_BYTES)
        table.writeUInt16BE(object === 0 ? 0xffff : 0, row + 1 + OFFSET_BYTES)
      }
      const name = `<${fileId.toString('hex').toUpperCase()}>`
      const entries = {
        Type: '/XRef',
        Size: String(offsets.length),
        W: pdfArray(['1', String(OFFSET_BYTES), '2']),
        Root: pdfReference(root),
        Info: pdfReference(info),
        ID: pdfArray([name, name]),
        Filter: '/FlateDecode',
      }
      return [
        ...stream(id, entries, deflateSync(table)),
        counted(Buffer.from(`startxref\n${at}\n%%EOF\n`, 'latin1')),
      ]
    },
  }
}
