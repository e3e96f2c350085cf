import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Secret, TOTP } from 'otpauth'
import { AppError } from '../../shared/errors.ts'
import { writeFileAtomically } from '../atomic-write.ts'

const PERIOD_SECONDS = 30
const SECRET_BYTES = 20
const KEY_FILE_BYTES = 32
/** One step either way: 30 seconds for a telephone whose clock is off. */
const TOLERANCE = 1

/** RFC 6238 with HMAC-SHA-1, six digits and 30 seconds: what every authenticator reads. */
function generator(secret: Uint8Array, label = ''): TOTP {
  return new TOTP({
    issuer: '卷库',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
  })
}

export function newCodeSecret(): Buffer {
  return randomBytes(SECRET_BYTES)
}

/** What an authenticator is given: `otpauth://totp/…` for a QR code, and the secret in base32 for typing. */
export function codeEnrolment(secret: Uint8Array, accountName: string): { uri: string; secret: string } {
  const made = generator(secret, accountName)
  return { uri: made.toString(), secret: made.secret.base32 }
}

/**
 * The time step of a right code. Throws SESSION_SECOND_FACTOR_WRONG, also for a code of a step that was used before
 * (RFC 6238 §5.2: a code is good once).
 */
export function acceptCode(secret: Uint8Array, typed: string, now: Date, lastStep: number): number {
  const timestamp = now.getTime()
  const token = typed.normalize('NFKC').replaceAll(/\s/g, '')
  const delta = generator(secret).validate({ token, timestamp, window: TOLERANCE })
  const step = delta === null ? 0 : Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta
  if (step <= lastStep) throw new AppError('SESSION_SECOND_FACTOR_WRONG', { kind: 'code' })
  return step
}

/** The bytes of a key file. Throws SESSION_SECOND_FACTOR_WRONG for a file that is none or is not there. */
export async function readKeyFile(file: string): Promise<Buffer> {
  const wrong = (cause?: unknown) =>
    new AppError('SESSION_SECOND_FACTOR_WRONG', { kind: 'key-file' }, { cause })
  let bytes: Buffer
  try {
    bytes = await readFile(file)
  } catch (error) {
    throw wrong(error)
  }
  if (bytes.length !== KEY_FILE_BYTES) throw wrong()
  return bytes
}

/** Writes a new key file, 32 random bytes, and gives them. Throws SYSTEM_* errors. */
export async function makeKeyFile(file: string): Promise<Buffer> {
  const bytes = randomBytes(KEY_FILE_BYTES)
  await writeFileAtomically(file, bytes)
  return bytes
}
