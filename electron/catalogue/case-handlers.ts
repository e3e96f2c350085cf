import type { CaseDraft, CaseTree, Volume, VolumeProof } from '../../shared/contract/model.ts'
import { refusalOf } from '../../shared/domain/access-decision.ts'
import {
  type CaseNumber,
  caseNumberUniquenessKey,
  caseNumberYear,
  readCaseNumber,
} from '../../shared/domain/index.ts'
import type { Permission } from '../../shared/domain/permission.ts'
import { mayHoldImages, type SecrecyLevel } from '../../shared/domain/secrecy.ts'
import { compartmentOf, type VolumeKind } from '../../shared/domain/volume-kind.ts'
import { AppError } from '../../shared/errors.ts'
import type { Call, Handlers } from '../access/index.ts'
import type { CaseNumberFacts } from './case-records.ts'
import type { Catalogue } from './catalogue.ts'
import { lentLens } from './lent-view.ts'
import { restoreCaseDraft } from './masked-input.ts'
import type { Sight } from './sight.ts'

/** What the handlers of cases and pages work with. */
export interface CaseDeskParts {
  /** Throws VAULT_NOT_OPEN while no vault is open. */
  readonly catalogue: () => Catalogue
  readonly now: () => Date
  readonly newId: () => string
  /** The template that a new volume is catalogued by. */
  readonly templateFor: (question: {
    readonly typeText: string
    readonly kind: VolumeKind
    readonly year: number | null
  }) => { readonly id: string; readonly version: number } | undefined
  readonly newestTemplate: (
    templateId: string,
  ) => { readonly id: string; readonly version: number } | undefined
  readonly changed: (caseId: string) => void
  /** Whether a job works on the case now. */
  readonly jobRuns: (caseId: string) => boolean
  /** Whether the caller may know of a case. */
  readonly seesCase: (caseId: string, call: Call) => boolean
  /** 纸电一致: since when a volume is proven; null: never. */
  readonly proofOf: (volumeId: string) => VolumeProof | null
}

function courtAndType(number: CaseNumber): { readonly court: string; readonly typeText: string } {
  const { fields } = number
  switch (fields.scheme) {
    case 'court':
      return { court: fields.court, typeText: fields.type }
    case 'court-legacy':
      return { court: '', typeText: fields.body }
    case 'procuratorate-document':
      return { court: fields.procuratorate, typeText: fields.document }
    case 'procuratorate-intake':
      return { court: fields.procuratorate, typeText: fields.category }
    case 'unified-intake':
      return { court: fields.unit, typeText: '' }
    case 'law-firm':
      return { court: fields.firm, typeText: fields.kind }
    case 'custom':
    case 'free-text':
      return { court: '', typeText: '' }
  }
}

/** The parts of a number as the dialog shows them; labels are ids of the glossary. */
function partsOf(number: CaseNumber): { label: string; value: string }[] {
  const { fields } = number
  const parts: { label: string; value: string }[] = []
  const add = (label: string, value: string | number | null) => {
    if (value !== null && value !== '') parts.push({ label, value: String(value) })
  }
  add('year', caseNumberYear(fields))
  const { court, typeText } = courtAndType(number)
  add('court', court)
  if (fields.scheme === 'court') add('special', fields.special)
  add('type', typeText)
  if ('number' in fields) add('number', fields.number)
  return parts
}

export function caseNumberFacts(number: CaseNumber): CaseNumberFacts {
  return {
    raw: number.raw,
    canonical: number.canonical,
    uniquenessKey: number.uniquenessKey,
    sortKey: number.sortKey,
    tail: number.tail,
    fileSafe: number.fileSafe,
    scheme: number.scheme,
    year: caseNumberYear(number.fields),
    ...courtAndType(number),
  }
}

type CaseMethods =
  | 'cases.list'
  | 'cases.facets'
  | 'cases.readNumber'
  | 'cases.create'
  | 'cases.update'
  | 'cases.file'
  | 'cases.setSecrecy'
  | 'cases.setRetention'
  | 'cases.tree'
  | 'cases.addVolume'
  | 'cases.setTemplate'
  | 'cases.savedViews'
  | 'cases.saveView'
  | 'cases.removeView'
  | 'pages.list'
  | 'pages.versions'
  | 'pages.assign'
  | 'pages.mark'
  | 'pages.setTurn'
  | 'pages.confirmNumber'

export function caseHandlers(parts: CaseDeskParts): Handlers<CaseMethods> {
  const { now, newId, changed } = parts
  const clock = now
  const accountOf = (call: Call): string => {
    if (call.session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
    return call.session.accountId
  }
  const readOrRefuse = (typed: string): CaseNumber => {
    const reading = readCaseNumber(typed, { clock })
    if (!reading.ok) throw new AppError('CASE_NUMBER_INVALID', { reason: reading.reason })
    return reading.number
  }

  const filedBy = (caseId: string): CaseTree['filed'] => {
    const { cases, accounts } = parts.catalogue()
    const filed = cases.filed(caseId)
    return filed === null ? null : { at: filed.at, by: accounts.find(filed.by)?.displayName ?? filed.by }
  }
  /** No images of a State secret: a case that has some cannot become one (domain.md §3.2). */
  const refuseImages = (caseId: string, secrecy: SecrecyLevel) => {
    if (parts.catalogue().cases.require(caseId).pageCount > 0 && !mayHoldImages(secrecy))
      throw new AppError('INTAKE_SECRECY_FORBIDS', { secrecy })
  }
  /** 密级 and 保管期限 have permissions of their own, also where they come along with other fields. */
  const refuseOwnFields = (caseId: string, draft: CaseDraft, call: Call) => {
    const { cases, assignments } = parts.catalogue()
    const { status, secrecy, retention } = cases.require(caseId)
    const standing = assignments.standing(caseId, accountOf(call), now().toISOString())
    const needed: readonly Permission[] = [
      ...(draft.secrecy === secrecy ? [] : (['secrecy.change'] as const)),
      ...(draft.retention === retention ? [] : (['retention.change'] as const)),
    ]
    for (const needs of needed) {
      const facts = { caseId, status, secrecy, compartment: null, ...standing }
      const reason = refusalOf(call.session?.grants ?? [], needs, facts)
      if (reason !== null) throw new AppError('ACCESS_DENIED', { needs, reason })
    }
  }

  const tree = (caseId: string, call: Call): CaseTree => {
    const { cases, volumes } = parts.catalogue()
    const row = cases.require(caseId)
    const shown = volumes.ofCase(caseId).map((volume): Volume => {
      const readable = call.session?.compartments.has(volume.compartment) === true
      if (!readable) return { ...volume, readable, books: [] }
      return { ...volume, readable, books: volumes.books(volume.id), proof: parts.proofOf(volume.id) }
    })
    // How thick a closed volume is, is the closed volume's own: only what the account may open is counted.
    const pageCount = shown.every(({ readable }) => readable)
      ? row.pageCount
      : shown.flatMap(({ books }) => books).reduce((sum, book) => sum + book.pageCount, 0)
    return {
      case: { ...row, pageCount },
      parties: [...cases.parties(caseId)],
      numberRaw: cases.numberFacts(caseId).raw,
      filed: filedBy(caseId),
      volumes: shown,
    }
  }

  const volumeOf = (caseId: string, volumeId: string, call: Call): Volume => {
    const volume = tree(caseId, call).volumes.find(({ id }) => id === volumeId)
    if (volume === undefined) throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'volume', id: volumeId })
    return volume
  }

  const addVolume = (caseId: string, kind: VolumeKind): string => {
    const { cases, volumes } = parts.catalogue()
    const row = cases.require(caseId)
    const existing = volumes.ofCase(caseId)
    if (existing.some((volume) => volume.kind === kind)) throw new AppError('CATALOGUE_CONFLICT', { kind })
    const template = parts.templateFor({ typeText: row.typeText, kind, year: row.year })
    const id = newId()
    volumes.insert({
      id,
      caseId,
      kind,
      compartment: compartmentOf(kind),
      sequence: existing.length + 1,
      templateId: template?.id ?? null,
      templateVersion: template?.version ?? null,
    })
    volumes.insertBook({ id: newId(), volumeId: id, sequence: 1, title: '' })
    return id
  }

  const sight = (call: Call): Sight => ({
    accountId: accountOf(call),
    at: parts.catalogue().lent.moment(now()),
    grants: call.session?.grants.filter(({ permission }) => permission === 'case.read') ?? [],
    restricted: call.session?.compartments.has('restricted') === true,
  })

  const lens = (call: Call) => lentLens(parts.catalogue(), call.session, now())

  return {
    'cases.list': (request, call) => {
      const { total, rows } = parts.catalogue().cases.list(request, sight(call))
      return { total, rows: lens(call).rows(rows) }
    },
    'cases.facets': (_, call) => parts.catalogue().cases.facets(sight(call)),
    'cases.readNumber': ({ text }, call) => {
      const reading = readCaseNumber(text, { clock })
      if (!reading.ok) {
        return {
          readable: false,
          canonical: '',
          scheme: '',
          warnings: [],
          suggestions: reading.suggestions.map((suggestion) => suggestion.canonical),
          takenBy: null,
          parts: [],
        }
      }
      const { number } = reading
      const taken = parts.catalogue().cases.findByUniquenessKey(caseNumberUniquenessKey(number.fields))
      return {
        readable: true,
        canonical: number.canonical,
        scheme: number.scheme,
        warnings: number.warnings.map(({ code, ...params }) => ({
          code,
          params: Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)])),
        })),
        suggestions: number.suggestions.map((suggestion) => suggestion.canonical),
        takenBy: taken !== undefined && parts.seesCase(taken, call) ? taken : null,
        parts: partsOf(number),
      }
    },
    'cases.create': ({ draft, volumes }, call) => {
      const by = accountOf(call)
      const facts = caseNumberFacts(readOrRefuse(draft.number))
      const id = newId()
      parts.catalogue().transaction(() => {
        parts.catalogue().cases.insert({ id, draft, number: facts, at: now().toISOString(), by })
        for (const kind of new Set(volumes)) addVolume(id, kind)
        // Whoever opens a case has it as their own, whatever narrower scope their role has.
        parts.catalogue().assignments.add(
          {
            id: newId(),
            caseId: id,
            accountId: by,
            kind: 'own',
            fromAt: now().toISOString(),
            untilAt: null,
            loanId: null,
          },
          by,
          now().toISOString(),
        )
      })
      call.note({ subject: `case:${id}` })
      changed(id)
      return tree(id, call)
    },
    'cases.update': ({ caseId, draft: typed }, call) => {
      const { cases } = parts.catalogue()
      const draft = restoreCaseDraft(parts.catalogue(), caseId, typed)
      refuseOwnFields(caseId, draft, call)
      refuseImages(caseId, draft.secrecy)
      const { archiveNumber: before } = cases.require(caseId)
      cases.update(caseId, draft, caseNumberFacts(readOrRefuse(draft.number)), now().toISOString())
      const { archiveNumber: after } = cases.require(caseId)
      if (after !== before) call.note({ details: { archiveNumberBefore: before, archiveNumberAfter: after } })
      changed(caseId)
      return tree(caseId, call)
    },
    'cases.file': ({ caseId }, call) => {
      const { cases } = parts.catalogue()
      if (cases.require(caseId).status === 'filed') throw new AppError('CATALOGUE_CONFLICT', { kind: 'case' })
      if (parts.jobRuns(caseId)) throw new AppError('JOB_RESOURCE_BUSY', { caseId }, { retryable: true })
      cases.file(caseId, accountOf(call), now().toISOString())
      changed(caseId)
      return tree(caseId, call)
    },
    'cases.setSecrecy': ({ caseId, secrecy }, call) => {
      const { cases } = parts.catalogue()
      refuseImages(caseId, secrecy)
      call.note({ details: { before: cases.require(caseId).secrecy, after: secrecy } })
      cases.setSecrecy(caseId, secrecy, now().toISOString())
      changed(caseId)
      return tree(caseId, call)
    },
    'cases.setRetention': ({ caseId, retention }, call) => {
      const { cases } = parts.catalogue()
      call.note({ details: { before: cases.require(caseId).retention, after: retention } })
      cases.setRetention(caseId, retention, now().toISOString())
      changed(caseId)
      return tree(caseId, call)
    },
    'cases.tree': ({ caseId }, call) => lens(call).tree(tree(caseId, call)),
    'cases.addVolume': ({ caseId, kind }, call) => {
      const volumeId = parts.catalogue().transaction(() => addVolume(caseId, kind))
      changed(caseId)
      return volumeOf(caseId, volumeId, call)
    },
    'cases.setTemplate': ({ volumeId, templateId }, call) => {
      const { volumes } = parts.catalogue()
      const template = parts.newestTemplate(templateId)
      if (template === undefined)
        throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'template', id: templateId })
      const { caseId } = volumes.require(volumeId)
      volumes.setTemplate(volumeId, template)
      changed(caseId)
      return volumeOf(caseId, volumeId, call)
    },
    'cases.savedViews': (_, call) => parts.catalogue().desk.savedViews(accountOf(call)),
    'cases.saveView': (view, call) => {
      const saved = { id: newId(), ...view }
      parts.catalogue().desk.putSavedView(accountOf(call), saved)
      return saved
    },
    'cases.removeView': ({ id }, call) => {
      parts.catalogue().desk.removeSavedView(accountOf(call), id)
      return {}
    },
    'pages.list': ({ volumeId, first }, call) => lens(call).pages(volumeId, first),
    'pages.versions': ({ pageId }, call) => lens(call).versions(pageId),
    'pages.assign': ({ volumeId, pageIds, itemId }) => {
      const { volumes, pages } = parts.catalogue()
      const volume = volumes.require(volumeId)
      if (itemId !== null && volumes.ofItem(itemId).id !== volumeId) {
        throw new AppError('CATALOGUE_CONFLICT', { kind: 'item', id: itemId })
      }
      pages.assign(volumeId, pageIds, itemId)
      changed(volume.caseId)
      return {}
    },
    'pages.mark': ({ volumeId, pageIds, kind }) => {
      const { volumes, pages } = parts.catalogue()
      pages.mark(
        volumeId,
        pageIds.map((pageId) => ({ pageId, kind })),
      )
      changed(volumes.require(volumeId).caseId)
      return {}
    },
    'pages.setTurn': ({ volumeId, pageIds, turn }) => {
      const { volumes, pages } = parts.catalogue()
      pages.setTurn(volumeId, pageIds, turn)
      changed(volumes.require(volumeId).caseId)
      return {}
    },
    'pages.confirmNumber': ({ volumeId, pageId, printedNumber }, call) => {
      const { volumes, pages } = parts.catalogue()
      pages.confirmNumber(volumeId, pageId, printedNumber)
      call.note({ page: pageId })
      changed(volumes.require(volumeId).caseId)
      return {}
    },
  }
}
