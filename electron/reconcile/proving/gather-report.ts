import { PROOF_FORMAT } from '../../../shared/domain/reconcile/proof.ts'
import { type Catalogue, number, text } from '../../catalogue/index.ts'
import type { OpenVault } from '../../vault/index.ts'
import { matchRecords } from '../records/match-records.ts'
import { paperRecords } from '../records/paper-records.ts'
import { gatherDifferences, gatherNotes } from './gather-differences.ts'
import type { ProofReport } from './report-shape.ts'
import { proofsOf } from './volume-proof.ts'
import { provenBooks, provenCover, provenPages, sideDigests } from './volume-sides.ts'

export interface ReportFacts {
  readonly reportId: string
  readonly volumeId: string
  readonly reconciliationId: string
  readonly unitName: string
  readonly madeAt: string
  readonly madeBy: string
  readonly conclusion: string
  readonly auditHead: string
}

function methodsOf({ sql }: Catalogue, reconciliationId: string): ProofReport['methods'] {
  const given = sql.one(
    `SELECT catalogue_given_at AS at, catalogue_given_by AS by FROM reconciliation
     WHERE id = ? AND catalogue_given_at IS NOT NULL`,
    reconciliationId,
  )
  const passes = sql.all(
    `SELECT p.*, (SELECT count(*) FROM sheet_verdict v WHERE v.pass_id = p.id AND verdict = 'agrees') AS agrees,
       (SELECT count(*) FROM sheet_verdict v WHERE v.pass_id = p.id AND verdict = 'differs') AS differs,
       (SELECT count(*) FROM sheet_verdict v WHERE v.pass_id = p.id AND verdict = 'doubtful') AS doubtful
     FROM sheet_pass p WHERE reconciliation_id = ? AND finished_at IS NOT NULL ORDER BY number`,
    reconciliationId,
  )
  const scans = paperRecords({ sql }).scans(reconciliationId)
  return [
    ...(given === undefined
      ? []
      : [{ way: 'catalogue' as const, at: text(given, 'at'), by: text(given, 'by') }]),
    ...passes.map((row) => ({
      way: 'sheets' as const,
      pass: number(row, 'number'),
      by: text(row, 'account_id'),
      startedAt: text(row, 'started_at'),
      finishedAt: text(row, 'finished_at'),
      agrees: number(row, 'agrees'),
      differs: number(row, 'differs'),
      doubtful: number(row, 'doubtful'),
    })),
    ...scans.map(({ id, name, at, by, pages, part }) => ({
      ...{ way: 'rescan' as const, scan: id, name, at, by, pages, part },
    })),
  ]
}

function plansOf({ sql }: Catalogue, reconciliationId: string): ProofReport['plans'] {
  const orNull = (value: unknown) => (value === null || value === undefined ? null : String(value))
  return sql
    .all(
      'SELECT * FROM settlement_plan WHERE reconciliation_id = ? ORDER BY prepared_at, id',
      reconciliationId,
    )
    .map((row) => ({
      id: text(row, 'id'),
      state: text(row, 'state'),
      preparedBy: text(row, 'prepared_by'),
      preparedAt: text(row, 'prepared_at'),
      approvedBy: orNull(row.approved_by),
      appliedBy: orNull(row.applied_by),
      appliedAt: orNull(row.applied_at),
      checkedBy: orNull(row.checked_by),
      checkedAt: orNull(row.checked_at),
      beforeDigest: text(row, 'before_digest'),
      afterDigest: text(row, 'after_digest'),
    }))
}

/** The pages of the fresh scan as a report names them. */
export function provenPaper({ sql }: Catalogue, reconciliationId: string): ProofReport['paperPages'] {
  return paperRecords({ sql })
    .pages(reconciliationId)
    .map(({ id, scanId, sequence, sha256, turn }) => ({ id, scan: scanId, sequence, sha256, turn }))
}

function countsBy<T>(things: readonly T[], key: (thing: T) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const thing of things) counts[key(thing)] = (counts[key(thing)] ?? 0) + 1
  return counts
}

/** Everything that a report says, read from the catalogue at one moment. Throws VAULT_COMPARTMENT_CLOSED. */
export function gatherReport(catalogue: Catalogue, vault: OpenVault, facts: ReportFacts): ProofReport {
  const { volumeId, reconciliationId } = facts
  const volume = catalogue.volumes.require(volumeId)
  const { archiveNumber } = catalogue.cases.require(volume.caseId)
  const started = catalogue.sql.one('SELECT * FROM reconciliation WHERE id = ?', reconciliationId) ?? {}
  const [previous] = proofsOf(catalogue, volumeId)
  const pages = [...provenPages(catalogue, volumeId)]
  const books = provenBooks(catalogue, volumeId).map((book) => ({ ...book, items: [...book.items] }))
  const paperPages = provenPaper(catalogue, reconciliationId)
  const cover = provenCover(catalogue, volume.caseId)
  const matches = matchRecords(catalogue).list(reconciliationId)
  const differences = gatherDifferences(catalogue, vault, volumeId, reconciliationId, previous?.at ?? '')
  const methods = methodsOf(catalogue, reconciliationId)
  const plans = plansOf(catalogue, reconciliationId)
  const notes = gatherNotes(catalogue, vault, volumeId)

  const people = [
    facts.madeBy,
    text(started, 'started_by'),
    ...methods.map(({ by }) => by),
    ...matches.map(({ decidedBy }) => decidedBy),
    ...notes.map(({ by }) => by),
    ...plans.flatMap((plan) => [plan.preparedBy, plan.approvedBy, plan.appliedBy, plan.checkedBy]),
    ...differences.flatMap(({ foundBy, judgedBy, approvedBy, handledBy, checkedBy }) => [
      ...[foundBy, judgedBy, approvedBy, handledBy, checkedBy],
    ]),
  ].filter((id): id is string => id !== null && id !== '')
  return {
    format: PROOF_FORMAT,
    reportId: facts.reportId,
    vaultId: vault.id,
    unitName: facts.unitName,
    madeAt: facts.madeAt,
    madeBy: facts.madeBy,
    conclusion: facts.conclusion,
    case: {
      id: volume.caseId,
      archiveNumber,
      cover: { ...cover, parties: [...cover.parties] },
    },
    volume: { id: volumeId, kind: volume.kind, compartment: volume.compartment },
    reconciliation: {
      id: reconciliationId,
      startedAt: text(started, 'started_at'),
      startedBy: text(started, 'started_by'),
    },
    methods,
    counts: {
      pages: pages.length,
      paperPages: paperPages.length,
      books: books.length,
      items: books.reduce((sum, { items }) => sum + items.length, 0),
      matches: countsBy(matches, ({ kind }) => kind),
      differences: countsBy(differences, ({ type }) => type),
    },
    books,
    pages,
    paperPages,
    matches: matches.map((match) => ({
      paper: match.paperPageId,
      page: match.pageId,
      version: match.versionId,
      ...{ kind: match.kind, confidence: match.confidence, moved: match.moved, turn: match.turn },
      ...{ decidedBy: match.decidedBy, changes: match.changes },
    })),
    differences,
    plans,
    notes,
    digests: sideDigests(catalogue, volumeId),
    previous: previous === undefined ? null : { reportId: previous.id, sha256: previous.sha256 },
    people: Object.fromEntries(
      [...new Set(people)].map((id) => [id, catalogue.accounts.find(id)?.displayName ?? id]),
    ),
    auditHead: facts.auditHead,
  }
}
