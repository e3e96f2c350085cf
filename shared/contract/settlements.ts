import { z } from 'zod'
import { Ground } from '../domain/reconcile/ground.ts'
import { PLAN_STATES } from '../domain/reconcile/handling.ts'
import { area, command, query, type ResourceRef } from './method.ts'
import { Empty, Id, IsoTime, PageTurn } from './model.ts'

const ofVolume = ({ volumeId }: { volumeId: string }): ResourceRef => ({ kind: 'volume', id: volumeId })
const Step = z.object({ by: z.string(), at: IsoTime, note: z.string() })

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
  z.object({
    kind: z.literal('note'),
    differenceId: Id.nullable(),
    /** In Chinese, as it is written in 备考表. */
    text: z.string().trim().min(1).max(500),
    /** Of one that the program proposed: what it says beside the number and the type of its difference. */
    said: z
      .object({ paper: z.string(), electronic: z.string(), basis: z.string(), ground: Ground.nullable() })
      .optional(),
  }),
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
