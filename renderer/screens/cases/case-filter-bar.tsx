import { CloseCircleOutlined, FilterOutlined } from '@ant-design/icons'
import { Button, Input, type InputRef, Select } from 'antd'
import { type RefObject, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RETENTION_CODES, RETENTION_LABELS } from '../../../shared/domain/retention.ts'
import { useTerm } from '../../app/terms.ts'
import { useCoreEvent, useQuery, useSettled } from '../../app/use-call.ts'
import { type CaseFilter, isFiltered, NO_FILTER, useCaseList } from '../../state/case-list.ts'

interface CaseFilterBarProps {
  readonly textRef: RefObject<InputRef | null>
  readonly onDown: () => void
}

const STATUSES: readonly CaseFilter['statuses'][number][] = ['open', 'filed']

/** Narrows the list as one types. */
export function CaseFilterBar({ textRef, onDown }: CaseFilterBarProps) {
  const { t } = useTranslation('cases')
  const term = useTerm()
  const filter = useCaseList((store) => store.filter)
  const setFilter = useCaseList((store) => store.setFilter)
  const facets = useQuery('cases.facets', {})
  useCoreEvent('changed', (event) => {
    if (event.what === 'case-list') facets.reload()
  })
  const [text, setText] = useState(filter.text)
  const settled = useSettled(text, 200)
  useEffect(() => {
    if (settled !== useCaseList.getState().filter.text) setFilter({ text: settled })
  }, [settled, setFilter])
  useEffect(() => setText(filter.text), [filter.text])

  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is unknown to the oldest runtime
    <div className="filter-bar" role="search" aria-label={t('filter.label')}>
      <Input
        ref={textRef}
        className="filter-text"
        prefix={<FilterOutlined aria-hidden="true" />}
        placeholder={t('filter.text')}
        aria-label={t('filter.text')}
        aria-keyshortcuts="/"
        allowClear
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'ArrowDown' || event.key === 'Enter') {
            event.preventDefault()
            onDown()
          } else if (event.key === 'Escape' && text !== '') {
            setText('')
          }
        }}
      />
      <Select
        mode="multiple"
        className="filter-choice"
        maxTagCount={1}
        allowClear
        placeholder={t('filter.years')}
        aria-label={t('filter.years')}
        value={filter.years}
        onChange={(years) => setFilter({ years })}
        options={
          facets.data?.years.map(({ value, count }) => ({ value, label: `${value}（${count}）` })) ?? []
        }
      />
      <Select
        mode="multiple"
        className="filter-choice"
        maxTagCount={1}
        allowClear
        placeholder={t('filter.types')}
        aria-label={t('filter.types')}
        value={filter.types}
        onChange={(types) => setFilter({ types })}
        options={
          facets.data?.types.map(({ value, count }) => ({ value, label: `${value}（${count}）` })) ?? []
        }
      />
      <Select
        mode="multiple"
        className="filter-choice"
        maxTagCount={1}
        allowClear
        placeholder={t('filter.statuses')}
        aria-label={t('filter.statuses')}
        value={filter.statuses}
        onChange={(statuses) => setFilter({ statuses })}
        options={STATUSES.map((value) => ({ value, label: t(`common:status.${value}`) }))}
      />
      <Select
        mode="multiple"
        className="filter-choice"
        maxTagCount={1}
        allowClear
        placeholder={t('filter.retentions')}
        aria-label={t('filter.retentions')}
        value={filter.retentions}
        onChange={(retentions) => setFilter({ retentions })}
        options={RETENTION_CODES.map((value) => ({ value, label: term(RETENTION_LABELS[value]) }))}
      />
      {isFiltered(filter) && (
        <Button
          type="link"
          icon={<CloseCircleOutlined aria-hidden="true" />}
          onClick={() => setFilter(NO_FILTER)}
        >
          {t('filter.clear')}
        </Button>
      )}
    </div>
  )
}
