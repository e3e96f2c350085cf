import { createHmac, timingSafeEqual } from 'node:crypto'
import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { syncFolder, writeFileAtomically } from '../atomic-write.ts'
import { canonicalJson, type Json } from '../canonical-json.ts'
import { isErrno, systemError, withSystemErrors } from '../errno.ts'
import { COMPARTMENTS } from './compartments.ts'

export const HEADER_FILE = 'vault.json'
/**
 * A second copy of the header that is in force, for the day when the first is damaged. It is rewritten after every
 * change, so that an old password, a removed account or an unlocked slot does not live on in it.
 */
export const HEADER_COPY_FILE = 'vault.json.previous'

const FORMAT = 'juanku-vault'
const VERSION = 1

const Base64 = z
  .string()
  .max(1024)
  .regex(
    /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$|^(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)$/,
  )
const Ulid = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/)
const Instant = z.iso.datetime()

/** Bounds keep a forged header from asking for all the memory or all the time of the machine. */
const KdfSchema = z.strictObject({
  name: z.literal('argon2id'),
  memoryKiB: z.int().min(8_192).max(1_048_576),
  passes: z.int().min(1).max(20),
  lanes: z.int().min(1).max(8),
})

const DeliverySchema = z.strictObject({ compartment: z.enum(COMPARTMENTS), sealed: Base64 })

const SlotSchema = z.strictObject({
  accountId: Ulid,
  accountName: z.string().min(1).max(200),
  kdf: KdfSchema,
  salt: Base64,
  /** The slot key is made of the password and of a key file's bytes. */
  keyFile: z.boolean(),
  wrapped: Base64,
  /** X25519: keys of compartments are sealed to it. */
  receivingKey: Base64,
  /** Ed25519: checks what the account signed. */
  signingKey: Base64,
  /** At most one for each compartment; what stands here is what the account may open. */
  deliveries: z
    .array(DeliverySchema)
    .max(COMPARTMENTS.length)
    .refine((list) => new Set(list.map(({ compartment }) => compartment)).size === list.length),
  /** The secret of one-time codes, under a key that only the account has. */
  oneTimeSecret: Base64.nullable(),
  /** Grows by one at each rewrapping; bound into the wrapping. */
  version: z.int().min(1),
  createdAt: Instant,
  locked: z.boolean(),
})

const RecoverySchema = z.strictObject({
  /** Changes whenever new shares are made; shares carry a fingerprint of it. */
  setId: Ulid,
  threshold: z.literal(2),
  shares: z.literal(3),
  wrapped: Base64,
  createdAt: Instant,
})

const HeaderSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  vaultId: Ulid,
  unitName: z.string().min(1).max(200),
  createdAt: Instant,
  slots: z.array(SlotSchema).max(1_000),
  recovery: RecoverySchema,
  mac: Base64,
})

export type Kdf = Readonly<z.infer<typeof KdfSchema>>
export type Delivery = Readonly<z.infer<typeof DeliverySchema>>
export type Slot = Readonly<Omit<z.infer<typeof SlotSchema>, 'deliveries'>> & {
  readonly deliveries: readonly Delivery[]
}
export type Recovery = Readonly<z.infer<typeof RecoverySchema>>
export type VaultHeader = Readonly<Omit<z.infer<typeof HeaderSchema>, 'slots'>> & {
  readonly slots: readonly Slot[]
}
/** A header before it is signed. */
export type HeaderContent = Omit<VaultHeader, 'format' | 'version' | 'mac'>

function headerMac(headerKey: Buffer, header: Omit<VaultHeader, 'mac'>): Buffer {
  return createHmac('sha256', headerKey)
    .update(canonicalJson(header as unknown as Json), 'utf8')
    .digest()
}

/** HMAC-SHA-256 over the canonical JSON (RFC 8785) of everything but `mac`. */
export function signHeader(headerKey: Buffer, content: HeaderContent): VaultHeader {
  const header = { ...content, format: FORMAT, version: VERSION } as const
  return { ...header, mac: headerMac(headerKey, header).toString('base64') }
}

function isSealed(headerKey: Buffer, header: VaultHeader): boolean {
  const { mac, ...rest } = header
  const expected = headerMac(headerKey, rest)
  const found = Buffer.from(mac, 'base64')
  return found.length === expected.length && timingSafeEqual(found, expected)
}

/**
 * Throws VAULT_HEADER_DAMAGED `{ reason: 'seal', copyUsable }` when slots were changed, added or dropped by an
 * outsider.
 */
export async function checkHeaderSeal(folder: string, headerKey: Buffer, header: VaultHeader): Promise<void> {
  if (isSealed(headerKey, header)) return
  const copy = await readHeaderFile(folder, HEADER_COPY_FILE)
  const copyUsable = !(copy instanceof AppError) && isSealed(headerKey, copy)
  throw new AppError('VAULT_HEADER_DAMAGED', { reason: 'seal', copyUsable })
}

/** The header in a text, or the error that says why there is none. */
function parseHeader(text: string): VaultHeader | AppError {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    return new AppError('VAULT_HEADER_DAMAGED', { reason: 'json' }, { cause })
  }
  const known = z.object({ format: z.literal(FORMAT), version: z.int() }).safeParse(json)
  if (known.success && known.data.version > VERSION) {
    return new AppError('VAULT_FORMAT_TOO_NEW', { found: known.data.version, supported: VERSION })
  }
  const parsed = HeaderSchema.safeParse(json)
  if (!parsed.success)
    return new AppError('VAULT_HEADER_DAMAGED', { reason: 'content' }, { cause: parsed.error })
  const ids = new Set(parsed.data.slots.map((slot) => slot.accountId))
  if (ids.size !== parsed.data.slots.length)
    return new AppError('VAULT_HEADER_DAMAGED', { reason: 'content' })
  return parsed.data
}

async function readHeaderFile(folder: string, file: string): Promise<VaultHeader | AppError> {
  try {
    return parseHeader(await readFile(join(folder, file), 'utf8'))
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return new AppError('VAULT_NOT_FOUND')
    throw systemError(error, 'vault.readHeader')
  }
}

/**
 * Throws VAULT_NOT_FOUND, VAULT_FORMAT_TOO_NEW, or VAULT_HEADER_DAMAGED with `copyUsable`, which says whether
 * {@link restoreHeaderCopy} can help.
 */
export async function readHeader(folder: string): Promise<VaultHeader> {
  const header = await readHeaderFile(folder, HEADER_FILE)
  if (!(header instanceof AppError)) return header
  if (header.code === 'VAULT_FORMAT_TOO_NEW') throw header
  const copyUsable = !((await readHeaderFile(folder, HEADER_COPY_FILE)) instanceof AppError)
  if (header.code === 'VAULT_NOT_FOUND') {
    throw copyUsable ? new AppError('VAULT_HEADER_DAMAGED', { reason: 'missing', copyUsable }) : header
  }
  throw new AppError(header.code, { ...header.details, copyUsable }, { cause: header.cause })
}

/** Both files are replaced atomically, one after the other: at any moment at least one of them is whole. */
export async function writeHeader(folder: string, header: VaultHeader): Promise<void> {
  const text = `${JSON.stringify(header, null, 2)}\n`
  await writeFileAtomically(join(folder, HEADER_FILE), text)
  await writeFileAtomically(join(folder, HEADER_COPY_FILE), text)
}

/** Puts the copy in force. The damaged file is renamed to `vault.json.damaged-<time>`, never overwritten. */
export async function restoreHeaderFromCopy(folder: string, now: Date): Promise<VaultHeader> {
  const copy = await readHeaderFile(folder, HEADER_COPY_FILE)
  if (copy instanceof AppError) {
    throw copy.code === 'VAULT_NOT_FOUND' ? new AppError('VAULT_HEADER_DAMAGED', { copyUsable: false }) : copy
  }
  await withSystemErrors('vault.restoreHeader', async () => {
    const suffix = now.toISOString().replaceAll(/[:.]/g, '-')
    try {
      await rename(join(folder, HEADER_FILE), join(folder, `${HEADER_FILE}.damaged-${suffix}`))
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error
    }
    await syncFolder(folder)
  })
  await writeHeader(folder, copy)
  return copy
}
