import { create } from 'zustand'
import type { OutputOf } from '../../shared/contract/index.ts'
import type { Permission } from '../../shared/domain/permission.ts'

export type SignedIn = OutputOf<'session.signIn'>
export type LockedDesk = Extract<OutputOf<'session.state'>, { state: 'locked' }>['locked']
export type ShellInfo = OutputOf<'shell.info'>

/** Why the sign-in screen shows when nobody asked for it. */
export type SignedOutReason = 'asked' | 'core-restarted' | 'session-ended'

export type SessionPhase =
  | { readonly name: 'starting' }
  | { readonly name: 'setup' }
  | { readonly name: 'signed-out'; readonly reason: SignedOutReason | null }
  | { readonly name: 'signed-in'; readonly session: SignedIn }
  /** Covered. The desk stands behind the cover where it was there before: what was being typed is kept. */
  | { readonly name: 'locked'; readonly who: LockedDesk; readonly session: SignedIn | null }
  | { readonly name: 'core-stopped' }

interface SessionStore {
  readonly phase: SessionPhase
  readonly shell: ShellInfo | null
  readonly vaultFolder: string | null
  readonly setShell: (shell: ShellInfo) => void
  readonly setVaultFolder: (folder: string | null) => void
  readonly openSetup: () => void
  readonly signedIn: (session: SignedIn) => void
  readonly locked: (who: LockedDesk) => void
  readonly signedOut: (reason: SignedOutReason | null) => void
  readonly coreStopped: () => void
}

export const useSession = create<SessionStore>()((set) => ({
  phase: { name: 'starting' },
  shell: null,
  vaultFolder: null,
  setShell: (shell) => set({ shell, vaultFolder: shell.lastVaultFolder }),
  setVaultFolder: (vaultFolder) => set({ vaultFolder }),
  openSetup: () => set({ phase: { name: 'setup' } }),
  signedIn: (session) => set({ phase: { name: 'signed-in', session } }),
  locked: (who) =>
    set(({ phase }) => ({
      phase: {
        name: 'locked',
        who,
        session: phase.name === 'signed-in' || phase.name === 'locked' ? phase.session : null,
      },
    })),
  signedOut: (reason) => set({ phase: { name: 'signed-out', reason } }),
  coreStopped: () => set({ phase: { name: 'core-stopped' } }),
}))

/** The person at the desk; throws outside the signed-in part of the program. */
export function useSignedIn(): SignedIn {
  const phase = useSession((store) => store.phase)
  const session = phase.name === 'signed-in' || phase.name === 'locked' ? phase.session : null
  if (session === null) throw new Error('used outside a session')
  return session
}

/** Whether the person may; what a role may not do is absent from the screen. */
export function useMay(permission: Permission): boolean {
  const phase = useSession((store) => store.phase)
  const session = phase.name === 'signed-in' || phase.name === 'locked' ? phase.session : null
  return session?.permissions.includes(permission) ?? false
}

/** Whether the person has at least one of them. */
export function useMayAny(permissions: readonly Permission[]): boolean {
  const phase = useSession((store) => store.phase)
  const session = phase.name === 'signed-in' || phase.name === 'locked' ? phase.session : null
  return permissions.some((permission) => session?.permissions.includes(permission))
}
