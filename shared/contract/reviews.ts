import { z } from 'zod'
import { area, command, query } from './method.ts'
import { Empty, Id, IsoTime, RoleName } from './model.ts'

/** Why a line deserves a second look. */
export const ReviewConcern = z.enum([
  /** No sign-in for 30 days (A13). */
  'dormant',
  /** The role is somebody else's, lent to the account. */
  'delegated',
  /** Cases were given or lent to this person one by one. */
  'single-cases',
  /** Holds the key of 副卷 though no role of the account reads them. */
  'restricted-key',
  /** Holds several roles at once. */
  'several-roles',
  /** The unit gave the role more than it was shipped with. */
  'role-widened',
  'locked',
])
export type ReviewConcern = z.infer<typeof ReviewConcern>

export const ReviewLine = z.object({
  id: Id,
  sequence: z.number().int(),
  accountId: Id,
  accountName: z.string(),
  displayName: z.string(),
  staffNumber: z.string(),
  role: RoleName,
  lastActiveAt: IsoTime.nullable(),
  approvedBy: z.string(),
  delegationCount: z.number().int(),
  singleCaseCount: z.number().int(),
  /** Set for a role that is lent: revoking the line ends the delegation. */
  delegationId: Id.nullable(),
  concerns: z.array(ReviewConcern),
  verdict: z.enum(['confirm', 'revoke']).nullable(),
  note: z.string(),
  decidedBy: z.string(),
  decidedAt: IsoTime.nullable(),
})
export type ReviewLine = z.infer<typeof ReviewLine>

export const ReviewSummary = z.object({
  id: Id,
  period: z.string(),
  startedAt: IsoTime,
  startedBy: z.string(),
  finishedAt: IsoTime.nullable(),
  finishedBy: z.string(),
  lineCount: z.number().int(),
  decidedCount: z.number().int(),
  revokedCount: z.number().int(),
})
export type ReviewSummary = z.infer<typeof ReviewSummary>

export const ReviewSignature = z.object({
  /** The lines are what was signed, by the key kept with the signature. */
  valid: z.boolean(),
  /** That key is the account's key in the vault; a password that was reset gives it another. */
  keyInVault: z.boolean(),
  signedBy: z.string(),
  /** SHA-256 of the canonical lines as signed, hex. */
  digest: z.string(),
  publicKey: z.string(),
  signature: z.string(),
})
export type ReviewSignature = z.infer<typeof ReviewSignature>

export const Review = ReviewSummary.extend({
  lines: z.array(ReviewLine),
  signature: ReviewSignature.nullable(),
})
export type Review = z.infer<typeof Review>

/** 权限复核: every quarter the security officer looks at every right of every account. */
export const reviews = area('reviews', {
  list: query({
    input: Empty,
    output: z.object({
      reviews: z.array(ReviewSummary),
      /** The quarter that is running, and whether its review is done. */
      due: z.object({ period: z.string(), dueOn: z.iso.date(), state: z.enum(['missing', 'open', 'done']) }),
    }),
    needs: 'right.read',
  }),
  get: query({ input: z.object({ reviewId: Id }), output: Review, needs: 'right.read' }),
  /** Writes down every role of every active account as it stands now: for this quarter, or the one before. */
  start: command({
    input: z.object({ period: z.string().min(1).max(10) }),
    output: Review,
    needs: 'right.review',
    audit: 'review.started',
  }),
  /** `revoke` takes the role away at once; it cannot be taken back here. */
  decideLine: command({
    input: z
      .object({
        lineId: Id,
        verdict: z.enum(['confirm', 'revoke']),
        note: z.string().trim().max(300).default(''),
      })
      .refine(({ verdict, note }) => verdict === 'confirm' || note !== '', { path: ['note'] }),
    output: Review,
    needs: 'right.review',
    audit: 'review.line-decided',
  }),
  /** Signs the lines; refused with REVIEW_LINES_OPEN while one is undecided. */
  finish: command({
    input: z.object({ reviewId: Id }),
    output: Review,
    needs: 'right.review',
    audit: 'review.finished',
  }),
  export: command({
    input: z.object({ reviewId: Id, file: z.string().min(1), format: z.enum(['pdf', 'csv']) }),
    output: z.object({ fileName: z.string(), lineCount: z.number().int() }),
    needs: 'right.read',
    audit: 'review.exported',
  }),
})
