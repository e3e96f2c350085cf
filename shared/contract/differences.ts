import { z } from 'zod'
import {
  DIFFERENCE_CAUSES,
  DIFFERENCE_TYPES,
  FINDING_METHODS,
  FINDING_STAGES,
  ORIGIN_STAGES,
} from '../domain/reconcile/difference-type.ts'
import { Ground } from '../domain/reconcile/ground.ts'
import { DIFFERENCE_STATES, HANDLINGS, SEVERITIES } from '../domain/reconcile/handling.ts'
import { Place } from '../domain/reconcile/place.ts'
import { area, command, query, type ResourceRef } from './method.ts'
import { Empty, Id, IsoTime, VolumeKind } from './model.ts'
import { Box, FoundChange } from './reconcile.ts'

const ofVolume = ({ volumeId }: { volumeId: string }): ResourceRef => ({ kind: 'volume', id: volumeId })
const Words = z.string().trim().max(1000)
const Step = z.object({ by: z.string(), at: IsoTime, note: z.string() })

/** A file that is attached to a difference: 情况说明 as it was signed. */
export const DifferenceAttachment = z.object({
  id: Id,
  /** As it came; empty for who may not read it. */
  name: z.string(),
  format: z.enum(['jpeg', 'png', 'tiff', 'pdf', 'other']),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  addedBy: z.string(),
  addedAt: IsoTime,
  /** Its pages, each an address of the page scheme; none for who may not read them. */
  pages: z.array(z.object({ versionId: Id, widthPixels: z.number().int(), heightPixels: z.number().int() })),
  /** False: it belongs to a page that was moved to 副卷, which this person may not read. */
  readable: z.boolean(),
})
export type DifferenceAttachment = z.infer<typeof DifferenceAttachment>

/** A row of the register 电子与纸质不符登记 with all its columns (domain.md §8). */
export const DifferenceRow = z.object({
  id: Id,
  /** 编号, such as BF2026-0001; never used twice. */
  number: z.string(),
  reconciliationId: Id.nullable(),
  caseId: Id,
  caseNumber: z.string(),
  archiveNumber: z.string(),
  volumeId: Id,
  volumeKind: VolumeKind,
  book: z.number().int().nullable(),
  foundAt: IsoTime,
  foundBy: z.string(),
  foundStage: z.enum(FINDING_STAGES),
  methods: z.array(z.enum(FINDING_METHODS)),
  type: z.enum(DIFFERENCE_TYPES),
  itemId: Id.nullable(),
  itemWords: z.string(),
  /** 纸质页次 and 电子页序, in Chinese words as printed forms give them, and in codes for every other language. */
  paperPlace: z.string(),
  electronicPlace: z.string(),
  paperAt: Place,
  electronicAt: Place,
  paperPageId: Id.nullable(),
  pageId: Id.nullable(),
  versionId: Id.nullable(),
  matchId: Id.nullable(),
  /** 纸质情况 and 电子情况. */
  paperWords: z.string(),
  electronicWords: z.string(),
  regions: z.array(FoundChange),
  /** All the electronic pages of one that is about several. */
  pageIds: z.array(Id),
  /** 0 to 1; 1 for what a person saw. */
  confidence: z.number(),
  severity: z.enum(SEVERITIES),
  /** Which rule made it so; empty: a person chose it. */
  severityRule: z.string(),
  cause: z.enum(DIFFERENCE_CAUSES).nullable(),
  originStage: z.enum(ORIGIN_STAGES).nullable(),
  originPerson: z.string(),
  state: z.enum(DIFFERENCE_STATES),
  handling: z.enum(HANDLINGS).nullable(),
  suggested: z.array(z.enum(HANDLINGS)),
  /** 处理依据 or the reason for leaving it. */
  basis: z.string(),
  /** `basis` in codes, as long as it is the program's own. */
  ground: Ground.nullable(),
  explanation: z.string(),
  attachments: z.array(DifferenceAttachment),
  judged: Step.nullable(),
  /** 申请人 of the change, or who prepared or judged it; left out where nobody asked for the column. */
  requestedBy: z.string().optional(),
  /** 审批, after 归档. */
  approved: Step.nullable(),
  handled: Step.nullable(),
  beforeDigest: z.string(),
  afterDigest: z.string(),
  checked: Step.nullable(),
  planId: Id.nullable(),
  /** 备考表 has a line about it. */
  noted: z.boolean(),
  trainingMeasure: z.string(),
  closedAt: IsoTime.nullable(),
  /** What the person asking may do with it now. */
  may: z.array(z.enum(['judge', 'dismiss', 'explain', 'attach', 'check', 'reopen'])),
})
export type DifferenceRow = z.infer<typeof DifferenceRow>

export const DifferenceFilter = z.object({
  volumeId: Id.optional(),
  caseId: Id.optional(),
  reconciliationId: Id.optional(),
  states: z.array(z.enum(DIFFERENCE_STATES)).default([]),
  types: z.array(z.enum(DIFFERENCE_TYPES)).default([]),
  severities: z.array(z.enum(SEVERITIES)).default([]),
  causes: z.array(z.enum(DIFFERENCE_CAUSES)).default([]),
  originStages: z.array(z.enum(ORIGIN_STAGES)).default([]),
  originPerson: z.string().max(100).optional(),
  /** ISO dates, both inclusive. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** Open for more than this many days. */
  olderThanDays: z.number().int().min(1).max(3650).optional(),
  /** Open for longer than its severity allows. */
  overdue: z.literal(true).optional(),
})
export type DifferenceFilter = z.infer<typeof DifferenceFilter>

const One = z.object({ volumeId: Id, differenceId: Id })

/** 不符登记: the register, and what is decided of each row. */
export const differences = area('differences', {
  list: query({
    input: z.object({
      filter: DifferenceFilter,
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(1000).default(500),
    }),
    output: z.object({ total: z.number().int(), rows: z.array(DifferenceRow) }),
    needs: 'difference.read',
  }),
  /** Enters one by hand, from whatever stage of the work. */
  report: command({
    input: z.object({
      volumeId: Id,
      type: z.enum(DIFFERENCE_TYPES),
      foundStage: z.enum(FINDING_STAGES).default('other'),
      pageId: Id.nullable().default(null),
      paperPlace: z.string().trim().max(200).default(''),
      paperWords: Words.default(''),
      electronicWords: Words.default(''),
      box: Box.nullable().default(null),
    }),
    output: DifferenceRow,
    needs: 'difference.report',
    resource: ofVolume,
    audit: 'difference.reported',
  }),
  /** 判定: type, severity, cause, stage, handling. Unplanned handlings (情况说明 …) are thereby carried out. */
  judge: command({
    input: One.extend({
      type: z.enum(DIFFERENCE_TYPES).optional(),
      severity: z.enum(SEVERITIES).optional(),
      cause: z.enum(DIFFERENCE_CAUSES),
      originStage: z.enum(ORIGIN_STAGES),
      originPerson: z.string().trim().max(100).default(''),
      handling: z.enum(HANDLINGS),
      /** Needed for 不处理 and 情况说明. */
      basis: Words.default(''),
      trainingMeasure: Words.default(''),
    }),
    output: DifferenceRow,
    needs: 'difference.judge',
    resource: ofVolume,
    audit: 'difference.judged',
  }),
  /** It is none: a false alarm, said with a reason and checked by another person. */
  dismiss: command({
    input: One.extend({ reason: z.string().trim().min(1).max(500) }),
    output: DifferenceRow,
    needs: 'difference.judge',
    resource: ofVolume,
    audit: 'difference.dismissed',
  }),
  /** 承办说明: the words of whoever handled the case. */
  explain: command({
    input: One.extend({ explanation: z.string().trim().min(1).max(1000) }),
    output: DifferenceRow,
    needs: 'difference.explain',
    resource: ofVolume,
    audit: 'difference.explained',
  }),
  /**
   * Attaches signed statements (PDF, JPEG, PNG, TIFF, 20 MiB and 30 pages at most), all of them or none, until the
   * difference is checked. Throws RECONCILE_ATTACHMENT_REFUSED `{ reason, file }`, the place of the file from 1.
   */
  attach: command({
    input: One.extend({
      paths: z.array(z.string().min(1)).min(1).max(20),
      /** One that stands attached, which these take the place of. */
      replaces: Id.optional(),
    }),
    output: DifferenceRow,
    needs: 'difference.judge',
    resource: ofVolume,
    audit: 'difference.attached',
  }),
  /** Takes an attachment away until the difference is checked; what was sealed of it is destroyed. */
  detach: command({
    input: One.extend({ attachmentId: Id }),
    output: DifferenceRow,
    needs: 'difference.judge',
    resource: ofVolume,
    audit: 'difference.detached',
  }),
  /**
   * 复核 of what is no part of a plan (words, dismissals), by another person; a no reopens it. Throws
   * RECONCILE_ATTACHMENT_LACKING for 情况说明 to which nothing is attached.
   */
  check: command({
    input: One.extend({ ok: z.boolean(), note: z.string().trim().max(500).default('') }),
    output: DifferenceRow,
    needs: 'change.check',
    resource: ofVolume,
    audit: 'difference.checked',
  }),
  reopen: command({
    input: One.extend({ reason: z.string().trim().min(1).max(500) }),
    output: DifferenceRow,
    needs: 'difference.judge',
    resource: ofVolume,
    audit: 'difference.reopened',
  }),
  exportAttachment: command({
    input: One.extend({ attachmentId: Id, path: z.string().min(1) }),
    output: Empty,
    needs: 'page.export',
    resource: ofVolume,
    audit: 'difference.attachment-exported',
  }),
  /** The register as a table (CSV) or a printable form (PDF). */
  exportRegister: command({
    input: z.object({ filter: DifferenceFilter, format: z.enum(['csv', 'pdf']), path: z.string().min(1) }),
    output: z.object({ rows: z.number().int() }),
    needs: 'register.read',
    audit: 'difference.register-exported',
  }),
  statistics: query({
    input: z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() }),
    output: z.object({
      volumesChecked: z.number().int(),
      pagesChecked: z.number().int(),
      differences: z.number().int(),
      open: z.number().int(),
      overdue: z.number().int(),
      /** Differences per 1,000 pages checked. */
      rate: z.number(),
      byType: z.array(z.object({ type: z.enum(DIFFERENCE_TYPES), count: z.number().int() })),
      byCause: z.array(z.object({ cause: z.enum(DIFFERENCE_CAUSES), count: z.number().int() })),
      byStage: z.array(z.object({ stage: z.enum(ORIGIN_STAGES), count: z.number().int() })),
      byPerson: z.array(z.object({ person: z.string(), count: z.number().int() })),
      byVolume: z.array(
        z.object({
          volumeId: Id,
          caseNumber: z.string(),
          volumeKind: VolumeKind,
          pages: z.number().int(),
          count: z.number().int(),
        }),
      ),
      byMonth: z.array(
        z.object({
          month: z.string(),
          found: z.number().int(),
          closed: z.number().int(),
          pages: z.number().int(),
        }),
      ),
    }),
    needs: 'difference.read',
  }),
})
