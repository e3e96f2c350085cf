import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import type { ItemDraft } from '../../shared/contract/cases.ts'
import { parseTemplate } from '../../shared/domain/catalogue-template.ts'
import { parseFileNameTemplate } from '../../shared/domain/index.ts'
import { templateTable } from '../../shared/domain/template-table.ts'
import { matchTitle } from '../../shared/domain/title-matcher.ts'
import { AppError } from '../../shared/errors.ts'
import type { Call, Handlers } from '../access/index.ts'
import { type Catalogue, type ItemFields, restoreItemDraft } from '../catalogue/index.ts'
import type { JobDesk } from '../jobs/index.ts'
import {
  archivalName,
  EXPORT_NAME_TEMPLATE,
  MASTER_NAME_TEMPLATE,
  requireNameTemplate,
} from './archival-name.ts'
import { applyColumnMapping } from './catalogue-rows.ts'
import { proposeColumnMapping } from './column-mapping.ts'
import { readRowTable } from './row-table.ts'
import { listSourceFiles } from './source-files.ts'
import { storedDate } from './table-cataloguing.ts'
import type { TemplateShelf } from './template-shelf.ts'

/** What the handlers of intake and cataloguing work with. */
export interface IntakeDeskParts {
  readonly catalogue: () => Catalogue
  readonly jobs: () => JobDesk
  readonly templates: () => TemplateShelf
  readonly unitName: () => string
  readonly now: () => Date
  readonly newId: () => string
  readonly changed: (caseId: string) => void
  readonly settingsChanged: () => void
}

type IntakeMethods =
  | 'intake.plan'
  | 'intake.readTable'
  | 'intake.previewName'
  | 'intake.start'
  | 'items.create'
  | 'items.update'
  | 'items.propose'
  | 'templates.list'
  | 'templates.get'
  | 'templates.save'
  | 'settings.get'
  | 'settings.set'

const TABLE_SAMPLE_ROWS = 50
const NAME_EXAMPLES = 3

function starter(call: Call): string {
  if (call.session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
  return call.session.accountName
}

export function intakeHandlers(parts: IntakeDeskParts): Handlers<IntakeMethods> {
  const templateOf = (volumeId: string) => {
    const volume = parts.catalogue().volumes.require(volumeId)
    return volume.templateId === null
      ? undefined
      : parts.templates().find(volume.templateId, volume.templateVersion)
  }
  const fieldsOf = (
    volumeId: string,
    draft: z.output<typeof ItemDraft>,
    printed: Pick<ItemFields, 'firstPrinted' | 'lastPrinted'>,
  ): ItemFields => ({
    ...draft,
    ...printed,
    date: storedDate(draft.date),
    templateRowTitle:
      templateOf(volumeId)?.rows.find((row) => row.number === draft.templateRow)?.title ?? null,
  })
  const settings = () => {
    const { desk } = parts.catalogue()
    return {
      unitName: parts.unitName(),
      masterNameTemplate: desk.setting('masterNameTemplate') ?? MASTER_NAME_TEMPLATE,
      exportNameTemplate: desk.setting('exportNameTemplate') ?? EXPORT_NAME_TEMPLATE,
    }
  }
  const summaryOf = (template: ReturnType<TemplateShelf['newest']>[number]) => ({
    id: template.id,
    version: template.version,
    title: template.title.zh,
    titleEnglish: template.title.en,
    volume: templateTable(template)[0]?.卷 ?? '',
    rowCount: template.rows.length,
    shipped: parts.templates().isShipped(template),
  })

  return {
    'intake.plan': async ({ paths }) => {
      const listing = await listSourceFiles(paths)
      return {
        files: [
          ...listing.files.map((file) => ({
            name: file.displayName,
            sizeBytes: file.sizeBytes,
            problem: null,
          })),
          ...listing.problems.map((problem) => ({
            name: problem.displayName,
            sizeBytes: 0,
            problem: problem.error.code,
          })),
        ],
        totalBytes: listing.files.reduce((sum, file) => sum + file.sizeBytes, 0),
        ignoredCount: listing.ignoredCount,
      }
    },
    'intake.readTable': async ({ path, mapping: given }) => {
      const table = await readRowTable(await readFile(path))
      const mapping = given ?? proposeColumnMapping(table.headers)
      return {
        headers: [...table.headers],
        rowCount: table.rows.length,
        sample: table.rows.slice(0, TABLE_SAMPLE_ROWS).map((row) => [...row.cells]),
        encoding: table.encoding,
        mapping,
        problems: mapping === null ? [] : [...applyColumnMapping(table, mapping).problems],
      }
    },
    'intake.previewName': ({ template, volumeId }) => {
      const read = parseFileNameTemplate(template)
      if (!read.ok) {
        const [problem] = read.problems
        const position = problem !== undefined && 'at' in problem ? problem.at : 0
        return { ok: false, problem: problem?.reason ?? 'empty', position }
      }
      const volume = volumeId === undefined ? undefined : parts.catalogue().volumes.require(volumeId)
      const caseNumberFileSafe =
        volume === undefined
          ? '2026_云0199_民初_00123'
          : parts.catalogue().cases.numberFacts(volume.caseId).fileSafe
      const examples = Array.from({ length: NAME_EXAMPLES }, (_, place) =>
        archivalName(read.template, {
          caseNumberFileSafe,
          kind: volume?.kind ?? 'main',
          book: 1,
          position: place + 1,
          format: 'jpeg',
        }),
      )
      return { ok: true, examples }
    },
    'intake.start': (request, call) => parts.jobs().start('import', request, starter(call)),
    'items.create': ({ bookId, volumeId, draft }) => {
      const { volumes } = parts.catalogue()
      const volume = volumes.require(volumeId)
      if (!volumes.books(volumeId).some((book) => book.id === bookId)) {
        throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'book', id: bookId })
      }
      const fields = fieldsOf(volumeId, draft, { firstPrinted: '', lastPrinted: '' })
      const item = volumes.insertItem({ id: parts.newId(), bookId, fields, at: parts.now().toISOString() })
      parts.changed(volume.caseId)
      return item
    },
    'items.update': ({ itemId, draft }) => {
      const { volumes } = parts.catalogue()
      const volume = volumes.ofItem(itemId)
      const item = volumes.requireItem(itemId)
      const { firstPrinted, lastPrinted } = item
      const fields = fieldsOf(volume.id, restoreItemDraft(item, draft), { firstPrinted, lastPrinted })
      const updated = volumes.updateItem(itemId, fields, parts.now().toISOString())
      parts.changed(volume.caseId)
      return updated
    },
    'items.propose': ({ volumeId, title }) => {
      const template = templateOf(volumeId)
      if (template === undefined) return []
      return matchTitle(template, title).map(({ row, confidence, reason }) => ({
        row: row.number,
        title: row.title,
        confidence,
        reason,
      }))
    },
    'templates.list': () => parts.templates().newest().map(summaryOf),
    'templates.get': ({ id }) => {
      const template = parts.templates().find(id, null)
      if (template === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'template', id })
      return template
    },
    'templates.save': ({ template: given }) => {
      const template = parseTemplate(given)
      parts.templates().save(template)
      parts.settingsChanged()
      return summaryOf(template)
    },
    'settings.get': () => settings(),
    'settings.set': (given) => {
      const { desk } = parts.catalogue()
      requireNameTemplate(given.masterNameTemplate)
      requireNameTemplate(given.exportNameTemplate)
      parts.catalogue().transaction(() => {
        desk.putSetting('unitName', given.unitName)
        desk.putSetting('masterNameTemplate', given.masterNameTemplate)
        desk.putSetting('exportNameTemplate', given.exportNameTemplate)
      })
      parts.settingsChanged()
      return settings()
    },
  }
}
