import path from 'node:path'
import type { Review, ReviewSignature, ReviewSummary } from '../../shared/contract/reviews.ts'
import { reviewDueOn, reviewPeriodOf } from '../../shared/domain/review-period.ts'
import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../access/index.ts'
import { writeFileAtomically } from '../atomic-write.ts'
import type { ReviewLineRecord, ReviewRecord } from '../catalogue/index.ts'
import { isSignedBy } from '../vault/index.ts'
import { changeRights, readableCompartments, refuseSelf } from './account-rights.ts'
import { type FrontDeskParts, type OpenDesk, requireSession } from './open-desk.ts'
import { reviewCsv, reviewPdf } from './review-form.ts'
import { heldRoles, reviewDigest, reviewFacts } from './review-lines.ts'
import { matrixInForce } from './role-matrix-desk.ts'

type ReviewMethod = `reviews.${'list' | 'get' | 'start' | 'decideLine' | 'finish' | 'export'}`

const DAY_MS = 86_400_000

/** 权限复核: every quarter a look at every role of every account, decided line by line, signed at the end. */
export function reviewHandlers(parts: FrontDeskParts, desk: OpenDesk): Handlers<ReviewMethod> {
  const { now, newId } = parts
  const room = () => desk.room()
  const records = () => room().catalogue.reviews
  const nameOf = (id: string | null) =>
    id === null ? '' : (room().catalogue.accounts.find(id)?.displayName ?? id)

  const summaryOf = (review: ReviewRecord, lines: readonly ReviewLineRecord[]): ReviewSummary => ({
    id: review.id,
    period: review.period,
    startedAt: review.startedAt,
    startedBy: nameOf(review.startedBy),
    finishedAt: review.finishedAt,
    finishedBy: nameOf(review.finishedBy),
    lineCount: lines.length,
    decidedCount: lines.filter(({ verdict }) => verdict !== null).length,
    revokedCount: lines.filter(({ verdict }) => verdict === 'revoke').length,
  })

  const signatureOf = (review: ReviewRecord, lines: readonly ReviewLineRecord[]): ReviewSignature | null => {
    if (review.finishedAt === null) return null
    const { vault } = room()
    const publicKey = Buffer.from(review.publicKey ?? '', 'hex')
    const digest = reviewDigest(vault.id, review, lines)
    const owner = vault.publicKeys().find(({ accountId }) => accountId === review.finishedBy)
    return {
      valid:
        digest.toString('hex') === review.digest &&
        isSignedBy(publicKey, digest, Buffer.from(review.signature ?? '', 'hex')),
      keyInVault: owner?.signing.equals(publicKey) ?? false,
      signedBy: nameOf(review.finishedBy),
      digest: review.digest ?? '',
      publicKey: review.publicKey ?? '',
      signature: review.signature ?? '',
    }
  }

  const whole = (reviewId: string): Review => {
    const review = records().require(reviewId)
    const lines = records().lines(reviewId)
    return {
      ...summaryOf(review, lines),
      lines: lines.map(({ reviewId: _, concerns, decidedBy, ...line }) => ({
        ...line,
        concerns: [...concerns],
        decidedBy: nameOf(decidedBy),
      })),
      signature: signatureOf(review, lines),
    }
  }

  const open = (reviewId: string): ReviewRecord => {
    const review = records().require(reviewId)
    if (review.finishedAt !== null) throw new AppError('CATALOGUE_CONFLICT', { kind: 'review' })
    return review
  }

  /** Takes the line's role away through the same code as 调整权限, with the keys that no role left reads. */
  const revoke = async ({ accountId, role, delegationId }: ReviewLineRecord) => {
    const { catalogue, vault } = room()
    if (delegationId !== null) {
      refuseSelf(room(), accountId)
      catalogue.assignments.endDelegation(delegationId, now().toISOString())
      return
    }
    const account = catalogue.accounts.require(accountId)
    // Taken away or gone since the review began: there is nothing left to revoke.
    if (account.state !== 'active' || !account.roles.includes(role)) return
    const roles = account.roles.filter((held) => held !== role)
    const readable = readableCompartments(roles, matrixInForce(catalogue).matrix)
    const held = vault.info().accounts.find((slot) => slot.accountId === accountId)?.compartments ?? []
    const keys = readable.filter((one) => held.includes(one) || account.keysDue.includes(one))
    await changeRights(room(), accountId, roles, keys)
  }

  return {
    'reviews.list': () => {
      const reviews = records().all()
      const period = reviewPeriodOf(now())
      const current = reviews.find((review) => review.period === period)
      return {
        reviews: reviews.map((review) => summaryOf(review, records().lines(review.id))),
        due: {
          period,
          dueOn: reviewDueOn(period),
          state: current === undefined ? 'missing' : current.finishedAt === null ? 'open' : 'done',
        },
      }
    },
    'reviews.get': ({ reviewId }) => whole(reviewId),
    'reviews.start': ({ period }, call) => {
      const { catalogue } = room()
      // A review is of what stands now, so only of this quarter, or of the one before when it was missed.
      const before = new Date(Date.parse(`${reviewDueOn(reviewPeriodOf(now()))}T00:00:00Z`) - 95 * DAY_MS)
      if (period !== reviewPeriodOf(now()) && period !== reviewPeriodOf(before))
        throw new AppError('CALL_INVALID_INPUT', { field: 'period' })
      if (
        records()
          .all()
          .some((review) => review.period === period)
      )
        throw new AppError('CATALOGUE_CONFLICT', { kind: 'review' })
      const id = newId()
      const startedAt = now()
      catalogue.transaction(() => {
        const startedBy = requireSession(call).accountId
        records().insert({ id, period, startedBy, startedAt: startedAt.toISOString() })
        heldRoles(room(), startedAt).forEach((held, place) => {
          const { account, role } = held
          records().insertLine(
            { id: newId(), reviewId: id, sequence: place + 1, accountId: account.id, role },
            reviewFacts(room(), held, startedAt),
          )
        })
      })
      call.note({ subject: `review:${id}`, details: { period } })
      return whole(id)
    },
    'reviews.decideLine': async ({ lineId, verdict, note }, call) => {
      const line = records().requireLine(lineId)
      open(line.reviewId)
      if (line.verdict === 'revoke') throw new AppError('CATALOGUE_CONFLICT', { kind: 'review-line' })
      if (verdict === 'revoke') await revoke(line)
      records().decide(lineId, {
        ...{ verdict, note, at: now().toISOString() },
        by: requireSession(call).accountId,
      })
      call.note({ subject: `account:${line.accountId}`, details: { verdict, role: line.role } })
      return whole(line.reviewId)
    },
    'reviews.finish': ({ reviewId }, call) => {
      const review = open(reviewId)
      const { vault } = room()
      const lines = records().lines(reviewId)
      const undecided = lines.filter(({ verdict }) => verdict === null).length
      if (undecided > 0) throw new AppError('REVIEW_LINES_OPEN', { undecided })
      const by = requireSession(call).accountId
      const at = now().toISOString()
      const digest = reviewDigest(vault.id, { ...review, finishedBy: by, finishedAt: at }, lines)
      const signer = vault.signer()
      records().finish(reviewId, {
        ...{ by, at },
        digest: digest.toString('hex'),
        signature: signer.sign(digest).toString('hex'),
        publicKey: signer.publicKey.toString('hex'),
      })
      call.note({ subject: `review:${reviewId}`, afterDigest: digest.toString('hex') })
      return whole(reviewId)
    },
    'reviews.export': async ({ reviewId, file, format }, call) => {
      const review = whole(reviewId)
      const { fontRegular, fontBold } = parts.assets
      const about = { review, unitName: desk.unitName(), createdAt: now(), fontRegular, fontBold }
      const pdf = () => reviewPdf({ ...about, logHead: desk.logHeadWords() })
      await writeFileAtomically(file, format === 'pdf' ? await pdf() : reviewCsv(review))
      call.note({ subject: `review:${reviewId}`, details: { format } })
      return { fileName: path.basename(file), lineCount: review.lines.length }
    },
  }
}
