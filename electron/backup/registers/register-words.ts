import type { BackupRow, BackupTask, Duty } from '../../../shared/contract/backup.ts'
import type { Drill, DrillPoint } from '../../../shared/contract/restores.ts'
import type { MediumEvent, MediumState } from '../../../shared/domain/backup/medium.ts'

type Words<Name extends string> = Readonly<Record<Name, string>>

export const DUTY_STATE_WORDS: Words<Duty['state']> = {
  never: '尚未做过',
  overdue: '已逾期',
  soon: '即将到期',
  done: '按期',
  off: '停用',
}

export const MEDIUM_STATE_WORDS: Words<MediumState> = {
  'in-use': '在用',
  stored: '封存',
  'lent-out': '移交在外',
  failing: '有坏损',
  retired: '报废',
  lost: '遗失',
}

export const MEDIUM_EVENT_WORDS: Words<MediumEvent> = {
  registered: '登记启用',
  moved: '出入库',
  'handed-over': '运输交接',
  inspected: '检测',
  'removed-safely': '安全移除',
  migrated: '迁移',
  retired: '报废',
  lost: '遗失',
  found: '找回',
}

export const KIND_WORDS: Words<BackupRow['kind']> = { incremental: '增量', full: '全量' }

export const RUN_REASON_WORDS: Words<BackupRow['reason']> = {
  asked: '',
  idle: '自动：空闲时',
  'sign-out': '自动：退出登录时',
  scheduler: '自动：系统定时',
}

export const RESULT_WORDS: Words<BackupRow['verifyResult']> = {
  sound: '完好',
  damaged: '有损坏',
  'not-yet': '未校验',
}

export const ORIGIN_WORDS: Words<BackupTask['origin']> = {
  verify: '校验',
  drill: '恢复演练',
  inspection: '载体检测',
  backup: '备份',
  automatic: '自动备份',
}

export const WAY_WORDS: Words<Drill['way']> = { password: '账户密码', shares: '三份恢复份额中的两份' }

export const POINT_WORDS: Words<DrillPoint['point']> = {
  set: '备份集：签名、索引、登记相符',
  restore: '恢复：逐字节核对',
  key: '用真实密码或份额打开',
  catalogue: '目录数据库完好',
  counts: '案件、卷、页数量相符',
  audit: '审计链完整，链头相符',
  objects: '影像文件逐个解密并核对',
  pages: '抽页打开并与现库比对',
  targets: '恢复用时与可能丢失在目标之内',
}

const CLOCK_MS = 8 * 60 * 60 * 1000

/** The wall clock of the room (UTC+8), to the minute; empty for none. */
export function minuteOf(at: string | null): string {
  if (at === null) return ''
  return new Date(Date.parse(at) + CLOCK_MS).toISOString().slice(0, 16).replace('T', ' ')
}

export function dayOf(at: string | null): string {
  return minuteOf(at).slice(0, 10)
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** 1.2 GB, by thousands as drives are sold. */
export function sizeOf(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** step
  return `${step === 0 ? value : value.toFixed(1)} ${UNITS[step]}`
}

/** In groups of eight, so that it breaks in a narrow cell and can be compared by eye. */
export function digestOf(sha256: string): string {
  return sha256.replace(/.{8}(?=.)/g, '$& ')
}
