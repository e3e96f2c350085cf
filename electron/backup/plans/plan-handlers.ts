import type { Handlers } from '../../access/index.ts'
import { type BackupHandlerParts, sessionOf } from '../backup-handler-parts.ts'
import { nameOf } from '../backup-room.ts'

type PlanMethod = `duties.${'list' | 'set'}` | `backupTasks.${'list' | 'close'}`

/** Answers the contract's `duties.*` and `backupTasks.*`. */
export function planHandlers({ desk }: BackupHandlerParts): Handlers<PlanMethod> {
  return {
    'duties.list': () => desk().duties(),
    'duties.set': (plan, call) => {
      desk().plans.setDuty(plan)
      call.note({ subject: `duty:${plan.kind}`, details: { everyDays: plan.everyDays, active: plan.active } })
      desk().changed()
      return desk().duties()
    },
    'backupTasks.list': () => desk().tasks.list(),
    'backupTasks.close': ({ taskId, remedy }, call) => {
      const closed = desk().tasks.close(taskId, nameOf(desk(), sessionOf(call).accountId), remedy)
      call.note({ subject: `task:${taskId}`, details: { origin: closed.origin, about: closed.subject } })
      desk().changed()
      return closed
    },
  }
}
