import { createHash } from 'node:crypto'
import { AppError } from '../../shared/errors.ts'
import type { Call, Handlers, Session } from '../access/index.ts'
import { writeFileAtomically } from '../atomic-write.ts'
import { lentView } from '../catalogue/index.ts'
import { countOutput } from '../lending/index.ts'
import { differencePicture } from './proving/difference-picture.ts'
import { makeReport } from './proving/make-report.ts'
import { lackingFor } from './proving/readiness.ts'
import { readReportFile } from './proving/report-file.ts'
import { reportPdf } from './proving/report-pdf.ts'
import { readReport } from './proving/signed-report.ts'
import { sealedReport, verifyReport } from './proving/verify-report.ts'
import { type ProofRecord, proofsOf } from './proving/volume-proof.ts'
import type { ReconcileParts } from './reconcile-parts.ts'
import { reconciliationRecords } from './records/reconciliation-records.ts'

type Methods = 'proofs.readiness' | 'proofs.make' | 'proofs.list' | 'proofs.export' | 'proofs.verify'

function sessionOf({ session }: Call): Session {
  if (session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
  return session
}

/** Answers `proofs.*`: what still lacks, the signed report, its files, and whether it holds. */
export function proofHandlers(parts: ReconcileParts): Handlers<Methods> {
  const proofOf = (volumeId: string, reportId: string): ProofRecord => {
    const proof = proofsOf(parts.catalogue(), volumeId).find(({ id }) => id === reportId)
    if (proof === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'proof', id: reportId })
    return proof
  }
  /** A report tells of the whole volume: a loan of some pages does not open it. */
  const refuseLoan = (volumeId: string, needs: 'case.read' | 'page.export', call: Call) => {
    const catalogue = parts.catalogue()
    const { caseId } = catalogue.volumes.require(volumeId)
    if (lentView(catalogue, sessionOf(call), caseId, needs, parts.now()) !== null)
      throw new AppError('ACCESS_DENIED', { needs, reason: 'out-of-scope' })
  }

  return {
    'proofs.readiness': ({ volumeId, reconciliationId }) => {
      const catalogue = parts.catalogue()
      reconciliationRecords(catalogue).require(volumeId, reconciliationId)
      const lacking = lackingFor(catalogue, { volumeId, reconciliationId })
      return { ready: lacking.length === 0, lacking: lacking.map((lack) => ({ ...lack })) }
    },
    'proofs.make': async ({ volumeId, reconciliationId, conclusion }, call) => {
      const reportId = parts.newId()
      const made = await makeReport(
        { catalogue: parts.catalogue(), vault: parts.vault(), audit: parts.audit() },
        {
          ...{ reportId, volumeId, reconciliationId, conclusion },
          unitName: parts.unitName(),
          madeAt: parts.now().toISOString(),
          madeBy: sessionOf(call).accountId,
        },
      )
      call.note({ details: { report: reportId, ...made } })
      parts.changed(volumeId)
      parts.caseChanged(parts.catalogue().volumes.require(volumeId).caseId)
      return { reportId }
    },
    'proofs.list': ({ volumeId }, call) => {
      refuseLoan(volumeId, 'case.read', call)
      const { accounts } = parts.catalogue()
      return proofsOf(parts.catalogue(), volumeId).map(
        ({ id, at, by, differenceCount, pageCount, sha256 }) => ({
          ...{ id, at, sha256, differences: differenceCount, pages: pageCount },
          by: accounts.find(by)?.displayName ?? by,
        }),
      )
    },
    'proofs.export': async ({ volumeId, reportId, format, path }, call) => {
      refuseLoan(volumeId, 'page.export', call)
      const [catalogue, vault] = [parts.catalogue(), parts.vault()]
      const { accountId } = sessionOf(call)
      const json = await sealedReport(vault, proofOf(volumeId, reportId))
      const signed = readReport(json)
      if (signed === undefined) throw new AppError('RECONCILE_REPORT_INVALID', { report: reportId })
      // Counted before it is written: a copy that nobody counted must not exist.
      const shown = new Set(signed.report.differences.flatMap(({ pictures }) => pictures.map(({ id }) => id)))
      const pages = catalogue.pages.list(volumeId).filter(({ versionId }) => shown.has(versionId))
      const jobNumber = countOutput(
        catalogue,
        {
          ...{ id: parts.newId(), kind: 'export', accountId, volumeId, loanId: null, copies: 1 },
          ...{ caseId: signed.report.case.id, pages: format === 'pdf' ? pages : [] },
          purpose: '纸电一致性核对报告',
        },
        parts.now(),
      )
      const bytes =
        format === 'json'
          ? json
          : await reportPdf({
              ...{ signed, json, sha256: createHash('sha256').update(json).digest('hex') },
              ...parts.fonts,
              picture: (picture) => differencePicture(catalogue, vault, picture),
            })
      await writeFileAtomically(path, bytes)
      // By this digest the checker knows the file again.
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      call.note({ details: { report: reportId, format, jobNumber, sha256 } })
      return {}
    },
    'proofs.verify': async ({ volumeId, reportId, path }, call) => {
      refuseLoan(volumeId, 'case.read', call)
      const given = path === undefined ? undefined : await readReportFile(path)
      const { ok, points } = await verifyReport(
        { catalogue: parts.catalogue(), vault: parts.vault() },
        { volumeId, reportId },
        given,
      )
      return { ok, points: points.map((point) => ({ ...point })) }
    },
  }
}
