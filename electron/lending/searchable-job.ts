import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { SEARCHABLE_FILES, SearchableExtent } from '../../shared/contract/loans.ts'
import type { ResourceRef } from '../../shared/contract/method.ts'
import type { CaseFacts } from '../../shared/domain/access-decision.ts'
import { fileNameKey } from '../../shared/domain/index.ts'
import type { Grant } from '../../shared/domain/role-matrix.ts'
import type { Compartment } from '../../shared/domain/volume-kind.ts'
import { AppError } from '../../shared/errors.ts'
import { writeFileAtomically } from '../atomic-write.ts'
import type { Catalogue } from '../catalogue/index.ts'
import { withSystemErrors } from '../errno.ts'
import { type SearchablePage, searchablePdf } from '../forms/index.ts'
import { EXPORT_NAME_TEMPLATE, type PageImages } from '../intake/index.ts'
import type { JobKind, JobWork } from '../jobs/index.ts'
import { releaseBytes } from '../release-bytes.ts'
import type { TextShelf } from '../search/index.ts'
import { exportFileName, type PlannedFile, type PlannedPage, plannedFiles } from './export-files.ts'
import { storedImage } from './export-image.ts'
import { exportScope } from './export-scope.ts'
import { type WatermarkWords, watermarkWords } from './watermark-words.ts'

export const SEARCHABLE_JOB = 'searchable-pdf'
const PRODUCER = 'Juanku'

const Input = z.object({
  extent: SearchableExtent,
  files: z.enum(SEARCHABLE_FILES),
  folder: z.string(),
  purpose: z.string(),
  accountId: z.string(),
  jobNumbers: z.array(z.string()),
  at: z.string(),
})
export type SearchableInput = z.infer<typeof Input>

/** What writing searchable PDFs works with. */
export interface SearchableParts {
  readonly catalogue: Catalogue
  readonly images: PageImages
  readonly texts: TextShelf
  /** What an account may do now. */
  readonly grantsOf: (accountId: string) => readonly Grant[]
  /** Keys at hand. */
  readonly compartments: ReadonlySet<Compartment>
  readonly factsOf: (resource: ResourceRef, accountId: string) => CaseFacts | null
  readonly unitName: () => string
  readonly machine: string
  readonly fontRegular: string
  readonly now: () => Date
}

/** What is wrong with a page of one file; anything else would stop the next file as well. */
const FAULTS_OF_A_PAGE: ReadonlySet<string> = new Set([
  'VAULT_OBJECT_MISSING',
  'VAULT_OBJECT_DAMAGED',
  'INTAKE_UNREADABLE_FILE',
  'INTAKE_TRUNCATED_FILE',
])

/**
 * Writes 双层PDF into a folder, file by file: what may be given out is judged anew when it begins, and whoever takes
 * it up after a stop finds the finished files left alone. A page that cannot be read costs its file, not the others.
 */
export function searchableJob(parts: SearchableParts): JobKind<SearchableInput> {
  const { catalogue } = parts
  const caseOf = ({ kind, id }: SearchableInput['extent']): string =>
    kind === 'case'
      ? id
      : (kind === 'volume' ? catalogue.volumes.require(id) : catalogue.volumes.ofItem(id)).caseId
  return {
    kind: SEARCHABLE_JOB,
    input: Input,
    label: ({ extent }) => catalogue.cases.require(caseOf(extent)).number,
    caseId: ({ extent }) => caseOf(extent),
    // Two exports into one folder would quarrel over names.
    resources: ({ folder }) => [`folder:${path.resolve(folder)}`],
    run: (work) => runExport(parts, work),
  }
}

async function runExport(parts: SearchableParts, work: JobWork<SearchableInput>): Promise<void> {
  const { catalogue } = parts
  const { input, signal } = work
  const { accountId } = input
  const exporter = { accountId, grants: parts.grantsOf(accountId), compartments: parts.compartments }
  const factsOf = (resource: ResourceRef) => parts.factsOf(resource, accountId)
  const scope = exportScope({ catalogue, exporter, factsOf, now: parts.now() }, input.extent)
  const { canonical: number, fileSafe } = catalogue.cases.numberFacts(scope.caseId)
  const files = plannedFiles(scope, { number, fileSafe }, input.files)
  const left = files.filter(({ key }) => work.outcomeOf(key) !== 'exported')
  const count = (of: readonly PlannedFile[]) => of.reduce((sum, { pages }) => sum + pages.length, 0)
  const tally = { done: count(files) - count(left), bytes: 0 }
  work.progress({ phase: 'exporting', total: count(files), ...tally })

  const taken = new Set(
    (await withSystemErrors('export.folder', () => readdir(input.folder))).map(fileNameKey),
  )
  const template = catalogue.desk.setting('exportNameTemplate') ?? EXPORT_NAME_TEMPLATE
  for (const file of left) {
    signal.throwIfAborted()
    const folder = { characters: input.folder.length, taken }
    const name = exportFileName(file, template, folder)
    const before = tally.done
    const writing = fileWriter(parts, work, file, () => {
      tally.done += 1
      work.progress(tally)
    })
    try {
      const counted = async function* () {
        for await (const piece of writing.pieces(number)) {
          tally.bytes += piece.byteLength
          yield piece
        }
      }
      await writeFileAtomically(path.join(input.folder, name), counted(), { signal })
      taken.add(fileNameKey(name))
      recordFile(parts, work, file, { name, unread: writing.unread })
    } catch (error) {
      if (!(error instanceof AppError) || !FAULTS_OF_A_PAGE.has(error.code)) throw error
      tally.done = before + file.pages.length
      const details = { ...error.details, page: writing.current() }
      work.record({ unitKey: file.key, subject: name, outcome: 'failed', code: error.code, details })
    }
  }
}

function recordFile(
  { catalogue }: SearchableParts,
  work: JobWork<SearchableInput>,
  file: PlannedFile,
  { name, unread }: { readonly name: string; readonly unread: readonly PlannedPage[] },
): void {
  const withheld = file.pages.filter(({ from }) => !from.withText).length
  catalogue.transaction(() => {
    work.record({
      unitKey: file.key,
      subject: name,
      outcome: 'exported',
      details: { unread: unread.length, ...(withheld === 0 ? {} : { textWithheld: withheld }) },
      pageCount: file.pages.length,
    })
    for (const { page, label } of unread)
      work.record({
        unitKey: `${file.key}|${page.id}`,
        subject: `${name} · ${/^\d/u.test(label) ? `第 ${label} 页` : label}`,
        outcome: 'unread',
      })
  })
}

function fileWriter(
  parts: SearchableParts,
  work: JobWork<SearchableInput>,
  file: PlannedFile,
  written: () => void,
) {
  const { catalogue, images, texts } = parts
  const { input, signal } = work
  const unread: PlannedPage[] = []
  let current = ''
  const wordsFor = (caseNumber: string): WatermarkWords => {
    const account = catalogue.accounts.find(input.accountId)
    const mark = {
      name: account?.displayName ?? '',
      staffNumber: account?.staffNumber ?? '',
      ...{ machine: parts.machine, caseNumber, purpose: input.purpose },
      ...{ drawn: true, untilAt: null, mayCopy: true },
    }
    return watermarkWords(mark, new Date(input.at), input.jobNumbers[0])
  }
  const layerOf = (planned: PlannedPage) => {
    const { page, from } = planned
    if (!from.withText) return null
    const text = texts.get(from.volume.compartment, page.versionId)
    if (text === undefined) unread.push(planned)
    return text ?? null
  }
  return {
    unread,
    /** The label of the page in hand, for what is said of a fault. */
    current: () => current,
    pieces: (caseNumber: string) => {
      const words = wordsFor(caseNumber)
      return searchablePdf({
        title: file.title,
        creator: parts.unitName(),
        caseNumber,
        jobNumber: input.jobNumbers.join(' '),
        createdAt: new Date(input.at),
        producer: PRODUCER,
        bookmarks: file.bookmarks,
        pages: file.pages.map(
          (planned): SearchablePage => ({
            label: planned.label,
            turn: planned.page.turn ?? 0,
            image: async () => {
              signal.throwIfAborted()
              current = planned.label
              const marked = planned.from.loanId === null ? null : { words, font: parts.fontRegular }
              return await storedImage(images, planned.page.versionId, marked)
            },
            layer: () => layerOf(planned),
            written: ({ bytes }) => {
              releaseBytes(bytes)
              written()
            },
          }),
        ),
      })
    },
  }
}
