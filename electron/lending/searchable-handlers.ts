import type { ResourceRef } from '../../shared/contract/method.ts'
import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../access/index.ts'
import { plannedFiles } from './export-files.ts'
import { exportScope } from './export-scope.ts'
import { type LendingParts, sessionOf } from './lending-parts.ts'
import { countOutput } from './output-register.ts'
import { pageListWords } from './page-list-words.ts'
import { SEARCHABLE_JOB, type SearchableInput } from './searchable-job.ts'

/** Answers `pages.exportSearchable` and `pages.stopExport`. */
export function searchableHandlers(
  parts: LendingParts,
): Handlers<'pages.exportSearchable' | 'pages.stopExport'> {
  return {
    'pages.exportSearchable': ({ extent, files: wanted, folder, purpose }, call) => {
      const catalogue = parts.catalogue()
      const session = sessionOf(call)
      const now = parts.now()
      const factsOf = (resource: ResourceRef) => parts.factsOf(resource, session)
      const scope = exportScope({ catalogue, exporter: session, factsOf, now }, extent)
      const files = extent.kind === 'item' ? 'item' : wanted
      const { canonical: number, fileSafe } = catalogue.cases.numberFacts(scope.caseId)
      const planned = plannedFiles(scope, { number, fileSafe }, files)
      const { accountId, accountName } = session
      const { jobId, jobNumbers } = catalogue.transaction(() => {
        // Counted before it is written, and not at all when the job cannot begin.
        const numbers = scope.volumes.map(({ volume, pages, loanId }) =>
          countOutput(
            catalogue,
            {
              id: parts.newId(),
              ...{ kind: 'export', caseId: scope.caseId, volumeId: volume.id, loanId },
              ...{ accountId, pages, copies: 1, purpose },
            },
            now,
          ),
        )
        const input: SearchableInput = {
          ...{ extent, files, folder, purpose, accountId, jobNumbers: numbers },
          at: now.toISOString(),
        }
        return { jobId: parts.jobs().start(SEARCHABLE_JOB, input, accountName), jobNumbers: numbers }
      })
      const pages = scope.volumes.flatMap((one) => one.pages)
      const items = new Set(pages.flatMap(({ itemId }) => (itemId === null ? [] : [itemId]))).size
      call.note({
        page: scope.volumes.map((one) => pageListWords(one.pages)).join('；'),
        reason: purpose,
        details: {
          ...{ pages: pages.length, items, copies: 1, volumes: scope.volumes.length },
          ...{ jobNumber: jobNumbers.join(' '), form: SEARCHABLE_JOB },
        },
      })
      return {
        ...{ jobId, jobNumbers, fileCount: planned.length, pageCount: pages.length },
        volumesLeftOut: scope.leftOut,
      }
    },
    'pages.stopExport': ({ jobId }, call) => {
      const jobs = parts.jobs()
      const { kind, startedBy } = jobs.get(jobId)
      if (kind !== SEARCHABLE_JOB || startedBy !== sessionOf(call).accountName)
        throw new AppError('JOB_NOT_FOUND', { id: jobId })
      jobs.cancel(jobId)
      return {}
    },
  }
}
