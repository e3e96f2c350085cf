/**
 * The vault: one folder, copied whole, that holds everything sealed. Keys, key slots, recovery shares, sealed
 * objects and the lock. Plain Node; the primitives are AES-256-GCM, SHA-256, HMAC, HKDF, X25519, Ed25519 and Argon2id. FORMAT.md
 * describes every byte, so that the content can be opened without this program.
 */

/** Whether a signature is an account's, by its raw Ed25519 key. */
export { isSignedBy } from './account-keys.ts'
/** 正卷 `'open'`, and 副卷 and other material of few readers `'restricted'`: each under keys of its own. */
export type { Compartment } from './compartments.ts'
/** The objects that an open vault hands out; each member says what it promises and throws. */
export type {
  AccountPublicKeys,
  CheckedObject,
  DraftPlace,
  ListedObject,
  NewSlot,
  ObjectReader,
  ObjectSource,
  ObjectStore,
  OpenVault,
  RecoveredVault,
  StoredObject,
  VaultAccount,
  VaultInfo,
  VaultSigner,
  WriteBatch,
} from './contract.ts'
/** Names inside a vault folder, for backup: `vault.json` and its second copy are copied, `vault.lock` is not. */
export { HEADER_COPY_FILE, HEADER_FILE } from './header.ts'
/** `objects/ab/<64 hex>`, relative to a vault folder or a copy of it; the folders that need no copy; what a folder is. */
export { type FolderState, folderState, objectPath } from './layout.ts'
/** How the lock is taken, and who is told when it is lost. */
export type { LockOptions } from './lock.ts'
/** Opening with two of three printed shares. */
export { openVaultWithRecovery, type RecoveryOptions } from './recovery.ts'
/** The three printed shares, and whether a typed one is well-formed (`undefined` when mistyped). */
export { decodeShare, type RecoveryShares } from './recovery-shares.ts'
/** The account that a typed name means. */
export { accountNamed } from './slot-changes.ts'
/** The ways in. */
export {
  type CreatedVault,
  type CreateVaultOptions,
  createVault,
  type OpenVaultOptions,
  openVault,
  readVaultInfo,
  restoreHeaderCopy,
} from './vault.ts'
