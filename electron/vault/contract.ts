import type { Compartment } from './compartments.ts'

/** An object of content that stands in the vault. */
export interface StoredObject {
  /** 64 hex digits: the name under which it is opened. */
  readonly name: string
  /** SHA-256 of the content, hex. */
  readonly sha256: string
  readonly sizeBytes: number
  /** The same content stood in this compartment before; nothing was written. */
  readonly existed: boolean
}

/** One opened object. Reads only the segments it needs and checks each before giving a byte of it away. */
export interface ObjectReader {
  readonly sizeBytes: number
  /** Bytes from `start` up to, without, `end`; both are cut to the content's size. */
  read(start: number, end: number): Promise<Buffer>
  /** The content from `start` (0) up to `end` (its size), in pieces of 1 MiB at most. */
  stream(start?: number, end?: number): AsyncIterable<Buffer>
  readAll(): Promise<Buffer>
  close(): Promise<void>
}

export interface CheckedObject {
  readonly sizeBytes: number
  readonly sha256: string
}

/** A file in `objects/`, as it stands on the disk. */
export interface ListedObject {
  readonly name: string
  /** Length of the sealed file. */
  readonly sealedBytes: number
}

/** What may be done with sealed objects wherever they lie: in the vault, on a backup medium, in a drill's folder. */
export interface ObjectSource {
  /** True when a file of this name is there; says nothing of its health. */
  has(name: string): Promise<boolean>
  /**
   * Throws VAULT_COMPARTMENT_CLOSED, VAULT_OBJECT_MISSING, or VAULT_OBJECT_DAMAGED `{ object, reason, segment? }`
   * with `reason` `'header'`, `'segment'`, `'truncated'` or `'name'`; so do the reader's own methods.
   */
  open(compartment: Compartment, name: string): Promise<ObjectReader>
  /**
   * Opens every segment, and checks that the content's name is this one, and its SHA-256 the expected (hex), if any.
   * Throws as `open` does, and CALL_CANCELLED.
   */
  verify(
    compartment: Compartment,
    name: string,
    options?: { readonly expectedSha256?: string; readonly signal?: AbortSignal },
  ): Promise<CheckedObject>
  /** The compartment that the file claims to belong to, without opening it; `undefined` when it is no sealed object. */
  claimedCompartment(name: string): Promise<Compartment | undefined>
  /** Every object's file, folder by folder. Other files are passed over. */
  list(): AsyncIterable<ListedObject>
}

/**
 * Puts objects in groups: sealing and the disk's own writing overlap, and each folder is synced once. Put several
 * at a time (four is a good number) and call `commit` before the rows that name them.
 */
export interface WriteBatch {
  /**
   * As {@link ObjectStore.putBuffer}, but there for others only after `commit`. A caller that has the content's
   * SHA-256 at hand gives it, so that it is not computed twice.
   */
  putBuffer(compartment: Compartment, content: Uint8Array, sha256?: Buffer): Promise<StoredObject>
  /** As {@link ObjectStore.putFile}, but there for others only after `commit`. */
  putFile(
    compartment: Compartment,
    path: string,
    options?: { readonly signal?: AbortSignal },
  ): Promise<StoredObject>
  /** As {@link ObjectStore.putDerived}, but written with the others; one that is never committed may still stay. */
  putDerived(compartment: Compartment, label: string, content: Uint8Array): void
  /** When this returns, everything that was put is there and survives a power cut. The batch may be used again. */
  commit(): Promise<void>
  /** Removes what was put since the last `commit`. */
  abandon(): Promise<void>
}

export interface ObjectStore extends ObjectSource {
  /**
   * Seals content and returns when it survives a power cut. Throws VAULT_COMPARTMENT_CLOSED, VAULT_LOCK_LOST and
   * SYSTEM_* errors; nothing half-written is ever visible under a name.
   */
  putBuffer(compartment: Compartment, content: Uint8Array): Promise<StoredObject>
  /**
   * Seals a file, up to 32 MiB from one reading, larger ones in two passes with bounded memory. Throws
   * INTAKE_FILE_VANISHED, and INTAKE_FILE_CHANGED when somebody wrote to it meanwhile; otherwise as `putBuffer`.
   */
  putFile(
    compartment: Compartment,
    path: string,
    options?: { readonly signal?: AbortSignal },
  ): Promise<StoredObject>
  /** Puts many, four at a time, and makes them durable together. The results are in the order of `contents`. */
  putMany(compartment: Compartment, contents: readonly Uint8Array[]): Promise<readonly StoredObject[]>
  batch(): WriteBatch

  /**
   * Keeps something that can be made again, such as a thumbnail, under a label like `thumbnail|<page version id>`.
   * Not synced: after a power cut it may be gone. Replaces what stood under the label.
   */
  putDerived(compartment: Compartment, label: string, content: Uint8Array): Promise<void>
  /** `undefined` when there is none; a damaged one is removed and counts as none. */
  getDerived(compartment: Compartment, label: string): Promise<Buffer | undefined>
  removeDerived(compartment: Compartment, label: string): Promise<void>

  /** Moves an object that nothing refers to, or a damaged one, into `quarantine/`. Throws VAULT_OBJECT_MISSING. */
  quarantine(name: string): Promise<void>
  /**
   * Destroys an object for good, in `objects/` and `quarantine/`. For disposal, and for what no row names any more once
   * that is committed: pages sealed anew under another compartment, scans of paper that a checking needs no more.
   */
  destroy(name: string): Promise<void>
  /** Removes what lies in `quarantine/` longer than this; returns how many. */
  sweepQuarantine(olderThanMs: number): Promise<number>
}

/** Where a small sealed record belongs: `label` must be given again to open it; without a compartment every account can. */
export interface DraftPlace {
  readonly label: string
  readonly compartment?: Compartment
}

export interface VaultAccount {
  readonly accountId: string
  readonly accountName: string
}

/** What anybody may read from a vault folder without a password. */
export interface VaultInfo {
  readonly vaultId: string
  readonly unitName: string
  /** UTC ISO. */
  readonly createdAt: string
  readonly accounts: readonly (VaultAccount & {
    readonly locked: boolean
    /** What the account may open, in its keys or delivered to it. */
    readonly compartments: readonly Compartment[]
    /** Signing in needs more than the password. */
    readonly keyFile: boolean
    readonly oneTimeCode: boolean
    /** Grows by one whenever the password or the key file changes. */
    readonly slotVersion: number
  })[]
  /** UTC ISO; when the shares in use were made. */
  readonly recoverySharesCreatedAt: string
}

/** An account's key slot in the making. Names are compared after NFC, trimming and case folding. */
export interface NewSlot {
  readonly accountId: string
  readonly name: string
  /** Throws VAULT_PASSWORD_TOO_WEAK: at least 8 characters, 4 of them different, without the account's name. */
  readonly password: string
  readonly compartments: readonly Compartment[]
}

export interface VaultSigner {
  readonly accountId: string
  /** Ed25519, 32 raw bytes. Keep it with the signature: a reset gives the account another. */
  readonly publicKey: Buffer
  sign(bytes: Uint8Array): Buffer
}

/** 32 raw bytes each: Ed25519 for checking signatures, X25519 for sealing to the account. */
export interface AccountPublicKeys extends VaultAccount {
  readonly signing: Buffer
  readonly receiving: Buffer
}

export interface OpenVault {
  /** ULID. */
  readonly id: string
  readonly folder: string
  readonly unitName: string
  readonly account: VaultAccount
  /** What the account that opened the vault may open. */
  readonly compartments: ReadonlySet<Compartment>
  readonly objects: ObjectStore
  /** The same keys over objects that lie under another folder's `objects/`: a backup medium, a drill. Reads only. */
  objectsIn(folder: string): ObjectSource
  /** A copy of the raw SQLCipher key of `catalogue.db`, 32 bytes. Fill it with zeros when done. */
  catalogueKey(): Buffer
  /**
   * A copy of the raw SQLCipher key of a compartment's page texts, 32 bytes. Fill it with zeros when done. Throws
   * VAULT_COMPARTMENT_CLOSED.
   */
  textKey(compartment: Compartment): Buffer
  /** AES-256-GCM for small things (drafts, settings) that are kept elsewhere. Throws VAULT_COMPARTMENT_CLOSED. */
  sealDraft(place: DraftPlace, content: Uint8Array): Buffer
  /** Throws VAULT_OBJECT_DAMAGED `{ object: 'draft', reason: 'segment' }` for another place or a changed byte. */
  openDraft(place: DraftPlace, sealed: Uint8Array): Buffer
  /** The accounts as they stand now. */
  info(): VaultInfo
  /**
   * Checks somebody's password without signing them in, for a second person's approval on the spot. Throws
   * VAULT_NO_SUCH_ACCOUNT, VAULT_ACCOUNT_LOCKED and VAULT_WRONG_PASSWORD.
   */
  checkPassword(accountName: string, password: string, keyFile?: Uint8Array): Promise<VaultAccount>
  /**
   * Makes a slot with a key pair of its own. The opened account must hold these compartments, else
   * VAULT_COMPARTMENT_CLOSED; an officer, who holds none, makes a slot with none and a holder delivers afterwards.
   * Throws VAULT_ACCOUNT_EXISTS for a name or id in use.
   */
  addSlot(slot: NewSlot): Promise<void>
  /**
   * A new password, a new key pair and only these compartments for another account, without its old password; its
   * second factors are gone, and it is unlocked. Throws ACCESS_DENIED `{ reason: 'lastHolder' }` when a compartment
   * would be left to the recovery shares alone, and `'ownAccount'`.
   */
  resetSlot(slot: Omit<NewSlot, 'name'>): Promise<void>
  /**
   * Seals compartments' keys to an account, which has them from its next opening on. Throws VAULT_COMPARTMENT_CLOSED
   * for what the opened account does not hold, and VAULT_NO_SUCH_ACCOUNT.
   */
  deliverCompartments(accountId: string, compartments: readonly Compartment[]): Promise<void>
  /**
   * Takes compartments' keys out of an account's slot: its next opening has them no more. Whoever copied the folder
   * before, or read the key from memory, keeps it. Throws ACCESS_DENIED `{ reason: 'lastHolder' }`.
   */
  withdrawCompartments(accountId: string, compartments: readonly Compartment[]): Promise<void>
  /**
   * For the account that opened the vault; `keyFile` where its slot wants one. Throws VAULT_WRONG_PASSWORD. Rewraps
   * the keys; re-encrypts nothing, and deliveries stay good.
   */
  changePassword(change: {
    readonly current: string
    readonly next: string
    readonly keyFile?: Uint8Array | undefined
  }): Promise<void>
  /** From now on the slot opens with the password and these bytes together; `null`: with the password alone. */
  setKeyFile(change: {
    readonly password: string
    readonly keyFile?: Uint8Array | undefined
    readonly next: Uint8Array | null
  }): Promise<void>
  /** The secret of the account's one-time codes, sealed under its own key in its slot; `undefined` when none is set. */
  oneTimeSecret(): Buffer | undefined
  setOneTimeSecret(secret: Uint8Array | null): Promise<void>
  /** Signs with the account's Ed25519 key (RFC 8032), 64 bytes. Throws VAULT_NOT_OPEN after closing. */
  signer(): VaultSigner
  /** Every account's public keys, as the header in force has them. */
  publicKeys(): readonly AccountPublicKeys[]
  renameAccount(accountId: string, name: string): Promise<void>
  /** From now on the account's password alone opens nothing, in any program. Throws VAULT_NO_SUCH_ACCOUNT. */
  lockAccount(accountId: string): Promise<void>
  unlockAccount(accountId: string): Promise<void>
  /** Throws ACCESS_DENIED for the opened account's own slot: the vault must not lose its last way in. */
  removeSlot(accountId: string): Promise<void>
  /** Overwrites the keys in memory and gives the lock back. Everything afterwards throws VAULT_NOT_OPEN. */
  close(): Promise<void>
}

/** A vault opened with two recovery shares: to give an account a way in again, and to print new shares. */
export interface RecoveredVault {
  readonly info: () => VaultInfo
  /**
   * Gives an account a new password and every compartment, and unlocks it; makes the account when `accountId` is
   * unknown. Afterwards open the vault as this account.
   */
  setPassword(account: {
    readonly accountId: string
    readonly name: string
    readonly password: string
  }): Promise<void>
  /** Makes three new shares. The old ones open nothing from then on, but old copies of `vault.json`. */
  replaceShares(): Promise<readonly [string, string, string]>
  close(): Promise<void>
}
