import type { OutputOf } from '../../../shared/contract/index.ts'
import type { SignedIn } from '../../state/session.ts'

export type Account = OutputOf<'accounts.list'>[number]

export type AccountTaskKind =
  | 'approve'
  | 'reject'
  | 'grant'
  | 'deliver'
  | 'password'
  | 'lock'
  | 'unlock'
  | 'leave'

export interface AccountTasks {
  /** In the order in which they are offered; the first is what waits. */
  readonly kinds: readonly AccountTaskKind[]
  /** Why there is less to do here than the person's role would allow. */
  readonly why: 'self' | 'own-request' | 'awaits-approval' | 'keys-not-held' | 'keys-due' | null
}

/** What this person may do with an account now. What is not allowed is not offered, and said where it would surprise. */
export function tasksFor(account: Account, session: SignedIn): AccountTasks {
  const may = new Set(session.permissions)
  if (account.state === 'left') return { kinds: [], why: null }
  if (account.state === 'pending') {
    if (!may.has('account.approve')) return { kinds: [], why: 'awaits-approval' }
    if (account.createdBy === session.accountId && !session.smallUnit)
      return { kinds: [], why: 'own-request' }
    return { kinds: ['approve', 'reject'], why: null }
  }
  const kinds: AccountTaskKind[] = []
  const due = account.keysDue.length > 0
  const deliverable = account.keysDue.every((compartment) => session.compartments.includes(compartment))
  if (due && may.has('key.deliver') && deliverable) kinds.push('deliver')
  if (account.self) return { kinds, why: 'self' }
  if (may.has('right.grant')) kinds.push('grant')
  if (may.has('account.create')) kinds.push('password')
  if (may.has('account.lock')) kinds.push(account.locked ? 'unlock' : 'lock', 'leave')
  if (!due || kinds.includes('deliver')) return { kinds, why: null }
  return { kinds, why: may.has('key.deliver') ? 'keys-not-held' : 'keys-due' }
}
