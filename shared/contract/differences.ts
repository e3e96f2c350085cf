import { z } from 'zod'
import {
  DIFFERENCE_CAUSES,
  DIFFERENCE_TYPES,
  FINDING_METHODS,
  FINDING_STAGES,
  ORIGIN_STAGES,
} from '../domain/reconcile/difference-type.ts'
import { DIFFERENCE_STATES, HANDLINGS, PLAN_STATES, SEVERITIES } from '../domain/reconcile/handling.ts'
import { Place } from '../domain/reconcile/place.ts'
import { area, command, query, type ResourceRef } from './method.ts'
import { Empty, Id, IsoTime, PageTurn, VolumeKind } from './model.ts'
import { Box, FoundChange } from './reconcile.ts'

const ofVolume = ({ volumeId }: { volumeId: string }): ResourceRef => ({ kind: 'volume', id: volumeId })
const Words = z.string().trim().max(1000)
const Step = z.object({ by: z.string(), at: IsoTime, note: z.string() })

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
  explanation: z.string(),
  attachment: z.object({ id: Id, name: z.string(), sizeBytes: z.number().int() }).nullable(),
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
  may: z.array(z.enum(['judge', 'dismiss', 'explain', 'check', 'reopen'])),
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
      /** A file to be sealed with 情况说明. */
      attachmentPath: z.string().min(1).optional(),
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
  /** 复核 of what is no part of a plan (words, dismissals), by another person; a no reopens it. */
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
    input: One.extend({ path: z.string().min(1) }),
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

/** One step of a plan. Places are counted in the volume as it stood before the plan. */
export const PlanStep = z.discriminatedUnion('kind', [
  /** 插入、补扫: a paper page becomes a new page before `beforePageId` (null: at the end of the book). */
  z.object({
    kind: z.literal('insert'),
    differenceId: Id.nullable(),
    paperPageId: Id,
    bookId: Id,
    beforePageId: Id.nullable(),
    itemId: Id.nullable(),
  }),
  /** 替换: a paper page becomes the new version of a page; the old one stays. */
  z.object({ kind: z.literal('replace'), differenceId: Id.nullable(), pageId: Id, paperPageId: Id }),
  z.object({
    kind: z.literal('move'),
    differenceId: Id.nullable(),
    pageId: Id,
    bookId: Id,
    beforePageId: Id.nullable(),
  }),
  z.object({ kind: z.literal('rotate'), differenceId: Id.nullable(), pageId: Id, turn: PageTurn }),
  z.object({
    kind: z.literal('remove'),
    differenceId: Id.nullable(),
    pageId: Id,
    reason: z.string().trim().min(1).max(500),
  }),
  z.object({
    kind: z.literal('move-volume'),
    differenceId: Id.nullable(),
    pageId: Id,
    toVolumeId: Id,
    reason: z.string().trim().min(1).max(500),
  }),
  z.object({
    kind: z.literal('edit-item'),
    differenceId: Id.nullable(),
    itemId: Id,
    values: z.object({
      title: z.string().trim().min(1).max(300).optional(),
      documentNumber: z.string().max(100).optional(),
      responsible: z.string().max(200).optional(),
      date: z.string().max(40).optional(),
      firstPrinted: z.string().max(20).optional(),
      lastPrinted: z.string().max(20).optional(),
      remark: z.string().max(500).optional(),
    }),
  }),
  z.object({
    kind: z.literal('add-item'),
    differenceId: Id.nullable(),
    bookId: Id,
    beforeItemId: Id.nullable(),
    title: z.string().trim().min(1).max(300),
    date: z.string().max(40).default(''),
    documentNumber: z.string().max(100).default(''),
    responsible: z.string().max(200).default(''),
    firstPrinted: z.string().max(20).default(''),
    lastPrinted: z.string().max(20).default(''),
  }),
  z.object({ kind: z.literal('remove-item'), differenceId: Id.nullable(), itemId: Id }),
  /** 改备考表: a line of its own, beside the one that every applied plan adds. */
  z.object({ kind: z.literal('note'), differenceId: Id.nullable(), text: z.string().trim().min(1).max(500) }),
])
export type PlanStep = z.infer<typeof PlanStep>
const StepKind = z.enum(PlanStep.options.map(({ shape }) => shape.kind.value))

/** A page of the volume in a before/after picture. */
export const PlannedPage = z.object({
  /** Null: a page that the plan makes. */
  pageId: Id.nullable(),
  paperPageId: Id.nullable(),
  versionId: Id.nullable(),
  bookId: Id,
  itemId: Id.nullable(),
  position: z.number().int(),
  printedNumber: z.string(),
  turn: PageTurn,
  change: z.enum(['none', 'inserted', 'replaced', 'moved', 'rotated', 'removed', 'moved-in', 'renumbered']),
})
export type PlannedPage = z.infer<typeof PlannedPage>

export const SettlementPlan = z.object({
  id: Id,
  reconciliationId: Id,
  volumeId: Id,
  caseId: Id,
  state: z.enum(PLAN_STATES),
  steps: z.array(PlanStep),
  before: z.array(PlannedPage),
  after: z.array(PlannedPage),
  /** Changes of catalogue rows and of the closing note in words. */
  catalogueChanges: z.array(
    z.object({ row: z.string(), field: z.string(), before: z.string(), after: z.string() }),
  ),
  beforeDigest: z.string(),
  afterDigest: z.string(),
  prepared: Step,
  approvalId: Id.nullable(),
  applied: Step.nullable(),
  checked: Step.nullable(),
  undone: Step.nullable(),
  /** The case is filed: applying needs an approved request. */
  needsApproval: z.boolean(),
  may: z.array(z.enum(['change', 'request', 'apply', 'check', 'undo', 'drop'])),
})
export type SettlementPlan = z.infer<typeof SettlementPlan>

const Plan = z.object({ volumeId: Id, planId: Id })

/** 处理方案: several changes of one volume, seen before and after, made in one step, checked by another person. */
export const settlements = area('settlements', {
  list: query({
    input: z.object({ volumeId: Id }),
    output: z.array(SettlementPlan),
    needs: 'difference.read',
    resource: ofVolume,
  }),
  /** What the judged differences of a checking ask for, as steps; nothing is kept. */
  propose: query({
    input: z.object({ volumeId: Id, reconciliationId: Id, differenceIds: z.array(Id).max(5000).optional() }),
    output: z.object({
      steps: z.array(PlanStep),
      unplanned: z.array(z.object({ differenceId: Id, reason: z.string() })),
    }),
    needs: 'difference.read',
    resource: ofVolume,
  }),
  /** Shows what steps would make of the volume; nothing is kept. */
  preview: query({
    input: z.object({ volumeId: Id, reconciliationId: Id, steps: z.array(PlanStep).min(1).max(5000) }),
    output: SettlementPlan.pick({
      before: true,
      after: true,
      catalogueChanges: true,
      beforeDigest: true,
      afterDigest: true,
    }),
    needs: 'difference.read',
    resource: ofVolume,
  }),
  prepare: command({
    input: z.object({ volumeId: Id, reconciliationId: Id, steps: z.array(PlanStep).min(1).max(5000) }),
    output: SettlementPlan,
    needs: 'difference.judge',
    resource: ofVolume,
    audit: 'settlement.prepared',
  }),
  drop: command({
    input: Plan,
    output: Empty,
    needs: 'difference.judge',
    resource: ofVolume,
    audit: 'settlement.dropped',
  }),
  /** Makes all changes of a plan in one transaction. After 归档 only as the execution of an approved request. */
  apply: command({
    input: Plan,
    output: SettlementPlan,
    needs: 'change.execute',
    resource: ofVolume,
    audit: 'settlement.applied',
    afterFiling: 'approval',
  }),
  /** 复核 by a person who neither prepared, approved nor applied it. A no leaves it to be undone. */
  check: command({
    input: Plan.extend({ ok: z.boolean(), note: z.string().trim().max(500).default('') }).refine(
      ({ ok, note }) => ok || note !== '',
      { path: ['note'] },
    ),
    output: SettlementPlan,
    needs: 'change.check',
    resource: ofVolume,
    audit: 'settlement.checked',
  }),
  /** Puts the volume back as it stood before, as one step, until the plan is checked. New images stay as versions. */
  undo: command({
    input: Plan.extend({ reason: z.string().trim().min(1).max(500) }),
    output: SettlementPlan,
    needs: 'change.execute',
    resource: ofVolume,
    audit: 'settlement.undone',
  }),
  /** 备考表 of the electronic volume: its dated lines. */
  notes: query({
    input: z.object({ volumeId: Id }),
    output: z.array(
      z.object({
        ...{ id: Id, at: IsoTime, by: z.string(), text: z.string(), numbers: z.array(z.string()) },
        /** What an applied plan did, in codes; `text` says it in Chinese. */
        plan: z
          .object({
            done: z.array(z.object({ kind: StepKind, count: z.number().int() })),
            pagesBefore: z.number().int(),
            pagesAfter: z.number().int(),
          })
          .nullable(),
      }),
    ),
    needs: 'case.read',
    resource: ofVolume,
  }),
})

/** 纸电一致性核对报告: the signed proof of a settled checking. */
export const proofs = area('proofs', {
  /** Whether everything is settled; what is still in the way otherwise. */
  readiness: query({
    input: z.object({ volumeId: Id, reconciliationId: Id }),
    output: z.object({
      ready: z.boolean(),
      lacking: z.array(z.object({ code: z.string(), count: z.number().int() })),
    }),
    needs: 'difference.read',
    resource: ofVolume,
  }),
  /** Closes the checking with a signed report, sealed in the vault. Throws RECONCILE_NOT_SETTLED. */
  make: command({
    input: z.object({ volumeId: Id, reconciliationId: Id, conclusion: Words.default('') }),
    output: z.object({ reportId: Id }),
    needs: 'reconcile.prove',
    resource: ofVolume,
    audit: 'proof.made',
  }),
  /**
   * Gives up what is being made, written or verified for a volume: that call then throws CALL_CANCELLED, and nothing of
   * it remains. Without such work it does nothing.
   */
  stop: command({
    input: z.object({ volumeId: Id }),
    output: Empty,
    needs: 'case.read',
    resource: ofVolume,
    audit: 'proof.stopped',
  }),
  list: query({
    input: z.object({ volumeId: Id }),
    output: z.array(
      z.object({
        id: Id,
        at: IsoTime,
        by: z.string(),
        differences: z.number().int(),
        pages: z.number().int(),
        sha256: z.string(),
      }),
    ),
    needs: 'case.read',
    resource: ofVolume,
  }),
  /** Writes the report: the PDF for people, the JSON for the checker. */
  export: command({
    input: z.object({ volumeId: Id, reportId: Id, format: z.enum(['pdf', 'json']), path: z.string().min(1) }),
    output: Empty,
    needs: 'page.export',
    resource: ofVolume,
    audit: 'proof.exported',
  }),
  /** Checks a report against the vault as it stands now, point by point. */
  verify: query({
    input: z.object({
      volumeId: Id,
      reportId: Id,
      /** A report as a file, JSON or PDF, that is checked in place of the one sealed in the vault. */
      path: z.string().min(1).optional(),
    }),
    output: z.object({
      ok: z.boolean(),
      points: z.array(z.object({ code: z.string(), ok: z.boolean(), detail: z.string() })),
    }),
    needs: 'case.read',
    resource: ofVolume,
  }),
})
