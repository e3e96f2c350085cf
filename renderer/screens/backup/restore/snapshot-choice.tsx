import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { BackupRow } from '../../../../shared/contract/backup.ts'
import { useBackupWords } from '../use-backup-words.ts'

interface SnapshotChoiceProps {
  /** Of one medium, newest first. */
  readonly rows: readonly BackupRow[]
  readonly onChange?: () => void
}

/** What can be had back: not what was pruned; first the newest one that was proven. */
export function restorable(rows: readonly BackupRow[]): readonly BackupRow[] {
  return rows.filter(({ prunedAt }) => prunedAt === null)
}

export function firstSnapshot(rows: readonly BackupRow[], wanted: string | undefined): string | undefined {
  const there = restorable(rows)
  return (
    there.find(({ snapshotId }) => snapshotId === wanted) ??
    there.find(({ verifyResult }) => verifyResult === 'sound') ??
    there[0]
  )?.snapshotId
}

/** Which backup of the medium. */
export function SnapshotChoice({ rows, onChange }: SnapshotChoiceProps) {
  const { t } = useTranslation('backup')
  const words = useBackupWords()
  return (
    <Form.Item
      name="snapshotId"
      label={t('field.snapshot')}
      rules={[{ required: true, message: t('field.snapshot-required') }]}
      extra={restorable(rows).length === 0 ? t('restore.no-snapshot') : undefined}
    >
      <Select
        {...(onChange === undefined ? {} : { onChange })}
        options={restorable(rows).map((row) => ({
          value: row.snapshotId,
          label: [
            words.moment(row.createdAt),
            t('register.amount', { cases: row.cases, volumes: row.volumes, pages: words.count(row.pages) }),
            t(`result.${row.verifyResult}`),
          ].join(' · '),
        }))}
      />
    </Form.Item>
  )
}
