import type { ResourceRef } from '../../shared/contract/method.ts'
import type { UnreadPage } from '../../shared/contract/recognition.ts'
import { type CaseFacts, refusalOf } from '../../shared/domain/access-decision.ts'
import { AppError } from '../../shared/errors.ts'
import type { Call, Handlers, Session } from '../access/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { TextShelf } from '../search/index.ts'
import type { RecognitionDesk } from './recognition-desk.ts'

export interface RecognitionHandlerParts {
  readonly catalogue: () => Catalogue
  readonly recognition: () => RecognitionDesk
  readonly texts: () => TextShelf
  readonly factsOf: (resource: ResourceRef, session: Session) => CaseFacts | null
  readonly now: () => Date
}

type RecognitionMethod =
  `recognition.${'status' | 'ofPage' | 'ofVolume' | 'failures' | 'retry' | 'setMode' | 'run'}`

/** A list of failures longer than this is read by nobody; the counts stay exact. */
const SHOWN = 500
const NOTHING_READ = { confidence: null, lineCount: null, doubtfulCount: null }

/** Throws ACCESS_NOT_SIGNED_IN. */
export function sessionOf(call: Call): Session {
  if (call.session === null) throw new AppError('ACCESS_NOT_SIGNED_IN')
  return call.session
}

/** Answers the contract's `recognition.*`. */
export function recognitionHandlers(parts: RecognitionHandlerParts): Handlers<RecognitionMethod> {
  const { recognition } = parts
  return {
    'recognition.status': () => recognition().status(),
    'recognition.ofPage': ({ pageId }) => {
      const row = recognition().records.ofPage(pageId)
      if (row === undefined) return { reading: null }
      const { state, confidence, lineCount, doubtfulCount, code } = row
      const known = state === 'read' ? { confidence, lineCount, doubtfulCount } : NOTHING_READ
      return { reading: { pageId, state, code, ...known } }
    },
    'recognition.ofVolume': ({ volumeId }) => recognition().records.countsOf(volumeId),
    'recognition.failures': (_, call) => {
      const session = sessionOf(call)
      const { cases, volumes } = parts.catalogue()
      const seen = new Map<string, boolean>()
      const sees = (volumeId: string) => {
        const known = seen.get(volumeId)
        if (known !== undefined) return known
        const facts = parts.factsOf({ kind: 'volume', id: volumeId }, session)
        const allowed = refusalOf(session.grants, 'recognition.run', facts) === null
        seen.set(volumeId, allowed)
        return allowed
      }
      return recognition()
        .records.failures(session.compartments, SHOWN)
        .filter(({ volumeId }) => sees(volumeId))
        .map(
          ({ pageId, volumeId, caseId, position, printedNumber, code, readAt }): UnreadPage => ({
            ...{ pageId, volumeId, caseId, position, printedNumber, code },
            caseNumber: cases.require(caseId).number,
            volumeKind: volumes.require(volumeId).kind,
            triedAt: readAt,
          }),
        )
    },
    'recognition.retry': ({ pageId }, call) => {
      call.note({ page: pageId })
      recognition().retry(pageId)
      return {}
    },
    'recognition.setMode': async ({ mode }, call) => {
      call.note({ details: { mode } })
      recognition().setMode(mode)
      return await recognition().status()
    },
    'recognition.run': async ({ volumeId, again }, call) => {
      call.note({ details: { again } })
      return { jobId: await recognition().run(volumeId, again, sessionOf(call).accountName) }
    },
  }
}
