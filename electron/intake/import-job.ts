import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { ImportRequest as ImportRequestShape } from '../../shared/contract/intake.ts'
import { ImportRequest } from '../../shared/contract/intake.ts'
import type { CatalogueTemplate } from '../../shared/domain/catalogue-template.ts'
import { PAGE_KIND_INFO, type PageKind } from '../../shared/domain/page-kind.ts'
import { nextPrintedNumber } from '../../shared/domain/page-number.ts'
import { mayHoldImages } from '../../shared/domain/secrecy.ts'
import { matchSystemItem } from '../../shared/domain/title-matcher.ts'
import { AppError } from '../../shared/errors.ts'
import type { Catalogue, VolumeRecord } from '../catalogue/index.ts'
import type { JobKind, JobWork } from '../jobs/index.ts'
import type { OpenVault } from '../vault/index.ts'
import { archivalName, MASTER_NAME_TEMPLATE, requireNameTemplate } from './archival-name.ts'
import { applyColumnMapping } from './catalogue-rows.ts'
import { proposeColumnMapping } from './column-mapping.ts'
import { type PreparedSource, sealSource } from './import-sources.ts'
import type { PdfReader } from './pdf-reader.ts'
import { readRowTable } from './row-table.ts'
import { listSourceFiles, type SourceFile } from './source-files.ts'
import { catalogueByTable } from './table-cataloguing.ts'
import type { TemplateShelf } from './template-shelf.ts'

export interface ImportParts {
  readonly vault: OpenVault
  readonly catalogue: Catalogue
  readonly templates: TemplateShelf
  readonly pdf: PdfReader
  readonly now: () => Date
  readonly newId: () => string
  readonly changed: (caseId: string) => void
}

/** Files sealed together: one folder sync and one commit for all of them. */
const GROUP_FILES = 16
/** Files read and decoded at once; sharp runs each on its own thread. */
const FILES_AT_ONCE = 4

const SYSTEM_ITEM_KINDS: Readonly<Record<string, PageKind>> = {
  封面: 'cover',
  卷内目录: 'catalogue',
  备考表: 'note',
  卷底: 'back',
}

/** Two folders may hold files of one name, size and time, so the place counts too: as a hash, since it is long. */
function unitKeyOf(file: SourceFile): string {
  const place = createHash('sha256').update(file.absolutePath).digest('hex').slice(0, 16)
  return [place, file.displayName, file.sizeBytes, Math.trunc(file.modifiedMs)].join('|')
}

function groupsOf<T>(list: readonly T[], size: number): T[][] {
  const groups: T[][] = []
  for (let start = 0; start < list.length; start += size) groups.push(list.slice(start, start + size))
  return groups
}

/** What a page is, told by its file's name where the name is that of an unnumbered part of the volume. */
function kindOf(fileName: string, blank: boolean, template: CatalogueTemplate | undefined): PageKind {
  const base = fileName.split('/').at(-1) ?? fileName
  const title = base.replace(/\.[^.]*$/u, '').replace(/^[\d\s_.-]+|[\d\s_.-]+$/gu, '')
  const named = template === undefined ? title : (matchSystemItem(template, title) ?? title)
  return SYSTEM_ITEM_KINDS[named] ?? (blank ? 'blank' : 'content')
}

/**
 * Imports files into a volume: each is proven readable, sealed byte for byte, and its pages catalogued, group by
 * group; what a group's transaction recorded is never done again when the job is resumed.
 */
export function importJob(parts: ImportParts): JobKind<ImportRequestShape> {
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

async function runImport(parts: ImportParts, work: JobWork<ImportRequestShape>): Promise<void> {
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

  const seal = async (group: readonly SourceFile[]): Promise<() => Promise<void>> => {
    const batch = vault.objects.batch()
    const prepared: PreparedSource[] = new Array(group.length)
    let next = 0
    const failedNames = new Set<string>()
    const sealOne = async (file: SourceFile): Promise<PreparedSource> => {
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
    const lane = async () => {
      while (next < group.length) {
        signal.throwIfAborted()
        const place = next++
        const file = group[place]
        if (file === undefined) return
        prepared[place] = await sealOne(file)
        progressed(file)
      }
    }
    const again = async () => {
      for (const [place, one] of prepared.entries()) {
        // Taken for a copy of a file that turned out bad: it is judged by itself.
        if (one?.outcome === 'duplicate' && failedNames.has(one.of)) prepared[place] = await sealOne(one.file)
      }
    }
    const lanes: PromiseSettledResult<void>[] = await Promise.allSettled(
      Array.from({ length: FILES_AT_ONCE }, lane),
    )
    if (!lanes.some((result) => result.status === 'rejected'))
      lanes.push(...(await Promise.allSettled([again()])))
    const failed = lanes.find((result) => result.status === 'rejected')
    if (failed !== undefined) {
      await batch.abandon()
      throw failed.reason
    }
    return async () => {
      await batch.commit()
      filing.file(prepared)
    }
  }

  // One group is made durable while the next is being read.
  let committing: Promise<void> = Promise.resolve()
  for (const group of groupsOf(left, GROUP_FILES)) {
    let commit: () => Promise<void>
    try {
      commit = await seal(group)
    } catch (error) {
      await committing
      throw error
    }
    await committing
    committing = commit()
    // Heard of at the next turn; this only keeps an early failure from counting as unheard.
    committing.catch(() => undefined)
  }
  await committing

  work.progress({ phase: 'cataloguing' })
  catalogue.transaction(() => {
    markMatter(parts, work, volume, book.id)
    if (rows !== undefined) catalogueRows(parts, work, volume, book.id, rows)
  })
  parts.changed(volume.caseId)
}

async function tableRows(table: NonNullable<ImportRequestShape['table']>, volume: VolumeRecord) {
  const read = await readRowTable(await readFile(table.path))
  const mapping = table.mapping ?? proposeColumnMapping(read.headers)
  if (mapping === null) throw new AppError('INTAKE_TABLE_INVALID', { reason: 'no-title-column' })
  const { rows } = applyColumnMapping(read, mapping)
  return rows.filter((row) => row.volumeKind === undefined || row.volumeKind === volume.kind)
}

function pageFiling(
  parts: ImportParts,
  work: JobWork<ImportRequestShape>,
  volume: VolumeRecord,
  book: { readonly id: string; readonly sequence: number },
) {
  const { catalogue } = parts
  const template =
    volume.templateId === null ? undefined : parts.templates.find(volume.templateId, volume.templateVersion)
  const nameTemplate = requireNameTemplate(
    catalogue.desk.setting('masterNameTemplate') ?? MASTER_NAME_TEMPLATE,
  )
  const caseNumber = catalogue.cases.numberFacts(volume.caseId).fileSafe
  const existing = catalogue.pages.list(volume.id).filter((page) => page.bookId === book.id)
  let position = catalogue.pages.lastPosition(book.id)
  let lastPrinted = existing.findLast((page) => page.printedNumber !== '')?.printedNumber ?? null

  const fileOne = (source: Extract<PreparedSource, { outcome: 'sealed' }>, at: string) => {
    const sourceId = parts.newId()
    const elsewhere = catalogue.pages.findSourceFileElsewhere(volume.id, source.source.sha256)
    catalogue.pages.insertSourceFile({
      id: sourceId,
      volumeId: volume.id,
      compartment: volume.compartment,
      objectName: source.source.name,
      name: source.file.displayName,
      format: source.format,
      sha256: source.source.sha256,
      sizeBytes: source.source.sizeBytes,
      frameCount: source.pages.length,
      remarks: source.remarks,
      jobId: work.jobId,
      importedAt: at,
      importedBy: work.startedBy,
    })
    for (const { versionId, page, object, blank } of source.pages) {
      position += 1
      const kind = kindOf(source.file.displayName, blank, template)
      const printedNumber = PAGE_KIND_INFO[kind].numbered ? nextPrintedNumber(lastPrinted) : ''
      if (printedNumber !== '') lastPrinted = printedNumber
      const pageId = parts.newId()
      catalogue.pages.insert(
        { id: pageId, bookId: book.id, itemId: null, position, sheet: null, side: null, printedNumber, kind },
        {
          id: versionId,
          pageId,
          number: 1,
          sourceFileId: sourceId,
          sourceFrame: page.index,
          compartment: volume.compartment,
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
          archivalName: archivalName(nameTemplate, {
            caseNumberFileSafe: caseNumber,
            kind: volume.kind,
            book: book.sequence,
            position,
            format: page.format,
          }),
          reason: 'import',
          createdAt: at,
          createdBy: work.startedBy,
        },
      )
    }
    work.record({
      unitKey: unitKeyOf(source.file),
      subject: source.file.displayName,
      outcome: 'imported',
      details: {
        remarks: source.remarks.join(' '),
        ...(elsewhere === undefined ? {} : { sameAs: elsewhere.name, sameInCase: elsewhere.caseId }),
      },
      pageCount: source.pages.length,
    })
  }

  return {
    file: (prepared: readonly PreparedSource[]) => {
      const at = parts.now().toISOString()
      catalogue.transaction(() => {
        for (const source of prepared) {
          const unit = { unitKey: unitKeyOf(source.file), subject: source.file.displayName }
          switch (source.outcome) {
            case 'sealed':
              fileOne(source, at)
              break
            case 'duplicate':
              work.record({ ...unit, outcome: 'duplicate', details: { of: source.of } })
              break
            case 'failed':
              work.record({
                ...unit,
                outcome: 'failed',
                code: source.error.code,
                details: source.error.details,
              })
              break
          }
        }
        catalogue.pages.recountCase(volume.caseId, at)
      })
    },
  }
}

/** Marks the unnumbered parts at both ends of what this job brought, once. */
function markMatter(
  parts: ImportParts,
  work: JobWork<ImportRequestShape>,
  volume: VolumeRecord,
  bookId: string,
): void {
  const { frontMatter, backMatter } = work.input
  if (frontMatter.length + backMatter.length === 0 || work.outcomeOf('matter') !== undefined) return
  const brought = parts.catalogue.pages.ofJob(work.jobId).filter((page) => page.bookId === bookId)
  const front = frontMatter.slice(0, brought.length)
  const back = backMatter.slice(0, Math.max(0, brought.length - front.length))
  const marks = brought.flatMap((page, place) => {
    const kind = front[place] ?? back[place - (brought.length - back.length)]
    return kind === undefined ? [] : [{ pageId: page.id, kind }]
  })
  parts.catalogue.pages.mark(volume.id, marks)
  work.record({ unitKey: 'matter', subject: '', outcome: 'skipped', details: { marked: marks.length } })
}

function catalogueRows(
  parts: ImportParts,
  work: JobWork<ImportRequestShape>,
  volume: VolumeRecord,
  bookId: string,
  rows: Awaited<ReturnType<typeof tableRows>>,
): void {
  const { catalogue } = parts
  const unitKey = 'row-table'
  if (work.outcomeOf(unitKey) === 'imported') return
  const template =
    volume.templateId === null ? undefined : parts.templates.find(volume.templateId, volume.templateVersion)
  const pages = catalogue.pages.list(volume.id).filter((page) => page.bookId === bookId)
  const names = catalogue.cases.parties(volume.caseId).map((party) => party.name)
  const items = catalogueByTable(rows, pages, template, names)
  const at = parts.now().toISOString()
  catalogue.transaction(() => {
    for (const item of items) {
      const { id } = catalogue.volumes.insertItem({ id: parts.newId(), bookId, fields: item.fields, at })
      catalogue.pages.assign(volume.id, item.pageIds, id)
    }
    work.record({
      unitKey,
      subject: '',
      outcome: 'imported',
      details: { rows: items.length, unmatched: items.filter((item) => item.pageIds.length === 0).length },
    })
  })
}
