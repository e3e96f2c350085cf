import { ImportRequest } from '../../shared/contract/intake.ts'
import { mayHoldImages } from '../../shared/domain/secrecy.ts'
import { AppError } from '../../shared/errors.ts'
import type { JobKind, JobWork } from '../jobs/index.ts'
import type { WriteBatch } from '../vault/index.ts'
import { catalogueRows, markMatter, tableRows } from './import-cataloguing.ts'
import type { ImportParts } from './import-parts.ts'
import { type PreparedSource, sealSource } from './import-sources.ts'
import { pageFiling, unitKeyOf } from './page-filing.ts'
import { sealInGroups } from './sealing-line.ts'
import { listSourceFiles, type SourceFile } from './source-files.ts'

/** Files sealed together: one folder sync and one commit for all of them. */
const GROUP_FILES = 32
/** Files in hand at once: some are decoded while others wait for the disk. */
const FILES_AT_ONCE = 12

/**
 * Imports files into a volume: each is proven readable, sealed byte for byte, and its pages catalogued, group by
 * group; what a group's transaction recorded is never done again when the job is resumed.
 */
export function importJob(parts: ImportParts): JobKind<ImportRequest> {
  const { catalogue } = parts
  return {
    kind: 'import',
    input: ImportRequest,
    label: ({ volumeId }) => {
      const volume = catalogue.volumes.require(volumeId)
      return catalogue.cases.require(volume.caseId).number
    },
    caseId: ({ volumeId }) => catalogue.volumes.require(volumeId).caseId,
    resources: ({ volumeId }) => [`volume:${volumeId}`],
    run: (work) => runImport(parts, work),
  }
}

async function runImport(parts: ImportParts, work: JobWork<ImportRequest>): Promise<void> {
  const { vault, catalogue } = parts
  const { input, signal } = work
  const volume = catalogue.volumes.require(input.volumeId)
  // The program may hold no State secret: from 秘密 up a case is a register entry without images (domain.md §3.2).
  const { secrecy } = catalogue.cases.require(volume.caseId)
  if (!mayHoldImages(secrecy)) throw new AppError('INTAKE_SECRECY_FORBIDS', { secrecy })
  const book = catalogue.volumes.books(volume.id).at(-1)
  if (book === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'book', id: volume.id })
  const rows = input.table === undefined ? undefined : await tableRows(input.table, volume)

  work.progress({ phase: 'listing' })
  const listing = await listSourceFiles(input.paths, { signal })
  for (const problem of listing.problems) {
    work.record({
      unitKey: `problem|${problem.displayName}`,
      subject: problem.displayName,
      outcome: 'failed',
      code: problem.error.code,
      details: problem.error.details,
    })
  }
  if (listing.files.length === 0 && listing.problems.length === 0)
    throw new AppError('INTAKE_NOTHING_TO_IMPORT')

  const settled = (file: SourceFile) => {
    const known = work.outcomeOf(unitKeyOf(file))
    return known === 'imported' || known === 'duplicate'
  }
  const left = listing.files.filter((file) => !settled(file))
  const tally = { done: listing.files.length - left.length, bytes: 0 }
  work.progress({ phase: 'importing', done: tally.done, total: listing.files.length })

  const filing = pageFiling(parts, work, volume, book)
  const inHand = new Map<string, string>()
  const duplicateOf = (file: SourceFile) => (sha256: string) => {
    if (input.duplicates === 'keep') return undefined
    const earlier = catalogue.pages.findSourceFile(volume.id, sha256)?.name ?? inHand.get(sha256)
    if (earlier === undefined) inHand.set(sha256, file.displayName)
    return earlier
  }
  const forget = (file: SourceFile) => {
    for (const [sha256, name] of inHand) if (name === file.displayName) inHand.delete(sha256)
  }
  const progressed = (file: SourceFile) => {
    tally.done += 1
    tally.bytes += file.sizeBytes
    work.progress({ done: tally.done, bytes: tally.bytes })
  }

  const failedNames = new Set<string>()
  const seal = async (file: SourceFile, batch: WriteBatch): Promise<PreparedSource> => {
    const { compartment } = volume
    const { pdf, newId } = parts
    const options = { vault, pdf, newId, compartment, detectBlank: input.detectBlank }
    const one = await sealSource(file, batch, { ...options, duplicateOf: duplicateOf(file) }, signal)
    if (one.outcome === 'failed') {
      forget(file)
      failedNames.add(file.displayName)
    }
    return one
  }
  await sealInGroups<SourceFile, PreparedSource>({
    items: left,
    groupSize: GROUP_FILES,
    lanes: FILES_AT_ONCE,
    newBatch: () => vault.objects.batch(),
    seal: async (file, batch) => {
      const one = await seal(file, batch)
      progressed(file)
      return one
    },
    review: async (group, batch) => {
      for (const [place, one] of group.entries()) {
        // Taken for a copy of a file that turned out bad: it is judged by itself.
        if (one.outcome === 'duplicate' && failedNames.has(one.of)) group[place] = await seal(one.file, batch)
      }
    },
    file: filing.file,
    signal,
  })

  work.progress({ phase: 'cataloguing' })
  catalogue.transaction(() => {
    markMatter(parts, work, volume, book.id)
    if (rows !== undefined) catalogueRows(parts, work, volume, book.id, rows)
  })
  parts.changed(volume.caseId)
}
