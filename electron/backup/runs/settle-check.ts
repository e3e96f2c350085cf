import type { MediumCheck, MediumProblem } from '../../../shared/contract/backup.ts'
import type { Finding } from '../../../shared/domain/backup/finding.ts'
import { AppError } from '../../../shared/errors.ts'
import { type BackupRoom, nameOf, noteDeed, signerOf } from '../backup-room.ts'
import type { CheckDepth, CheckResult, CheckSetOptions, SetProblem } from '../repository/check-set.ts'
import { CHECKER_FILE, INDEX_FILE, isObjectName, NOTE_FILE, OBJECTS, SET_FILE } from '../repository/layout.ts'
import { markVerified } from '../repository/mark-verified.ts'
import { noteIndexWritten } from './index-sequence.ts'
import { isSignedBySomebody } from './known-signers.ts'

/** What a check of a medium must know of the vault. */
export function checkOptions(room: BackupRoom, mediumId: string): Omit<CheckSetOptions, 'depth'> {
  return {
    vaultId: room.vault.id,
    expected: room.snapshots.expected(mediumId),
    knownSequence: room.media.indexSequence(mediumId),
    isKnownSigner: isSignedBySomebody(room),
  }
}

/** The object that a file on the medium is; undefined for any other file. */
export function objectOf(file: string): string | undefined {
  const name = file.split('/').at(-1) ?? ''
  return file.startsWith(`${OBJECTS}/`) && isObjectName(name) ? name : undefined
}

async function isRepairable(room: BackupRoom, { file, reason }: SetProblem): Promise<boolean> {
  if (file === NOTE_FILE || file === CHECKER_FILE) return true
  const name = objectOf(file)
  if (name === undefined || reason === 'stranger') return false
  return room.catalogue.pages.isReferenced(name) && (await room.vault.objects.has(name))
}

/** How many of which kind, for the register of what is left to do. */
function problemsFound(problems: readonly SetProblem[]): Finding {
  const counts: Record<string, number> = { count: problems.length }
  for (const { reason } of problems) counts[reason] = (counts[reason] ?? 0) + 1
  return { code: 'problems', details: counts }
}

export interface SettledCheck {
  readonly check: MediumCheck
  /** Snapshots that were found whole, and are marked so. */
  readonly sound: readonly string[]
}

/**
 * Writes down how a medium was found: in the register of checks, at the snapshots, on the medium itself, in the log and,
 * where something is wrong, as a task. `proves` names the snapshots all of whose bytes were read.
 */
export async function settleCheck(
  room: BackupRoom,
  about: {
    readonly mediumId: string
    readonly folder: string
    readonly depth: CheckDepth
    readonly result: CheckResult
    readonly proves: readonly string[]
    readonly by: string
    /** A look on the way of something else is no check of its own while it finds nothing. */
    readonly aside?: boolean
  },
): Promise<SettledCheck> {
  const { mediumId, folder, depth, result, by } = about
  const at = room.now().toISOString()
  const who = nameOf(room, by)
  const found = await Promise.all(
    result.problems.map(async (problem) => ({
      ...problem,
      snapshots: [...problem.snapshots],
      repairable: await isRepairable(room, problem),
    })),
  )
  const problems = depth === 'full' ? found : [...found, ...unseenBefore(room, mediumId, result)]
  const hit = new Set(problems.flatMap(({ snapshots }) => snapshots))
  // Without these nothing says which snapshots there ought to be.
  const unsure = problems.some(({ file }) => file === INDEX_FILE || file === SET_FILE)
  const sound = unsure ? [] : about.proves.filter((id) => !hit.has(id))
  const check: MediumCheck = {
    ...{ at, by: who, depth, snapshots: result.snapshots.length, objects: result.objects },
    ...{ bytes: result.bytes, pastCache: result.pastCache, problems, unneeded: result.unneeded },
    sample: result.sample,
  }
  const subject = room.media.get(mediumId).number
  room.catalogue.transaction(() => {
    if (about.aside !== true || found.length > 0) room.checks.insert(mediumId, check)
    for (const id of sound) room.snapshots.verified(id, { at, by: who, result: 'sound' })
    for (const id of hit) room.snapshots.verified(id, { at, by: who, result: 'damaged' })
    if (problems.length > 0)
      room.tasks.open({ origin: 'verify', subject, findings: [problemsFound(problems)] })
    else if (depth === 'full') room.tasks.settle({ origin: 'verify', subject }, who, 'verified-whole')
    noteDeed(room, {
      action: problems.length === 0 ? 'backup.verified' : 'backup.unverified',
      mediumId,
      by,
      result: problems.length === 0 ? 'done' : 'failed',
      code: problems.length === 0 ? null : 'BACKUP_SET_DAMAGED',
      details: {
        ...{ depth, problems: problems.length, snapshots: result.snapshots.length },
        ...(result.sample ?? {}),
      },
    })
  })
  if (sound.length > 0) await markOnMedium(room, mediumId, folder, sound, at)
  room.changed()
  return { check, sound }
}

/** What an earlier check found by reading, and a quick look cannot see; it stands until somebody reads again. */
function unseenBefore(room: BackupRoom, mediumId: string, result: CheckResult): MediumProblem[] {
  return (room.checks.last(mediumId)?.problems ?? []).filter(
    ({ file, reason, snapshots }) =>
      (reason === 'changed' || reason === 'unreadable') &&
      !result.wasRead(file) &&
      !result.problems.some((problem) => problem.file === file) &&
      snapshots.some((id) => result.snapshots.includes(id)),
  )
}

/** The medium is told too, where it may be written to; that it cannot be is no fault of the check. */
async function markOnMedium(
  room: BackupRoom,
  mediumId: string,
  folder: string,
  sound: readonly string[],
  at: string,
): Promise<void> {
  if (room.media.get(mediumId).state !== 'in-use') return
  try {
    await markVerified(folder, room.vault.id, new Set(sound), at, signerOf(room))
    await noteIndexWritten(room, mediumId, folder)
  } catch (error) {
    if (!(error instanceof AppError) || !error.code.startsWith('BACKUP_')) throw error
  }
}
