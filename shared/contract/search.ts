import { z } from 'zod'
import { SEARCH_FIELDS } from '../domain/search/question.ts'
import { area, command, job, query } from './method.ts'
import { Empty, Id, RetentionCode, VolumeKind } from './model.ts'

/** A range of characters (UTF-16) of the text beside it. */
const Mark = z.object({ start: z.number().int(), end: z.number().int() })

export const SearchHit = z.object({
  field: z.enum(SEARCH_FIELDS),
  /** The line, title or value; sensitive parts masked as everywhere. */
  text: z.string(),
  marks: z.array(Mark),
  volumeId: Id.nullable(),
  volumeKind: VolumeKind.nullable(),
  itemId: Id.nullable(),
  itemTitle: z.string().nullable(),
  /** For `page` alone, as is all below. */
  pageId: Id.nullable(),
  versionId: Id.nullable(),
  position: z.number().int().nullable(),
  printedNumber: z.string().nullable(),
  /** Where the hit stands on the image: quads of the marked characters, as parts (0 to 1) of width and height. */
  places: z.array(z.array(z.number()).length(8)),
  /** The line is a seal, handwriting or poor print. */
  doubtful: z.boolean(),
})
export type SearchHit = z.infer<typeof SearchHit>

export const SearchFilters = z.object({
  years: z.array(z.number().int()).max(200).default([]),
  types: z.array(z.string().max(40)).max(200).default([]),
  volumeKinds: z.array(VolumeKind).max(50).default([]),
  retentions: z.array(RetentionCode).max(20).default([]),
  /** Finding in one case: only its hits, and then all of them by `limit` and `next`, not only the first few. */
  caseId: Id.nullable().default(null),
})
export type SearchFilters = z.infer<typeof SearchFilters>

/**
 * What is typed: words that must all be found; "…" or “…” a phrase; -词 or NOT 词 leaves out; 案由:借贷 asks one field;
 * 借* a beginning. A case number is known in any form.
 */
export const SearchQuestion = z.object({
  text: z.string().trim().min(1).max(200),
  filters: SearchFilters.prefault({}),
  order: z.enum(['newest', 'best']).default('newest'),
  /** Takes characters that recognition mixes up (己已巳, 0O〇, 1l) for one another. */
  tolerant: z.boolean().default(false),
})
export type SearchQuestion = z.infer<typeof SearchQuestion>

export const SearchedCase = z.object({
  caseId: Id,
  number: z.string(),
  title: z.string(),
  cause: z.string(),
  year: z.number().int().nullable(),
  typeText: z.string(),
  retention: RetentionCode.nullable(),
  hits: z.array(SearchHit),
  /** More hits in this case than are shown here. */
  moreHits: z.boolean(),
})
export type SearchedCase = z.infer<typeof SearchedCase>

/** One part of the question as it was understood, for showing. */
export const UnderstoodPart = z.object({
  kind: z.enum(['words', 'phrase', 'beginning', 'case-number', 'initials']),
  text: z.string(),
  field: z.enum(SEARCH_FIELDS).nullable(),
  excluded: z.boolean(),
  /** Too short for page text: it was only looked for in what is known of the case. */
  tooShortForPages: z.boolean(),
})

export const SavedSearch = z.object({ id: Id, name: z.string().min(1).max(60), question: SearchQuestion })
export type SavedSearch = z.infer<typeof SavedSearch>

const Facet = z.object({ value: z.string(), count: z.number().int() })

export const search = area('search', {
  find: query({
    input: SearchQuestion.extend({
      /** Hits to show, at the least where there are so many: the last case comes whole. */
      limit: z.number().int().min(1).max(200).default(50),
      /** From `next` of the answer before; null from the beginning. */
      after: z.string().max(200).nullable().default(null),
    }),
    output: z.object({
      cases: z.array(SearchedCase),
      next: z.string().nullable(),
      /** Hits, not cases; 约 when not `exact`. Only what the caller may read is ever counted. */
      total: z.object({ count: z.number().int(), exact: z.boolean() }),
      understood: z.array(UnderstoodPart),
    }),
    needs: 'case.read',
  }),
  /** Cases found by year, type, 卷别 and 保管期限, each without its own filter; counted up to a bound, 约 beyond. */
  facets: query({
    input: SearchQuestion,
    output: z.object({
      years: z.array(Facet),
      types: z.array(Facet),
      volumeKinds: z.array(Facet),
      retentions: z.array(Facet),
      exact: z.boolean(),
    }),
    needs: 'case.read',
  }),
  saved: query({ input: Empty, output: z.array(SavedSearch), needs: 'case.read' }),
  save: command({
    input: SavedSearch.omit({ id: true }),
    output: SavedSearch,
    needs: 'case.read',
    audit: 'search.saved',
  }),
  removeSaved: command({
    input: z.object({ id: Id }),
    output: Empty,
    needs: 'case.read',
    audit: 'search.saved-removed',
  }),
  /** Writes the found list, up to 5,000 hits, as a table; what is masked on screen is masked there. */
  exportList: command({
    input: SearchQuestion.extend({ file: z.string().min(1).max(4000), as: z.enum(['csv', 'pdf']) }),
    output: z.object({ fileName: z.string(), rowCount: z.number().int(), complete: z.boolean() }),
    needs: 'search.export',
    audit: 'search.exported',
  }),
  /** Compares the index with the catalogue and the stored texts, or writes it anew from them. */
  checkIndex: job({
    input: z.object({ rebuild: z.boolean().default(false) }),
    output: z.object({ jobId: Id }),
    needs: 'vault.check',
    audit: 'search.index-checked',
  }),
})
