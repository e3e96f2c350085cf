import type { OutputOf } from '../../../shared/contract/index.ts'

export type Review = OutputOf<'reviews.get'>
export type ReviewLine = Review['lines'][number]
