import { CloseCircleOutlined } from '@ant-design/icons'
import { Button, DatePicker, Input, Select, Tag } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  DIFFERENCE_CAUSES,
  DIFFERENCE_TYPE_INFO,
  DIFFERENCE_TYPES,
  ORIGIN_STAGES,
} from '../../../../shared/domain/reconcile/difference-type.ts'
import {
  CAUSE_WORDS,
  DIFFERENCE_STATE_WORDS,
  ORIGIN_STAGE_WORDS,
  SEVERITY_WORDS,
} from '../../../../shared/domain/reconcile/difference-words.ts'
import { DIFFERENCE_STATES, SEVERITIES } from '../../../../shared/domain/reconcile/handling.ts'
import { type Term, useTerm } from '../../../app/terms.ts'
import { useSettled } from '../../../app/use-call.ts'
import { isNarrowed, type RegisterFilter } from './register-filter.ts'

interface RegisterFilterBarProps {
  readonly filter: RegisterFilter
  /** The volume or case that the filter names, in words. */
  readonly placeWords: string
  readonly onChange: (filter: RegisterFilter) => void
  readonly onClear: () => void
}

/** Without a field; `exactOptionalPropertyTypes` wants it gone, not undefined. */
function without<K extends keyof RegisterFilter>(filter: RegisterFilter, ...fields: readonly K[]) {
  return Object.fromEntries(
    Object.entries(filter).filter(([name]) => !fields.some((field) => field === name)),
  ) as Omit<RegisterFilter, K> & Partial<RegisterFilter> & RegisterFilter
}

/** Narrows the register; every choice stands in the address, so that a figure elsewhere can point at its rows. */
export function RegisterFilterBar({ filter, placeWords, onChange, onClear }: RegisterFilterBarProps) {
  const { t } = useTranslation('register')
  const [person, setPerson] = useState(filter.originPerson ?? '')
  const settled = useSettled(person.trim(), 300)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing narrows; the filter itself may come from outside
  useEffect(() => {
    if (settled === (filter.originPerson ?? '')) return
    onChange({
      ...without(filter, 'originPerson'),
      ...(settled === '' ? {} : { originPerson: settled }),
    })
  }, [settled])
  useEffect(() => setPerson(filter.originPerson ?? ''), [filter.originPerson])
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is unknown to the oldest runtime
    <div className="filter-bar register-filter" role="search" aria-label={t('filter.label')}>
      <Choice
        label={t('filter.states')}
        all={DIFFERENCE_STATES}
        words={DIFFERENCE_STATE_WORDS}
        chosen={filter.states}
        onChange={(states) => onChange({ ...filter, states })}
      />
      <Choice
        label={t('filter.types')}
        all={DIFFERENCE_TYPES}
        words={DIFFERENCE_TYPE_INFO}
        chosen={filter.types}
        withCode
        onChange={(types) => onChange({ ...filter, types })}
      />
      <Choice
        label={t('filter.severities')}
        all={SEVERITIES}
        words={SEVERITY_WORDS}
        chosen={filter.severities}
        onChange={(severities) => onChange({ ...filter, severities })}
      />
      <Choice
        label={t('filter.causes')}
        all={DIFFERENCE_CAUSES}
        words={CAUSE_WORDS}
        chosen={filter.causes}
        onChange={(causes) => onChange({ ...filter, causes })}
      />
      <Choice
        label={t('filter.originStages')}
        all={ORIGIN_STAGES}
        words={ORIGIN_STAGE_WORDS}
        chosen={filter.originStages}
        onChange={(originStages) => onChange({ ...filter, originStages })}
      />
      <Input
        allowClear
        className="register-person"
        aria-label={t('filter.originPerson')}
        placeholder={t('filter.originPerson')}
        maxLength={100}
        value={person}
        onChange={({ target }) => setPerson(target.value)}
      />
      <DatePicker.RangePicker
        key={`${filter.from ?? ''} ${filter.to ?? ''}`}
        aria-label={t('filter.found')}
        placeholder={[t('filter.from'), t('filter.to')]}
        allowEmpty={[true, true]}
        className="register-days"
        onChange={(range) => {
          const [from, to] = [range?.[0]?.format('YYYY-MM-DD'), range?.[1]?.format('YYYY-MM-DD')]
          onChange({
            ...without(filter, 'from', 'to'),
            ...(from === undefined ? {} : { from }),
            ...(to === undefined ? {} : { to }),
          })
        }}
      />
      {(filter.from !== undefined || filter.to !== undefined) && (
        <Tag closable onClose={() => onChange(without(filter, 'from', 'to'))} className="figures">
          {t('filter.days', { from: filter.from ?? '…', to: filter.to ?? '…' })}
        </Tag>
      )}
      {(filter.volumeId !== undefined || filter.caseId !== undefined) && (
        <Tag closable onClose={() => onChange(without(filter, 'volumeId', 'caseId'))} className="figures">
          {placeWords || t('filter.one-volume')}
        </Tag>
      )}
      {filter.overdue === true && (
        <Tag closable onClose={() => onChange(without(filter, 'overdue'))}>
          {t('filter.overdue')}
        </Tag>
      )}
      {filter.olderThanDays !== undefined && (
        <Tag closable onClose={() => onChange(without(filter, 'olderThanDays'))}>
          {t('filter.older', { count: filter.olderThanDays })}
        </Tag>
      )}
      {isNarrowed(filter) && (
        <Button type="link" icon={<CloseCircleOutlined aria-hidden="true" />} onClick={onClear}>
          {t('filter.clear')}
        </Button>
      )}
    </div>
  )
}

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly all: readonly T[]
  readonly words: Readonly<Record<T, Term>>
  readonly chosen: readonly T[]
  /** The code stands before its words, as on printed forms. */
  readonly withCode?: boolean
  readonly onChange: (chosen: T[]) => void
}

function Choice<T extends string>({ label, all, words, chosen, withCode, onChange }: ChoiceProps<T>) {
  const term = useTerm()
  return (
    <Select<T[]>
      mode="multiple"
      className="filter-choice"
      maxTagCount={1}
      allowClear
      popupMatchSelectWidth={false}
      placeholder={label}
      aria-label={label}
      value={[...chosen]}
      showSearch={{ optionFilterProp: 'label' }}
      optionLabelProp="short"
      options={all.map((value) => ({
        value,
        short: withCode === true ? value : term(words[value]),
        label: `${withCode === true ? `${value} ` : ''}${term(words[value])}`,
      }))}
      onChange={(values) => onChange(all.filter((one) => values.includes(one)))}
    />
  )
}
