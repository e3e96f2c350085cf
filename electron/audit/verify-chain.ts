import type { Row } from '../catalogue/index.ts'
import {
  bytesOf,
  type ChainedRecord,
  chainedRecordOf,
  chainHash,
  GENESIS,
  recordLine,
} from './audit-record.ts'
import type { HeadDamage } from './head-book.ts'

/** Something wrong with the records, at a sequence number. */
export interface RecordDamage {
  readonly kind:
    | 'altered'
    | 'deleted'
    | 'inserted'
    | 'reordered'
    /** The record does not follow from the one before: that one was changed with its hash. */
    | 'unlinked'
    | 'tail-cut'
    /** A signed head says otherwise of this record. */
    | 'head-mismatch'
  readonly sequence: number
}

export type Damage = RecordDamage | HeadDamage

export interface ChainReport {
  readonly recordCount: number
  readonly headHash: string
  /** Sequence number of the first record that does not follow from the one before. */
  readonly brokenAt: number | null
  /** Every damage found, the first hundred of each kind of place. */
  readonly damages: readonly Damage[]
  readonly headCount: number
  /** The last record that a signed head covers; 0 without one. */
  readonly signedTo: number
}

const MOST_DAMAGES = 100
/** How far a record may have moved and still be told from an altered one. */
const SEARCH_WIDTH = 64

/** The place a record was written for, when its hash holds for some place near this one. */
function originalPlace({ record, previousHash, hash }: ChainedRecord, near: number): number | undefined {
  const holds = (sequence: number) =>
    sequence > 0 && chainHash(record.format, previousHash, recordLine(record, sequence)).equals(hash)
  for (let distance = 1; distance <= SEARCH_WIDTH; distance++) {
    if (holds(near + distance)) return near + distance
    if (holds(near - distance)) return near - distance
  }
  return undefined
}

export interface ChainWalk {
  readonly take: (row: Row) => void
  readonly end: (tail: Row | undefined) => {
    readonly recordCount: number
    readonly headHash: string
    readonly damages: readonly RecordDamage[]
  }
}

/** What is known of a record from elsewhere: a signed head, or the note of a witness. */
export interface KnownPoint {
  readonly sequence: number
  /** Hex. */
  readonly recordHash: string
}

/** Goes along the chain one record at a time, keeping nothing but the last one. `heads` ascend by sequence. */
export function chainWalk(heads: readonly KnownPoint[]): ChainWalk {
  const damages: RecordDamage[] = []
  let count = 0
  let expected = 1
  let previous: Buffer = GENESIS
  /** By how much the records after a removal or an insertion are numbered off the place they were written for. */
  let shift = 0
  let moved: { readonly sequence: number; readonly shift: number } | undefined
  let afterDamage = false
  let nextHead = 0

  const add = (damage: RecordDamage) => {
    if (damages.length < MOST_DAMAGES) damages.push(damage)
    afterDamage = true
  }
  const rename = (sequence: number, kind: RecordDamage['kind']) => {
    const place = damages.findLastIndex((damage) => damage.sequence === sequence)
    if (place >= 0) damages[place] = { kind, sequence }
  }
  /** A record found off its place is one of a shifted run, or changed places with another; the next one tells. */
  const settleMoved = (found: number | undefined) => {
    if (moved === undefined) return
    if (found === undefined || found === moved.shift) {
      rename(moved.sequence, moved.shift > 0 ? 'deleted' : 'inserted')
      shift = moved.shift
    } else if (found === shift - 1 && moved.shift !== shift + 1) {
      // The record that stood here follows right behind: this one was put in.
      rename(moved.sequence, 'inserted')
      shift = found
    } else rename(moved.sequence, 'reordered')
    moved = undefined
  }

  const take = (row: Row) => {
    const chained = chainedRecordOf(row)
    const { record, previousHash, hash } = chained
    const { sequence } = record
    const damagedBefore = afterDamage
    afterDamage = false
    if (sequence > expected) add({ kind: 'deleted', sequence: expected })
    const line = recordLine(record, sequence + shift)
    if (chainHash(record.format, previousHash, line).equals(hash)) {
      if (moved !== undefined) {
        settleMoved(shift)
      } else if (!damagedBefore && !afterDamage && !previousHash.equals(previous)) {
        add({ kind: 'unlinked', sequence })
      }
    } else {
      const place = damages.length < MOST_DAMAGES ? originalPlace(chained, sequence) : undefined
      const found = place === undefined ? undefined : place - sequence
      const before = damages.at(-1)
      if (moved !== undefined && found !== undefined && (found === moved.shift || found === shift - 1)) {
        settleMoved(found)
      } else if (found === shift - 1 && damagedBefore && before?.sequence === sequence - 1) {
        rename(sequence - 1, 'inserted')
        shift = found
      } else if (found === undefined) {
        if (moved !== undefined) rename(moved.sequence, 'reordered')
        moved = undefined
        add({ kind: 'altered', sequence })
      } else {
        if (moved !== undefined) rename(moved.sequence, 'reordered')
        // Where the other of the two stands that changed places was seen before.
        const swapped = damages.some((damage) => damage.kind === 'reordered' && damage.sequence === place)
        add({ kind: 'reordered', sequence })
        moved = swapped || moved !== undefined ? undefined : { sequence, shift: found }
      }
      afterDamage = true
    }
    for (
      let head = heads[nextHead];
      head !== undefined && head.sequence <= sequence;
      head = heads[nextHead]
    ) {
      if (head.sequence === sequence && head.recordHash !== hash.toString('hex')) {
        add({ kind: 'head-mismatch', sequence })
      }
      nextHead += 1
    }
    previous = hash
    expected = sequence + 1
    count += 1
  }

  return {
    take,
    end: (tail) => {
      if (moved !== undefined) settleMoved(undefined)
      const last = expected - 1
      const tailHash = bytesOf(tail?.hash)
      const tailSequence = Number(tail?.sequence ?? 0)
      const furthest = Math.max(
        tailHash.equals(previous) ? 0 : tailSequence,
        ...heads.slice(nextHead).map(({ sequence }) => sequence),
      )
      const known = (sequence: number) => damages.some((damage) => damage.sequence === sequence)
      if (furthest > last) {
        if (!known(last + 1)) add({ kind: 'tail-cut', sequence: last + 1 })
      } else if (!tailHash.equals(previous) && damages.length === 0) {
        // The last record was changed with its hash, or one was put behind it, past the program.
        add(
          tailSequence < last
            ? { kind: 'inserted', sequence: tailSequence + 1 }
            : { kind: 'altered', sequence: last },
        )
      }
      return {
        recordCount: count,
        headHash: previous.toString('hex'),
        damages: damages.sort((a, b) => a.sequence - b.sequence),
      }
    },
  }
}
