import type { PageText } from '../../shared/domain/page-text.ts'
import type { Statements } from '../catalogue/index.ts'
import type { Compartment } from '../vault/index.ts'

/**
 * The text of pages, with its index: one SQLCipher file a compartment, under a key of that compartment, so that who
 * lacks the key reads neither text nor index. Synchronous; throws VAULT_COMPARTMENT_CLOSED and SYSTEM_* errors.
 */
export interface TextShelf {
  /** Files the text of a page version and indexes it, replacing what any version of the same page had. */
  readonly put: (compartment: Compartment, text: PageText) => void
  /** Undefined when the version was not read. */
  readonly get: (compartment: Compartment, versionId: string) => PageText | undefined
  readonly remove: (compartment: Compartment, pageId: string) => void
  /** The connection of a compartment, for areas that own a table in it (proposals). */
  readonly sql: (compartment: Compartment) => Statements
  readonly close: () => void
}
