import { createHash } from 'node:crypto'
import type { ProofPoint } from '../../../shared/domain/reconcile/proof.ts'
import { AppError } from '../../../shared/errors.ts'
import { type LogPoints, logPoints } from '../../audit/index.ts'
import type { Catalogue } from '../../catalogue/index.ts'
import type { OpenVault } from '../../vault/index.ts'
import { type ProofWork, UNWATCHED } from './proof-work.ts'
import type { ReportFile } from './report-file.ts'
import type { SignedReport } from './report-shape.ts'
import { readReport, signatureHolds } from './signed-report.ts'
import { type VerifiedPoint, volumePoints } from './volume-points.ts'
import { fallenSides, type ProofRecord, proofsOf } from './volume-proof.ts'

export interface Verified {
  readonly ok: boolean
  readonly points: readonly VerifiedPoint[]
}

interface VerifyingParts {
  readonly catalogue: Catalogue
  readonly vault: OpenVault
}

export const PROOF_MADE = 'proof.made'
export const PROOF_EXPORTED = 'proof.exported'

const FELL_WORDS = { pages: '页面', catalogue: '目录或封面', paper: '不符登记、备考表或纸质' } as const

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

function judged(points: readonly VerifiedPoint[]): Verified {
  return { ok: points.every(({ ok }) => ok), points }
}

/** The sealed report of a row. Throws VAULT_OBJECT_*, VAULT_COMPARTMENT_CLOSED. */
export async function sealedReport(vault: OpenVault, proof: ProofRecord): Promise<Buffer> {
  const reader = await vault.objects.open(proof.compartment, proof.objectName)
  try {
    return await reader.readAll()
  } finally {
    await reader.close()
  }
}

/** Whether the key is the maker's own: in force now, or the one that signed the log's head at the making. */
function signerPoint(vault: OpenVault, log: LogPoints, { report, publicKey }: SignedReport): VerifiedPoint {
  const inForce = vault
    .publicKeys()
    .some(({ accountId, signing }) => accountId === report.madeBy && signing.toString('hex') === publicKey)
  const head = log.headOf(report.auditHead)
  const thenInForce = head?.accountId === report.madeBy && head.publicKey === publicKey
  const name = report.people[report.madeBy] ?? report.madeBy
  return inForce || thenInForce
    ? { code: 'signer', ok: true, detail: name }
    : { code: 'signer', ok: false, detail: '本库没有此人的这一公钥' }
}

/**
 * Holds a report against the vault as it stands, point by point. `given`: a file to be checked; without it the one
 * that is sealed. Throws SYSTEM_* errors, CALL_CANCELLED and VAULT_COMPARTMENT_CLOSED; whatever does not hold is a point, no error.
 */
export async function verifyReport(
  { catalogue, vault }: VerifyingParts,
  about: { readonly volumeId: string; readonly reportId: string },
  given: ReportFile | undefined,
  work: ProofWork = UNWATCHED,
): Promise<Verified> {
  const points: VerifiedPoint[] = []
  const say = (code: ProofPoint, ok: boolean, detail: string) => points.push({ code, ok, detail })
  const proofs = proofsOf(catalogue, about.volumeId)
  const proof = proofs.find(({ id }) => id === about.reportId)
  if (proof === undefined) {
    say('vault', false, '本卷没有出具过这份报告')
    return judged(points)
  }

  let sealed: Buffer | undefined
  try {
    sealed = await sealedReport(vault, proof)
  } catch (error) {
    const known = error instanceof AppError ? error.code : ''
    if (known !== 'VAULT_OBJECT_DAMAGED' && known !== 'VAULT_OBJECT_MISSING') throw error
  }
  const json = given === undefined ? sealed : given.json
  const signed = json === undefined ? undefined : readReport(json)
  if (json === undefined || signed === undefined) {
    const why = given === undefined ? '库内封存件已损坏或缺失' : '文件里没有完整的核对报告，或内容被改动'
    say('format', false, why)
    return judged(points)
  }
  const { report } = signed
  const log = logPoints(catalogue.sql)
  say('format', true, report.format)
  const isSigned = signatureHolds(signed)
  say('signature', isSigned, isSigned ? 'Ed25519' : '签名与内容不符：报告出具后被改动')
  points.push(signerPoint(vault, log, signed))
  const isOfVolume =
    report.vaultId === vault.id && report.volume.id === about.volumeId && report.reportId === about.reportId
  say('vault', isOfVolume, isOfVolume ? report.case.cover.number : '不是本库这一卷的报告')
  const sha256 = digestOf(json)
  const isSealed = sealed !== undefined && digestOf(sealed) === proof.sha256 && sha256 === proof.sha256
  say('sealed', isSealed, isSealed ? sha256 : '与库内封存件不一致，或封存件已损坏')
  const subject = `volume:${about.volumeId}`
  const isRecorded = log.recorded({ action: PROOF_MADE, subject, detail: ['sha256', sha256] })
  say('recorded', isRecorded, isRecorded ? report.madeAt : '审计记录里没有这份报告的出具记录')
  if (given?.kind === 'pdf') {
    const fileDigest = digestOf(given.bytes)
    const isOurs = log.recorded({ action: PROOF_EXPORTED, subject, detail: ['sha256', fileDigest] })
    say('file', isOurs, isOurs ? fileDigest : '这个 PDF 不是本库导出的原件，或导出后被改动')
  }
  // Of a report that is not this volume's nothing below could be said.
  if (!isOfVolume) return judged(points)

  points.push(...(await volumePoints(catalogue, vault, report, work)))
  const head = log.headOf(report.auditHead)
  say(
    'audit-head',
    head !== undefined,
    head === undefined ? '报告所载链头不在审计记录里' : `第 ${head.sequence} 条：${head.recordHash}`,
  )
  const fell = fallenSides(catalogue, proof)
  const isNewest = proofs[0]?.id === proof.id
  const stands = isNewest && fell.length === 0
  const changed = fell.map((side) => FELL_WORDS[side]).join('、')
  const why = isNewest ? `出具后有变化：${changed}` : '之后另有新的报告'
  say('stands', stands, stands ? `自 ${report.madeAt}` : why)
  return judged(points)
}
