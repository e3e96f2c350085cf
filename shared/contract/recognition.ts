import { z } from 'zod'
import { area, command, job, query } from './method.ts'
import { Empty, Id, IsoTime, VolumeKind } from './model.ts'

export const TextLine = z.object({
  /** Four corners in pixels of the stored image, from where reading begins; see shared/domain/page-text.ts. */
  quad: z.tuple([
    z.number(),
    z.number(),
    z.number(),
    z.number(),
    z.number(),
    z.number(),
    z.number(),
    z.number(),
  ]),
  text: z.string(),
  confidence: z.number(),
  kind: z.enum(['printed', 'doubtful']),
  /** Begin and end of each character along the line, in thousandths. */
  places: z.array(z.number()),
})

export const PageText = z.object({
  versionId: Id,
  pageId: Id,
  widthPixels: z.number().int(),
  heightPixels: z.number().int(),
  turn: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  confidence: z.number(),
  engine: z.string(),
  model: z.string(),
  readAt: IsoTime,
  lines: z.array(TextLine),
})
export type PageText = z.infer<typeof PageText>

/** Why nothing is being read although pages are left. */
export const RECOGNITION_PAUSES = ['off', 'person', 'job', 'unavailable', 'locked-out'] as const

export const RecognitionStatus = z.object({
  /** Null when pages can be read here; otherwise why not, and the program works on without. */
  unavailable: z.enum(['native-library', 'models-missing', 'models-changed']).nullable(),
  engine: z.string(),
  model: z.string(),
  mode: z.enum(['idle', 'off']),
  reading: z.boolean(),
  pausedFor: z.enum(RECOGNITION_PAUSES).nullable(),
  pagesRead: z.number().int(),
  pagesLeft: z.number().int(),
  pagesFailed: z.number().int(),
  /** By the pace of the last pages; null while there is none. */
  secondsLeft: z.number().int().nullable(),
})
export type RecognitionStatus = z.infer<typeof RecognitionStatus>

/** How far the reading of one page has come. */
export const PageReadingState = z.object({
  pageId: Id,
  state: z.enum(['waiting', 'read', 'failed']),
  /** 0 to 1; null unless read. */
  confidence: z.number().nullable(),
  lineCount: z.number().int().nullable(),
  doubtfulCount: z.number().int().nullable(),
  /** Why it failed. */
  code: z.string().nullable(),
})
export type PageReadingState = z.infer<typeof PageReadingState>

/** A page that could not be read, and where it stands. */
export const UnreadPage = z.object({
  pageId: Id,
  volumeId: Id,
  caseId: Id,
  caseNumber: z.string(),
  volumeKind: VolumeKind,
  position: z.number().int(),
  printedNumber: z.string(),
  code: z.string(),
  triedAt: IsoTime,
})
export type UnreadPage = z.infer<typeof UnreadPage>

export const recognition = area('recognition', {
  /** Counts the pages of those compartments alone whose keys the caller holds. */
  status: query({ input: Empty, output: RecognitionStatus, needs: 'settings.read' }),
  /** Null for a page that is withdrawn. */
  ofPage: query({
    input: z.object({ pageId: Id }),
    output: z.object({ reading: PageReadingState.nullable() }),
    needs: 'page.read',
    resource: ({ pageId }) => ({ kind: 'page', id: pageId }),
  }),
  /** Counts of a volume's pages by how far their reading has come. */
  ofVolume: query({
    input: z.object({ volumeId: Id }),
    output: z.object({ read: z.number().int(), waiting: z.number().int(), failed: z.number().int() }),
    needs: 'recognition.run',
    resource: ({ volumeId }) => ({ kind: 'volume', id: volumeId }),
  }),
  /** The pages that could not be read, the latest first, of cases that the caller may read. */
  failures: query({ input: Empty, output: z.array(UnreadPage), needs: 'recognition.run' }),
  /** Puts a page that could not be read back among those that wait. */
  retry: command({
    input: z.object({ pageId: Id }),
    output: Empty,
    needs: 'recognition.run',
    resource: ({ pageId }) => ({ kind: 'page', id: pageId }),
    audit: 'recognition.retried',
  }),
  /** `idle`: whenever nobody is at the station and no job runs; `off`: only when somebody asks. */
  setMode: command({
    input: z.object({ mode: z.enum(['idle', 'off']) }),
    output: RecognitionStatus,
    needs: 'settings.edit',
    audit: 'recognition.mode-changed',
  }),
  /** Reads a volume now, pages that are read already left out unless `again`. */
  run: job({
    input: z.object({ volumeId: Id, again: z.boolean().default(false) }),
    output: z.object({ jobId: Id }),
    needs: 'recognition.run',
    resource: ({ volumeId }) => ({ kind: 'volume', id: volumeId }),
    audit: 'recognition.started',
  }),
})

export const texts = area('texts', {
  /** The text of a page's version that is shown; null when it was not read yet. */
  page: query({
    input: z.object({ pageId: Id, versionId: Id }),
    output: z.object({ text: PageText.nullable() }),
    needs: 'page.read',
    resource: ({ pageId }) => ({ kind: 'page', id: pageId }),
    audit: 'page.text-read',
  }),
  /** Says that text of a page is put on the clipboard, before it is; refused where copying is not allowed. */
  copy: command({
    input: z.object({ pageId: Id, characters: z.number().int().min(1).max(100_000) }),
    output: Empty,
    needs: 'text.copy',
    resource: ({ pageId }) => ({ kind: 'page', id: pageId }),
    audit: 'page.text-copied',
  }),
})
