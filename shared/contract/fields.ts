import { z } from 'zod'
import { area, query } from './method.ts'
import { Id } from './model.ts'

/** Fields whose sensitive parts every reply masks; a party, or a change of a request, is named by its place, from 0. */
export const MASKED_FIELDS = ['title', 'documentNumber', 'responsible', 'remark', 'cause', 'handler'] as const

export const fields = area('fields', {
  /** One value without its mask. The record has the reason and never the value. */
  unmask: query({
    input: z.object({
      kind: z.enum(['case', 'item', 'approval']),
      id: Id,
      field: z.union([
        z.enum(MASKED_FIELDS),
        z.string().regex(/^(?:party\.\d{1,3}|change\.\d{1,5}\.(?:before|after))$/),
      ]),
      reason: z.string().trim().min(1).max(300),
    }),
    output: z.object({ value: z.string() }),
    needs: 'field.unmask',
    resource: ({ kind, id }) => ({ kind, id }),
    audit: 'field.unmasked',
  }),
})
