import { hash, verify } from '@node-rs/argon2'
import type { SignInPolicy } from '../../shared/contract/session.ts'
import { AppError } from '../../shared/errors.ts'

type Row = Readonly<Record<string, unknown>>
type Value = string | number | null | Uint8Array

/** The catalogue's statements, as far as they are needed here. */
interface Rows {
  readonly run: (sql: string, ...values: readonly Value[]) => number
  readonly one: (sql: string, ...values: readonly Value[]) => Row | undefined
  readonly all: (sql: string, ...values: readonly Value[]) => readonly Row[]
}

/** A slot's password, told apart from those before and after it by the slot's version. */
export interface PasswordOf {
  readonly accountId: string
  readonly slotVersion: number
}

/** How long passwords last and which may not come back (GB/T 22239-2019, 8.1.4.1 a). */
export interface PasswordRules {
  /** Its owner chose it just now. */
  readonly setByOwner: (of: PasswordOf) => void
  /** The slot was wrapped anew under the same password. */
  readonly sameAsBefore: (of: PasswordOf) => void
  /**
   * Why the password may not be used any longer; null when it may. `'given'`: somebody else chose it, as the officer
   * who made the account or reset it; that is every password of which `setByOwner` never heard.
   */
  readonly expiry: (of: PasswordOf, policy: Pick<SignInPolicy, 'passwordDays'>) => 'age' | 'given' | null
  /** Keeps a password that was just proved right, so that it does not come back. Costs an Argon2 once a password. */
  readonly remember: (of: PasswordOf, password: string) => Promise<void>
  /** Throws SESSION_PASSWORD_REUSED for one of the last few. */
  readonly refuseReused: (
    accountId: string,
    next: string,
    policy: Pick<SignInPolicy, 'passwordHistory'>,
  ) => Promise<void>
  /** The time step of the last one-time code that was accepted; 0 before the first. */
  readonly lastCodeStep: (accountId: string) => number
  readonly setLastCodeStep: (accountId: string, step: number) => void
}

/** Never weaker than a slot: every account can read the catalogue. */
const COST = { algorithm: 2, memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const
const DAY_MS = 86_400_000

export function passwordRules(sql: Rows, now: () => Date): PasswordRules {
  const state = (accountId: string) => sql.one('SELECT * FROM password_state WHERE account_id = ?', accountId)
  return {
    setByOwner: ({ accountId, slotVersion }) => {
      sql.run(
        `INSERT INTO password_state (account_id, slot_version, set_at) VALUES (?, ?, ?)
         ON CONFLICT (account_id) DO UPDATE SET slot_version = excluded.slot_version, set_at = excluded.set_at`,
        ...[accountId, slotVersion, now().toISOString()],
      )
    },
    sameAsBefore: ({ accountId, slotVersion }) => {
      sql.run('UPDATE password_state SET slot_version = ? WHERE account_id = ?', slotVersion, accountId)
    },
    expiry: ({ accountId, slotVersion }, { passwordDays }) => {
      const row = state(accountId)
      if (Number(row?.slot_version) !== slotVersion) return 'given'
      const age = now().getTime() - new Date(String(row?.set_at)).getTime()
      return passwordDays > 0 && age > passwordDays * DAY_MS ? 'age' : null
    },
    remember: async ({ accountId, slotVersion }, password) => {
      const key = [accountId, slotVersion]
      const known = 'SELECT 1 FROM password_history WHERE account_id = ? AND slot_version = ?'
      if (sql.one(known, ...key) !== undefined) return
      const kept = await hash(canonical(password), COST)
      sql.run('INSERT OR IGNORE INTO password_history VALUES (?, ?, ?)', ...key, kept)
    },
    refuseReused: async (accountId, next, { passwordHistory }) => {
      const rows = sql.all(
        'SELECT hash FROM password_history WHERE account_id = ? ORDER BY slot_version DESC LIMIT ?',
        ...[accountId, passwordHistory],
      )
      const same = await Promise.all(rows.map((row) => verify(String(row.hash), canonical(next))))
      if (same.includes(true)) throw new AppError('SESSION_PASSWORD_REUSED', { last: passwordHistory })
    },
    lastCodeStep: (accountId) =>
      Number(sql.one('SELECT last_step FROM one_time_code WHERE account_id = ?', accountId)?.last_step ?? 0),
    setLastCodeStep: (accountId, step) => {
      sql.run(
        `INSERT INTO one_time_code VALUES (?, ?)
         ON CONFLICT (account_id) DO UPDATE SET last_step = excluded.last_step`,
        ...[accountId, step],
      )
    },
  }
}

/** As the vault takes a password, so that two ways of typing one count as one. */
function canonical(password: string): string {
  return password.replaceAll(/\p{Zs}/gu, ' ').normalize('NFC')
}
