import { z } from 'zod'
import { PAGE_KINDS } from '../domain/page-kind.ts'
import { PARTY_ROLES } from '../domain/party-role.ts'
import { ROLES } from '../domain/permission.ts'
import { RETENTION_CODES } from '../domain/retention.ts'
import { SECRECY_LEVELS } from '../domain/secrecy.ts'
import { VOLUME_KINDS } from '../domain/volume-kind.ts'

/** Shapes that several areas exchange. Times are UTC ISO strings, ids are ULIDs, units stand in the names. */
export const Id = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/)
export const IsoTime = z.iso.datetime()
export const Empty = z.strictObject({})
export const RoleName = z.enum(ROLES)

export const VolumeKind = z.enum(VOLUME_KINDS)
export const Compartment = z.enum(['open', 'restricted'])
export const PageKind = z.enum(PAGE_KINDS)
export const SheetSide = z.enum(['A', 'B'])
export const ColourMode = z.enum(['colour', 'grey', 'bitonal'])
export const PageTurn = z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)])

export const PartyRole = z.enum(PARTY_ROLES)
export const Party = z.object({
  role: PartyRole,
  name: z.string().min(1).max(200),
  /** 隐名: a minor, a victim, an informant. The name is masked wherever it is shown, until somebody says why. */
  sheltered: z.boolean().optional(),
})
export type Party = z.infer<typeof Party>

export const RetentionCode = z.enum(RETENTION_CODES)
export const SecrecyLevel = z.enum(SECRECY_LEVELS)

/** One line of the case list. */
export const CaseRow = z.object({
  id: Id,
  number: z.string(),
  /** 档号; empty until the archive gives one. */
  archiveNumber: z.string(),
  cause: z.string(),
  title: z.string(),
  year: z.number().int().nullable(),
  court: z.string(),
  typeText: z.string(),
  handler: z.string(),
  status: z.enum(['open', 'filed']),
  retention: RetentionCode.nullable(),
  secrecy: SecrecyLevel,
  pageCount: z.number().int(),
  acceptedOn: z.string().nullable(),
  closedOn: z.string().nullable(),
  createdAt: IsoTime,
  updatedAt: IsoTime,
})
export type CaseRow = z.infer<typeof CaseRow>

/** What a person types about a case; dates are ISO dates. */
export const CaseDraft = z.object({
  number: z.string().min(1).max(200),
  archiveNumber: z.string().max(100).default(''),
  cause: z.string().max(200).default(''),
  handler: z.string().max(100).default(''),
  parties: z.array(Party).max(500).default([]),
  acceptedOn: z.iso.date().nullable().default(null),
  closedOn: z.iso.date().nullable().default(null),
  retention: RetentionCode.nullable().default(null),
  secrecy: SecrecyLevel.default('internal'),
})
export type CaseDraft = z.infer<typeof CaseDraft>

/** A catalogue row 件 of a book. Printed numbers are text: "12-1" is one. */
export const Item = z.object({
  id: Id,
  bookId: Id,
  sequence: z.number().int(),
  templateRow: z.number().int().nullable(),
  templateRowTitle: z.string().nullable(),
  title: z.string(),
  documentNumber: z.string(),
  responsible: z.string(),
  date: z.string(),
  firstPrinted: z.string(),
  lastPrinted: z.string(),
  remark: z.string(),
  pageCount: z.number().int(),
})
export type Item = z.infer<typeof Item>

export const Book = z.object({
  id: Id,
  volumeId: Id,
  sequence: z.number().int(),
  title: z.string(),
  pageCount: z.number().int(),
  items: z.array(Item),
})
export type Book = z.infer<typeof Book>

/** 纸电一致: since when a volume is proven, and what made the proof fall. */
export const VolumeProof = z.object({
  reportId: Id,
  at: IsoTime,
  by: z.string(),
  stands: z.boolean(),
  /** Why it fell: pages, catalogue, paper (a difference, a paper event or a line of 备考表 since). */
  fell: z.array(z.enum(['pages', 'catalogue', 'paper'])),
})
export type VolumeProof = z.infer<typeof VolumeProof>

export const Volume = z.object({
  id: Id,
  caseId: Id,
  kind: VolumeKind,
  compartment: Compartment,
  /** False when the account's slot has no key for the compartment: books and items are then withheld. */
  readable: z.boolean(),
  sequence: z.number().int(),
  templateId: z.string().nullable(),
  templateVersion: z.number().int().nullable(),
  books: z.array(Book),
  /** 纸电一致; null: never proven, left out: not for this person. */
  proof: VolumeProof.nullable().optional(),
})
export type Volume = z.infer<typeof Volume>

export const CaseTree = z.object({
  case: CaseRow,
  parties: z.array(Party),
  numberRaw: z.string(),
  /** 归档: when and by whom; null while the case is open. */
  filed: z.object({ at: IsoTime, by: z.string() }).nullable(),
  volumes: z.array(Volume),
})
export type CaseTree = z.infer<typeof CaseTree>

/** One image of the sequence as the viewer needs it. */
export const PageRow = z.object({
  id: Id,
  bookId: Id,
  itemId: Id.nullable(),
  /** Place in the image sequence of its book, from 1. Not the printed number. */
  position: z.number().int(),
  sheet: z.number().int().nullable(),
  side: SheetSide.nullable(),
  printedNumber: z.string(),
  kind: PageKind,
  versionId: Id,
  versionNumber: z.number().int(),
  widthPixels: z.number().int(),
  heightPixels: z.number().int(),
  dpi: z.number().nullable(),
  colourMode: ColourMode,
  /** Degrees clockwise that bring the image upright; left out where it stands so. */
  turn: PageTurn.optional(),
})
export type PageRow = z.infer<typeof PageRow>

export const PageVersion = z.object({
  id: Id,
  pageId: Id,
  number: z.number().int(),
  format: z.string(),
  widthPixels: z.number().int(),
  heightPixels: z.number().int(),
  dpiX: z.number().nullable(),
  dpiY: z.number().nullable(),
  colourMode: ColourMode,
  sizeBytes: z.number().int(),
  sha256: z.string(),
  reason: z.string(),
  createdAt: IsoTime,
  createdBy: z.string(),
  sourceName: z.string(),
  sourceFormat: z.string(),
  sourceSha256: z.string(),
  sourceFrame: z.number().int(),
  sourceSizeBytes: z.number().int(),
  /** The archival name after the unit's template (domain.md §1.4). */
  archivalName: z.string(),
  /** As of a page. */
  turn: PageTurn.optional(),
})
export type PageVersion = z.infer<typeof PageVersion>
