import { z } from 'zod'
import { area, query } from './method.ts'
import { Id } from './model.ts'

export const SearchHit = z.object({
  caseId: Id,
  number: z.string(),
  title: z.string(),
  /** Where it was found: the number, the cause, a party, or a catalogue row. */
  field: z.enum(['number', 'cause', 'party', 'handler', 'item']),
  text: z.string(),
  /** Character range of the match in `text`. */
  matchStart: z.number().int(),
  matchEnd: z.number().int(),
  volumeId: Id.nullable(),
  itemId: Id.nullable(),
})
export type SearchHit = z.infer<typeof SearchHit>

export const search = area('search', {
  find: query({
    input: z.object({
      text: z.string().trim().min(1).max(200),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ hits: z.array(SearchHit), more: z.boolean() }),
    needs: 'case.read',
  }),
})
