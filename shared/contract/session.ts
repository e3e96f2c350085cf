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
  /** 小单位模式: one person is system and security officer; everybody is told so, always. */
  smallUnit: z.boolean(),
})
export type SignedIn = z.infer<typeof SignedIn>

/** Who may come back to a covered screen; nothing of what lies behind it. */
export const LockedSession = z.object({
  accountName: z.string(),
  displayName: z.string(),
})

export const SessionState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('signed-out') }),
  z.object({ state: z.literal('signed-in'), session: SignedIn }),
  z.object({ state: z.literal('locked'), locked: LockedSession }),
])
export type SessionState = z.infer<typeof SessionState>

/** The unit's rules for passwords and for leaving a desk alone (GB/T 22239-2019, 8.1.4.1). */
export const SignInPolicy = z.strictObject({
  /** 0: passwords do not age. */
  passwordDays: z.int().min(0).max(730),
  passwordHistory: z.int().min(1).max(24),
  idleLockSeconds: z.int().min(3).max(3600),
})
export type SignInPolicy = z.infer<typeof SignInPolicy>

const Password = z.string().min(1).max(500)
/** Absolute path of a key file. */
const KeyFile = z.string().min(1).max(4000)

export const session = area('session', {
  state: query({ input: Empty, output: SessionState, needs: 'anyone' }),
  /**
   * SESSION_SECOND_FACTOR_NEEDED and SESSION_PASSWORD_EXPIRED are questions: the same call with `code`, `keyFile` or
   * `newPassword` answers them.
   */
  signIn: command({
    input: z.object({
      folder: z.string().min(1),
      accountName: z.string().min(1),
      password: Password,
      /** Six digits of an authenticator. */
      code: z.string().max(20).optional(),
      keyFile: KeyFile.optional(),
      newPassword: Password.optional(),
      /** Take over a stale lock: only ever on a person's word. */
      takeOverLock: z.boolean().default(false),
    }),
    output: SignedIn,
    needs: 'anyone',
    audit: 'session.signed-in',
  }),
  signOut: command({ input: Empty, output: Empty, needs: 'signed-in', audit: 'session.signed-out' }),
  /**
   * Signs out as soon as the backups that are due have run; the first of them, or null when none is due any more.
   * `signOut` at any time does not wait: what runs stops where it is, and is taken up the next time.
   */
  leaveAfterBackup: command({
    input: Empty,
    output: z.object({ jobId: Id.nullable() }),
    needs: 'backup.run',
    audit: 'session.leaving',
  }),
  /** The person stays after all; what runs goes on. */
  stay: command({ input: Empty, output: Empty, needs: 'signed-in', audit: 'session.stayed' }),
  changePassword: command({
    input: z.object({ current: Password, next: Password, keyFile: KeyFile.optional() }),
    output: Empty,
    needs: 'signed-in',
    audit: 'session.password-changed',
  }),

  /** Covers the desk: from here on nothing is answered but unlocking and leaving. Running jobs go on. */
  lock: command({ input: Empty, output: Empty, needs: 'signed-in', audit: 'session.locked' }),
  unlock: command({
    input: z.object({ password: Password, keyFile: KeyFile.optional() }),
    output: SignedIn,
    needs: 'anyone',
    audit: 'session.unlocked',
  }),
  /** Ends a locked session without its password, so that another person can sign in. */
  leaveLocked: command({ input: Empty, output: Empty, needs: 'anyone', audit: 'session.left-locked' }),
  /** Somebody is at the desk: the time without anybody counts anew. */
  stayAwake: query({ input: Empty, output: Empty, needs: 'signed-in' }),

  policy: query({ input: Empty, output: SignInPolicy, needs: 'signed-in' }),
  setPolicy: command({
    input: SignInPolicy,
    output: SignInPolicy,
    needs: 'settings.edit',
    audit: 'session.policy-changed',
  }),

  secondFactors: query({
    input: Empty,
    output: z.object({ code: z.boolean(), keyFile: z.boolean() }),
    needs: 'signed-in',
  }),
  /** A fresh secret for an authenticator; it counts only once `enrolCode` has seen a code made with it. */
  prepareCode: query({
    input: Empty,
    output: z.object({ secret: z.string(), qrSvg: z.string() }),
    needs: 'signed-in',
  }),
  enrolCode: command({
    input: z.object({ code: z.string().max(20) }),
    output: Empty,
    needs: 'signed-in',
    audit: 'session.code-enrolled',
  }),
  removeCode: command({
    input: z.object({ password: Password, keyFile: KeyFile.optional() }),
    output: Empty,
    needs: 'signed-in',
    audit: 'session.code-removed',
  }),
  /** Writes a new key file at this path; from then on the account opens with it and the password together. */
  enrolKeyFile: command({
    input: z.object({ password: Password, keyFile: KeyFile.optional(), file: KeyFile }),
    output: z.object({ fileName: z.string() }),
    needs: 'signed-in',
    audit: 'session.key-file-enrolled',
  }),
  removeKeyFile: command({
    input: z.object({ password: Password, keyFile: KeyFile.optional() }),
    output: Empty,
    needs: 'signed-in',
    audit: 'session.key-file-removed',
  }),
})
