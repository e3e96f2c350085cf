import { resolve } from 'node:path'
import type { BACKUP_REGISTERS } from '../../../shared/contract/backup.ts'
import type { Handlers } from '../../access/index.ts'
import { writeFileAtomically } from '../../atomic-write.ts'
import { csvTable, ruledTablePdf } from '../../forms/index.ts'
import type { BackupDesk } from '../backup-desk.ts'
import type { BackupHandlerParts } from '../backup-handler-parts.ts'
import { nameOf } from '../backup-room.ts'
import { drillRecords } from '../drills/drill-records.ts'
import { drillRows, drillSheetPdf } from './drill-sheet.ts'
import {
  backupsTable,
  eventsTable,
  inspectionsTable,
  mediaTable,
  migrationsTable,
  policyTable,
  type RegisterTable,
  tasksTable,
} from './register-tables.ts'
import { dayOf } from './register-words.ts'

type TableRegister = Exclude<(typeof BACKUP_REGISTERS)[number], 'drills'>

async function tableOf(register: TableRegister, desk: BackupDesk): Promise<RegisterTable> {
  switch (register) {
    case 'policy':
      return policyTable(desk.duties(), desk.plans.retention(), desk.plans.automation())
    case 'backups':
      // In the order in which they were made, as a register is kept.
      return backupsTable(desk.snapshots.list().toReversed())
    case 'media':
      return mediaTable(await desk.shelf.list())
    case 'media-events':
      return eventsTable(inOrder(desk.media.events()))
    case 'inspections':
      return inspectionsTable(inOrder(desk.media.events()), desk.checks.samples())
    case 'migrations':
      return migrationsTable(inOrder(desk.media.events()))
    case 'tasks':
      return tasksTable(desk.tasks.list().toSorted((one, other) => (one.openedAt < other.openedAt ? -1 : 1)))
  }
}

function inOrder<T extends { readonly sequence: number }>(rows: readonly T[]): readonly T[] {
  return rows.toSorted((one, other) => one.sequence - other.sequence)
}

/** Answers the contract's `backupForms.*`: the registers of domain.md §6 on paper and as tables. */
export function backupFormHandlers(parts: BackupHandlerParts): Handlers<'backupForms.write'> {
  const drillsOf = async (format: 'pdf' | 'csv', drillId: string | undefined) => {
    const records = drillRecords(parts.desk().catalogue.sql)
    const drills = drillId === undefined ? records.list().toReversed() : [records.get(drillId)]
    const names = (id: string) => nameOf(parts.desk(), id)
    const facts = {
      unitName: parts.unitName(),
      logHead: parts.logHeadWords(),
      now: parts.now(),
      nameOf: names,
    }
    const bytes =
      format === 'csv'
        ? Buffer.from(csvTable(drillRows(drills, names)), 'utf8')
        : await drillSheetPdf(drills, { ...facts, ...parts.fonts })
    return { bytes, rows: drills.length }
  }
  const tableBytes = async (register: TableRegister, format: 'pdf' | 'csv') => {
    const { title, columns, rows, paperRows, notes, signatures } = await tableOf(register, parts.desk())
    const titles = columns.map((column) => column.title)
    const now = parts.now()
    const bytes =
      format === 'csv'
        ? Buffer.from(csvTable([titles, ...rows]), 'utf8')
        : await ruledTablePdf({
            ...{ title, columns, rows: paperRows, signatures, createdAt: now, ...parts.fonts },
            heading: [`${parts.unitName()}　　打印日期：${dayOf(now.toISOString())}　　共 ${rows.length} 条`],
            notes: [...notes, parts.logHeadWords()],
          })
    return { bytes, rows: rows.length }
  }
  return {
    'backupForms.write': async ({ register, format, target, drillId }, call) => {
      const path = resolve(target)
      const { bytes, rows } =
        register === 'drills' ? await drillsOf(format, drillId) : await tableBytes(register, format)
      await writeFileAtomically(path, bytes)
      call.note({ subject: `register:${register}`, details: { register, format, rows } })
      return { path, rows }
    },
  }
}
