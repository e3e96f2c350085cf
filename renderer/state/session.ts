import { create } from 'zustand'
import type { OutputOf } from '../../shared/contract/index.ts'
import type { Permission } from '../../shared/domain/permission.ts'

export type SignedIn = OutputOf<'session.signIn'>
export type ShellInfo = OutputOf<'shell.info'>

/** Why the sign-in screen shows when nobody asked for it. */
export type SignedOutReason = 'asked' | 'core-restarted' | 'session-ended'

export type SessionPhase =
  | { readonly name: 'starting' }
  | { readonly name: 'setup' }
  | { readonly name: 'signed-out'; readonly reason: SignedOutReason | null }
  | { readonly name: 'signed-in'; readonly session: SignedIn }
  | { readonly name: 'core-stopped' }

interface SessionStore {
  readonly phase: SessionPhase
  readonly shell: ShellInfo | null
  readonly vaultFolder: string | null
  readonly setShell: (shell: ShellInfo) => void
  readonly setVaultFolder: (folder: string | null) => void
  readonly openSetup: () => void
  readonly signedIn: (session: SignedIn) => void
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
  signedOut: (reason) => set({ phase: { name: 'signed-out', reason } }),
  coreStopped: () => set({ phase: { name: 'core-stopped' } }),
}))

/** The person at the desk; throws outside the signed-in part of the program. */
export function useSignedIn(): SignedIn {
  const phase = useSession((store) => store.phase)
  if (phase.name !== 'signed-in') throw new Error('used outside a session')
  return phase.session
}

/** Whether the person may; what a role may not do is absent from the screen. */
export function useMay(permission: Permission): boolean {
  const phase = useSession((store) => store.phase)
  return phase.name === 'signed-in' && phase.session.permissions.includes(permission)
}
