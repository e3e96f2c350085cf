import { PAGE_KIND_INFO, type PageKind } from './page-kind.ts'
import {
  LEAST_CONFIDENCE,
  type ProposalDraft,
  type ProposalItem,
  type ProposalPage,
  type ProposalReason,
  type ProposalVolume,
  reason,
} from './page-proposal.ts'
import type { CaseSignal, DateSignal, Signal } from './signal.ts'
import { CATCH_ALL_CONFIDENCE, CONFIDENT_PROPOSAL, matchSystemItem, titleMatcher } from './title-matcher.ts'
import { bigrams, foldedTitle, plainTitle, similarity } from './title-normal-form.ts'

/** Pages that are no item's: covers, lists and notes, by the names that templates give them. */
const KIND_OF_SYSTEM_ITEM: Readonly<Record<string, PageKind>> = {
  封面: 'cover',
  卷皮: 'cover',
  卷内目录: 'catalogue',
  备考表: 'note',
  卷内备考表: 'note',
  卷底: 'back',
  封底: 'back',
}
const COVER =
  /^(?:\p{Script=Han}{0,8}(?:诉讼|执行|检察|侦查|律师|业务|案件))?(?:案卷|卷宗|档案)(?:\(.{1,4}\))?$/u
/** Documents that carry a number of their own, which is the case's. */
const NUMBERED_DOCUMENT = /(?:判决书|裁定书|调解书|决定书|支付令|通知书|执行令|建议书|起诉书)$/u

interface Row {
  readonly number: number
  readonly title: string
  readonly confidence: number
}

/** The row that a title belongs to; null when the template has none like it. */
type Titles = (title: string) => Row | null

/** Matching a title with every row of a template takes a while, and titles come again. */
function rowFinder(volume: ProposalVolume): Titles {
  const match = volume.template === undefined ? undefined : titleMatcher(volume.template)
  const context = { partyNames: volume.parties, courtName: volume.courtName }
  const known = new Map<string, Row | null>()
  return (title) => {
    const before = known.get(title)
    if (before !== undefined) return before
    const [best] = match?.(title, context) ?? []
    const row =
      best === undefined || best.confidence <= CATCH_ALL_CONFIDENCE
        ? null
        : { number: best.row.number, title: best.row.title, confidence: best.confidence }
    known.set(title, row)
    return row
  }
}

function rowReason(row: Row | null): ProposalReason {
  if (row === null) return reason('row-unknown')
  const words = `${row.number} ${row.title}`
  return reason(row.confidence >= CONFIDENT_PROPOSAL ? 'row-known' : 'row-likely', words)
}

/** The kind of page that a title names, when it is one of those without a number. */
function kindNamed(volume: ProposalVolume, title: string): PageKind | undefined {
  const item = volume.template === undefined ? undefined : matchSystemItem(volume.template, title)
  const kind = KIND_OF_SYSTEM_ITEM[item ?? plainTitle(title)]
  return kind ?? (COVER.test(title.normalize('NFKC')) ? 'cover' : undefined)
}

/** The date that a document is dated by: under its text at the end, else labelled near its title. */
export function documentDate(pages: readonly ProposalPage[]): DateSignal | null {
  for (const page of pages.toReversed()) {
    const closing = page.signals?.dates.filter(({ position }) => position === 'closing') ?? []
    const [best] = closing.toReversed().sort((a, b) => b.confidence - a.confidence)
    if (best !== undefined) return best
  }
  return pages[0]?.signals?.dates.find(({ position }) => position === 'heading') ?? null
}

const dateReason = ({ position, text }: DateSignal): ProposalReason =>
  reason(position === 'closing' ? 'closing-date' : 'heading-date', text)

/** What the titles, dates and numbers of documents say to the catalogue. */
export function itemProposals(volume: ProposalVolume): readonly ProposalDraft[] {
  const titles = rowFinder(volume)
  return [
    ...kindProposals(volume),
    ...newItems(volume, titles),
    ...volume.items.flatMap((item) => ofItem(volume, titles, item)),
  ]
}

/** A numbered page without a row whose title is that of a cover, a list or a note. */
function kindProposals(volume: ProposalVolume): readonly ProposalDraft[] {
  return volume.pages.flatMap((page): ProposalDraft[] => {
    const title = page.signals?.title ?? null
    if (title === null || page.itemId !== null || !PAGE_KIND_INFO[page.kind].numbered) return []
    const kind = kindNamed(volume, title.text)
    if (kind === undefined) return []
    return [
      {
        kind: 'page-kind',
        page,
        itemId: null,
        confidence: Math.min(0.97, title.confidence + 0.12),
        reasons: [reason('title-read', title.text)],
        present: page.kind,
        proposed: kind,
        places: title.places,
        change: { does: 'kind', kind },
      },
    ]
  })
}

/** Where documents begin among the pages that no row holds. */
function newItems(volume: ProposalVolume, titles: Titles): readonly ProposalDraft[] {
  const drafts: ProposalDraft[] = []
  let begun: { readonly page: ProposalPage; readonly title: Signal; readonly row: Row | null } | undefined
  let held: ProposalPage[] = []
  const close = () => {
    if (begun !== undefined) drafts.push(newItem(begun.page, begun.title, begun.row, held))
    begun = undefined
    held = []
  }
  for (const page of volume.pages) {
    const { signals } = page
    if (page.itemId !== null || signals === null || page.bookId !== begun?.page.bookId) close()
    if (page.itemId !== null || signals === null || page.kind !== 'content') continue
    const { title } = signals
    if (title !== null && kindNamed(volume, title.text) !== undefined) {
      close()
      continue
    }
    const row: Row | null = title === null ? null : titles(title.text)
    if (title !== null && begins(title, row) && !isSameTitle(begun?.title.text ?? '', title.text)) {
      close()
      begun = { page, title, row }
      held = [page]
    } else if (begun !== undefined) held.push(page)
    // A document ends with its date; what follows without a title is another, which shows no name (a card, a photo).
    if (documentDate([page])?.position === 'closing') close()
  }
  close()
  return drafts
}

/** A heading in the middle of a document is no title: either the template knows it, or it stands out. */
const begins = (title: Signal, row: Row | null): boolean => title.confidence >= (row === null ? 0.62 : 0.45)

function newItem(
  page: ProposalPage,
  title: Signal,
  row: Row | null,
  pages: readonly ProposalPage[],
): ProposalDraft {
  const date = documentDate(pages)
  const known = row === null ? 0.55 : 0.7 + 0.3 * row.confidence
  return {
    kind: 'new-item',
    page,
    itemId: null,
    confidence: Math.min(0.96, (0.25 + 0.75 * title.confidence) * known),
    reasons: [reason('title-read', title.text), rowReason(row), ...(date === null ? [] : [dateReason(date)])],
    present: '',
    proposed: title.text,
    places: [...title.places, ...(date !== null && pages.length === 1 ? date.places : [])],
    change: {
      does: 'new-item',
      title: title.text,
      date: date?.iso ?? '',
      documentNumber: ownNumber(page, title)?.canonical ?? '',
      templateRow: row !== null && row.confidence >= CONFIDENT_PROPOSAL ? row.number : null,
      pageIds: pages.map(({ id }) => id),
    },
  }
}

/** Two titles of one document: what one of them leaves out is a remark or a name. */
export function isSameTitle(a: string, b: string): boolean {
  const first = foldedTitle(plainTitle(a))
  const second = foldedTitle(plainTitle(b))
  if (first === '' || second === '') return false
  if (first.includes(second) || second.includes(first)) return true
  return similarity(bigrams(first), bigrams(second)) >= 0.5
}

function ofItem(volume: ProposalVolume, titles: Titles, item: ProposalItem): readonly ProposalDraft[] {
  const pages = volume.pages.filter(({ itemId, kind }) => itemId === item.id && kind === 'content')
  const [page] = pages
  if (page === undefined) return []
  const title = page.signals?.title ?? null
  return [
    ...(title === null ? [] : titleOf(titles, item, page, title)),
    ...dateOf(item, pages),
    ...rowMissing(titles, item, page, title),
    ...(title === null ? [] : numberOf(volume, item, page, title)),
  ]
}

function titleOf(
  titles: Titles,
  item: ProposalItem,
  page: ProposalPage,
  title: Signal,
): readonly ProposalDraft[] {
  if (isSameTitle(item.title, title.text)) return []
  const read = titles(title.text)
  const present = titles(item.title)
  // Another name for what stands in the same row is a matter of taste.
  if (read === null || (present !== null && present.number === read.number)) return []
  return [
    {
      kind: 'item-title',
      page,
      itemId: item.id,
      confidence: title.confidence * (0.3 + 0.5 * read.confidence),
      reasons: [reason('title-read', title.text), rowReason(read), reason('catalogue-differs', item.title)],
      present: item.title,
      proposed: title.text,
      places: title.places,
      change: { does: 'item', itemId: item.id, fields: { title: title.text } },
    },
  ]
}

function dateOf(item: ProposalItem, pages: readonly ProposalPage[]): readonly ProposalDraft[] {
  const date = documentDate(pages)
  if (date === null || date.iso === item.date) return []
  // Forms bear several dates; the catalogue chose one of them.
  if (pages.some(({ signals }) => signals?.dates.some(({ iso }) => iso === item.date) === true)) return []
  const page = pages.find(({ signals }) => signals?.dates.includes(date)) ?? pages[0]
  if (page === undefined) return []
  const empty = item.date.trim() === ''
  const confidence = date.confidence * (empty ? 0.92 : 0.55)
  if (confidence < LEAST_CONFIDENCE) return []
  return [
    {
      kind: 'item-date',
      page,
      itemId: item.id,
      confidence,
      reasons: [dateReason(date), empty ? reason('catalogue-empty') : reason('catalogue-differs', item.date)],
      present: item.date,
      proposed: date.iso,
      places: date.places,
      change: { does: 'item', itemId: item.id, fields: { date: date.iso } },
    },
  ]
}

function rowMissing(
  titles: Titles,
  item: ProposalItem,
  page: ProposalPage,
  title: Signal | null,
): readonly ProposalDraft[] {
  if (item.templateRow !== null) return []
  const byCatalogue = titles(item.title)
  const byText = title === null ? null : titles(title.text)
  const row = byCatalogue ?? byText
  if (row === null || row.confidence < CONFIDENT_PROPOSAL) return []
  const agreed = byText?.number === row.number
  return [
    {
      kind: 'item-row',
      page,
      itemId: item.id,
      confidence: Math.min(0.97, row.confidence * (agreed ? 1 : 0.85)),
      reasons: [rowReason(row), ...(agreed && title !== null ? [reason('title-read', title.text)] : [])],
      present: '',
      proposed: `${row.number} ${row.title}`,
      places: agreed && title !== null ? title.places : [],
      change: { does: 'item', itemId: item.id, fields: { templateRow: row.number } },
    },
  ]
}

/** The number in the heading of a document that bears one. */
function ownNumber(page: ProposalPage, title: Signal): CaseSignal | undefined {
  if (!NUMBERED_DOCUMENT.test(title.text)) return undefined
  return page.signals?.cases.find(({ position }) => position === 'heading')
}

function numberOf(
  volume: ProposalVolume,
  item: ProposalItem,
  page: ProposalPage,
  title: Signal,
): readonly ProposalDraft[] {
  const number = item.documentNumber.trim() === '' ? ownNumber(page, title) : undefined
  if (number === undefined) return []
  const own = number.uniquenessKey === volume.numberKey
  return [
    {
      kind: 'item-number',
      page,
      itemId: item.id,
      confidence: number.confidence * (own ? 0.95 : 0.6),
      reasons: [
        reason('number-in-heading', number.text),
        ...(number.repaired ? [reason('number-repaired', number.text)] : []),
        reason('catalogue-empty'),
      ],
      present: '',
      proposed: number.canonical,
      places: number.places,
      change: { does: 'item', itemId: item.id, fields: { documentNumber: number.canonical } },
    },
  ]
}
