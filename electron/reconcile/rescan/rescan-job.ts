import { plainText } from '../../../shared/domain/page-text.ts'
import { AppError } from '../../../shared/errors.ts'
import type { VolumeRecord } from '../../catalogue/index.ts'
import type { JobKind, JobWork } from '../../jobs/index.ts'
import { type MatchRecords, matchRecords } from '../records/match-records.ts'
import { type PaperRecords, paperRecords } from '../records/paper-records.ts'
import { type ReconciliationRecords, reconciliationRecords } from '../records/reconciliation-records.ts'
import { comparePairs } from './compare-pairs.ts'
import { openComparisonEngine } from './comparison-engine.ts'
import { foundDifferences, type RescanFacts } from './found-differences.ts'
import { matchSides, signSides } from './match-sides.ts'
import { markKinds } from './paper-kinds.ts'
import { numberPaper } from './printed-numbers.ts'
import { readSides } from './read-sides.ts'
import { RESCAN_JOB, RescanInput } from './rescan-input.ts'
import type { RescanParts } from './rescan-parts.ts'
import { fileScan } from './scan-filing.ts'
import { openComparison, openReading } from './sealed-content.ts'
import { starterOf } from './starter.ts'
import { sidesDigest, twoSides } from './two-sides.ts'

/** So much of a page's text tells a person which page it is. */
const BEGINNING_CHARACTERS = 60

interface Records {
  readonly reconciliations: ReconciliationRecords
  readonly papers: PaperRecords
  readonly matches: MatchRecords
}

/**
 * Checks a volume against a fresh scan of its paper: import, reading, matching, comparing, differences. Every file,
 * page and pair is done once, however often the job is stopped and resumed.
 */
export function rescanJob(parts: RescanParts): JobKind<RescanInput> {
  const { catalogue } = parts
  return {
    kind: RESCAN_JOB,
    input: RescanInput,
    label: ({ volumeId }) => catalogue.cases.require(catalogue.volumes.require(volumeId).caseId).number,
    caseId: ({ volumeId }) => catalogue.volumes.require(volumeId).caseId,
    resources: ({ volumeId }) => [`volume:${volumeId}`],
    run: (work) => runRescan(parts, work),
  }
}

async function runRescan(parts: RescanParts, work: JobWork<RescanInput>): Promise<void> {
  const { catalogue, vault, newId } = parts
  const { input, signal } = work
  const records: Records = {
    reconciliations: reconciliationRecords(catalogue),
    papers: paperRecords(catalogue),
    matches: matchRecords(catalogue),
  }
  const { reconciliations, papers, matches } = records
  const volume = catalogue.volumes.require(input.volumeId)
  if (!vault.compartments.has(volume.compartment))
    throw new AppError('VAULT_COMPARTMENT_CLOSED', { compartment: volume.compartment })
  reconciliations.requireOpen(volume.id, input.reconciliationId)
  if (input.paths.length > 0) {
    await fileScan(parts, work, volume, papers)
    if (papers.pages(input.reconciliationId).length === 0)
      throw new AppError('RECONCILE_NOTHING_SCANNED', { volumeId: volume.id })
  }

  const sides = twoSides(parts, volume, papers)
  const now = () => ({
    paper: papers.pages(input.reconciliationId),
    electronic: catalogue.pages.list(volume.id),
    decisions: matches.decisions(input.reconciliationId),
  })
  if (input.readTexts) await readSides(parts, work, volume, { ...now(), papers, sides })
  numberPaper(vault, volume.compartment, papers, papers.pages(input.reconciliationId))

  await using engine = openComparisonEngine()
  for (let matched = ''; ; ) {
    const { paper, electronic, decisions } = now()
    const digest = sidesDigest(paper, electronic, decisions)
    if (digest === matched) break
    const signatures = await signSides(work, engine, sides, { paper, electronic })
    markKinds(vault, volume.compartment, papers, paper, signatures.paper)
    const findings = await matchSides(work, engine, { paper, electronic }, signatures, decisions)
    signal.throwIfAborted()
    const since = now()
    // Somebody decided something meanwhile: what was found without it is not written over it.
    if (sidesDigest(since.paper, since.electronic, since.decisions) !== digest) continue
    catalogue.transaction(() => {
      matches.replace(input.reconciliationId, newId, findings)
      reconciliations.setMatched(input.reconciliationId, digest)
    })
    matched = sidesDigest(paper, electronic, matches.decisions(input.reconciliationId))
    if (matched !== digest) reconciliations.setMatched(input.reconciliationId, matched)
    parts.changed(volume.id)
    await comparePairs(parts, work, volume, { paper, electronic, matches, sides, engine })
  }

  signal.throwIfAborted()
  work.progress({ phase: 'filing' })
  // The checking may have been ended while its pages were compared.
  reconciliations.requireOpen(volume.id, input.reconciliationId)
  parts.differences.file(
    input.reconciliationId,
    'rescan',
    foundDifferences(factsOf(parts, records, volume, input.reconciliationId)),
    starterOf(catalogue, work.startedBy),
  )
  parts.changed(volume.id)
}

function factsOf(
  { catalogue, vault, texts }: RescanParts,
  { papers, matches }: Records,
  volume: VolumeRecord,
  reconciliationId: string,
): RescanFacts {
  const { compartment } = volume
  const books = new Map(catalogue.volumes.books(volume.id).map(({ id, sequence }) => [id, sequence]))
  const { status } = catalogue.cases.require(volume.caseId)
  const reading = (side: 'paper' | 'electronic', id: string) => {
    if (side === 'electronic') return texts.get(compartment, id)
    const sealed = papers.reading(id)
    return sealed === undefined ? undefined : openReading(vault, compartment, id, sealed)
  }
  return {
    paper: papers.pages(reconciliationId),
    electronic: catalogue.pages.list(volume.id),
    matches: matches.list(reconciliationId),
    bookNumber: (bookId) => books.get(bookId) ?? 1,
    itemTitle: (itemId) => catalogue.volumes.requireItem(itemId).title,
    pair: (matchId) => {
      const content = matches.content(matchId)
      if (content === undefined) return undefined
      const { comparison, redInk } = openComparison(vault, compartment, matchId, content)
      return { registered: comparison.registered, changes: comparison.changes, redInk }
    },
    beginning: (side, id) => {
      const text = plainText(reading(side, id)?.lines ?? []).replace(/\s+/gu, ' ')
      return [...text].slice(0, BEGINNING_CHARACTERS).join('')
    },
    stage: status === 'filed' ? 'inspection' : 'acceptance',
  }
}
