import type { DifferenceAttachment, DifferenceRow } from '../../../shared/contract/differences.ts'
import type { Item } from '../../../shared/contract/model.ts'
import type { CaseFacts } from '../../../shared/domain/access-decision.ts'
import { refusalOf } from '../../../shared/domain/access-decision.ts'
import type { Permission } from '../../../shared/domain/permission.ts'
import { SUGGESTED_HANDLINGS } from '../../../shared/domain/reconcile/handling.ts'
import { placeWords, readPlace } from '../../../shared/domain/reconcile/place.ts'
import type { Session } from '../../access/index.ts'
import { type AttachmentRecord, attachmentRecords } from '../attachments/attachment-records.ts'
import type { ReconcileParts } from '../reconcile-parts.ts'
import { type DifferenceStep, isSamePerson, lacksAttachment, standsFor } from './difference-course.ts'
import { type Deed, type DifferenceRecord, differenceNumber } from './difference-records.ts'
import { NO_WORDS, openWords, standingGround } from './sealed-words.ts'

const NEEDS: Readonly<Record<DifferenceStep, Permission>> = {
  judge: 'difference.judge',
  dismiss: 'difference.judge',
  explain: 'difference.explain',
  attach: 'difference.judge',
  check: 'change.check',
  reopen: 'difference.judge',
}
const FORMATS = ['jpeg', 'png', 'tiff', 'pdf'] as const
const STEPS = Object.keys(NEEDS) as readonly DifferenceStep[]

/** Rows of the register as one person sees them: what is asked of a volume or a case is asked once. */
export function differenceRows(
  parts: Pick<ReconcileParts, 'catalogue' | 'vault' | 'factsOf'>,
  session: Session,
) {
  const facts = new Map<string, CaseFacts | null>()
  const factsFor = (volumeId: string): CaseFacts | null => {
    const known = facts.get(volumeId)
    if (known !== undefined) return known
    const found = parts.factsOf({ kind: 'volume', id: volumeId }, session)
    facts.set(volumeId, found)
    return found
  }
  const kinds = new Map<string, DifferenceRow['volumeKind']>()
  const kindOf = (volumeId: string) => {
    const known = kinds.get(volumeId) ?? parts.catalogue().volumes.require(volumeId).kind
    kinds.set(volumeId, known)
    return known
  }
  const cases = new Map<string, Pick<DifferenceRow, 'caseNumber' | 'archiveNumber'>>()
  const caseOf = (caseId: string) => {
    const known = cases.get(caseId)
    if (known !== undefined) return known
    const { number, archiveNumber } = parts.catalogue().cases.require(caseId)
    const found = { caseNumber: number, archiveNumber }
    cases.set(caseId, found)
    return found
  }
  const items = new Map<string, readonly Item[]>()
  const itemOf = (volumeId: string, itemId: string | null) => {
    if (itemId === null) return undefined
    const known =
      items.get(volumeId) ??
      parts
        .catalogue()
        .volumes.books(volumeId)
        .flatMap((book) => book.items)
    items.set(volumeId, known)
    return known.find(({ id }) => id === itemId)
  }
  const nameOf = (accountId: string) => parts.catalogue().accounts.find(accountId)?.displayName ?? accountId
  const step = (deed: Deed | null, note = '') =>
    deed === null ? null : { by: nameOf(deed.by), at: deed.at, note }
  const allowed = (permission: Permission, volumeId: string): boolean => {
    const known = factsFor(volumeId)
    return known !== null && refusalOf(session.grants, permission, known) === null
  }
  const opens = ({ compartment }: Pick<DifferenceRecord, 'compartment'>) =>
    session.compartments.has(compartment)
  const attached = attachmentRecords(parts.catalogue(), parts.vault())
  /** What belongs to a page that was moved to 副卷 is read by who may read that volume. */
  const shownAttachment = (record: DifferenceRecord, attachment: AttachmentRecord): DifferenceAttachment => {
    const { id, compartment, name, format, sizeBytes, sha256, added, pages } = attachment
    const moved =
      compartment === record.compartment
        ? undefined
        : parts.catalogue().pages.volumeOfAttachmentPage(pages[0]?.id ?? '')
    const readable =
      session.compartments.has(compartment) && name !== null && allowed('page.read', moved ?? record.volumeId)
    return {
      ...{ id, format: FORMATS.find((known) => known === format) ?? 'other', sizeBytes, sha256, readable },
      ...{ name: readable ? name : '', addedBy: nameOf(added.by), addedAt: added.at },
      pages: readable
        ? pages.map(({ id: versionId, widthPixels, heightPixels }) => ({
            ...{ versionId, widthPixels, heightPixels },
          }))
        : [],
    }
  }

  return {
    /** Whether the person may know of a row at all by working with the register. */
    sees: (record: DifferenceRecord): boolean => opens(record) && allowed('difference.read', record.volumeId),
    /** With the words blank for who may not read the volume's pages. */
    row: (record: DifferenceRecord): DifferenceRow => {
      const attachments = attached.ofDifference(record.id)
      const reads = opens(record) && allowed('page.read', record.volumeId)
      const words = reads ? openWords(parts.vault(), record.compartment, record.id, record.content) : NO_WORDS
      const item = reads ? itemOf(record.volumeId, record.itemId) : undefined
      const itemWords = item === undefined ? words.itemWords : `${item.sequence} ${item.title}`
      const by = session.accountId
      const [paperAt, electronicAt] = [readPlace(record.paperPlace), readPlace(record.electronicPlace)]
      return {
        ...{ id: record.id, number: differenceNumber(record), reconciliationId: record.reconciliationId },
        ...{ caseId: record.caseId, ...caseOf(record.caseId) },
        ...{ volumeId: record.volumeId, volumeKind: kindOf(record.volumeId), book: record.book },
        ...{ foundAt: record.found.at, foundBy: nameOf(record.found.by), foundStage: record.foundStage },
        ...{ methods: [...record.methods], type: record.type, itemId: record.itemId },
        ...{ paperPlace: placeWords(paperAt, 'zh'), electronicPlace: placeWords(electronicAt, 'zh') },
        ...{ paperAt, electronicAt },
        ...{ paperPageId: record.paperPageId, pageId: record.pageId, versionId: record.versionId },
        ...{ matchId: record.matchId, confidence: record.confidence },
        ...{ ...words, regions: [...words.regions], pageIds: [...words.pageIds], itemWords },
        ground: standingGround(words),
        ...{ severity: record.severity, severityRule: record.severityRule },
        ...{ cause: record.cause, originStage: record.originStage, originPerson: record.originPerson },
        ...{ state: record.state, handling: record.handling },
        suggested: [...SUGGESTED_HANDLINGS[record.type]],
        attachments: attachments.map((one) => shownAttachment(record, one)),
        judged: step(record.judged),
        approved: step(record.approved, record.approved?.note),
        handled: step(record.handled),
        ...{ beforeDigest: record.beforeDigest, afterDigest: record.afterDigest },
        checked: step(record.checked, record.checked?.note),
        ...{ planId: record.planId, noted: record.noted, trainingMeasure: record.trainingMeasure },
        closedAt: record.closedAt,
        may: STEPS.filter(
          (one) =>
            standsFor(record, one) &&
            opens(record) &&
            allowed(NEEDS[one], record.volumeId) &&
            !(one === 'check' && (isSamePerson(record, by) || lacksAttachment(record, attachments.length))),
        ),
      }
    },
  }
}
