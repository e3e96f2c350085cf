import type { Catalogue } from '../catalogue/index.ts'
import type { OpenVault } from '../vault/index.ts'
import type { PdfReader } from './pdf-reader.ts'
import type { TemplateShelf } from './template-shelf.ts'

/** The services that an import works with. */
export interface ImportParts {
  readonly vault: OpenVault
  readonly catalogue: Catalogue
  readonly templates: TemplateShelf
  readonly pdf: PdfReader
  readonly now: () => Date
  readonly newId: () => string
  readonly changed: (caseId: string) => void
}
