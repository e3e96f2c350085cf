import type { Catalogue } from '../../catalogue/index.ts'
import type { PdfReader } from '../../intake/index.ts'
import type { PageReader } from '../../recognition/index.ts'
import type { OpenTextShelf } from '../../search/index.ts'
import type { OpenVault } from '../../vault/index.ts'
import type { DifferenceDesk } from '../difference-desk.ts'

/** What checking a volume by a fresh scan of its paper works with. */
export interface RescanParts {
  readonly catalogue: Catalogue
  readonly vault: OpenVault
  readonly texts: OpenTextShelf
  readonly pdf: PdfReader
  readonly reader: Pick<PageReader, 'read' | 'unavailable'>
  /** Reads a page of the volume and files its text, so that it is searched as well; throws CALL_CANCELLED. */
  readonly readElectronic: (pageId: string, signal: AbortSignal) => Promise<unknown>
  readonly differences: DifferenceDesk
  readonly now: () => Date
  readonly newId: () => string
  /** The checking, its scan or its matches are other than before. */
  readonly changed: (volumeId: string) => void
}
