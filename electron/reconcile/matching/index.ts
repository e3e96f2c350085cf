/** Finds for each page of the paper's rescan its page in the electronic volume: pure code, to be run in a worker. */

/**
 * Matches two sequences of pages as a whole. A page is used at most once; what a person decided in `fixed` is kept.
 * Pages are told apart by what they say and how the ink lies, their order settles what these leave open, so that one
 * missing page disturbs no other. Synchronous, a few milliseconds a page; throws the signal's reason when aborted.
 */
export { matchSequences } from './match-sequences.ts'
/**
 * Draws the signature of one page from its encoded image and, where there is one, its reading: at most 16 KB,
 * plain data that can be sent to a worker, whatever the resolution, colours, brightness or turn. Throws what sharp
 * throws for what is no image.
 */
export { type PageSignature, type SignatureHints, signPage } from './page-signature.ts'
/** What a matching says: matches with confidence and reasons, and what has no partner. */
export type {
  DuplicatedPage,
  ElectronicCandidate,
  ExtraPage,
  FixedPair,
  MatchReason,
  MissingPage,
  PageMatch,
  PaperCandidate,
  SequenceMatch,
} from './sequence-match.ts'
