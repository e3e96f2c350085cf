import { UserOutlined } from '@ant-design/icons'
import { DatePicker, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InputOf } from '../../../shared/contract/index.ts'
import { useQuery } from '../../app/use-call.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { RecordTimeline } from './record-timeline.tsx'

/** 人员一天: what one person did on one day, in order. */
export function DayPage() {
  const { t } = useTranslation('audit')
  const choices = useQuery('audit.choices', {})
  const [accountId, setAccountId] = useState<string>()
  const [range, setRange] = useState<Omit<InputOf<'audit.dayOf'>, 'accountId'>>(today)
  const day = useQuery('audit.dayOf', accountId === undefined ? undefined : { accountId, ...range })
  return (
    <div className="manage-page">
      <div className="audit-bar">
        <Select
          aria-label={t('filter.account')}
          placeholder={t('filter.account')}
          className="audit-filter-choice"
          value={accountId ?? null}
          options={choices.data?.accounts.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(id: string) => setAccountId(id)}
        />
        <DatePicker
          aria-label={t('day.date')}
          placeholder={t('day.today')}
          onChange={(chosen) => {
            if (chosen === null || chosen === undefined) return setRange(today)
            setRange({
              from: chosen.startOf('day').toISOString(),
              to: chosen.add(1, 'day').startOf('day').toISOString(),
            })
          }}
        />
      </div>
      <ErrorNotice error={choices.error ?? day.error} onRetry={day.reload} />
      {accountId === undefined ? (
        <EmptyState
          icon={<UserOutlined aria-hidden="true" />}
          title={t('day.choose.title')}
          text={t('day.choose.text')}
        />
      ) : day.data === undefined ? (
        day.loading && <Skeleton active paragraph={{ rows: 6 }} />
      ) : (
        <RecordTimeline rows={day.data.rows} more={day.data.more} />
      )}
    </div>
  )
}

function today() {
  const start = new Date()
  start.setHours(0, 0, 0, 0)
  const end = new Date(start)
  end.setDate(end.getDate() + 1)
  return { from: start.toISOString(), to: end.toISOString() }
}
