import { DatePicker, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { InputOf } from '../../../shared/contract/index.ts'
import { useQuery } from '../../app/use-call.ts'
import { useAuditWords } from './audit-words.ts'

export type RecordFilter = InputOf<'audit.list'>['filter']

const RESULTS = ['done', 'refused', 'failed'] as const

interface RecordFilterBarProps {
  readonly filter: RecordFilter
  readonly onChange: (filter: RecordFilter) => void
}

/** Who, on which case, when, what and how it ended; all of it may stay empty. */
export function RecordFilterBar({ filter, onChange }: RecordFilterBarProps) {
  const { t } = useTranslation('audit')
  const words = useAuditWords()
  const choices = useQuery('audit.choices', {})
  const actions = choices.data?.actions.map((id) => ({ value: id, label: words.action(id) }))
  return (
    <search className="audit-filter" aria-label={t('filter.label')}>
      <Select
        allowClear
        aria-label={t('filter.account')}
        placeholder={t('filter.account')}
        className="audit-filter-choice"
        value={filter.accountId ?? null}
        options={choices.data?.accounts.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(accountId: string | undefined) => onChange({ ...filter, accountId: accountId ?? null })}
      />
      <Select
        allowClear
        aria-label={t('filter.action')}
        placeholder={t('filter.action')}
        className="audit-filter-choice"
        value={filter.action || null}
        options={actions ?? []}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(action: string | undefined) => onChange({ ...filter, action: action ?? '' })}
      />
      <Select
        allowClear
        aria-label={t('filter.result')}
        placeholder={t('filter.result')}
        value={filter.result ?? null}
        options={RESULTS.map((result) => ({ value: result, label: words.result(result) }))}
        onChange={(result: (typeof RESULTS)[number] | undefined) =>
          onChange({ ...filter, result: result ?? null })
        }
      />
      <DatePicker.RangePicker
        aria-label={t('filter.time')}
        placeholder={[t('filter.from'), t('filter.to')]}
        allowEmpty={[true, true]}
        onChange={(range) =>
          onChange({
            ...filter,
            from: range?.[0]?.startOf('day').toISOString() ?? null,
            to: range?.[1]?.endOf('day').toISOString() ?? null,
          })
        }
      />
      <Input
        allowClear
        aria-label={t('filter.case')}
        placeholder={t('filter.case')}
        className="audit-filter-text"
        maxLength={200}
        value={filter.caseNumber}
        onChange={(event) => onChange({ ...filter, caseNumber: event.target.value })}
      />
      <Input
        allowClear
        aria-label={t('filter.text')}
        placeholder={t('filter.text')}
        className="audit-filter-text"
        maxLength={200}
        value={filter.text}
        onChange={(event) => onChange({ ...filter, text: event.target.value })}
      />
    </search>
  )
}
