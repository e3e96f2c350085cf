import type { Describer } from './describe-parts.ts'

/** 处理方案: the whole plan before and after, page by page and row by row. */
export const describeSettlement: Describer<'settlements.apply'> = (input, parts) => ({
  input,
  adds: false,
  changes: parts.describePlan(input),
})
