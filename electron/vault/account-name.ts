import { AppError } from '../../shared/errors.ts'

/** As it is shown: NFC (Unicode TR15) without blanks around it. */
export function displayName(name: string): string {
  return name.normalize('NFC').trim()
}

/** As it is compared: 王芳, `wang fang` and `Wang Fang ` mean one account each. */
export function foldName(name: string): string {
  return displayName(name).toUpperCase().toLowerCase().normalize('NFC')
}

/** The bytes that a password stands for: RFC 8265 §4.2 (OpaqueString), NFC and every blank as U+0020. */
export function passwordBytes(password: string): Buffer {
  return Buffer.from(password.replaceAll(/\p{Zs}/gu, ' ').normalize('NFC'), 'utf8')
}

export const PASSWORD_MINIMUM_LENGTH = 8
const DIFFERENT_CHARACTERS = 4

/**
 * Throws VAULT_PASSWORD_TOO_WEAK with `reason` `'short'` (under 8 characters), `'monotonous'` (under 4 different
 * ones) or `'name'` (it holds the account's name).
 */
export function checkPasswordStrength(password: string, accountName: string): void {
  const characters = Array.from(password.normalize('NFC'))
  const weak = (reason: string) =>
    new AppError('VAULT_PASSWORD_TOO_WEAK', { reason, minimumLength: PASSWORD_MINIMUM_LENGTH })
  if (characters.length < PASSWORD_MINIMUM_LENGTH) throw weak('short')
  if (new Set(characters).size < DIFFERENT_CHARACTERS) throw weak('monotonous')
  const name = foldName(accountName)
  if (name.length >= 3 && foldName(password).includes(name)) throw weak('name')
}
