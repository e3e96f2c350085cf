import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson, type Json } from '../../canonical-json.ts'
import { isSignedBy } from '../../vault/index.ts'
import { isSnapshotId } from './layout.ts'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const Count = z.number().int().min(0)
const SnapshotId = z.string().refine(isSnapshotId)

const Signer = z.object({
  accountId: z.string(),
  accountName: z.string(),
  /** Ed25519, raw, base64. */
  publicKey: z.string(),
})

/** A file of the vault as it lies on the medium: in parts, each named by its SHA-256. */
const FileEntry = z.object({
  name: z.string().regex(/^[a-z0-9.-]+$/),
  size: Count,
  sha256: Sha256,
  parts: z.array(z.object({ sha256: Sha256, size: Count })),
  /** Length and time of change of the file in the vault, by which an unchanged one is known. */
  source: z.object({ size: Count, changedMs: z.number() }).optional(),
})
export type FileEntry = Readonly<z.infer<typeof FileEntry>>

/** `set.json`: written once, when a medium is taken into use. */
export const SetDocument = z.object({
  format: z.literal('juanku-set'),
  version: z.number().int(),
  setId: z.string(),
  vaultId: z.string(),
  unitName: z.string(),
  label: z.string(),
  createdAt: z.string(),
})
export type SetDocument = Readonly<z.infer<typeof SetDocument>>

/** `snapshots/<id>.json`: what the vault was at one moment. It names everything that is needed to have it back. */
export const SnapshotDocument = z.object({
  format: z.literal('juanku-snapshot'),
  version: z.number().int(),
  id: SnapshotId,
  setId: z.string(),
  vaultId: z.string(),
  unitName: z.string(),
  createdAt: z.string(),
  /** `full`: everything that was on the medium before was read again. */
  kind: z.enum(['incremental', 'full']),
  /** The newest snapshot of the set when this one was made. */
  previous: z.object({ id: SnapshotId, sha256: Sha256 }).nullable(),
  counts: z.object({ cases: Count, volumes: Count, pages: Count, objects: Count, objectBytes: Count }),
  /** Objects that the catalogue names and the vault did not have, or not whole: all of them, or the first so many. */
  missing: z.array(z.string()),
  /** How many there were, where not all are named. */
  missingCount: Count.optional(),
  audit: z.object({ records: Count, head: z.string() }),
  /** The list of objects, see object-list.ts. Its SHA-256 stands for all sealed bytes: 摘要根值. */
  objects: FileEntry,
  files: z.array(FileEntry),
  signer: Signer,
  /** Ed25519 (RFC 8032), base64, over {@link signedBytes}. */
  signature: z.string(),
})
export type SnapshotDocument = Readonly<z.infer<typeof SnapshotDocument>>

/** A document stays a document, whatever became of the vault. */
const MISSING_NAMED = 10_000

export function missingMembers(names: readonly string[]): Pick<SnapshotDocument, 'missing' | 'missingCount'> {
  const missing = names.toSorted().slice(0, MISSING_NAMED)
  return missing.length === names.length ? { missing } : { missing, missingCount: names.length }
}

export function missingCount(document: Pick<SnapshotDocument, 'missing' | 'missingCount'>): number {
  return document.missingCount ?? document.missing.length
}

/** `index.json`: which snapshots should be there, so that a lost or an older one is noticed without the vault. */
export const IndexDocument = z.object({
  format: z.literal('juanku-set-index'),
  version: z.number().int(),
  setId: z.string(),
  vaultId: z.string(),
  /** Grows by one with each writing. */
  sequence: Count,
  snapshots: z.array(
    z.object({
      id: SnapshotId,
      sha256: Sha256,
      /** When all of it was read back and found whole; null: not yet. */
      verifiedAt: z.string().nullable(),
    }),
  ),
  pruned: z.array(z.object({ id: SnapshotId, sha256: Sha256, prunedAt: z.string() })),
  /** SHA-256 of the unsigned files beside it: `set.json`, and the note and the checker where they are. */
  beside: z.record(z.string(), Sha256),
  signer: Signer,
  signature: z.string(),
})
export type IndexDocument = Readonly<z.infer<typeof IndexDocument>>

export const VERSION = 1

/** Whoever signs: an account with its Ed25519 key, which stays with the vault. */
export interface BackupSigner {
  readonly accountId: string
  readonly accountName: string
  readonly publicKey: Uint8Array
  readonly sign: (bytes: Uint8Array) => Uint8Array
}

/** A context line, then the document without its signature in canonical JSON (RFC 8785). */
function signedBytes(document: { readonly format: string }): Buffer {
  const { signature: _, ...content } = document as { signature?: string; format: string }
  return Buffer.from(`${document.format} 1\n${canonicalJson(content as Json)}`, 'utf8')
}

type Unsigned<T> = Omit<T, 'signer' | 'signature'>

export function signed<T extends SnapshotDocument | IndexDocument>(
  content: Unsigned<T>,
  { accountId, accountName, publicKey, sign }: BackupSigner,
): T {
  const signer = { accountId, accountName, publicKey: Buffer.from(publicKey).toString('base64') }
  const document = { ...content, signer, signature: '' } as unknown as T
  const signature = Buffer.from(sign(signedBytes(document))).toString('base64')
  return { ...document, signature }
}

export function isGenuine(document: SnapshotDocument | IndexDocument): boolean {
  const { signature, signer } = document
  const bytes = (text: string) => Buffer.from(text, 'base64')
  return isSignedBy(bytes(signer.publicKey), signedBytes(document), bytes(signature))
}

/** How a document is written: to be read by people too. */
export function documentText(document: object): string {
  return `${JSON.stringify(document, null, 1)}\n`
}

export function textDigest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
