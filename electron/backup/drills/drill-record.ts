import type { DrillPoint } from '../../../shared/contract/restores.ts'
import { canonicalJson, type Json } from '../../canonical-json.ts'
import { isSignedBy, type VaultSigner } from '../../vault/index.ts'

/** Records of earlier versions say it in words, and were signed so. */
export type KeptPoint = Omit<DrillPoint, 'findings'> & Partial<Pick<DrillPoint, 'findings'>>

/** 恢复演练记录 as it is signed and kept. */
export interface DrillRecord {
  readonly id: string
  readonly year: number
  /** Running number within the year, from 1. */
  readonly serial: number
  readonly scenario: string
  readonly mediumId: string
  readonly mediumNumber: string
  readonly snapshotId: string
  readonly machine: string
  readonly way: 'password' | 'shares'
  /** So many objects were opened; null: all. */
  readonly sample: number | null
  readonly startedAt: string
  readonly endedAt: string
  readonly rtoTargetMinutes: number
  readonly rtoMinutes: number
  readonly rpoTargetHours: number
  readonly rpoHours: number
  readonly points: readonly KeptPoint[]
  readonly passed: boolean
  readonly by: string
  readonly participants: string
  /** Ed25519 (RFC 8032), base64. */
  readonly signature: string
  readonly publicKey: string
}

/** What a second person adds; it stands beside the signed record, and in the log. */
export interface DrillApproval {
  readonly conclusion: string
  readonly approvedBy: string | null
  readonly approvedAt: string | null
}

const CONTEXT = 'juanku-restore-drill 1\n'

type Unsigned = Omit<DrillRecord, 'signature' | 'publicKey'>

/** A context line, then the members in canonical JSON (RFC 8785). */
function signedBytes(record: Unsigned): Buffer {
  const { id, year, serial, scenario, mediumId, mediumNumber, snapshotId, machine, way, sample } = record
  const { startedAt, endedAt, rtoTargetMinutes, rtoMinutes, rpoTargetHours, rpoHours } = record
  const { points, passed, by, participants } = record
  const content = {
    ...{ id, year, serial, scenario, mediumId, mediumNumber, snapshotId, machine, way, sample },
    ...{ startedAt, endedAt, rtoTargetMinutes, rtoMinutes, rpoTargetHours, rpoHours },
    ...{ points, passed, by, participants },
  }
  return Buffer.from(CONTEXT + canonicalJson(content as unknown as Json), 'utf8')
}

export function signedDrill(record: Unsigned, signer: VaultSigner): DrillRecord {
  return {
    ...record,
    signature: signer.sign(signedBytes(record)).toString('base64'),
    publicKey: signer.publicKey.toString('base64'),
  }
}

export function isGenuineDrill(record: DrillRecord): boolean {
  return isSignedBy(
    Buffer.from(record.publicKey, 'base64'),
    signedBytes(record),
    Buffer.from(record.signature, 'base64'),
  )
}

/** 2026-0003 */
export function drillNumber({ year, serial }: Pick<DrillRecord, 'year' | 'serial'>): string {
  return `${year}-${String(serial).padStart(4, '0')}`
}
