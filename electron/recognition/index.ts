/**
 * Makes the reader of page images: see {@link PageReader} for what it promises. Options: the folder of the models,
 * threads within one page, seconds after which a page is given up, the largest image.
 */
export { createPageReader, type PageReaderOptions } from './page-reader.ts'
export type { PageReader, ReaderUnavailable } from './page-reader-contract.ts'
/** What texts suggest for the catalogue, made afresh each time; only people's decisions are kept. See {@link ProposalDesk}. */
export { type ProposalDesk, type ProposalDeskParts, proposalDesk } from './proposal-desk.ts'
/** Answers the contract's `proposals.*`; what is accepted runs as the person's own call of the command that does it. */
export { type ProposalHandlerParts, proposalHandlers } from './proposal-handlers.ts'

/** Reading over one open vault: what waits is read while nobody needs the station, or as a job when asked for. */
export { type RecognitionDesk, type RecognitionDeskParts, recognitionDesk } from './recognition-desk.ts'
/** Answers the contract's `recognition.*`. */
export { type RecognitionHandlerParts, recognitionHandlers } from './recognition-handlers.ts'
/** Answers the contract's `texts.*`: text is given where the image of its page is, and copied where copying is allowed. */
export { textHandlers } from './text-handlers.ts'
