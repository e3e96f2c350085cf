/** Texts of pages with their index, and finding anything in the room: only what the asker may read. */

export type { FinderParts } from './case-walk.ts'
/** The values of what was found, counted; for who asks without the contract: benchmarks. */
export { facets } from './facets.ts'
/** One answer of a search, for who asks without the contract: benchmarks. */
export { find } from './finder.ts'
/** Checks the index over against the catalogue, or writes it anew, as a job. */
export { checkCaseIndex, checkTextIndex, type IndexFindings, searchIndexJob } from './index-job.ts'
/** Answers the contract's `search.*`. */
export { type SearchDeskParts, searchHandlers } from './search-handlers.ts'
/** The texts of an open vault's pages. */
export { type OpenTextShelf, openTextShelf, TEXT_FILES, type TextShelfParts } from './text-shelf.ts'
export type { TextShelf } from './text-shelf-contract.ts'
