import type { PaperCatalogue } from '../../../shared/contract/paper-catalogue.ts'
import type { Catalogue } from '../../catalogue/index.ts'
import type { OpenVault } from '../../vault/index.ts'
import { compareLists, electronicLists, type ListPair } from './compare-lists.ts'
import { givenCatalogue } from './kept-catalogue.ts'

/** The rows of the paper's own catalogue with those of the electronic one that they are; none where it was not given. */
export function knownRows(
  catalogue: Catalogue,
  vault: Pick<OpenVault, 'sealDraft' | 'openDraft'>,
  volumeId: string,
  reconciliationId: string,
): { readonly rows: PaperCatalogue['rows']; readonly pairs: readonly ListPair[] } {
  const { compartment } = catalogue.volumes.require(volumeId)
  const given = givenCatalogue(catalogue, vault, { reconciliationId, compartment })
  if (given === undefined) return { rows: [], pairs: [] }
  const { pairs } = compareLists(given.catalogue, electronicLists(catalogue, volumeId))
  return { rows: given.catalogue.rows, pairs }
}
