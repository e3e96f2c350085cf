import { z } from 'zod'
import { APPROVAL_STATES } from '../domain/approval.ts'
import { area, command, query, type ResourceRef } from './method.ts'
import { Empty, Id, IsoTime } from './model.ts'

export const APPROVAL_ACTIONS = ['decide', 'execute', 'check', 'withdraw'] as const
export const ApprovalAction = z.enum(APPROVAL_ACTIONS)
export type ApprovalAction = z.infer<typeof ApprovalAction>

const Step = z.object({ by: Id, name: z.string(), at: IsoTime, note: z.string() })

export const ApprovalRow = z.object({
  id: Id,
  caseId: Id,
  caseNumber: z.string(),
  /** The method of the contract that is to be called. */
  method: z.string(),
  state: z.enum(APPROVAL_STATES),
  reason: z.string(),
  requested: Step,
  decided: Step.nullable(),
  executed: Step.nullable(),
  checked: Step.nullable(),
  expiresAt: IsoTime,
  /** What the person asking may do with it now. */
  may: z.array(ApprovalAction),
})
export type ApprovalRow = z.infer<typeof ApprovalRow>

/** One field: how it stood when the request was made, how it will stand, and how it stands now. */
export const FieldChange = z.object({
  field: z.string(),
  /** What the field is of, where there are several: a page, a file. */
  subject: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
})
export type FieldChange = z.infer<typeof FieldChange>

export const ApprovalDetail = ApprovalRow.extend({
  /** `differs` says it of the whole values: two that are masked alike may yet be different. */
  changes: z.array(FieldChange.extend({ now: z.string().nullable(), differs: z.boolean() })),
  /** False when `now` says nothing: the request adds something that was not there, or the thing is gone. */
  nowKnown: z.boolean(),
  beforeDigest: z.string(),
  afterDigest: z.string().nullable(),
  /** The job that the execution started. */
  jobId: Id.nullable(),
})
export type ApprovalDetail = z.infer<typeof ApprovalDetail>

const Note = z.string().trim().max(500).default('')
const one = ({ id }: { id: string }): ResourceRef => ({ kind: 'approval', id })

/** What a change is about, read from its input: every method that needs approval names it in one of these. */
function aboutOf(input: Readonly<Record<string, unknown>>): ResourceRef | undefined {
  for (const kind of ['item', 'volume', 'case'] as const) {
    const id = input[`${kind}Id`]
    if (typeof id === 'string') return { kind, id }
  }
  return undefined
}

export const APPROVAL_VIEWS = ['decide', 'execute', 'check', 'own', 'all'] as const

export const approvals = area('approvals', {
  /** Asks for a change to a filed case: any call whose method says `afterFiling: 'approval'`. */
  request: command({
    input: z.object({
      method: z.string().max(60),
      input: z.record(z.string(), z.unknown()),
      reason: z.string().trim().min(1).max(500),
      /** Seven days from now unless said. */
      expiresAt: IsoTime.optional(),
    }),
    output: ApprovalRow,
    needs: 'change.request',
    resource: ({ input }) => aboutOf(input),
    audit: 'approval.requested',
  }),
  /** What waits for me, what I asked for, or all that I may see; newest first. */
  list: query({
    input: z.object({
      view: z.enum(APPROVAL_VIEWS).default('all'),
      caseId: Id.optional(),
      limit: z.number().int().min(1).max(500).default(200),
    }),
    output: z.object({
      rows: z.array(ApprovalRow),
      waiting: z.object({ decide: z.number().int(), execute: z.number().int(), check: z.number().int() }),
    }),
    needs: 'signed-in',
  }),
  get: query({ input: z.object({ id: Id }), output: ApprovalDetail, needs: 'case.read', resource: one }),
  decide: command({
    input: z
      .object({ id: Id, approve: z.boolean(), note: Note })
      .refine(({ approve, note }) => approve || note !== '', { path: ['note'] }),
    output: ApprovalRow,
    needs: 'change.approve',
    resource: one,
    audit: 'approval.decided',
  }),
  /** Makes the approved change, once, if what it was granted for is still so. */
  execute: command({
    input: z.object({ id: Id }),
    output: ApprovalRow,
    needs: 'change.execute',
    resource: one,
    audit: 'approval.executed',
  }),
  /** 复核 by a third person. A no changes nothing back: that takes a request of its own. */
  check: command({
    input: z
      .object({ id: Id, ok: z.boolean(), note: Note })
      .refine(({ ok, note }) => ok || note !== '', { path: ['note'] }),
    output: ApprovalRow,
    needs: 'change.check',
    resource: one,
    audit: 'approval.checked',
  }),
  withdraw: command({
    input: z.object({ id: Id, note: Note }),
    output: Empty,
    needs: 'change.request',
    resource: one,
    audit: 'approval.withdrawn',
  }),
})
