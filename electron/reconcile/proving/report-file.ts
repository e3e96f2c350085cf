import { readFile, stat } from 'node:fs/promises'
import { inflateSync } from 'node:zlib'
import { withSystemErrors } from '../../errno.ts'

const LARGEST_FILE = 512 * 1024 * 1024
const LARGEST_REPORT = 64 * 1024 * 1024

export interface ReportFile {
  readonly bytes: Buffer
  readonly kind: 'json' | 'pdf'
  /** The report itself; undefined: none is in the file. */
  readonly json: Buffer | undefined
}

/**
 * The first embedded file of a PDF as this program writes it: its dictionary, then the stream (ISO 32000-1 §7.11.4).
 * A PDF that another program wrote anew gives nothing.
 */
function embeddedFile(pdf: Buffer): Buffer | undefined {
  const type = pdf.indexOf('/Type /EmbeddedFile')
  if (type === -1) return undefined
  const start = pdf.indexOf('stream\n', type)
  const dictionary = pdf.toString('latin1', pdf.lastIndexOf('obj', type), start)
  const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? Number.NaN)
  if (start === -1 || !Number.isSafeInteger(length)) return undefined
  const begin = start + 'stream\n'.length
  const stream = pdf.subarray(begin, begin + length)
  if (!dictionary.includes('/FlateDecode')) return stream
  try {
    return inflateSync(stream, { maxOutputLength: LARGEST_REPORT })
  } catch {
    // A damaged stream: there is no report to be read in it.
    return undefined
  }
}

/** Reads a report from a JSON file, or out of the PDF that carries it. Throws SYSTEM_* errors. */
export async function readReportFile(path: string): Promise<ReportFile> {
  return await withSystemErrors('proof.read', async () => {
    const { size } = await stat(path)
    const bytes = size > LARGEST_FILE ? Buffer.alloc(0) : await readFile(path)
    const kind = bytes.subarray(0, 5).toString('latin1') === '%PDF-' ? 'pdf' : 'json'
    return { bytes, kind, json: kind === 'pdf' ? embeddedFile(bytes) : bytes }
  })
}
