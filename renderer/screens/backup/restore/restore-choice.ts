import type { PageThenAndNow } from '../../../../shared/contract/restores.ts'
import { call } from '../../../app/client.ts'
import { isMendable } from './page-choice.tsx'

/** What is restored: all of it, one case, one page's version, or what the vault has lost. */
export const RESTORES = ['vault', 'case', 'page', 'objects'] as const
export type Restore = (typeof RESTORES)[number]

/** These go into a folder of their own. */
export const needsFolder = (what: Restore) => what === 'vault' || what === 'case'
/** These are of a case that is chosen first. */
export const needsCase = (what: Restore) => what === 'case' || what === 'page'

export interface RestoreForm {
  readonly mediumId: string
  readonly snapshotId: string
  readonly what: Restore
  readonly target?: string
  readonly caseId?: string
  readonly pageId?: string | undefined
  readonly reason?: string
}

/** What was begun: a job, or a page that is back already or asked for. */
export type Begun =
  | { readonly jobId: string; readonly what: Exclude<Restore, 'page'>; readonly target: string | null }
  | { readonly what: 'page'; readonly done: 'mended' | 'returned' | 'requested' }

async function restorePage(
  from: { readonly mediumId: string; readonly snapshotId: string },
  page: PageThenAndNow,
  { reason, filed }: { readonly reason: string; readonly filed: boolean },
): Promise<Begun> {
  const about = { ...from, volumeId: page.volumeId, pageId: page.pageId }
  if (isMendable(page)) {
    await call('restores.pageImage', about)
    return { what: 'page', done: 'mended' }
  }
  const { versionId, sha256 } = page.inSnapshot
  const input = { ...about, versionId, sha256, reason }
  if (filed) {
    await call('approvals.request', { method: 'restores.page', input, reason })
    return { what: 'page', done: 'requested' }
  }
  await call('restores.page', input)
  return { what: 'page', done: 'returned' }
}

/** Begins what the person chose; undefined while something of it is not chosen yet. */
export async function beginRestore(
  typed: RestoreForm,
  { page, filed }: { readonly page: PageThenAndNow | undefined; readonly filed: boolean },
): Promise<Begun | undefined> {
  const { mediumId, snapshotId, what, caseId } = typed
  const from = { mediumId, snapshotId }
  const target = typed.target ?? ''
  switch (what) {
    case 'vault':
      return { ...(await call('restores.vault', { ...from, target })), what, target }
    case 'case':
      if (caseId === undefined) return undefined
      return { ...(await call('restores.case', { ...from, caseId, target })), what, target }
    case 'objects':
      return { ...(await call('restores.objects', from)), what, target: null }
    case 'page':
      return page === undefined
        ? undefined
        : await restorePage(from, page, { reason: typed.reason ?? '', filed })
  }
}
