import { z } from 'zod'
import { area, job, query } from './method.ts'
import { Id, PageKind } from './model.ts'

/** Which column of a row table means what; values are column headings of the table. */
export const ColumnMapping = z.object({
  volumeKind: z.string().optional(),
  book: z.string().optional(),
  order: z.string().optional(),
  title: z.string(),
  firstPage: z.string().optional(),
  lastPage: z.string().optional(),
  pageRange: z.string().optional(),
  date: z.string().optional(),
  documentNumber: z.string().optional(),
  responsible: z.string().optional(),
  remark: z.string().optional(),
})
export type ColumnMapping = z.infer<typeof ColumnMapping>

export const RowTablePreview = z.object({
  headers: z.array(z.string()),
  rowCount: z.number().int(),
  sample: z.array(z.array(z.string())),
  encoding: z.string(),
  mapping: ColumnMapping.nullable(),
  problems: z.array(z.object({ line: z.number().int(), column: z.string(), code: z.string() })),
})
export type RowTablePreview = z.infer<typeof RowTablePreview>

export const ImportRequest = z.object({
  volumeId: Id,
  /** Files and folders as the person chose them. */
  paths: z.array(z.string().min(1)).min(1).max(10_000),
  table: z.object({ path: z.string().min(1), mapping: ColumnMapping.optional() }).optional(),
  /** A file that the volume already has: leave it out, or add it again. Reported either way. */
  duplicates: z.enum(['skip', 'keep']).default('skip'),
  /** Sides without content get no printed number (domain.md §2.5). */
  detectBlank: z.boolean().default(true),
  /** Unnumbered parts at both ends of what is imported, in the order of the images: 封面, 卷内目录 … 备考表. */
  frontMatter: z.array(PageKind).max(20).default([]),
  backMatter: z.array(PageKind).max(20).default([]),
})
export type ImportRequest = z.infer<typeof ImportRequest>

export const ImportPlanFile = z.object({
  name: z.string(),
  sizeBytes: z.number().int(),
  problem: z.string().nullable(),
})

export const intake = area('intake', {
  /** What would be imported, without reading contents. */
  plan: query({
    input: z.object({ paths: z.array(z.string().min(1)).min(1).max(10_000) }),
    output: z.object({
      files: z.array(ImportPlanFile),
      totalBytes: z.number().int(),
      ignoredCount: z.number().int(),
    }),
    needs: 'page.add',
  }),
  readTable: query({
    input: z.object({ path: z.string().min(1), mapping: ColumnMapping.optional() }),
    output: RowTablePreview,
    needs: 'page.add',
  }),
  /** The archival name that a template would give, with the first error when it is not well formed. */
  previewName: query({
    input: z.object({ template: z.string().max(300), volumeId: Id.optional() }),
    output: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), examples: z.array(z.string()) }),
      z.object({ ok: z.literal(false), problem: z.string(), position: z.number().int() }),
    ]),
    needs: 'settings.read',
  }),
  start: job({
    input: ImportRequest,
    output: Id,
    needs: 'page.add',
    resource: ({ volumeId }) => ({ kind: 'volume', id: volumeId }),
    audit: 'intake.import-started',
    afterFiling: 'approval',
  }),
})
