import type { DueBackup } from '../../shared/contract/backup.ts'
import type { JobSummary } from '../../shared/contract/jobs.ts'
import { DUTY_WORDS } from '../../shared/domain/backup/duty.ts'
import { day } from './backup-commands.ts'
import type { CommandContext } from './context.ts'

type RanDue = DueBackup & Pick<JobSummary, 'state' | 'errorCode' | 'errorDetails' | 'tally'>

/** Backs up to each due medium that is plugged in, one after another; one that fails keeps none of the others. */
async function runDue(context: CommandContext): Promise<readonly RanDue[]> {
  const ran: RanDue[] = []
  for (;;) {
    const passOver = ran.map(({ mediumId }) => mediumId)
    const run = await context.call('backup.runDue', { passOver })
    if (run === null) return ran
    const { jobId, ...due } = run
    const { state, errorCode, errorDetails, tally } = await context.follow(jobId)
    ran.push({ ...due, state, errorCode, errorDetails, tally })
    // Stopped by hand: nothing more is begun.
    if (state === 'cancelled' || state === 'interrupted') return ran
  }
}

const isClean = ({ state, tally }: RanDue) =>
  state === 'succeeded' && Object.keys(tally).every((outcome) => outcome === 'sound')

/**
 * What is due; with `run` it is done first. Exits 0 when nothing is overdue, 1 when something is or a backup found
 * something wrong, 3 when a backup could not be made.
 */
export async function dueBackups(
  context: CommandContext,
  { run = false }: { readonly run?: boolean },
): Promise<void> {
  await context.signIn({ unattended: run })
  const ran = run ? await runDue(context) : []
  const duties = await context.call('duties.list', {})
  const { lastProvenAt, overdue } = await context.call('backup.age', {})
  context.show({ lastProvenAt, overdue, duties, ...(run ? { ran } : {}) }, [
    ...ran.map((one) =>
      isClean(one)
        ? `已备份并核对 backed up and proven: ${one.mediumNumber}  ${one.kind}`
        : `没有完成 not done: ${one.mediumNumber}  ${one.kind}  ${one.state} ${one.errorCode ?? ''}`.trim(),
    ),
    ...(run && ran.length === 0 ? ['没有到期且已插入的载体。No medium is plugged in and due.'] : []),
    `最近一次已核验的备份 last proven backup: ${day(lastProvenAt)}`,
    ...duties.map(
      ({ kind, lastAt, dueAt, state }) =>
        `${state.padEnd(8)}${DUTY_WORDS[kind].zh} ${DUTY_WORDS[kind].en}  上次 ${day(lastAt)}  应于 ${day(dueAt)}`,
    ),
  ])
  if (ran.some(({ state }) => state !== 'succeeded')) context.exit(3)
  else context.exit(overdue || !ran.every(isClean) ? 1 : 0)
}
