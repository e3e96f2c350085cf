import { Form, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SnapshotCase } from '../../../../shared/contract/restores.ts'
import { useQuery, useSettled } from '../../../app/use-call.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'

interface CaseChoiceProps {
  readonly mediumId: string
  readonly snapshotId: string
  readonly onChoose: (chosen: SnapshotCase | undefined) => void
}

const TYPING_MS = 300

/** Which case, of those that stand in the backup: it may be gone today, or have another number. */
export function CaseChoice({ mediumId, snapshotId, onChoose }: CaseChoiceProps) {
  const { t } = useTranslation('backup')
  const [typed, setTyped] = useState('')
  const text = useSettled(typed, TYPING_MS)
  const found = useQuery('restores.cases', { mediumId, snapshotId, text })
  const rows = found.data?.rows ?? []
  return (
    <>
      <ErrorNotice error={found.error} onRetry={found.reload} />
      <Form.Item
        name="caseId"
        label={t('restore.case-of')}
        rules={[{ required: true, message: t('restore.case-required') }]}
        extra={
          (found.data?.total ?? 0) > rows.length
            ? t('restore.case-more', { shown: rows.length, total: found.data?.total ?? 0 })
            : undefined
        }
      >
        <Select
          showSearch={{ filterOption: false, onSearch: setTyped }}
          loading={found.loading}
          placeholder={t('restore.case-placeholder')}
          notFoundContent={t(found.loading ? 'restore.case-looking' : 'restore.case-none')}
          onChange={(caseId) => onChoose(rows.find((row) => row.caseId === caseId))}
          options={rows.map((row) => ({
            value: row.caseId,
            label: [
              row.number,
              row.title,
              t('restore.case-pages', { count: row.pageCount }),
              row.numberToday === null
                ? t('restore.case-gone')
                : row.numberToday === row.number
                  ? ''
                  : t('restore.case-renamed', { number: row.numberToday }),
            ]
              .filter((part) => part !== '')
              .join(' · '),
          }))}
        />
      </Form.Item>
    </>
  )
}
