import type { PageText } from '../../shared/domain/page-text.ts'
import { AppError, type ErrorCode } from '../../shared/errors.ts'
import type { Catalogue } from '../catalogue/index.ts'
import { systemError } from '../errno.ts'
import type { TextShelf } from '../search/index.ts'
import type { Compartment, OpenVault } from '../vault/index.ts'
import type { PageReader } from './page-reader-contract.ts'
import type { ReadingRecords } from './reading-records.ts'

export interface ReadAndFileParts {
  readonly vault: Pick<OpenVault, 'objects' | 'compartments'>
  readonly catalogue: Pick<Catalogue, 'pages' | 'volumes'>
  readonly texts: TextShelf
  readonly reader: PageReader
  readonly records: ReadingRecords
  readonly now: () => Date
  /** Told of each text that was filed, to propose what follows from it; does not throw. */
  readonly onText: (compartment: Compartment, text: PageText) => void
}

export type FiledReading =
  | { readonly outcome: 'read'; readonly text: PageText }
  | { readonly outcome: 'failed'; readonly code: ErrorCode }
  /** Another version is current by now, or the page was withdrawn: nothing was filed. */
  | { readonly outcome: 'passed-over' }

/** What is wrong with the page itself. Anything else, as a full disk, would fail the next page as well. */
const FAULTS_OF_A_PAGE: ReadonlySet<ErrorCode> = new Set([
  'RECOGNITION_FAILED',
  'VAULT_OBJECT_MISSING',
  'VAULT_OBJECT_DAMAGED',
])

/**
 * Reads the current version of a page and files its text, then the row that says so: killed between the two, the page
 * is read once more. What is wrong with the page is written down and is its outcome; what is wrong with the machine is
 * thrown, as are CALL_CANCELLED and VAULT_COMPARTMENT_CLOSED, and leaves no trace.
 */
export async function readAndFile(
  parts: ReadAndFileParts,
  pageId: string,
  signal?: AbortSignal,
): Promise<FiledReading> {
  const { vault, catalogue, texts, reader, records } = parts
  const known = records.ofPage(pageId)
  if (known === undefined) return { outcome: 'passed-over' }
  const { versionId } = known
  const ref = catalogue.pages.imageRef(versionId)
  if (ref === undefined) return { outcome: 'passed-over' }
  const at = () => ({
    ...{ pageId, versionId, model: reader.model, engine: reader.engine },
    readAt: parts.now().toISOString(),
  })
  try {
    const object = await vault.objects.open(ref.compartment, ref.objectName)
    let image: Buffer
    try {
      image = await object.readAll()
    } finally {
      await object.close()
    }
    signal?.throwIfAborted()
    const reading = await reader.read(image, signal)
    // From here on nothing else can happen in between: no page gets the text of a version that it no longer shows.
    if (signal?.aborted === true) throw new AppError('CALL_CANCELLED', { operation: 'recognition' })
    if (records.ofPage(pageId)?.versionId !== versionId) return { outcome: 'passed-over' }
    const { id: volumeId, caseId } = catalogue.volumes.ofPage(pageId)
    const settled = at()
    const text: PageText = {
      ...reading,
      ...{ versionId, pageId, volumeId, caseId, readAt: settled.readAt },
    }
    texts.put(ref.compartment, text)
    records.settle({
      ...settled,
      state: 'read',
      confidence: reading.confidence,
      lineCount: reading.lines.length,
      doubtfulCount: reading.lines.filter(({ kind }) => kind === 'doubtful').length,
    })
    parts.onText(ref.compartment, text)
    return { outcome: 'read', text }
  } catch (error) {
    if (signal?.aborted === true) throw new AppError('CALL_CANCELLED', { operation: 'recognition' })
    const mapped = systemError(error, 'recognition')
    if (!(mapped instanceof AppError) || !FAULTS_OF_A_PAGE.has(mapped.code)) throw error
    // What an earlier version said would be found on an image that does not show it.
    if (texts.get(ref.compartment, versionId) === undefined) texts.remove(ref.compartment, pageId)
    records.settle({ ...at(), state: 'failed', code: mapped.code })
    return { outcome: 'failed', code: mapped.code }
  }
}
