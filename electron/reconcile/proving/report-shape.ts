import { z } from 'zod'
import { FoundChange } from '../../../shared/contract/reconcile.ts'
import { PROOF_FORMATS } from '../../../shared/domain/reconcile/proof.ts'

const Hex64 = z.string().regex(/^[0-9a-f]{64}$/)
/** People stand in a report by their account's id; `people` has their names as of its making. */
const Who = z.string()
const WhoOrNone = z.string().nullable()
const When = z.string().nullable()

const Item = z.strictObject({
  id: z.string(),
  sequence: z.number(),
  title: z.string(),
  documentNumber: z.string(),
  responsible: z.string(),
  date: z.string(),
  firstPrinted: z.string(),
  lastPrinted: z.string(),
  remark: z.string(),
})

const Page = z.strictObject({
  id: z.string(),
  book: z.number(),
  item: z.string(),
  position: z.number(),
  printed: z.string(),
  kind: z.string(),
  version: z.string(),
  versionNumber: z.number(),
  sha256: Hex64,
  turn: z.number(),
})

const PaperPage = z.strictObject({
  id: z.string(),
  scan: z.string(),
  sequence: z.number(),
  sha256: Hex64,
  turn: z.number(),
})

const Match = z.strictObject({
  paper: z.string().nullable(),
  page: z.string().nullable(),
  version: z.string().nullable(),
  kind: z.string(),
  confidence: z.number(),
  moved: z.boolean(),
  turn: z.number(),
  decidedBy: WhoOrNone,
  changes: z.number().nullable(),
})

/** An image that shows a difference. `before` and `after`: the electronic page as it was found and as it stands. */
const Picture = z.strictObject({
  of: z.enum(['paper', 'before', 'after', 'attachment']),
  /** A page of the fresh scan, a page version, or a page of an attachment. */
  id: z.string(),
  sha256: Hex64,
  turn: z.number(),
  boxes: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
})

/** A file attached to a difference. One that went to 副卷 with its page has neither name nor pictures here. */
const Attachment = z.strictObject({
  id: z.string(),
  name: z.string(),
  format: z.string(),
  sha256: Hex64,
  sizeBytes: z.number(),
  pageCount: z.number(),
  addedBy: Who,
  addedAt: z.string(),
  pictures: z.array(Picture),
})

const Difference = z.strictObject({
  id: z.string(),
  number: z.string(),
  reconciliation: z.string().nullable(),
  book: z.number().nullable(),
  foundAt: z.string(),
  foundBy: Who,
  foundStage: z.string(),
  methods: z.array(z.string()),
  type: z.string(),
  item: z.string().nullable(),
  itemWords: z.string(),
  paperPlace: z.string(),
  electronicPlace: z.string(),
  paperWords: z.string(),
  electronicWords: z.string(),
  regions: z.array(FoundChange),
  confidence: z.number(),
  severity: z.string(),
  severityRule: z.string(),
  cause: z.string().nullable(),
  originStage: z.string().nullable(),
  originPerson: z.string(),
  state: z.string(),
  handling: z.string().nullable(),
  basis: z.string(),
  explanation: z.string(),
  attachments: z.array(Attachment).optional(),
  /** Of reports in the first format, when a difference had one at most. */
  attachment: z
    .strictObject({ name: z.string(), sha256: z.string(), sizeBytes: z.number() })
    .nullable()
    .optional(),
  judgedBy: WhoOrNone,
  judgedAt: When,
  approvedBy: WhoOrNone,
  approvedAt: When,
  approvalNote: z.string(),
  handledBy: WhoOrNone,
  handledAt: When,
  beforeDigest: z.string(),
  afterDigest: z.string(),
  checkedBy: WhoOrNone,
  checkedAt: When,
  checkOk: z.boolean().nullable(),
  checkNote: z.string(),
  plan: z.string().nullable(),
  noted: z.boolean(),
  trainingMeasure: z.string(),
  closedAt: When,
  pictures: z.array(Picture),
})

const Note = z.strictObject({
  id: z.string(),
  at: z.string(),
  by: Who,
  text: z.string(),
  numbers: z.array(z.string()),
})

const Method = z.discriminatedUnion('way', [
  z.strictObject({ way: z.literal('catalogue'), at: z.string(), by: Who }),
  z.strictObject({
    way: z.literal('sheets'),
    pass: z.number(),
    by: Who,
    startedAt: z.string(),
    finishedAt: z.string(),
    agrees: z.number(),
    differs: z.number(),
    doubtful: z.number(),
  }),
  z.strictObject({
    way: z.literal('rescan'),
    scan: z.string(),
    name: z.string(),
    at: z.string(),
    by: Who,
    pages: z.number(),
    part: z.boolean(),
  }),
])

const Plan = z.strictObject({
  id: z.string(),
  state: z.string(),
  preparedBy: Who,
  preparedAt: z.string(),
  approvedBy: WhoOrNone,
  appliedBy: WhoOrNone,
  appliedAt: When,
  checkedBy: WhoOrNone,
  checkedAt: When,
  beforeDigest: z.string(),
  afterDigest: z.string(),
})

/** 纸电一致性核对报告 as data. */
export const ProofReport = z.strictObject({
  format: z.enum(PROOF_FORMATS),
  reportId: z.string(),
  vaultId: z.string(),
  unitName: z.string(),
  madeAt: z.string(),
  madeBy: Who,
  conclusion: z.string(),
  case: z.strictObject({
    id: z.string(),
    archiveNumber: z.string(),
    cover: z.strictObject({
      number: z.string(),
      cause: z.string(),
      handler: z.string(),
      acceptedOn: z.string(),
      closedOn: z.string(),
      parties: z.array(z.strictObject({ role: z.string(), name: z.string() })),
    }),
  }),
  volume: z.strictObject({ id: z.string(), kind: z.string(), compartment: z.enum(['open', 'restricted']) }),
  reconciliation: z.strictObject({ id: z.string(), startedAt: z.string(), startedBy: Who }),
  methods: z.array(Method),
  counts: z.strictObject({
    pages: z.number(),
    paperPages: z.number(),
    books: z.number(),
    items: z.number(),
    matches: z.record(z.string(), z.number()),
    differences: z.record(z.string(), z.number()),
  }),
  books: z.array(
    z.strictObject({ id: z.string(), sequence: z.number(), title: z.string(), items: z.array(Item) }),
  ),
  pages: z.array(Page),
  paperPages: z.array(PaperPage),
  matches: z.array(Match),
  differences: z.array(Difference),
  plans: z.array(Plan),
  notes: z.array(Note),
  digests: z.strictObject({ pages: Hex64, catalogue: Hex64, paper: Hex64 }),
  previous: z.strictObject({ reportId: z.string(), sha256: Hex64 }).nullable(),
  people: z.record(z.string(), z.string()),
  /** The signed head of the log at the making, as its line. */
  auditHead: z.string(),
})
export type ProofReport = z.infer<typeof ProofReport>
export type ReportedDifference = ProofReport['differences'][number]
export type ReportedAttachment = z.infer<typeof Attachment>
export type ReportedPicture = ReportedDifference['pictures'][number]

/** Everything that is shown with a difference: what differs, then the pages of what is attached. */
export function reportedPictures({
  pictures,
  attachments = [],
}: ReportedDifference): readonly ReportedPicture[] {
  return [...pictures, ...attachments.flatMap((attachment) => attachment.pictures)]
}

export const SignedReport = z.strictObject({
  report: ProofReport,
  /** Ed25519 (RFC 8032), hex, of whoever made it. */
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
  signature: z.string().regex(/^[0-9a-f]{128}$/),
})
export type SignedReport = z.infer<typeof SignedReport>
