import type { Watermark } from '../../shared/contract/loans.ts'
import type { Session } from '../access/index.ts'
import { type Catalogue, lentView, type PageLoan } from '../catalogue/index.ts'

/** The unit's setting that marks everybody's screen, not only what is lent. */
export const WATERMARK_ALL = 'watermarkAll'
/** What stands for a purpose where no loan names one. */
const ON_DUTY = '履职查阅'

export interface MarkParts {
  readonly catalogue: Catalogue
  readonly session: Session
  readonly machine: string
  readonly now: Date
}

/** The mark of what a person reads; null when it is shown plain. The page decides which loan's purpose it names. */
export function readerWatermark(
  { catalogue, session, machine, now }: MarkParts,
  thing: { readonly kind: 'volume' | 'page'; readonly id: string },
): Watermark | null {
  const { volumes, lent, cases, accounts, desk } = catalogue
  const { caseId } = thing.kind === 'page' ? volumes.ofPage(thing.id) : volumes.require(thing.id)
  const byLoan = lentView(catalogue, session, caseId, 'page.read', now) !== null
  if (!byLoan && desk.setting(WATERMARK_ALL) !== 'yes') return null
  const at = lent.moment(now)
  const loans: readonly PageLoan[] = !byLoan
    ? []
    : thing.kind === 'page'
      ? lent.loansOf(session.accountId, thing.id, at)
      : lent.loansOfVolume(session.accountId, thing.id, at)
  const ends = loans.map(({ untilAt }) => untilAt).sort()
  return {
    name: session.displayName,
    staffNumber: accounts.find(session.accountId)?.staffNumber ?? '',
    machine,
    caseNumber: cases.require(caseId).number,
    purpose: loans[0]?.purpose ?? ON_DUTY,
    drawn: byLoan,
    // The first end: from there on less is open than now.
    untilAt: ends[0] ?? null,
    mayCopy: !byLoan || loans.some(({ mayCopy }) => mayCopy),
  }
}
