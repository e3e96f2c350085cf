/** Texts of pages with their index, and finding anything in the room: only what the asker may read. */

/** One answer of a search, for who calls it without the contract: benchmarks. */
export { type FinderParts, facets, find } from './finder.ts'
/** Checks the index over against the catalogue, or writes it anew, as a job. */
export { checkCaseIndex, checkTextIndex, type IndexFindings, searchIndexJob } from './index-job.ts'
/** Answers the contract's `search.*`. */
export { type SearchDeskParts, searchHandlers } from './search-handlers.ts'
/** The texts of an open vault's pages. */
export { type OpenTextShelf, openTextShelf, TEXT_FILES, type TextShelfParts } from './text-shelf.ts'
export type { TextShelf } from './text-shelf-contract.ts'
