import { createHash } from 'node:crypto'
import type { ImportRequest } from '../../shared/contract/intake.ts'
import type { CatalogueTemplate } from '../../shared/domain/catalogue-template.ts'
import { PAGE_KIND_INFO, type PageKind } from '../../shared/domain/page-kind.ts'
import { nextPrintedNumber } from '../../shared/domain/page-number.ts'
import { matchSystemItem } from '../../shared/domain/title-matcher.ts'
import type { VolumeRecord } from '../catalogue/index.ts'
import type { JobWork } from '../jobs/index.ts'
import { archivalName, MASTER_NAME_TEMPLATE, requireNameTemplate } from './archival-name.ts'
import type { ImportParts } from './import-parts.ts'
import type { PreparedSource } from './import-sources.ts'
import type { SourceFile } from './source-files.ts'

const SYSTEM_ITEM_KINDS: Readonly<Record<string, PageKind>> = {
  封面: 'cover',
  卷内目录: 'catalogue',
  备考表: 'note',
  卷底: 'back',
}

/** Two folders may hold files of one name, size and time, so the place counts too: as a hash, since it is long. */
export function unitKeyOf(file: SourceFile): string {
  const place = createHash('sha256').update(file.absolutePath).digest('hex').slice(0, 16)
  return [place, file.displayName, file.sizeBytes, Math.trunc(file.modifiedMs)].join('|')
}

/** What a page is, told by its file's name where the name is that of an unnumbered part of the volume. */
function kindOf(fileName: string, blank: boolean, template: CatalogueTemplate | undefined): PageKind {
  const base = fileName.split('/').at(-1) ?? fileName
  const title = base.replace(/\.[^.]*$/u, '').replace(/^[\d\s_.-]+|[\d\s_.-]+$/gu, '')
  const named = template === undefined ? title : (matchSystemItem(template, title) ?? title)
  return SYSTEM_ITEM_KINDS[named] ?? (blank ? 'blank' : 'content')
}

/** Files sealed sources as pages of a book, in one transaction a call, each with its line of outcome. */
export function pageFiling(
  parts: ImportParts,
  work: JobWork<ImportRequest>,
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
