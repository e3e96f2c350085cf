import { AppError } from '../../shared/errors.ts'

/** Where an answer left off: the last case shown, and for best first how far into its window. */
export interface Cursor {
  readonly caseId: string | null
  readonly offset: number
  readonly hits: number
  readonly exact: boolean
}

const START: Cursor = { caseId: null, offset: 0, hits: 0, exact: true }

/** Throws CALL_INVALID_INPUT for what no answer gave. */
export function readCursor(after: string | null): Cursor {
  if (after === null) return START
  const [, caseId = '', offset = '', hits = '', exact = ''] =
    /^([0-9A-HJKMNP-TV-Z]{26})?\|(\d{1,9})\|(\d{1,12})\|([01])$/.exec(after) ?? []
  if (offset === '') throw new AppError('CALL_INVALID_INPUT', { field: 'after' })
  return {
    caseId: caseId === '' ? null : caseId,
    offset: Number(offset),
    hits: Number(hits),
    exact: exact === '1',
  }
}

export const writeCursor = ({ caseId, offset, hits, exact }: Cursor): string =>
  `${caseId ?? ''}|${offset}|${hits}|${exact ? 1 : 0}`
