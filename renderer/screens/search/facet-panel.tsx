import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { RETENTION_CODES, RETENTION_LABELS } from '../../../shared/domain/retention.ts'
import { VOLUME_KIND_INFO, VOLUME_KINDS } from '../../../shared/domain/volume-kind.ts'
import { useTerm } from '../../app/terms.ts'
import { filterCount, NO_FILTERS, type ScreenQuestion } from './search-question.ts'

type Facets = OutputOf<'search.facets'>
type FacetName = 'years' | 'types' | 'volumeKinds' | 'retentions'

const NAMES: readonly FacetName[] = ['years', 'types', 'volumeKinds', 'retentions']
const FIRST_VALUES = 8

interface FacetPanelProps {
  readonly facets: Facets | undefined
  readonly question: ScreenQuestion
  readonly onChange: (changes: Partial<ScreenQuestion>) => void
}

/** What the found cases are, in numbers; a tick narrows the results to it. */
export function FacetPanel({ facets, question, onChange }: FacetPanelProps) {
  const { t } = useTranslation('search')
  return (
    <aside className="facets" aria-label={t('facets.label')}>
      {filterCount(question) > 0 && (
        <Button size="small" onClick={() => onChange(NO_FILTERS)}>
          {t('facets.clear', { count: filterCount(question) })}
        </Button>
      )}
      {NAMES.map((name) => (
        <FacetGroup
          key={name}
          name={name}
          values={facets?.[name] ?? []}
          exact={facets?.exact ?? true}
          chosen={question[name].map(String)}
          onChosen={(chosen) => onChange(changeOf(name, chosen))}
        />
      ))}
    </aside>
  )
}

function changeOf(name: FacetName, chosen: readonly string[]): Partial<ScreenQuestion> {
  switch (name) {
    case 'years':
      return { years: chosen.map(Number) }
    case 'types':
      return { types: chosen }
    case 'volumeKinds':
      return { volumeKinds: VOLUME_KINDS.filter((kind) => chosen.includes(kind)) }
    case 'retentions':
      return { retentions: RETENTION_CODES.filter((code) => chosen.includes(code)) }
  }
}

interface FacetGroupProps {
  readonly name: FacetName
  readonly values: Facets['years']
  readonly exact: boolean
  readonly chosen: readonly string[]
  readonly onChosen: (chosen: readonly string[]) => void
}

function FacetGroup({ name, values, exact, chosen, onChosen }: FacetGroupProps) {
  const { t } = useTranslation('search')
  const term = useTerm()
  const [all, setAll] = useState(false)
  // What is ticked stays in sight, found or not: it must be possible to take it off.
  const gone = chosen.filter((value) => !values.some((facet) => facet.value === value))
  const listed = [...gone.map((value) => ({ value, count: 0 })), ...values]
  if (listed.length === 0) return null
  const shown = all
    ? listed
    : listed.filter(({ value }, index) => index < FIRST_VALUES || chosen.includes(value))
  const wordsOf = (value: string) => {
    const kind = VOLUME_KINDS.find((known) => known === value)
    const code = RETENTION_CODES.find((known) => known === value)
    if (name === 'volumeKinds' && kind !== undefined) return term(VOLUME_KIND_INFO[kind])
    if (name === 'retentions' && code !== undefined) return term(RETENTION_LABELS[code])
    return value === '' ? t('facets.unknown') : value
  }
  return (
    <fieldset className="facet">
      <legend>{t(`facets.${name}`)}</legend>
      {shown.map(({ value, count }) => (
        <Checkbox
          key={value}
          checked={chosen.includes(value)}
          onChange={({ target }) =>
            onChosen(target.checked ? [...chosen, value] : chosen.filter((known) => known !== value))
          }
        >
          <span className="facet-words">{wordsOf(value)}</span>
          <span className="facet-count">{exact ? count : t('facets.about', { count })}</span>
        </Checkbox>
      ))}
      {shown.length < listed.length && (
        <Button type="link" size="small" onClick={() => setAll(true)}>
          {t('facets.all', { count: listed.length })}
        </Button>
      )}
    </fieldset>
  )
}
