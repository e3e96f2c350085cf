import { createHash } from 'node:crypto'
import { AppError } from '../../shared/errors.ts'
import type { Call, Handlers, Session } from '../access/index.ts'
import { writeFileAtomically } from '../atomic-write.ts'
import { lentView } from '../catalogue/index.ts'
import { countOutput } from '../lending/index.ts'
import { differencePicture } from './proving/difference-picture.ts'
import { makeReport } from './proving/make-report.ts'
import { type ProofWork, proofWorks } from './proving/proof-work.ts'
import { lackingFor } from './proving/readiness.ts'
import { readReportFile } from './proving/report-file.ts'
import { type ReportPdfParts, reportPdf } from './proving/report-pdf.ts'
import { reportedPictures } from './proving/report-shape.ts'
import { readReport } from './proving/signed-report.ts'
import { sealedReport, verifyReport } from './proving/verify-report.ts'
import { type ProofRecord, proofsOf } from './proving/volume-proof.ts'
import type { ReconcileParts } from './reconcile-parts.ts'
import { reconciliationRecords } from './records/reconciliation-records.ts'

type Methods =
  | 'proofs.readiness'
  | 'proofs.make'
  | 'proofs.stop'
  | 'proofs.list'
  | 'proofs.export'
  | 'proofs.verify'

function sessionOf({ session }: Call): Session {
  if (session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
  return session
}

/** The PDF, telling of each picture that it has drawn; throws CALL_CANCELLED where it is given up. */
async function watchedPdf(given: ReportPdfParts, work: ProofWork): Promise<Buffer> {
  const { differences } = given.signed.report
  const total = differences.reduce((sum, difference) => sum + reportedPictures(difference).length, 0)
  let done = 0
  const bytes = await reportPdf({
    ...given,
    picture: async (picture) => {
      work.goOn()
      const drawn = await given.picture(picture)
      done += 1
      work.progress({ phase: 'pictures', done, total })
      return drawn
    },
  })
  work.goOn()
  return bytes
}

/** Answers `proofs.*`: what still lacks, the signed report, its files, and whether it holds. */
export function proofHandlers(parts: ReconcileParts): Handlers<Methods> {
  const works = proofWorks(parts.proofProgress)
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
      const facts = {
        ...{ reportId, volumeId, reconciliationId, conclusion },
        unitName: parts.unitName(),
        madeAt: parts.now().toISOString(),
        madeBy: sessionOf(call).accountId,
      }
      const room = { catalogue: parts.catalogue(), vault: parts.vault(), audit: parts.audit() }
      const made = await works.run(volumeId, (work) => makeReport(room, facts, work))
      call.note({ details: { report: reportId, ...made } })
      parts.changed(volumeId)
      parts.caseChanged(parts.catalogue().volumes.require(volumeId).caseId)
      return { reportId }
    },
    'proofs.stop': ({ volumeId }) => {
      works.stop(volumeId)
      return {}
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
      const bytes =
        format === 'json'
          ? json
          : await works.run(volumeId, (work) =>
              watchedPdf(
                {
                  ...{ signed, json, sha256: createHash('sha256').update(json).digest('hex') },
                  ...parts.fonts,
                  picture: (picture) => differencePicture(catalogue, vault, picture),
                },
                work,
              ),
            )
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
      await writeFileAtomically(path, bytes)
      // By this digest the checker knows the file again.
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      call.note({ details: { report: reportId, format, jobNumber, sha256 } })
      return {}
    },
    'proofs.verify': async ({ volumeId, reportId, path }, call) => {
      refuseLoan(volumeId, 'case.read', call)
      const given = path === undefined ? undefined : await readReportFile(path)
      const room = { catalogue: parts.catalogue(), vault: parts.vault() }
      const { ok, points } = await works.run(volumeId, (work) =>
        verifyReport(room, { volumeId, reportId }, given, work),
      )
      return { ok, points: points.map((point) => ({ ...point })) }
    },
  }
}
