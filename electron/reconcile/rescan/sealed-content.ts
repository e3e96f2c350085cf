import { z } from 'zod'
import { FoundChange, MatchComparison } from '../../../shared/contract/reconcile.ts'
import type { PageReading } from '../../../shared/domain/page-text.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'
import type { PairComparison } from './comparison-protocol.ts'

type Seals = Pick<OpenVault, 'sealDraft' | 'openDraft'>

/** What is kept with a compared pair, and which sides had been read by then. */
const KeptComparison = z.object({
  comparison: MatchComparison.shape.comparison.unwrap().extend({ changes: z.array(FoundChange) }),
  text: MatchComparison.shape.text,
  redInk: z.number(),
  paperRead: z.boolean(),
  electronicRead: z.boolean(),
})
export type KeptComparison = z.infer<typeof KeptComparison>

const readingPlace = (compartment: Compartment, paperPageId: string) => ({
  label: `paper-reading|${paperPageId}`,
  compartment,
})
const matchPlace = (compartment: Compartment, matchId: string) => ({ label: `match|${matchId}`, compartment })

/** What was read on a page of the fresh scan, sealed for `paper_page.reading`. */
export function sealReading(
  vault: Seals,
  compartment: Compartment,
  id: string,
  reading: PageReading,
): Buffer {
  return vault.sealDraft(readingPlace(compartment, id), Buffer.from(JSON.stringify(reading), 'utf8'))
}

/** Throws VAULT_COMPARTMENT_CLOSED, VAULT_OBJECT_DAMAGED. */
export function openReading(
  vault: Seals,
  compartment: Compartment,
  id: string,
  sealed: Uint8Array,
): PageReading {
  return JSON.parse(vault.openDraft(readingPlace(compartment, id), sealed).toString('utf8')) as PageReading
}

/** What comparing a pair found, sealed for `page_match.content`. */
export function sealComparison(
  vault: Seals,
  compartment: Compartment,
  matchId: string,
  compared: PairComparison & { readonly paperRead: boolean; readonly electronicRead: boolean },
): Buffer {
  return vault.sealDraft(matchPlace(compartment, matchId), Buffer.from(JSON.stringify(compared), 'utf8'))
}

/** Throws VAULT_COMPARTMENT_CLOSED, VAULT_OBJECT_DAMAGED. */
export function openComparison(
  vault: Seals,
  compartment: Compartment,
  matchId: string,
  sealed: Uint8Array,
): KeptComparison {
  return KeptComparison.parse(
    JSON.parse(vault.openDraft(matchPlace(compartment, matchId), sealed).toString('utf8')),
  )
}
