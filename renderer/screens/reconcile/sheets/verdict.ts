import type { OutputOf } from '../../../../shared/contract/index.ts'

export type Verdict = OutputOf<'sheets.get'>['mine'][number]

/** What a sheet is given by the key for 一致. */
export function freshVerdict({ id, versionId }: OutputOf<'pages.list'>[number]): Verdict {
  return { pageId: id, versionId, verdict: 'agrees', type: null, note: '', missingAfter: '' }
}
