import type { BackupRoom } from '../backup-room.ts'

/**
 * Whether a key is, or ever was, an account's of this vault. Former keys stand in the signed heads of the log: every
 * account signs one whenever it leaves the desk.
 */
export function isSignedBySomebody({
  vault,
  audit,
}: Pick<BackupRoom, 'vault' | 'audit'>): (accountId: string, publicKey: Buffer) => boolean {
  const known = new Set(
    vault.publicKeys().map(({ accountId, signing }) => `${accountId}|${signing.toString('hex')}`),
  )
  for (const line of audit.heads()) {
    const head = JSON.parse(line) as { readonly accountId?: string; readonly publicKey?: string }
    known.add(`${head.accountId}|${head.publicKey}`)
  }
  return (accountId, publicKey) => known.has(`${accountId}|${publicKey.toString('hex')}`)
}
