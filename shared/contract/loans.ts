import { z } from 'zod'
import { LOAN_DUE, LOAN_MANNERS, LOAN_STATES } from '../domain/loan.ts'
import { readPageList } from '../domain/loan-extent.ts'
import { area, command, job, query } from './method.ts'
import { Empty, Id, IsoTime, VolumeKind } from './model.ts'

const LoanExtent = z.object({
  volumeKind: VolumeKind,
  book: z.number().int().min(1).max(999).nullable(),
  /** Printed numbers such as "1-30，45"; empty for all. */
  pages: z
    .string()
    .trim()
    .max(500)
    .refine((pages) => readPageList(pages) !== null)
    .default(''),
})
const Extent = z.array(LoanExtent).min(1).max(20)
const Manner = z.enum(LOAN_MANNERS)

/** A row of the register as one person may see it; who approved and handed out stands there by name. */
export const LoanRow = z.object({
  id: Id,
  number: z.number().int(),
  state: z.enum(LOAN_STATES),
  due: z.enum(LOAN_DUE),
  /** Whole days past the end; 0 before it. */
  lateDays: z.number().int(),
  requestedAt: IsoTime,
  requestedBy: z.string(),
  unit: z.string(),
  borrowerName: z.string(),
  borrowerAccount: Id.nullable(),
  identity: z.string(),
  caseNumber: z.string(),
  /** Null for whoever may not see the case, and when the number fits none. */
  caseId: Id.nullable(),
  extent: z.array(LoanExtent),
  extentWords: z.string(),
  purpose: z.string(),
  manners: z.array(Manner),
  needsSecond: z.boolean(),
  approvedBy: z.string(),
  secondApprovedBy: z.string(),
  reason: z.string(),
  handedOutBy: z.string(),
  handedOutAt: IsoTime.nullable(),
  pageCount: z.number().int(),
  untilAt: IsoTime,
  renewals: z.number().int(),
  returnedAt: IsoTime.nullable(),
  countedPages: z.number().int().nullable(),
  returnNote: z.string(),
  effect: z.string(),
  /** What this person may do with it now. */
  steps: z.array(
    z.enum(['approve', 'approve-second', 'refuse', 'withdraw', 'hand-out', 'renew', 'take-back', 'close']),
  ),
})
export type LoanRow = z.infer<typeof LoanRow>

export const LOAN_LISTS = ['current', 'overdue', 'past', 'all'] as const

const OneLoan = z.object({ loanId: Id })
const Reason = z.string().trim().min(1).max(300)
const loan = ({ loanId }: { loanId: string }) => ({ kind: 'loan', id: loanId }) as const

export const loans = area('loans', {
  /** The loans that a person has to do with: all for those who lend, one's own for those who borrow. */
  list: query({
    input: z.object({ list: z.enum(LOAN_LISTS).default('current') }),
    output: z.array(LoanRow),
    needs: 'loan.request',
  }),
  /** By number, without sight of the case; the answer is the same whether there is such a case or not. */
  request: command({
    input: z.object({
      caseNumber: z.string().trim().min(1).max(200),
      extent: Extent,
      purpose: z.string().trim().min(1).max(300),
      manners: z.array(Manner).min(1).max(LOAN_MANNERS.length),
      untilAt: IsoTime,
      unit: z.string().trim().max(100).default(''),
      identity: z.string().trim().max(100).default(''),
      /** Whoever lends may ask for somebody else; for others these are their own. */
      borrowerName: z.string().trim().max(60).default(''),
      borrowerAccount: Id.nullable().default(null),
    }),
    output: LoanRow,
    needs: 'loan.request',
    audit: 'loan.requested',
  }),
  /** The first approval; the extent may be made narrower or put right. */
  approve: command({
    input: OneLoan.extend({ extent: Extent.optional() }),
    output: LoanRow,
    needs: 'loan.approve',
    resource: loan,
    audit: 'loan.approved',
  }),
  /** 分管领导: 副卷 and what is above 内部, never by the first approver. */
  approveSecond: command({
    input: OneLoan,
    output: LoanRow,
    needs: 'loan.approve-restricted',
    resource: loan,
    audit: 'loan.second-approved',
  }),
  refuse: command({
    input: OneLoan.extend({ reason: Reason }),
    output: LoanRow,
    needs: 'loan.approve',
    resource: loan,
    audit: 'loan.refused',
  }),
  refuseSecond: command({
    input: OneLoan.extend({ reason: Reason }),
    output: LoanRow,
    needs: 'loan.approve-restricted',
    resource: loan,
    audit: 'loan.second-refused',
  }),
  /** By whoever asked, or for whom it was asked. */
  withdraw: command({
    input: OneLoan,
    output: LoanRow,
    needs: 'loan.request',
    audit: 'loan.withdrawn',
  }),
  /** 出库, 授权: from here on an electronic loan opens its pages. */
  handOut: command({
    input: OneLoan.extend({
      /** Pages of paper that go out; left out, what the catalogue counts. */
      pageCount: z.number().int().min(0).max(100_000).nullable().default(null),
    }),
    output: LoanRow,
    needs: 'loan.lend',
    resource: loan,
    audit: 'loan.handed-out',
  }),
  renew: command({
    input: OneLoan.extend({ untilAt: IsoTime, reason: Reason }),
    output: LoanRow,
    needs: 'loan.approve',
    resource: loan,
    audit: 'loan.renewed',
  }),
  /** What needed a second approval is renewed by whoever may give one. */
  renewRestricted: command({
    input: OneLoan.extend({ untilAt: IsoTime, reason: Reason }),
    output: LoanRow,
    needs: 'loan.approve-restricted',
    resource: loan,
    audit: 'loan.restricted-renewed',
  }),
  /** 归还: paper is counted, and a difference explained; an electronic loan closes its pages at once. */
  takeBack: command({
    input: OneLoan.extend({
      countedPages: z.number().int().min(0).max(100_000).nullable().default(null),
      note: z.string().trim().max(300).default(''),
    }),
    output: LoanRow,
    needs: 'loan.lend',
    resource: loan,
    audit: 'loan.returned',
  }),
  close: command({
    input: OneLoan.extend({ effect: z.string().trim().min(1).max(500) }),
    output: LoanRow,
    needs: 'loan.lend',
    resource: loan,
    audit: 'loan.closed',
  }),
  /** The register as a table or as a ruled sheet to sign. */
  exportRegister: command({
    input: z.object({
      file: z.string().min(1).max(4000),
      as: z.enum(['csv', 'pdf']),
      list: z.enum(LOAN_LISTS).default('all'),
    }),
    output: z.object({ fileName: z.string(), rowCount: z.number().int() }),
    needs: 'register.read',
    audit: 'loan.register-exported',
  }),
})

/** What a page on the screen is marked with. */
export const Watermark = z.object({
  name: z.string(),
  staffNumber: z.string(),
  machine: z.string(),
  caseNumber: z.string(),
  purpose: z.string(),
  /** The image already has it drawn in. */
  drawn: z.boolean(),
  /** When the pages close; null when nothing ends. */
  untilAt: IsoTime.nullable(),
  mayCopy: z.boolean(),
})
export type Watermark = z.infer<typeof Watermark>

const PagesOut = z.object({
  volumeId: Id,
  pageIds: z.array(Id).min(1).max(500),
  file: z.string().min(1).max(4000),
  purpose: z.string().trim().min(1).max(300),
  copies: z.number().int().min(1).max(99),
})
const Written = z.object({ fileName: z.string(), jobNumber: z.string(), pageCount: z.number().int() })
const volume = ({ volumeId }: { volumeId: string }) => ({ kind: 'volume', id: volumeId }) as const

/** What goes out: one document, one volume, or all of a case that the caller may give out. */
export const SearchableExtent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('case'), id: Id }),
  z.object({ kind: z.literal('volume'), id: Id }),
  z.object({ kind: z.literal('item'), id: Id }),
])
export type SearchableExtent = z.infer<typeof SearchableExtent>

/** A file for the whole extent, or one for each volume or document in it. */
export const SEARCHABLE_FILES = ['whole', 'volume', 'item'] as const

export const pageOutputs = area('pages', {
  /** Null when pages of this volume are shown plain. */
  watermark: query({
    input: z.object({ volumeId: Id }),
    output: z.object({ watermark: Watermark.nullable() }),
    needs: 'page.read',
    resource: volume,
  }),
  /** Writes chosen pages as a PDF with watermark, job number and QR; counted in the register of outputs. */
  exportPdf: command({
    input: PagesOut,
    output: Written,
    needs: 'page.export',
    resource: volume,
    audit: 'page.exported',
  }),
  /** The same for paper: written to a file that the system's viewer then prints. */
  printPdf: command({
    input: PagesOut,
    output: Written,
    needs: 'page.print',
    resource: volume,
    audit: 'page.printed',
  }),
  /**
   * 双层PDF: image and invisible text, PDF/A-2u, into a folder; no file that is there is written over. What is lent
   * goes out marked, and only where the loan allows copies. Counted in the register of outputs, a row a volume.
   */
  exportSearchable: job({
    input: z.object({
      extent: SearchableExtent,
      files: z.enum(SEARCHABLE_FILES).default('whole'),
      folder: z.string().min(1).max(4000),
      purpose: z.string().trim().min(1).max(300),
    }),
    output: z.object({
      jobId: Id,
      jobNumbers: z.array(z.string()),
      fileCount: z.number().int(),
      pageCount: z.number().int(),
      /** Volumes of the case that this person may not give out: nothing of them is written. */
      volumesLeftOut: z.number().int(),
    }),
    needs: 'page.export',
    resource: ({ extent }) => extent,
    audit: 'volume.exported',
  }),
  /** Stops one's own export, for whoever may not steer every job; finished files stay. */
  stopExport: command({
    input: z.object({ jobId: Id }),
    output: Empty,
    needs: 'page.export',
    audit: 'page.export-stopped',
  }),
})

const OutputPolicy = z.object({
  /** 水印: marks everybody's screen, not only what is lent. */
  watermarkAll: z.boolean(),
})

export const outputs = area('outputs', {
  policy: query({ input: Empty, output: OutputPolicy, needs: 'settings.read' }),
  setPolicy: command({
    input: OutputPolicy,
    output: OutputPolicy,
    needs: 'settings.edit',
    audit: 'output.policy-changed',
  }),
  list: query({
    input: Empty,
    output: z.array(
      z.object({
        id: Id,
        jobNumber: z.string(),
        kind: z.enum(['export', 'print']),
        accountName: z.string(),
        caseNumber: z.string(),
        pages: z.string(),
        pageCount: z.number().int(),
        copies: z.number().int(),
        purpose: z.string(),
        at: IsoTime,
      }),
    ),
    needs: 'register.read',
  }),
})
