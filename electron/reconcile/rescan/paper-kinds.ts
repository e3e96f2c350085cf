import type { Compartment, OpenVault } from '../../vault/index.ts'
import { listPageOf } from '../lists/list-pages.ts'
import type { PaperRecords, PlacedPaperPage } from '../records/paper-records.ts'
import { openReading } from './sealed-content.ts'

/** What each page of the fresh scan is, so that one put into the volume is counted as it should be. */
export function markKinds(
  vault: Pick<OpenVault, 'sealDraft' | 'openDraft'>,
  compartment: Compartment,
  papers: PaperRecords,
  paper: readonly PlacedPaperPage[],
  signatures: readonly { readonly blank: boolean }[],
): void {
  paper.forEach(({ id, kind: known }, place) => {
    const sealed = papers.reading(id)
    const list = sealed === undefined ? null : listPageOf(openReading(vault, compartment, id, sealed))
    const kind = signatures[place]?.blank === true ? 'blank' : (list ?? 'content')
    if (kind !== known) papers.setKind(id, kind)
  })
}
