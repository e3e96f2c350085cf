import { AppError } from '../../shared/errors.ts'
import type { Call, Handlers } from '../access/index.ts'
import { lentView } from '../catalogue/index.ts'
import { type RecognitionHandlerParts, sessionOf } from './recognition-handlers.ts'

/** Answers the contract's `texts.*`: text is given where the image of its page is, and copied where copying is allowed. */
export function textHandlers(parts: RecognitionHandlerParts): Handlers<'texts.page' | 'texts.copy'> {
  /** Throws ACCESS_DENIED for a page beyond the loan by which somebody reads. */
  const lent = (call: Call, pageId: string, needs: 'page.read' | 'text.copy') => {
    const catalogue = parts.catalogue()
    const session = sessionOf(call)
    const { caseId, compartment } = catalogue.volumes.ofPage(pageId)
    const view = lentView(catalogue, session, caseId, needs, parts.now())
    if (view !== null && !view.has(pageId))
      throw new AppError('ACCESS_DENIED', { needs, reason: 'out-of-scope' })
    return { catalogue, session, compartment, byLoan: view !== null }
  }
  return {
    'texts.page': ({ pageId, versionId }, call) => {
      call.note({ page: pageId })
      const { catalogue, compartment, byLoan } = lent(call, pageId, 'page.read')
      if (catalogue.pages.pageOfVersion(versionId) !== pageId)
        throw new AppError('CATALOGUE_NOT_FOUND', { kind: 'page', id: versionId })
      if (byLoan && !catalogue.lent.isCurrentVersion(pageId, versionId))
        throw new AppError('ACCESS_DENIED', { needs: 'page.read', reason: 'out-of-scope' })
      // A withdrawn page has no row, and its text is about to go.
      if (parts.recognition().records.ofPage(pageId) === undefined) return { text: null }
      const text = parts.texts().get(compartment, versionId)
      if (text === undefined) return { text: null }
      return {
        text: {
          ...text,
          lines: text.lines.map((line) => ({ ...line, quad: [...line.quad], places: [...line.places] })),
        },
      }
    },
    'texts.copy': ({ pageId, characters }, call) => {
      call.note({ page: pageId, details: { characters } })
      const { catalogue, session, byLoan } = lent(call, pageId, 'text.copy')
      if (!byLoan) return {}
      const loans = catalogue.lent.loansOf(session.accountId, pageId, catalogue.lent.moment(parts.now()))
      if (!loans.some(({ mayCopy }) => mayCopy))
        throw new AppError('ACCESS_DENIED', { needs: 'text.copy', reason: 'no-copy' })
      return {}
    },
  }
}
