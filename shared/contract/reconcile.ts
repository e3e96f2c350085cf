import { z } from 'zod'
import { area, command, job, query, type ResourceRef } from './method.ts'
import { ColourMode, Empty, Id, IsoTime, PageTurn, VolumeKind, VolumeProof } from './model.ts'

export { VolumeProof } from './model.ts'

/** Shares 0 to 1 of an image as it stands upright: left, top, width, height. */
export const Box = z.tuple([z.number(), z.number(), z.number(), z.number()])
export type Box = z.infer<typeof Box>

export const RECONCILIATION_STATES = ['open', 'proven', 'abandoned'] as const

/** One checking of a volume against its paper. A volume has at most one open. */
export const ReconciliationRow = z.object({
  id: Id,
  caseId: Id,
  caseNumber: z.string(),
  volumeId: Id,
  volumeKind: VolumeKind,
  state: z.enum(RECONCILIATION_STATES),
  startedAt: IsoTime,
  startedBy: z.string(),
  endedAt: IsoTime.nullable(),
  electronicPages: z.number().int(),
  paperPages: z.number().int(),
  differences: z.object({
    found: z.number().int(),
    judged: z.number().int(),
    handled: z.number().int(),
    closed: z.number().int(),
    dismissed: z.number().int(),
  }),
  /** Which of the three ways were used, and how far. */
  ways: z.object({
    catalogue: z.enum(['none', 'given']),
    sheets: z.object({ firstDone: z.number().int(), secondDone: z.number().int(), of: z.number().int() }),
    rescan: z.object({ scans: z.number().int(), toDecide: z.number().int() }),
  }),
  proof: VolumeProof.nullable(),
})
export type ReconciliationRow = z.infer<typeof ReconciliationRow>

/** One image of the fresh scan of the paper; shown through `page://` by its id like a page version. */
export const PaperPage = z.object({
  id: Id,
  scanId: Id,
  /** Place in the paper's sequence, from 1. */
  sequence: z.number().int(),
  name: z.string(),
  widthPixels: z.number().int(),
  heightPixels: z.number().int(),
  dpi: z.number().nullable(),
  colourMode: ColourMode,
  turn: PageTurn,
  printedNumber: z.string(),
  /** Of a sheet that was scanned on both sides; null: not known. */
  side: z.enum(['front', 'back']).nullable(),
  /** Whether its text was read. */
  read: z.boolean(),
})
export type PaperPage = z.infer<typeof PaperPage>

export const PaperScan = z.object({
  id: Id,
  at: IsoTime,
  by: z.string(),
  name: z.string(),
  pages: z.number().int(),
  /** Only a part of the paper was scanned: pages before and after it are not missing. */
  part: z.boolean(),
  /** 双面扫描: front, back, front, back. */
  duplex: z.boolean(),
})
export type PaperScan = z.infer<typeof PaperScan>

export const MATCH_KINDS = ['same', 'replaced', 'missing', 'extra', 'duplicate'] as const
export type MatchKind = (typeof MATCH_KINDS)[number]

const Candidate = z.object({ pageId: Id, confidence: z.number() })

/** One pair of the two sequences, or one page without a partner. */
export const PageMatchRow = z.object({
  id: Id,
  paperPageId: Id.nullable(),
  pageId: Id.nullable(),
  versionId: Id.nullable(),
  kind: z.enum(MATCH_KINDS),
  /** 0 to 1. */
  confidence: z.number(),
  /** Below the threshold the person is asked. */
  sure: z.boolean(),
  moved: z.boolean(),
  /** Degrees clockwise that bring the electronic image to stand as the paper does. */
  turn: PageTurn,
  reasons: z.array(z.object({ code: z.string(), value: z.number().optional() })),
  candidates: z.array(Candidate),
  /** A person said so. */
  decidedBy: z.string().nullable(),
  /** How many changes the comparing found; null: not compared. */
  changes: z.number().int().nullable(),
  /** The strongest kind of change found. */
  strongest: z.string().nullable(),
})
export type PageMatchRow = z.infer<typeof PageMatchRow>

export const CHANGE_KINDS = [
  'added-stamp',
  'handwriting',
  'changed-text',
  'added-text',
  'removed-text',
  'erased',
  'covered',
  'cropped',
  'other',
] as const

export const FoundChange = z.object({
  kind: z.enum(CHANGE_KINDS),
  sources: z.array(z.enum(['image', 'text'])),
  /** 0 to 1. */
  strength: z.number(),
  /** Where the additional ink or content stands. */
  on: z.enum(['paper', 'electronic', 'both']),
  paperBox: Box.nullable(),
  electronicBox: Box.nullable(),
  paperText: z.string().optional(),
  electronicText: z.string().optional(),
})
export type FoundChange = z.infer<typeof FoundChange>

/** One stretch of the two texts in reading order. */
export const TextRun = z.object({
  kind: z.enum(['same', 'paper-only', 'electronic-only', 'changed']),
  paper: z.string(),
  electronic: z.string(),
  paperBox: Box.nullable(),
  electronicBox: Box.nullable(),
  /** Too poorly read to be a claim. */
  doubtful: z.boolean(),
})
export type TextRun = z.infer<typeof TextRun>

export const MatchComparison = z.object({
  matchId: Id,
  /** Null: not compared yet, or nothing to compare with. */
  comparison: z
    .object({
      registered: z.boolean(),
      confidence: z.number(),
      overlap: z.number(),
      /** Affine, shares of the electronic page to shares of the paper page: x' = a·x + b·y + c, y' = d·x + e·y + f. */
      transform: z.array(z.number()).length(6),
      inkAgreement: z.number(),
      textAgreement: z.number().nullable(),
      changes: z.array(FoundChange),
    })
    .nullable(),
  text: z.array(TextRun),
})
export type MatchComparison = z.infer<typeof MatchComparison>

const ofVolume = ({ volumeId }: { volumeId: string }): ResourceRef => ({ kind: 'volume', id: volumeId })
const Work = z.object({ volumeId: Id, reconciliationId: Id })

/** 核对: the checking of a volume against its paper, and the fresh scan of it. */
export const reconcile = area('reconcile', {
  /** Checkings that the person may see, newest first; open ones unless `ended`. */
  list: query({
    input: z.object({
      ended: z.boolean().default(false),
      caseId: Id.optional(),
      limit: z.number().int().min(1).max(500).default(200),
    }),
    output: z.array(ReconciliationRow),
    needs: 'difference.read',
  }),
  /** The open checking of a volume or the newest ended one; null: never begun. */
  ofVolume: query({
    input: z.object({ volumeId: Id }),
    output: ReconciliationRow.nullable(),
    needs: 'case.read',
    resource: ofVolume,
  }),
  /** Begins one. Throws RECONCILE_ALREADY_OPEN. */
  start: command({
    input: z.object({ volumeId: Id }),
    output: ReconciliationRow,
    needs: 'reconcile.run',
    resource: ofVolume,
    audit: 'reconcile.started',
  }),
  /** Ends one without a report; what was found stays in the register, with the images that it rests on. */
  abandon: command({
    input: Work.extend({ reason: z.string().trim().min(1).max(500) }),
    output: Empty,
    needs: 'reconcile.run',
    resource: ofVolume,
    audit: 'reconcile.abandoned',
  }),
  /** The paper's sequence and how it is matched; the electronic one comes from `pages.list`. */
  sides: query({
    input: Work,
    output: z.object({
      scans: z.array(PaperScan),
      paper: z.array(PaperPage),
      matches: z.array(PageMatchRow),
      /** Both sides stand as they were matched; false: something changed, match again. */
      current: z.boolean(),
    }),
    needs: 'page.read',
    resource: ofVolume,
  }),
  /** Imports a fresh scan of the paper, reads it, matches it page by page and compares every pair. */
  rescan: job({
    input: Work.extend({
      /** Files and folders in the order of the paper; numbers in names are counted, not spelled. */
      paths: z.array(z.string().min(1)).max(10_000),
      part: z.boolean().default(false),
      /** 双面扫描: the pages of this import come front, back, front, back; blank backs may be left out. */
      duplex: z.boolean().default(false),
      /** After which paper page the part belongs; null: at the end. Empty `paths` match and compare again. */
      afterPaperPageId: Id.nullable().default(null),
      /** False: what was not read yet is compared by its image alone, as where a machine is slow. */
      readTexts: z.boolean().default(true),
    }),
    output: Id,
    needs: 'reconcile.run',
    resource: ofVolume,
    audit: 'reconcile.rescanned',
  }),
  /** Takes a scan out of the checking, with its images; those that a judged difference rests on stay. */
  removeScan: command({
    input: Work.extend({ scanId: Id }),
    output: Empty,
    needs: 'reconcile.run',
    resource: ofVolume,
    audit: 'reconcile.scan-removed',
  }),
  /**
   * A person says which electronic page a paper page is, that a paper page has no electronic one (`pageId` null), or that
   * an electronic page has no paper (`paperPageId` null). The rest is matched anew around it.
   */
  decideMatch: command({
    input: Work.extend({ paperPageId: Id.nullable(), pageId: Id.nullable() }).refine(
      ({ paperPageId, pageId }) => paperPageId !== null || pageId !== null,
      { path: ['pageId'] },
    ),
    output: Empty,
    needs: 'reconcile.run',
    resource: ofVolume,
    audit: 'reconcile.match-decided',
  }),
  comparison: query({
    input: Work.extend({ matchId: Id }),
    output: MatchComparison,
    needs: 'page.read',
    resource: ofVolume,
  }),
})
