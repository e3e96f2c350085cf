import { z } from 'zod'
import { area, command, job, query } from './method.ts'
import { Empty, Id, IsoTime } from './model.ts'

export const FolderState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('absent') }),
  z.object({ state: z.literal('empty') }),
  z.object({ state: z.literal('occupied'), entryCount: z.number().int() }),
  z.object({
    state: z.literal('vault'),
    unitName: z.string(),
    createdAt: IsoTime,
    accounts: z.array(
      z.object({
        name: z.string(),
        locked: z.boolean(),
        /** What is asked for beside the password. */
        keyFile: z.boolean(),
        code: z.boolean(),
      }),
    ),
  }),
  z.object({ state: z.literal('damaged') }),
])
export type FolderState = z.infer<typeof FolderState>

export const PasswordStrength = z.object({
  /** 0 very weak … 4 strong. */
  score: z.number().int().min(0).max(4),
  /** Meets the policy: at least 10 characters of three of the four classes, and score 3 or better. */
  acceptable: z.boolean(),
  problems: z.array(
    z.enum(['too-short', 'too-few-classes', 'common', 'contains-name', 'repeats', 'sequence', 'guessable']),
  ),
})
export type PasswordStrength = z.infer<typeof PasswordStrength>

export const RecoveryShare = z.object({
  index: z.number().int().min(1).max(3),
  text: z.string(),
  /** The same text as a QR code, ready as an SVG document. */
  qrSvg: z.string(),
})

export const VaultCreated = z.object({ vaultId: Id, shares: z.array(RecoveryShare).length(3) })
export type VaultCreated = z.infer<typeof VaultCreated>

/** The accounts that a vault begins with: the three officers and whoever files the first case. */
export const FOUNDING_ROLES = ['system-officer', 'security-officer', 'auditor', 'archivist'] as const

export const FoundingAccount = z.object({
  role: z.enum(FOUNDING_ROLES),
  name: z.string().trim().min(1).max(60),
  displayName: z.string().trim().max(60).default(''),
  password: z.string().min(1).max(500),
})
export type FoundingAccount = z.infer<typeof FoundingAccount>

export const VaultInfo = z.object({
  vaultId: Id,
  unitName: z.string(),
  createdAt: IsoTime,
  accounts: z.array(z.object({ name: z.string(), locked: z.boolean() })),
  caseCount: z.number().int(),
  pageCount: z.number().int(),
  objectBytes: z.number().int(),
})

export const vault = area('vault', {
  inspectFolder: query({
    input: z.object({ folder: z.string().min(1) }),
    output: FolderState,
    needs: 'anyone',
  }),
  passwordStrength: query({
    input: z.object({
      password: z.string().max(500),
      hints: z.array(z.string().max(200)).max(20).default([]),
    }),
    output: PasswordStrength,
    needs: 'anyone',
  }),
  /**
   * Creates the vault with its officers and signs the archivist in, until `finishSetup` and beyond. One account for
   * each role; in 小单位模式 the security officer may be left out, and the system officer is both. Nobody else may
   * be two: CALL_INVALID_INPUT with `reason` `'roles'`, `'same-person'` or `'same-password'`. The shares are shown
   * once and never stored.
   */
  create: command({
    input: z.object({
      folder: z.string().min(1),
      unitName: z.string().trim().min(1).max(100),
      smallUnit: z.boolean().default(false),
      accounts: z.array(FoundingAccount).min(3).max(4),
    }),
    output: VaultCreated,
    needs: 'anyone',
    audit: 'vault.created',
  }),
  /** One share typed back: tells whether it is a share of this vault's recovery key, and which. */
  confirmShare: command({
    input: z.object({ text: z.string().max(500) }),
    output: z.object({ index: z.number().int() }),
    needs: 'signed-in',
    audit: 'vault.recovery-share-confirmed',
  }),
  /** Writes the recovery sheet as a PDF: three pages, one a share, each with its QR code. Only while the wizard's shares are in memory. */
  recoverySheet: command({
    input: z.object({ file: z.string().min(1) }),
    output: z.object({ fileName: z.string(), pageCount: z.number().int() }),
    needs: 'signed-in',
    audit: 'vault.recovery-sheet-written',
  }),
  /** Forgets the shares that the wizard showed. */
  finishSetup: command({ input: Empty, output: Empty, needs: 'signed-in', audit: 'vault.setup-finished' }),
  info: query({ input: Empty, output: VaultInfo, needs: 'settings.read' }),
  /** Sets a new password with two of the three shares when nobody can sign in. */
  recover: command({
    input: z.object({
      folder: z.string().min(1),
      shares: z.array(z.string().max(500)).min(2).max(3),
      accountName: z.string().min(1),
      newPassword: z.string().min(1).max(500),
    }),
    output: Empty,
    needs: 'anyone',
    audit: 'vault.recovered',
  }),
  check: job({ input: Empty, output: Id, needs: 'vault.check', audit: 'vault.check-started' }),
})
