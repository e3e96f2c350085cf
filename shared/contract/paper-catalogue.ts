import { z } from 'zod'
import { DIFFERENCE_TYPES } from '../domain/reconcile/difference-type.ts'
import { area, command, query, type ResourceRef } from './method.ts'
import { Id, IsoTime } from './model.ts'

const ofVolume = ({ volumeId }: { volumeId: string }): ResourceRef => ({ kind: 'volume', id: volumeId })
const Work = z.object({ volumeId: Id, reconciliationId: Id })
const Cell = z.string().trim().max(300)

/** A row of the paper's 卷内目录, as it is written there. */
export const PaperCatalogueRow = z.object({
  order: Cell.default(''),
  title: Cell,
  documentNumber: Cell.default(''),
  responsible: Cell.default(''),
  date: Cell.default(''),
  /** "3-9", "12", "12-1"; as text. */
  pages: Cell.default(''),
  remark: Cell.default(''),
})
export type PaperCatalogueRow = z.infer<typeof PaperCatalogueRow>

/** What the paper says of itself: catalogue, closing note 备考表 and cover. Empty text: not written there. */
export const PaperCatalogue = z.object({
  rows: z.array(PaperCatalogueRow).max(5000),
  note: z.object({
    itemCount: z.number().int().min(0).nullable().default(null),
    pageCount: z.number().int().min(0).nullable().default(null),
    situation: z.string().trim().max(2000).default(''),
    filedBy: Cell.default(''),
    checkedBy: Cell.default(''),
    filedOn: Cell.default(''),
  }),
  cover: z.object({
    caseNumber: Cell.default(''),
    cause: Cell.default(''),
    parties: z.string().trim().max(1000).default(''),
    handler: Cell.default(''),
    acceptedOn: Cell.default(''),
    closedOn: Cell.default(''),
    retention: Cell.default(''),
    archiveNumber: Cell.default(''),
    secrecy: Cell.default(''),
    pageCount: z.number().int().min(0).nullable().default(null),
    bookCount: z.number().int().min(0).nullable().default(null),
  }),
  /** Sheets counted by hand; null: not counted. */
  countedPages: z.number().int().min(0).nullable().default(null),
})
export type PaperCatalogue = z.infer<typeof PaperCatalogue>

/** One line of the comparison: what stands on paper beside what stands in the electronic catalogue. */
export const CatalogueFinding = z.object({
  type: z.enum(DIFFERENCE_TYPES),
  field: z.enum([
    'row',
    'order',
    'title',
    'date',
    'documentNumber',
    'responsible',
    'pages',
    'pageCount',
    'itemCount',
    'cover',
  ]),
  /** For `cover`: which of its fields. */
  name: z.string().default(''),
  /** From 0 in the paper's rows. */
  paperRow: z.number().int().nullable(),
  itemId: Id.nullable(),
  paper: z.string(),
  electronic: z.string(),
})
export type CatalogueFinding = z.infer<typeof CatalogueFinding>

export const RowPair = z.object({
  paperRow: z.number().int().nullable(),
  itemId: Id.nullable(),
  likeness: z.number(),
})

export const SHEET_VERDICTS = ['agrees', 'differs', 'doubtful'] as const

export const SheetVerdict = z.object({
  pageId: Id,
  versionId: Id,
  verdict: z.enum(SHEET_VERDICTS),
  /** For 不符: of which type. */
  type: z.enum(DIFFERENCE_TYPES).nullable(),
  note: z.string().trim().max(500).default(''),
  /** Sheets of paper that follow this one and have no image: their printed numbers, "12-1、12-2". */
  missingAfter: z.string().trim().max(200).default(''),
})
export type SheetVerdict = z.infer<typeof SheetVerdict>

export const SheetPass = z.object({
  number: z.union([z.literal(1), z.literal(2)]),
  by: z.string(),
  mine: z.boolean(),
  startedAt: IsoTime,
  finishedAt: IsoTime.nullable(),
  done: z.number().int(),
  of: z.number().int(),
})
export type SheetPass = z.infer<typeof SheetPass>

/** A row of the gap table: a break in the printed numbers against the images. */
export const NumberGap = z.object({
  afterPageId: Id.nullable(),
  beforePageId: Id.nullable(),
  /** Printed numbers that no image carries, or that stand twice or out of order. */
  numbers: z.string(),
  kind: z.enum(['missing', 'twice', 'order']),
})

/** 目录核对: the paper's own lists against the electronic catalogue. */
export const paperCatalogue = area('paperCatalogue', {
  get: query({
    input: Work,
    output: z.object({
      catalogue: PaperCatalogue.nullable(),
      givenBy: z.string().nullable(),
      givenAt: IsoTime.nullable(),
      pairs: z.array(RowPair),
      findings: z.array(CatalogueFinding),
    }),
    needs: 'case.read',
    resource: ofVolume,
  }),
  /** Keeps what was typed, and compares; findings become differences of the register. */
  set: command({
    input: Work.extend({ catalogue: PaperCatalogue }),
    output: z.object({ findings: z.number().int(), newDifferences: z.number().int() }),
    needs: 'reconcile.run',
    resource: ofVolume,
    audit: 'reconcile.paper-catalogue-given',
  }),
  /** Rows out of a CSV or XLSX file, to be looked at before they are kept. */
  readFile: query({
    input: Work.extend({ path: z.string().min(1) }),
    output: z.object({
      rows: z.array(PaperCatalogueRow),
      problems: z.array(z.object({ line: z.number().int(), code: z.string() })),
    }),
    needs: 'reconcile.run',
    resource: ofVolume,
  }),
  /** Rows out of text pasted from a table. */
  readText: query({
    input: Work.extend({ text: z.string().max(500_000) }),
    output: z.object({
      rows: z.array(PaperCatalogueRow),
      problems: z.array(z.object({ line: z.number().int(), code: z.string() })),
    }),
    needs: 'reconcile.run',
    resource: ofVolume,
  }),
  /** Rows and counts proposed from the text of scanned catalogue and note pages: of the fresh scan, else of the volume. */
  readScan: query({
    input: Work,
    output: z.object({
      rows: z.array(PaperCatalogueRow),
      note: PaperCatalogue.shape.note,
      /** From which images it was read; empty: none was found. */
      pages: z.number().int(),
    }),
    needs: 'reconcile.run',
    resource: ofVolume,
  }),
})

/** 逐页核对: sheet by sheet, with the paper in hand; the second pass is blind to the first. */
export const sheets = area('sheets', {
  /** The person's own pass with its verdicts, the gap table, and, once both are finished, where they disagree. */
  get: query({
    input: Work,
    output: z.object({
      passes: z.array(SheetPass),
      mine: z.array(SheetVerdict),
      /** The first page that has no verdict of mine. */
      nextPageId: Id.nullable(),
      gaps: z.array(NumberGap),
      /** Book by book: how many pages the paper says that it has (null: it says nothing), and the numbered images. */
      totals: z.array(
        z.object({ bookId: Id, printed: z.number().int().nullable(), images: z.number().int() }),
      ),
      disagreements: z.array(
        z.object({
          pageId: Id,
          first: SheetVerdict.nullable(),
          second: SheetVerdict.nullable(),
          settled: z.boolean(),
        }),
      ),
    }),
    needs: 'page.read',
    resource: ofVolume,
  }),
  /** Takes up the first pass, or the second where another person has the first. */
  begin: command({
    input: Work,
    output: SheetPass,
    needs: 'reconcile.run',
    resource: ofVolume,
    audit: 'reconcile.pass-begun',
  }),
  /** One page's verdict; a later one replaces it while the pass is not finished. */
  judge: command({
    input: Work.extend({ verdict: SheetVerdict }),
    output: z.object({ done: z.number().int(), of: z.number().int(), nextPageId: Id.nullable() }),
    needs: 'reconcile.run',
    resource: ofVolume,
    audit: 'reconcile.sheet-judged',
  }),
  /** Ends the pass. Every page must have a verdict. Verdicts other than 一致 become differences. */
  finish: command({
    input: Work,
    output: z.object({ newDifferences: z.number().int(), disagreements: z.number().int() }),
    needs: 'reconcile.run',
    resource: ofVolume,
    audit: 'reconcile.pass-finished',
  }),
  /** Says which of two disagreeing verdicts holds. */
  settle: command({
    input: Work.extend({ pageId: Id, holds: z.enum(['first', 'second']) }),
    output: z.object({}),
    needs: 'difference.judge',
    resource: ofVolume,
    audit: 'reconcile.disagreement-settled',
  }),
})
