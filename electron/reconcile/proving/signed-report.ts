import { canonicalJson, type Json } from '../../canonical-json.ts'
import { isSignedBy, type VaultSigner } from '../../vault/index.ts'
import { type ProofReport, SignedReport } from './report-shape.ts'

/** A report beyond this is none: a volume of 10,000 pages stays under a tenth of it. */
const LARGEST_BYTES = 64 * 1024 * 1024

/** What the signature is over: the format's name, then the report in its one spelling. */
function signedBytes(report: ProofReport): Buffer {
  return Buffer.from(`${report.format}\n${canonicalJson(report as unknown as Json)}`, 'utf8')
}

/** The report as the file that is sealed and given out: signed, in the spelling of RFC 8785. */
export function signReport(report: ProofReport, signer: VaultSigner): Buffer {
  const signed: SignedReport = {
    report,
    publicKey: signer.publicKey.toString('hex'),
    signature: signer.sign(signedBytes(report)).toString('hex'),
  }
  return Buffer.from(canonicalJson(signed as unknown as Json), 'utf8')
}

/** Reads a report of exactly these bytes; undefined for anything else, also for another spelling of the same. */
export function readReport(bytes: Uint8Array): SignedReport | undefined {
  if (bytes.byteLength > LARGEST_BYTES) return undefined
  const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const parsed = JSON.parse(given.toString('utf8')) as Json
    // A blank more, another order or a member twice: not what was signed, whatever it says.
    if (!Buffer.from(canonicalJson(parsed), 'utf8').equals(given)) return undefined
    const read = SignedReport.safeParse(parsed)
    return read.success ? read.data : undefined
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined
    throw error
  }
}

export function signatureHolds({ report, publicKey, signature }: SignedReport): boolean {
  return isSignedBy(Buffer.from(publicKey, 'hex'), signedBytes(report), Buffer.from(signature, 'hex'))
}
