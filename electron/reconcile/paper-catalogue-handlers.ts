import { AppError } from '../../shared/errors.ts'
import type { Call, Handlers } from '../access/index.ts'
import { compareLists, electronicLists } from './lists/compare-lists.ts'
import { withHiddenPutBack, withNamesHidden } from './lists/hidden-names.ts'
import { givenCatalogue, keepCatalogue } from './lists/kept-catalogue.ts'
import { listDifferences } from './lists/list-differences.ts'
import { listsOfScan, rowsOfFile, rowsOfText } from './lists/read-lists.ts'
import type { ReconcileParts } from './reconcile-parts.ts'
import { reconciliationRecords } from './records/reconciliation-records.ts'
import { differenceDesk } from './register/difference-desk.ts'

type Methods =
  | 'paperCatalogue.get'
  | 'paperCatalogue.set'
  | 'paperCatalogue.readFile'
  | 'paperCatalogue.readText'
  | 'paperCatalogue.readScan'

interface Work {
  readonly volumeId: string
  readonly reconciliationId: string
}

/** 目录核对: what the paper says of itself, kept sealed and held against the electronic catalogue. */
export function paperCatalogueHandlers(parts: ReconcileParts): Handlers<Methods> {
  const catalogue = () => parts.catalogue()
  const given = (volumeId: string, reconciliationId: string) => {
    const { compartment } = catalogue().volumes.require(volumeId)
    return givenCatalogue(catalogue(), parts.vault(), { reconciliationId, compartment })
  }
  /** Rows are proposed to whoever is about to keep them: the checking must be open. */
  const openVolume = ({ volumeId, reconciliationId }: Work) => {
    reconciliationRecords(catalogue()).requireOpen(volumeId, reconciliationId)
    return catalogue().volumes.require(volumeId)
  }
  const nameOf = (accountId: string) => catalogue().accounts.find(accountId)?.displayName ?? accountId

  return {
    'paperCatalogue.get': ({ volumeId, reconciliationId }) => {
      const { caseId } = reconciliationRecords(catalogue()).require(volumeId, reconciliationId)
      const known = given(volumeId, reconciliationId)
      if (known === undefined)
        return { catalogue: null, givenBy: null, givenAt: null, pairs: [], findings: [] }
      const { pairs, findings } = compareLists(known.catalogue, electronicLists(catalogue(), volumeId))
      const shown = withNamesHidden(catalogue().cases.parties(caseId), known.catalogue, findings)
      return { ...shown, givenBy: nameOf(known.by), givenAt: known.at, pairs }
    },
    'paperCatalogue.set': ({ volumeId, reconciliationId, catalogue: typed }, call) => {
      const { caseId } = reconciliationRecords(catalogue()).requireOpen(volumeId, reconciliationId)
      const { compartment } = catalogue().volumes.require(volumeId)
      const parties = catalogue().cases.parties(caseId)
      const by = accountOf(call)
      const paper = withHiddenPutBack(typed, given(volumeId, reconciliationId)?.catalogue, parties)
      const electronic = electronicLists(catalogue(), volumeId)
      const { findings } = compareLists(paper, electronic)
      const hidden = withNamesHidden(parties, paper, findings).findings
      // titles go into the register as they are, so that a plan can put them into the catalogue
      const told = findings.map((finding, at) =>
        finding.field === 'cover' ? (hidden[at] ?? finding) : finding,
      )
      const found = listDifferences(reconciliationId, paper, electronic, told)
      const tally = catalogue().transaction(() => {
        const at = parts.now().toISOString()
        keepCatalogue(
          catalogue(),
          parts.vault(),
          { reconciliationId, compartment },
          { catalogue: paper, by, at },
        )
        return differenceDesk(parts).file(reconciliationId, 'catalogue', found, by)
      })
      call.note({
        details: { rows: paper.rows.length, findings: findings.length, newDifferences: tally.added },
      })
      parts.changed(volumeId)
      return { findings: findings.length, newDifferences: tally.added }
    },
    'paperCatalogue.readFile': async (work) => await rowsOfFile(work.path, openVolume(work)),
    'paperCatalogue.readText': (work) => rowsOfText(work.text, openVolume(work)),
    'paperCatalogue.readScan': (work) => listsOfScan(parts, openVolume(work), work.reconciliationId),
  }
}

/** Throws ACCESS_NOT_SIGNED_IN. */
function accountOf(call: Call): string {
  if (call.session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
  return call.session.accountId
}
