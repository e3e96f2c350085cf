import { z } from 'zod'
import { area, command, query } from './method.ts'
import { Compartment, Empty, Id, IsoTime, RoleName } from './model.ts'

export const SignedIn = z.object({
  accountId: Id,
  accountName: z.string(),
  displayName: z.string(),
  roles: z.array(RoleName),
  permissions: z.array(z.string()),
  compartments: z.array(Compartment),
  unitName: z.string(),
  vaultId: Id,
  signedInAt: IsoTime,
  /** One share of the recovery key was typed back when the vault was made. False: a lost password loses the vault. */
  recoveryConfirmed: z.boolean(),
})
export type SignedIn = z.infer<typeof SignedIn>

export const SessionState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('signed-out') }),
  z.object({ state: z.literal('signed-in'), session: SignedIn }),
])
export type SessionState = z.infer<typeof SessionState>

export const session = area('session', {
  state: query({ input: Empty, output: SessionState, needs: 'anyone' }),
  signIn: command({
    input: z.object({
      folder: z.string().min(1),
      accountName: z.string().min(1),
      password: z.string().min(1),
      /** Take over a stale lock: only ever on a person's word. */
      takeOverLock: z.boolean().default(false),
    }),
    output: SignedIn,
    needs: 'anyone',
    audit: 'session.signed-in',
  }),
  signOut: command({ input: Empty, output: Empty, needs: 'signed-in', audit: 'session.signed-out' }),
  changePassword: command({
    input: z.object({ current: z.string().min(1), next: z.string().min(1) }),
    output: Empty,
    needs: 'signed-in',
    audit: 'session.password-changed',
  }),
})
