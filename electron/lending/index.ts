/**
 * 借阅 and what goes with it: loans from request to return, watermarks on what is read by loan, and pages that leave
 * the room as print or file.
 */
import type { Handlers } from '../access/index.ts'
import type { LendingParts } from './lending-parts.ts'
import { loanHandlers } from './loan-handlers.ts'
import { registerHandlers } from './loan-register.ts'
import { outputHandlers } from './output-handlers.ts'
import { searchableHandlers } from './searchable-handlers.ts'

/** What lending needs of the core. */
export type { LendingParts } from './lending-parts.ts'
/** Writes one row of the register of outputs before a file leaves the room; gives its number of the day. */
export { countOutput } from './output-register.ts'
/** The mark of what a person reads; null when it is shown plain. */
export { type MarkParts, readerWatermark } from './reader-watermark.ts'
/** The job that writes 双层PDF, and its kind by name: what leaves the room is carried on by whoever began it. */
export { SEARCHABLE_JOB, type SearchableParts, searchableJob } from './searchable-job.ts'
/** An image with a watermark in its pixels, as JPEG. Throws what sharp throws for what is no image. */
export { drawWatermark } from './watermark-image.ts'
/** A watermark in words, for the diagonal and for the foot. */
export { minuteWords, type WatermarkWords, watermarkWords } from './watermark-words.ts'

type LendingMethod =
  | keyof ReturnType<typeof loanHandlers>
  | keyof ReturnType<typeof registerHandlers>
  | keyof ReturnType<typeof outputHandlers>
  | keyof ReturnType<typeof searchableHandlers>

/** Answers the contract's `loans.*`, `outputs.*`, and the watermark, export and print of `pages.*`. */
export function lendingHandlers(parts: LendingParts): Handlers<LendingMethod> {
  return {
    ...loanHandlers(parts),
    ...registerHandlers(parts),
    ...outputHandlers(parts),
    ...searchableHandlers(parts),
  }
}
