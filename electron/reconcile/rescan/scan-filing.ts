import { mayHoldImages } from '../../../shared/domain/secrecy.ts'
import { AppError } from '../../../shared/errors.ts'
import type { VolumeRecord } from '../../catalogue/index.ts'
import {
  listSourceFiles,
  type PreparedSource,
  type SourceFile,
  sealInGroups,
  sealSource,
  unitKeyOf,
} from '../../intake/index.ts'
import type { JobWork } from '../../jobs/index.ts'
import type { PaperRecords, PlacedPaperPage } from '../records/paper-records.ts'
import type { RescanInput } from './rescan-input.ts'
import type { RescanParts } from './rescan-parts.ts'
import { starterOf } from './starter.ts'

/** Files sealed together: one folder sync and one commit for all of them. */
const GROUP_FILES = 16
const FILES_AT_ONCE = 4

/** What a scan is called where it is listed: its first file or folder. */
function nameOf(files: readonly SourceFile[]): string {
  const [first] = files
  return first?.displayName.split('/').at(-2) ?? first?.displayName ?? ''
}

/**
 * Seals the files of a fresh scan and files their pages in the paper's sequence, group by group: what a group's
 * transaction recorded is never done again when the job is resumed. Bad files get their line of outcome and the good
 * ones go in, each in the place that the order of the files gives it.
 */
export async function fileScan(
  parts: RescanParts,
  work: JobWork<RescanInput>,
  volume: VolumeRecord,
  papers: PaperRecords,
): Promise<void> {
  const { vault, catalogue, pdf, newId } = parts
  const { input, signal } = work
  // The program may hold no State secret: from 秘密 up a case is a register entry without images (domain.md §3.2).
  const { secrecy } = catalogue.cases.require(volume.caseId)
  if (!mayHoldImages(secrecy)) throw new AppError('INTAKE_SECRECY_FORBIDS', { secrecy })

  work.progress({ phase: 'listing' })
  const listing = await listSourceFiles(input.paths, { signal })
  for (const { displayName, error } of listing.problems)
    work.record({
      unitKey: `problem|${displayName}`,
      subject: displayName,
      outcome: 'failed',
      code: error.code,
      details: error.details,
    })
  if (listing.files.length === 0) {
    if (listing.problems.length === 0) throw new AppError('INTAKE_NOTHING_TO_IMPORT')
    return
  }

  const scanId = scanOf(parts, work, papers, nameOf(listing.files))
  const settled = (file: SourceFile) => {
    const known = work.outcomeOf(unitKeyOf(file))
    return known === 'imported' || known === 'duplicate'
  }
  const left = listing.files.filter((file) => !settled(file))
  const tally = { done: listing.files.length - left.length, bytes: 0 }
  work.progress({ phase: 'importing', total: listing.files.length, ...tally })

  const filing = scanFiling(parts, work, volume, papers, { scanId, files: listing.files })
  const options = { vault, pdf, newId, compartment: volume.compartment, detectBlank: false }
  await sealInGroups<SourceFile, PreparedSource>({
    items: left,
    groupSize: GROUP_FILES,
    lanes: FILES_AT_ONCE,
    newBatch: () => vault.objects.batch(),
    seal: async (file, batch) => {
      // The same file given once more; two blank sheets may well be alike bit by bit, but not in name.
      const duplicateOf = (sha256: string) =>
        papers.hasFile(input.reconciliationId, file.displayName, sha256) ? file.displayName : undefined
      const sealed = await sealSource(file, batch, { ...options, duplicateOf }, signal)
      tally.done += 1
      tally.bytes += file.sizeBytes
      work.progress(tally)
      return sealed
    },
    review: async () => undefined,
    file: filing,
    signal,
  })
  if (input.duplex)
    papers.setSides(scanId, sidesOf(papers.pages(input.reconciliationId), scanId, listing.files))
  parts.changed(volume.id)
}

/**
 * Front, back, front, back, in the order of the files. A file of one image that could not be taken keeps its place; an
 * odd number of sides says that blank ones were left out, so that nothing is known of the others.
 */
function sidesOf(
  paper: readonly PlacedPaperPage[],
  scanId: string,
  files: readonly SourceFile[],
): ReadonlyMap<string, 'front' | 'back'> {
  const byName = new Map<string, PlacedPaperPage[]>()
  for (const page of paper)
    if (page.scanId === scanId) byName.set(page.name, [...(byName.get(page.name) ?? []), page])
  const inOrder = files.flatMap(({ displayName }) => byName.get(displayName) ?? [null])
  if (inOrder.length % 2 === 1) return new Map()
  return new Map(
    inOrder.flatMap((page, at) =>
      page === null ? [] : [[page.id, at % 2 === 0 ? 'front' : 'back'] as const],
    ),
  )
}

function scanOf(parts: RescanParts, work: JobWork<RescanInput>, papers: PaperRecords, name: string): string {
  const { input } = work
  const known = papers.scans(input.reconciliationId).find(({ jobId }) => jobId === work.jobId)
  if (known !== undefined) return known.id
  const id = parts.newId()
  papers.insertScan({
    ...{ id, reconciliationId: input.reconciliationId, jobId: work.jobId, name, part: input.part },
    duplex: input.duplex,
    ...{ at: parts.now().toISOString(), by: starterOf(parts.catalogue, work.startedBy) },
  })
  return id
}

function scanFiling(
  parts: RescanParts,
  work: JobWork<RescanInput>,
  volume: VolumeRecord,
  papers: PaperRecords,
  scan: { readonly scanId: string; readonly files: readonly SourceFile[] },
) {
  const { catalogue, newId } = parts
  const { reconciliationId, afterPaperPageId } = work.input
  const places = new Map(scan.files.map(({ absolutePath }, place) => [absolutePath, place]))
  const placesByName = new Map(scan.files.map(({ displayName }, place) => [displayName, place]))
  const mine = () => papers.pages(reconciliationId).filter((page) => page.scanId === scan.scanId)
  const placeOf = ({ name }: { readonly name: string }) => placesByName.get(name) ?? -1
  const lastBefore = Math.max(-1, ...mine().map(placeOf))
  let filed: { readonly place: number; readonly sequence: number } | undefined
  /** Behind which place of the paper's sequence the pages of a file belong. */
  const placeBehind = (place: number): number => {
    // In order, as nearly always; only a file that failed in an earlier run stands before others of its scan.
    if (filed !== undefined && filed.place < place && filed.place > lastBefore) return filed.sequence
    const known = mine()
    const before = known.findLast((page) => placeOf(page) < place)
    if (before !== undefined) return before.sequence
    const [after] = known
    if (after !== undefined) return after.sequence - 1
    const pages = papers.pages(reconciliationId)
    if (afterPaperPageId === null) return pages.at(-1)?.sequence ?? 0
    const anchor = pages.find(({ id }) => id === afterPaperPageId)
    if (anchor === undefined)
      throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: afterPaperPageId })
    return anchor.sequence
  }
  const fileOne = (source: Extract<PreparedSource, { outcome: 'sealed' }>, at: string) => {
    const sourceFileId = newId()
    const { compartment, id: volumeId } = volume
    catalogue.pages.insertSourceFile({
      ...{ id: sourceFileId, volumeId, compartment, objectName: source.source.name },
      ...{ name: source.file.displayName, format: source.format, frameCount: source.pages.length },
      ...{ sha256: source.source.sha256, sizeBytes: source.source.sizeBytes, remarks: source.remarks },
      ...{ jobId: null, importedAt: at, importedBy: work.startedBy },
    })
    const place = places.get(source.file.absolutePath) ?? 0
    const behind = placeBehind(place)
    filed = { place, sequence: behind + source.pages.length }
    papers.insertPages(
      source.pages.map(({ versionId, page, object }) => ({
        ...{ id: versionId, reconciliationId, scanId: scan.scanId, sourceFileId, compartment },
        sourceFrame: page.index,
        objectName: object.name,
        format: page.format,
        widthPixels: page.widthPixels,
        heightPixels: page.heightPixels,
        dpiX: page.dpiX ?? null,
        dpiY: page.dpiY ?? null,
        colourMode: page.colourMode,
        bitDepth: page.bitDepth,
        sizeBytes: object.sizeBytes,
        sha256: object.sha256,
      })),
      behind,
    )
    work.record({
      unitKey: unitKeyOf(source.file),
      subject: source.file.displayName,
      outcome: 'imported',
      details: { remarks: source.remarks.join(' ') },
      pageCount: source.pages.length,
    })
  }
  return (prepared: readonly PreparedSource[]) => {
    const at = parts.now().toISOString()
    catalogue.transaction(() => {
      for (const source of prepared) {
        const unit = { unitKey: unitKeyOf(source.file), subject: source.file.displayName }
        if (source.outcome === 'sealed') fileOne(source, at)
        else if (source.outcome === 'duplicate')
          work.record({ ...unit, outcome: 'duplicate', details: { of: source.of } })
        else
          work.record({ ...unit, outcome: 'failed', code: source.error.code, details: source.error.details })
      }
    })
  }
}
