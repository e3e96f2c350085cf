import type { PageRow } from '../../../shared/contract/model.ts'
import { AppError } from '../../../shared/errors.ts'
import type { VolumeRecord } from '../../catalogue/index.ts'
import type { JobWork } from '../../jobs/index.ts'
import type { PaperRecords, PlacedPaperPage } from '../records/paper-records.ts'
import type { RescanInput } from './rescan-input.ts'
import type { RescanParts } from './rescan-parts.ts'
import { sealReading } from './sealed-content.ts'
import type { TwoSides } from './two-sides.ts'

/** What is wrong with one image; anything else would fail the next one as well. */
const FAULTS_OF_A_PAGE: ReadonlySet<string> = new Set([
  'RECOGNITION_FAILED',
  'VAULT_OBJECT_MISSING',
  'VAULT_OBJECT_DAMAGED',
])

/**
 * Reads what was not read yet on either side, a line of outcome a page. Where pages cannot be read at all on this
 * machine, one line says so and the images alone are compared.
 */
export async function readSides(
  parts: RescanParts,
  work: JobWork<RescanInput>,
  volume: VolumeRecord,
  both: {
    readonly paper: readonly PlacedPaperPage[]
    readonly electronic: readonly PageRow[]
    readonly papers: PaperRecords
    readonly sides: TwoSides
  },
): Promise<void> {
  const { vault, texts, reader } = parts
  const { compartment } = volume
  const { signal } = work
  const paper = both.paper.filter(({ id, read }) => !read && work.outcomeOf(`read|${id}`) === undefined)
  const electronic = both.electronic.filter(
    ({ versionId }) =>
      texts.get(compartment, versionId) === undefined && work.outcomeOf(`read|${versionId}`) === undefined,
  )
  const total = paper.length + electronic.length
  if (total === 0) return
  const reason = await reader.unavailable()
  if (reason !== null) {
    work.record({
      unitKey: 'reading',
      subject: '',
      outcome: 'unread',
      code: 'RECOGNITION_UNAVAILABLE',
      details: { reason },
    })
    return
  }
  let done = 0
  const settle = (unitKey: string, subject: string, outcome: 'read' | 'failed', code: string | null) => {
    done += 1
    work.record({ unitKey, subject, outcome, code, pageCount: 1 })
    work.progress({ done, total })
  }
  const each = async (id: string, subject: string, read: () => Promise<void>) => {
    signal.throwIfAborted()
    try {
      await read()
      settle(`read|${id}`, subject, 'read', null)
    } catch (error) {
      if (!(error instanceof AppError) || !FAULTS_OF_A_PAGE.has(error.code)) throw error
      settle(`read|${id}`, subject, 'failed', error.code)
    }
  }
  work.progress({ phase: 'reading', done, total })
  for (const page of paper)
    await each(page.id, `纸质 ${page.sequence}`, async () => {
      const reading = await both.sides.seen(both.sides.paperPage(page), (image) => reader.read(image, signal))
      both.papers.setReading(page.id, sealReading(vault, compartment, page.id, reading), reading.turn)
    })
  for (const page of electronic)
    await each(page.versionId, `影像${page.position}`, async () => {
      await parts.readElectronic(page.id, signal)
    })
}
