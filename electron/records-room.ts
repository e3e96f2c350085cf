import path from 'node:path'
import type { JobSummary } from '../shared/contract/jobs.ts'
import type { CatalogueTemplate } from '../shared/domain/catalogue-template.ts'
import { type AuditLog, auditLog } from './audit/index.ts'
import { type Catalogue, openCatalogue } from './catalogue/index.ts'
import {
  createPdfReader,
  importJob,
  type PageImages,
  pageImages,
  type TemplateShelf,
  templateShelf,
} from './intake/index.ts'
import { type JobDesk, jobDesk } from './jobs/index.ts'
import { vaultCheckJob } from './upkeep/index.ts'
import type { OpenVault } from './vault/index.ts'

/** Every service over one open vault. */
export interface RecordsRoom {
  readonly vault: OpenVault
  readonly catalogue: Catalogue
  readonly audit: AuditLog
  readonly jobs: JobDesk
  readonly templates: TemplateShelf
  readonly images: PageImages
  /** Stops what runs, in reverse order of building, and gives the vault back. */
  readonly close: () => Promise<void>
}

export interface RecordsRoomParts {
  readonly vault: OpenVault
  readonly shippedTemplates: readonly CatalogueTemplate[]
  /** An OpenType font for PDF text whose Chinese font is not in the file. */
  readonly fallbackFontPath: string
  readonly now: () => Date
  readonly newId: () => string
  readonly onJob: (job: JobSummary) => void
  readonly onCaseChanged: (caseId: string) => void
  readonly onFault: (operation: string, error: unknown) => void
}

export const CATALOGUE_FILE = 'catalogue.db'

/** Builds each service once, in the order in which they need one another. */
export function openRecordsRoom(parts: RecordsRoomParts): RecordsRoom {
  const { vault, now, newId } = parts
  const key = vault.catalogueKey()
  const catalogue = openCatalogue(path.join(vault.folder, CATALOGUE_FILE), key)
  key.fill(0)
  const audit = auditLog(catalogue.sql, now)
  const templates = templateShelf(parts.shippedTemplates, catalogue.desk, now)
  const pdf = createPdfReader({ fallbackFontPath: parts.fallbackFontPath })
  const jobs = jobDesk({ sql: catalogue.sql, now, newId, onChange: parts.onJob, onError: parts.onFault })
  jobs.register(importJob({ vault, catalogue, templates, pdf, now, newId, changed: parts.onCaseChanged }))
  jobs.register(vaultCheckJob({ vault, catalogue, audit }))
  const images = pageImages(catalogue, vault)
  let closing: Promise<void> | undefined
  return {
    vault,
    catalogue,
    audit,
    jobs,
    templates,
    images,
    close: () => {
      closing ??= (async () => {
        await jobs.stop()
        await pdf[Symbol.asyncDispose]()
        catalogue.close()
        await vault.close()
      })()
      return closing
    },
  }
}
