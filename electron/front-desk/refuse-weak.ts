import { AppError } from '../../shared/errors.ts'
import type { passwordJudge } from '../access/index.ts'

/** Throws VAULT_PASSWORD_TOO_WEAK with the first thing that is wrong. */
export type RefuseWeak = (password: string, hints: readonly string[]) => void

export function weakPasswordRefuser(judge: ReturnType<typeof passwordJudge>): RefuseWeak {
  return (password, hints) => {
    const strength = judge(password, hints)
    if (!strength.acceptable)
      throw new AppError('VAULT_PASSWORD_TOO_WEAK', { problem: strength.problems[0] ?? '' })
  }
}
