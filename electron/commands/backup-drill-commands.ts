import path from 'node:path'
import { BACKUP_REGISTERS } from '../../shared/contract/backup.ts'
import type { InputOf } from '../../shared/contract/index.ts'
import { type MediumOptions, mediumMeant } from './backup-commands.ts'
import { askPassword, type CommandContext, WrongUse } from './context.ts'

export interface DrillOptions extends MediumOptions {
  readonly snapshot?: string
  readonly scenario?: string
  readonly participants?: string
  readonly account?: string
  readonly shares?: boolean
  readonly sample?: string
  readonly rto?: string
  readonly rpo?: string
}

type DrillInput = InputOf<'drills.run'>

function whole(name: string, words: string | undefined): number | undefined {
  if (words === undefined) return undefined
  const value = Number(words)
  if (!Number.isInteger(value) || value < 1)
    throw new WrongUse(`--${name} takes a whole number. 请写正整数: ${words}`)
  return value
}

async function keyOf({ account, shares }: DrillOptions): Promise<DrillInput['key']> {
  if (shares === true)
    return {
      way: 'shares',
      shares: [
        await askPassword('第一份恢复份额 first share: ', 'JUANKU_SHARE_1'),
        await askPassword('第二份恢复份额 second share: ', 'JUANKU_SHARE_2'),
      ],
    }
  if (account === undefined)
    throw new WrongUse(
      'Say whose password opens the copy: --account NAME, or --shares. 请写 --account 账户名，或 --shares。',
    )
  const password = await askPassword(`密码 password of ${account}: `, 'JUANKU_DRILL_PASSWORD')
  return { way: 'password', accountName: account, password }
}

/** Holds a restore drill; exits 1 when a point of it failed. */
export async function drillBackup(context: CommandContext, options: DrillOptions): Promise<void> {
  const sample = whole('sample', options.sample)
  const rtoTargetMinutes = whole('rto', options.rto)
  const rpoTargetHours = whole('rpo', options.rpo)
  const { participants } = options
  await context.signIn()
  const key = await keyOf(options)
  const medium = await mediumMeant(context, options)
  const rows = await context.call('backup.list', { mediumId: medium.id })
  const snapshotId = options.snapshot ?? rows.find(({ prunedAt }) => prunedAt === null)?.snapshotId
  if (snapshotId === undefined)
    throw new WrongUse(`No backup on this medium 载体上没有备份: ${medium.number}`)
  const { jobId } = await context.call('drills.run', {
    ...{ mediumId: medium.id, snapshotId, key, scenario: options.scenario ?? '命令行演练' },
    ...(participants === undefined ? {} : { participants }),
    ...(sample === undefined ? {} : { sample }),
    ...(rtoTargetMinutes === undefined ? {} : { rtoTargetMinutes }),
    ...(rpoTargetHours === undefined ? {} : { rpoTargetHours }),
  })
  const { state, errorCode, errorDetails } = await context.follow(jobId)
  if (state !== 'succeeded') {
    context.show({ state, errorCode, errorDetails }, [`演练没有做完 not held: ${errorCode ?? state}`])
    context.exit(3)
    return
  }
  const [drill] = await context.call('drills.list', {})
  const points = drill?.points ?? []
  context.show({ state, drill }, [
    `${drill?.number} ${medium.number} ${snapshotId}`,
    ...points.map(
      ({ point, passed, checked, wrong, note }) =>
        `${passed ? '通过 passed' : '未通过 FAILED'}  ${point.padEnd(10)}${checked}/${wrong}  ${note}`,
    ),
    `RTO ${drill?.rtoMinutes}/${drill?.rtoTargetMinutes} min  RPO ${drill?.rpoHours}/${drill?.rpoTargetHours} h`,
    drill?.passed === true ? '演练通过。The drill passed.' : '演练未通过。The drill failed.',
  ])
  context.exit(drill?.passed === true ? 0 : 1)
}

/** Writes a register as PDF or CSV, as the file's ending says. */
export async function printRegister(context: CommandContext, register: string, file: string): Promise<void> {
  const known = BACKUP_REGISTERS.find((name) => name === register)
  if (known === undefined) throw new WrongUse(`Registers 登记簿: ${BACKUP_REGISTERS.join(', ')}`)
  const ending = path.extname(file).toLowerCase()
  if (ending !== '.pdf' && ending !== '.csv')
    throw new WrongUse(`The file ends in .pdf or .csv. 文件名以 .pdf 或 .csv 结尾: ${file}`)
  await context.signIn()
  const written = await context.call('backupForms.write', {
    ...{ register: known, format: ending === '.csv' ? 'csv' : 'pdf', target: path.resolve(file) },
  })
  context.show(written, [`${written.path}（${written.rows} 条 rows）`])
}
