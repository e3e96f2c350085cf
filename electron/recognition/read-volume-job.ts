import { z } from 'zod'
import { Id } from '../../shared/contract/model.ts'
import { AppError } from '../../shared/errors.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { JobKind } from '../jobs/index.ts'
import type { PageReader } from './page-reader-contract.ts'
import type { FiledReading } from './read-and-file.ts'
import type { ReadingRecords } from './reading-records.ts'

const ReadVolume = z.object({ volumeId: Id, again: z.boolean() })
type ReadVolume = z.infer<typeof ReadVolume>

export interface ReadVolumeParts {
  readonly catalogue: Pick<Catalogue, 'cases' | 'volumes' | 'pages'>
  readonly records: ReadingRecords
  readonly reader: Pick<PageReader, 'model' | 'unavailable'>
  readonly readPage: (pageId: string, signal: AbortSignal) => Promise<FiledReading>
  readonly took: (milliseconds: number) => void
  readonly monotonicMs: () => number
  readonly onChange: () => void
}

/** Throws RECOGNITION_UNAVAILABLE `{ reason }` where pages cannot be read. */
export async function requireReader(reader: Pick<PageReader, 'unavailable'>): Promise<void> {
  const reason = await reader.unavailable()
  if (reason !== null) throw new AppError('RECOGNITION_UNAVAILABLE', { reason })
}

/** The kind of job that reads a volume because somebody asked for it. */
export const READ_VOLUME = 'recognition'

/**
 * Reads the pages of a volume: those that were not read by this model yet, or all. One line of outcome a page; what
 * was recorded is not read again when the job is resumed.
 */
export function readVolumeJob(parts: ReadVolumeParts): JobKind<ReadVolume> {
  const { catalogue, records, reader } = parts
  return {
    kind: READ_VOLUME,
    input: ReadVolume,
    label: ({ volumeId }) => catalogue.cases.require(catalogue.volumes.require(volumeId).caseId).number,
    caseId: ({ volumeId }) => catalogue.volumes.require(volumeId).caseId,
    resources: ({ volumeId }) => [`texts:${volumeId}`],
    run: async ({ input, signal, progress, record, outcomeOf }) => {
      progress({ phase: 'reading' })
      await requireReader(reader)
      const rows = new Map(records.ofVolume(input.volumeId).map((row) => [row.pageId, row]))
      const isRead = (pageId: string) => {
        const row = rows.get(pageId)
        return row?.state === 'read' && row.model === reader.model
      }
      const pages = catalogue.pages.list(input.volumeId)
      let done = 0
      const settle = () => {
        done += 1
        progress({ done, total: pages.length })
      }
      const left = pages.flatMap((page) => {
        const unitKey = page.versionId
        const subject =
          page.printedNumber === ''
            ? `影像${page.position}`
            : `影像${page.position} 页号${page.printedNumber}`
        const earlier = outcomeOf(unitKey)
        const skipped = !input.again && isRead(page.id)
        if (earlier !== 'read' && !skipped) return [{ pageId: page.id, unitKey, subject }]
        if (earlier === undefined) record({ unitKey, subject, outcome: 'skipped' })
        settle()
        return []
      })
      progress({ done, total: pages.length })
      for (const { pageId, unitKey, subject } of left) {
        signal.throwIfAborted()
        const began = parts.monotonicMs()
        const filed = await parts.readPage(pageId, signal)
        if (filed.outcome === 'read') {
          parts.took(parts.monotonicMs() - began)
          const { confidence, lines } = filed.text
          const doubtful = lines.filter(({ kind }) => kind === 'doubtful').length
          const details = { lines: lines.length, doubtful, percent: Math.floor(confidence * 100) }
          record({ unitKey, subject, outcome: 'read', pageCount: 1, details })
        } else if (filed.outcome === 'failed')
          record({ unitKey, subject, outcome: 'failed', code: filed.code })
        else record({ unitKey, subject, outcome: 'skipped' })
        settle()
        parts.onChange()
      }
    },
  }
}
