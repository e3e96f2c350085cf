import { z } from 'zod'
import { Id } from '../../../shared/contract/model.ts'

/** The job's name in the list of jobs. */
export const RESCAN_JOB = 'reconcile'

export const RescanInput = z.object({
  volumeId: Id,
  reconciliationId: Id,
  paths: z.array(z.string()),
  part: z.boolean(),
  duplex: z.boolean().default(false),
  afterPaperPageId: Id.nullable(),
  readTexts: z.boolean(),
})
export type RescanInput = z.infer<typeof RescanInput>
