/** Comparing two scans of one page: laid over each other, then by the pixels and by the words that were read. */

/** Names everything that differs between two scans of a page; differences of the scanners are none. */
export { comparePages } from './compare-pages.ts'
/** Two readings row by row and character by character, for showing what differs on both images. */
export {
  compareTexts,
  type TextComparison,
  type TextPlacing,
  type TextRow,
  type TextRun,
} from './compare-texts.ts'
export type {
  Box,
  ChangeKind,
  ChangeSource,
  ComparedPage,
  FoundChange,
  PageComparison,
} from './page-comparison.ts'
