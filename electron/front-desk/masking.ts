import type { ApprovalDetail } from '../../shared/contract/approvals.ts'
import type { OutputOf } from '../../shared/contract/index.ts'
import type { CaseRow, CaseTree, Item, PageVersion, Volume } from '../../shared/contract/model.ts'
import type { Proposal } from '../../shared/contract/proposals.ts'
import type { SearchedCase, SearchHit } from '../../shared/contract/search.ts'
import { maskSensitive, shelteredName } from '../../shared/domain/sensitive-text.ts'
import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../access/index.ts'
import type { Catalogue } from '../catalogue/index.ts'

const maskRow = (row: CaseRow): CaseRow => ({
  ...row,
  title: maskSensitive(row.title),
  cause: maskSensitive(row.cause),
  handler: maskSensitive(row.handler),
})

const maskItem = (item: Item): Item => ({
  ...item,
  title: maskSensitive(item.title),
  documentNumber: maskSensitive(item.documentNumber),
  responsible: maskSensitive(item.responsible),
  remark: maskSensitive(item.remark),
})

const maskVolume = (volume: Volume): Volume => ({
  ...volume,
  books: volume.books.map((book) => ({ ...book, items: book.items.map(maskItem) })),
})

const maskTree = (tree: CaseTree): CaseTree => ({
  ...tree,
  case: maskRow(tree.case),
  parties: tree.parties.map((party) => ({
    ...party,
    name: party.sheltered === true ? shelteredName(party.name) : maskSensitive(party.name),
  })),
  volumes: tree.volumes.map(maskVolume),
})

const maskOrNull = (text: string | null) => (text === null ? null : maskSensitive(text))

// A mask is as long as what it hides, so that the marks of a match stay where they are.
const maskHit = (hit: SearchHit): SearchHit => ({
  ...hit,
  text: maskSensitive(hit.text),
  itemTitle: maskOrNull(hit.itemTitle),
})

const maskFoundCase = (found: SearchedCase): SearchedCase => ({
  ...found,
  title: maskSensitive(found.title),
  cause: maskSensitive(found.cause),
  hits: found.hits.map(maskHit),
})

const maskVersion = (version: PageVersion): PageVersion => ({
  ...version,
  sourceName: maskSensitive(version.sourceName),
  archivalName: maskSensitive(version.archivalName),
})

const maskProposals = (list: { proposals: Proposal[] }) => ({
  ...list,
  proposals: list.proposals.map((proposal) => ({
    ...proposal,
    itemTitle: maskOrNull(proposal.itemTitle),
    present: maskSensitive(proposal.present),
    proposed: maskSensitive(proposal.proposed),
    reasons: proposal.reasons.map((reason) => ({ ...reason, value: maskSensitive(reason.value) })),
  })),
})

const maskApproval = (approval: ApprovalDetail): ApprovalDetail => ({
  ...approval,
  changes: approval.changes.map((change) => ({
    ...change,
    subject: maskSensitive(change.subject),
    // The digest of a file is nobody's number, and is to be compared to the letter.
    before: change.field === 'file' ? change.before : maskOrNull(change.before),
    after: change.field === 'file' ? change.after : maskOrNull(change.after),
    now: maskOrNull(change.now),
  })),
})

const maskTexts = <T extends object>(fields: T): T =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? maskSensitive(value) : value,
    ]),
  ) as T

const maskPaperCatalogue = (reply: OutputOf<'paperCatalogue.get'>): OutputOf<'paperCatalogue.get'> => ({
  ...reply,
  catalogue: reply.catalogue && {
    ...reply.catalogue,
    rows: reply.catalogue.rows.map(maskTexts),
    note: maskTexts(reply.catalogue.note),
    cover: maskTexts(reply.catalogue.cover),
  },
  findings: reply.findings.map((finding) => ({
    ...finding,
    paper: maskSensitive(finding.paper),
    electronic: maskSensitive(finding.electronic),
  })),
})

type Maskers = { readonly [M in keyof Handlers]?: (reply: never) => unknown }

/** Every reply that shows texts of a case, and how it is masked: for everybody, whatever the role. */
const MASKED = {
  'cases.list': ({ total, rows }: { total: number; rows: CaseRow[] }) => ({ total, rows: rows.map(maskRow) }),
  'cases.create': maskTree,
  'cases.update': maskTree,
  'cases.file': maskTree,
  'cases.setSecrecy': maskTree,
  'cases.setRetention': maskTree,
  'cases.tree': maskTree,
  'cases.addVolume': maskVolume,
  'cases.setTemplate': maskVolume,
  'items.create': maskItem,
  'items.update': maskItem,
  'pages.versions': (versions: PageVersion[]) => versions.map(maskVersion),
  'approvals.get': maskApproval,
  'proposals.list': maskProposals,
  'paperCatalogue.get': maskPaperCatalogue,
  'search.find': (found: { cases: SearchedCase[] }) => ({ ...found, cases: found.cases.map(maskFoundCase) }),
} as const satisfies Maskers

/** Wraps handlers so that what leaves them is masked: the one place where that is done. */
export function maskReplies(handlers: Handlers): Handlers {
  const wrapped = Object.entries(MASKED).map(([name, mask]) => {
    const answer = handlers[name as keyof typeof MASKED] as (...given: readonly unknown[]) => unknown
    const masked = async (...given: readonly unknown[]) =>
      (mask as (reply: unknown) => unknown)(await answer(...given))
    return [name, masked]
  })
  return { ...handlers, ...Object.fromEntries(wrapped) }
}

/** Answers `fields.unmask`: one value, with a reason, and a record that never holds it. */
export function unmaskHandlers(catalogue: () => Catalogue): Handlers<'fields.unmask'> {
  const ofCase = (id: string, field: string): string | undefined => {
    const row = catalogue().cases.require(id)
    if (field === 'title' || field === 'cause' || field === 'handler') return row[field]
    const place = /^party\.(\d+)$/.exec(field)?.[1]
    return place === undefined ? undefined : catalogue().cases.parties(id)[Number(place)]?.name
  }
  const ofItem = (id: string, field: string): string | undefined => {
    const item = catalogue().volumes.requireItem(id)
    return field === 'title' || field === 'documentNumber' || field === 'responsible' || field === 'remark'
      ? item[field]
      : undefined
  }
  const ofApproval = (id: string, field: string): string | undefined => {
    const [, place, side] = /^change\.(\d+)\.(before|after)$/.exec(field) ?? []
    const change = place === undefined ? undefined : catalogue().approvals.require(id).changes[Number(place)]
    return (side === 'before' ? change?.before : change?.after) ?? undefined
  }
  return {
    'fields.unmask': ({ kind, id, field }, call) => {
      call.note({ details: { field } })
      const value = { case: ofCase, item: ofItem, approval: ofApproval }[kind](id, field)
      if (value === undefined) throw new AppError('CALL_INVALID_INPUT', { field: 'field' })
      return { value }
    },
  }
}
