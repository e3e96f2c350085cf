import { z } from 'zod'
import { readPrintedNumber } from '../domain/page-number.ts'
import { area, command, query } from './method.ts'
import {
  CaseDraft,
  CaseRow,
  CaseTree,
  Empty,
  Id,
  Item,
  PageKind,
  PageRow,
  PageTurn,
  PageVersion,
  RetentionCode,
  SecrecyLevel,
  Volume,
  VolumeKind,
} from './model.ts'

export const CASE_SORT_COLUMNS = [
  'number',
  'cause',
  'handler',
  'acceptedOn',
  'closedOn',
  'pageCount',
  'updatedAt',
] as const

export const CaseFilter = z.object({
  text: z.string().max(200).default(''),
  years: z.array(z.number().int()).max(200).default([]),
  types: z.array(z.string()).max(200).default([]),
  statuses: z.array(z.enum(['open', 'filed'])).default([]),
  retentions: z.array(z.string()).default([]),
})
export type CaseFilter = z.infer<typeof CaseFilter>

export const CaseListRequest = z.object({
  filter: CaseFilter,
  sort: z
    .object({ column: z.enum(CASE_SORT_COLUMNS), descending: z.boolean() })
    .default({ column: 'number', descending: true }),
  offset: z.number().int().min(0),
  limit: z.number().int().min(1).max(1000),
})
export type CaseListRequest = z.infer<typeof CaseListRequest>

/** How a typed number is understood; nothing is stored. */
export const NumberReading = z.object({
  readable: z.boolean(),
  canonical: z.string(),
  scheme: z.string(),
  warnings: z.array(z.object({ code: z.string(), params: z.record(z.string(), z.string()) })),
  suggestions: z.array(z.string()),
  /** The case that already has this number. */
  takenBy: Id.nullable(),
  /** What the number says, in order, for showing: label ids of the glossary with values. */
  parts: z.array(z.object({ label: z.string(), value: z.string() })),
})
export type NumberReading = z.infer<typeof NumberReading>

export const SavedView = z.object({
  id: Id,
  name: z.string().min(1).max(60),
  definition: z.object({
    filter: CaseFilter,
    sort: z.object({ column: z.enum(CASE_SORT_COLUMNS), descending: z.boolean() }),
    columns: z.array(z.string()),
  }),
})
export type SavedView = z.infer<typeof SavedView>

export const cases = area('cases', {
  list: query({
    input: CaseListRequest,
    output: z.object({ total: z.number().int(), rows: z.array(CaseRow) }),
    needs: 'case.read',
  }),
  facets: query({
    input: Empty,
    output: z.object({
      years: z.array(z.object({ value: z.number().int(), count: z.number().int() })),
      types: z.array(z.object({ value: z.string(), count: z.number().int() })),
    }),
    needs: 'case.read',
  }),
  readNumber: query({
    input: z.object({ text: z.string().max(200) }),
    output: NumberReading,
    needs: 'case.read',
  }),
  create: command({
    input: z.object({ draft: CaseDraft, volumes: z.array(VolumeKind).min(1).default(['main']) }),
    output: CaseTree,
    needs: 'case.create',
    audit: 'case.created',
  }),
  update: command({
    input: z.object({ caseId: Id, draft: CaseDraft }),
    output: CaseTree,
    needs: 'case.edit',
    resource: ({ caseId }) => ({ kind: 'case', id: caseId }),
    audit: 'case.updated',
    afterFiling: 'approval',
  }),
  /** 归档: from then on what is in the case changes only by an approved request. There is no way back. */
  file: command({
    input: z.object({ caseId: Id }),
    output: CaseTree,
    needs: 'case.file',
    resource: ({ caseId }) => ({ kind: 'case', id: caseId }),
    audit: 'case.filed',
  }),
  setSecrecy: command({
    input: z.object({ caseId: Id, secrecy: SecrecyLevel, reason: z.string().trim().min(1).max(300) }),
    output: CaseTree,
    needs: 'secrecy.change',
    resource: ({ caseId }) => ({ kind: 'case', id: caseId }),
    audit: 'case.secrecy-changed',
    afterFiling: 'approval',
  }),
  setRetention: command({
    input: z.object({
      caseId: Id,
      retention: RetentionCode.nullable(),
      reason: z.string().trim().min(1).max(300),
    }),
    output: CaseTree,
    needs: 'retention.change',
    resource: ({ caseId }) => ({ kind: 'case', id: caseId }),
    audit: 'case.retention-changed',
    afterFiling: 'approval',
  }),
  tree: query({
    input: z.object({ caseId: Id }),
    output: CaseTree,
    needs: 'case.read',
    resource: ({ caseId }) => ({ kind: 'case', id: caseId }),
  }),
  addVolume: command({
    input: z.object({ caseId: Id, kind: VolumeKind }),
    output: Volume,
    needs: 'case.edit',
    resource: ({ caseId }) => ({ kind: 'case', id: caseId }),
    audit: 'volume.added',
    afterFiling: 'approval',
  }),
  /** Which list a volume is catalogued by; rows of items that are there already stay as they are. */
  setTemplate: command({
    input: z.object({ volumeId: Id, templateId: z.string().max(100) }),
    output: Volume,
    needs: 'item.edit',
    resource: ({ volumeId }) => ({ kind: 'volume', id: volumeId }),
    audit: 'volume.template-chosen',
    afterFiling: 'approval',
  }),
  savedViews: query({ input: Empty, output: z.array(SavedView), needs: 'case.read' }),
  saveView: command({
    input: SavedView.omit({ id: true }),
    output: SavedView,
    needs: 'case.read',
    audit: 'view.saved',
  }),
  removeView: command({
    input: z.object({ id: Id }),
    output: Empty,
    needs: 'case.read',
    audit: 'view.removed',
  }),
})

export const pages = area('pages', {
  /**
   * Every page of a volume in image order: one call opens a volume of 5,000 pages. `first` gives only so many of
   * them, so that the first page can be shown before the rest is there.
   */
  list: query({
    input: z.object({ volumeId: Id, first: z.number().int().min(1).max(5000).optional() }),
    output: z.array(PageRow),
    needs: 'page.read',
    resource: ({ volumeId }) => ({ kind: 'volume', id: volumeId }),
  }),
  versions: query({
    input: z.object({ pageId: Id }),
    output: z.array(PageVersion),
    needs: 'page.read',
    resource: ({ pageId }) => ({ kind: 'page', id: pageId }),
  }),
  /** Says which catalogue row a run of pages belongs to; `itemId: null` takes them out of any. */
  assign: command({
    input: z.object({ volumeId: Id, pageIds: z.array(Id).min(1).max(5000), itemId: Id.nullable() }),
    output: Empty,
    needs: 'page.arrange',
    resource: ({ volumeId }) => ({ kind: 'volume', id: volumeId }),
    audit: 'pages.assigned',
    afterFiling: 'approval',
  }),
  /** Says what pages are; printed numbers of the whole book are then counted anew (domain.md §2.5). */
  mark: command({
    input: z.object({ volumeId: Id, pageIds: z.array(Id).min(1).max(5000), kind: PageKind }),
    output: Empty,
    needs: 'page.arrange',
    resource: ({ volumeId }) => ({ kind: 'volume', id: volumeId }),
    audit: 'pages.marked',
    afterFiling: 'approval',
  }),
  /** How images are turned for showing; what was scanned stays as it is. */
  setTurn: command({
    input: z.object({ volumeId: Id, pageIds: z.array(Id).min(1).max(5000), turn: PageTurn }),
    output: Empty,
    needs: 'page.arrange',
    resource: ({ volumeId }) => ({ kind: 'volume', id: volumeId }),
    audit: 'pages.turned',
    afterFiling: 'approval',
  }),
  /** Confirms the number that is printed on a page; those after it in the book are counted on from it. */
  confirmNumber: command({
    input: z.object({
      volumeId: Id,
      pageId: Id,
      printedNumber: z
        .string()
        .max(20)
        .refine((text) => readPrintedNumber(text) !== null),
    }),
    output: Empty,
    needs: 'page.arrange',
    resource: ({ volumeId }) => ({ kind: 'volume', id: volumeId }),
    audit: 'page.number-confirmed',
    afterFiling: 'approval',
  }),
})

export const ItemDraft = z.object({
  title: z.string().trim().min(1).max(300),
  documentNumber: z.string().max(100).default(''),
  responsible: z.string().max(200).default(''),
  date: z.string().max(40).default(''),
  remark: z.string().max(500).default(''),
  templateRow: z.number().int().nullable().default(null),
})

export const items = area('items', {
  create: command({
    input: z.object({ bookId: Id, draft: ItemDraft, volumeId: Id }),
    output: Item,
    needs: 'item.edit',
    resource: ({ volumeId }) => ({ kind: 'volume', id: volumeId }),
    audit: 'item.created',
    afterFiling: 'approval',
  }),
  update: command({
    input: z.object({ itemId: Id, draft: ItemDraft }),
    output: Item,
    needs: 'item.edit',
    resource: ({ itemId }) => ({ kind: 'item', id: itemId }),
    audit: 'item.updated',
    afterFiling: 'approval',
  }),
  /** Template rows that a title may belong to, best first. */
  propose: query({
    input: z.object({ volumeId: Id, title: z.string().max(300) }),
    output: z.array(
      z.object({ row: z.number().int(), title: z.string(), confidence: z.number(), reason: z.string() }),
    ),
    needs: 'case.read',
    resource: ({ volumeId }) => ({ kind: 'volume', id: volumeId }),
  }),
})
