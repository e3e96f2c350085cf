import { z } from 'zod'
import { area, command, query, type ResourceRef } from './method.ts'
import { Empty, Id, IsoTime } from './model.ts'

const ofVolume = ({ volumeId }: { volumeId: string }): ResourceRef => ({ kind: 'volume', id: volumeId })
const Words = z.string().trim().max(1000)

/** 纸电一致性核对报告: the signed proof of a settled checking. */
export const proofs = area('proofs', {
  /** Whether everything is settled; what is still in the way otherwise. */
  readiness: query({
    input: z.object({ volumeId: Id, reconciliationId: Id }),
    output: z.object({
      ready: z.boolean(),
      lacking: z.array(z.object({ code: z.string(), count: z.number().int() })),
    }),
    needs: 'difference.read',
    resource: ofVolume,
  }),
  /** Closes the checking with a signed report, sealed in the vault. Throws RECONCILE_NOT_SETTLED. */
  make: command({
    input: z.object({ volumeId: Id, reconciliationId: Id, conclusion: Words.default('') }),
    output: z.object({ reportId: Id }),
    needs: 'reconcile.prove',
    resource: ofVolume,
    audit: 'proof.made',
  }),
  /**
   * Gives up what is being made, written or verified for a volume: that call then throws CALL_CANCELLED, and nothing of
   * it remains. Without such work it does nothing.
   */
  stop: command({
    input: z.object({ volumeId: Id }),
    output: Empty,
    needs: 'case.read',
    resource: ofVolume,
    audit: 'proof.stopped',
  }),
  list: query({
    input: z.object({ volumeId: Id }),
    output: z.array(
      z.object({
        id: Id,
        at: IsoTime,
        by: z.string(),
        differences: z.number().int(),
        pages: z.number().int(),
        sha256: z.string(),
      }),
    ),
    needs: 'case.read',
    resource: ofVolume,
  }),
  /** Writes the report: the PDF for people, the JSON for the checker. */
  export: command({
    input: z.object({ volumeId: Id, reportId: Id, format: z.enum(['pdf', 'json']), path: z.string().min(1) }),
    output: Empty,
    needs: 'page.export',
    resource: ofVolume,
    audit: 'proof.exported',
  }),
  /** Checks a report against the vault as it stands now, point by point. */
  verify: query({
    input: z.object({
      volumeId: Id,
      reportId: Id,
      /** A report as a file, JSON or PDF, that is checked in place of the one sealed in the vault. */
      path: z.string().min(1).optional(),
    }),
    output: z.object({
      ok: z.boolean(),
      points: z.array(z.object({ code: z.string(), ok: z.boolean(), detail: z.string() })),
    }),
    needs: 'case.read',
    resource: ofVolume,
  }),
})
