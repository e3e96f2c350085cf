import { z } from 'zod'
import { FoundChange } from '../../../shared/contract/reconcile.ts'
import { Ground, groundWords } from '../../../shared/domain/reconcile/ground.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'

type Seals = Pick<OpenVault, 'sealDraft' | 'openDraft'>

/** What tells of pages, as it is sealed with a difference. */
const SealedWords = z.object({
  itemWords: z.string().default(''),
  paperWords: z.string().default(''),
  electronicWords: z.string().default(''),
  regions: z.array(FoundChange).default([]),
  pageIds: z.array(z.string()).default([]),
  basis: z.string().default(''),
  /** What the program found it on, in codes; `basis` says it in Chinese until a person writes another. */
  ground: Ground.nullable().default(null),
  explanation: z.string().default(''),
})
export type SealedWords = z.output<typeof SealedWords>

/** The ground in codes, until a person wrote another basis. */
export function standingGround({ basis, ground }: SealedWords): Ground | null {
  return ground !== null && groundWords(ground, 'zh') === basis ? ground : null
}

export const NO_WORDS: SealedWords = SealedWords.parse({})

const place = (compartment: Compartment, id: string) => ({ label: `difference|${id}`, compartment })

/** Throws VAULT_COMPARTMENT_CLOSED. */
export function sealWords(vault: Seals, compartment: Compartment, id: string, words: SealedWords): Buffer {
  return vault.sealDraft(place(compartment, id), Buffer.from(JSON.stringify(words), 'utf8'))
}

/** Throws VAULT_COMPARTMENT_CLOSED, VAULT_OBJECT_DAMAGED. */
export function openWords(
  vault: Seals,
  compartment: Compartment,
  id: string,
  sealed: Uint8Array | null,
): SealedWords {
  if (sealed === null) return NO_WORDS
  return SealedWords.parse(JSON.parse(vault.openDraft(place(compartment, id), sealed).toString('utf8')))
}
