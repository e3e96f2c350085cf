import { readPrintedNumber } from '../../../shared/domain/page-number.ts'
import type { ProposalPage } from '../../../shared/domain/page-proposal.ts'
import { numberProposals } from '../../../shared/domain/page-proposal-number.ts'
import { pageSignals } from '../../../shared/domain/page-signal.ts'
import type { Compartment, OpenVault } from '../../vault/index.ts'
import type { PaperRecords, PlacedPaperPage } from '../records/paper-records.ts'
import { openReading } from './sealed-content.ts'

/** As sure as a number in the corner with one neighbour that it goes on from; one that stands alone is a guess. */
const SURE_ENOUGH = 0.6

const SIDES = { front: 'A', back: 'B' } as const

/**
 * Puts down the printed number of each page of the fresh scan that was read, by the rules that propose numbers for
 * electronic pages: what stands in the corner and goes on from the pages around it.
 */
export function numberPaper(
  vault: Pick<OpenVault, 'sealDraft' | 'openDraft'>,
  compartment: Compartment,
  papers: PaperRecords,
  paper: readonly PlacedPaperPage[],
): void {
  const pages = paper.map(({ id, sequence, side, turn }): ProposalPage => {
    const sealed = papers.reading(id)
    return {
      ...{ id, versionId: id, bookId: '', itemId: null, position: sequence, printedNumber: '' },
      ...{ kind: 'content', side: side === null ? null : SIDES[side], turn },
      signals: sealed === undefined ? null : pageSignals(openReading(vault, compartment, id, sealed)),
    }
  })
  const numbers = new Map(
    numberProposals(pages).flatMap(({ page, proposed, confidence }) =>
      confidence >= SURE_ENOUGH && readPrintedNumber(proposed) !== null ? [[page.id, proposed] as const] : [],
    ),
  )
  for (const { id, printedNumber } of paper) {
    const number = numbers.get(id) ?? ''
    if (number !== printedNumber) papers.setPrintedNumber(id, number)
  }
}
