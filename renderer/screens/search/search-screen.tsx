import { QuestionCircleOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Input, type InputRef, Segmented, Skeleton, Spin, Switch, Tooltip } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { useQuery, useSettled } from '../../app/use-call.ts'
import { useSearchPlace } from '../../state/search-place.ts'
import { useMay } from '../../state/session.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { hitAddress } from '../../widgets/hit-words.ts'
import { isTyping } from '../../widgets/key-hint.tsx'
import { UnderstoodQuestion } from '../../widgets/understood-question.tsx'
import { ExportResults } from './export-results.tsx'
import { FacetPanel } from './facet-panel.tsx'
import { LanguageLines, LanguageSheet } from './language-sheet.tsx'
import { ResultList, type ResultListHandle } from './result-list.tsx'
import { type ResultRow, resultRows } from './result-rows.ts'
import { SavedSearches } from './saved-searches.tsx'
import {
  addressOf,
  askedOf,
  filterCount,
  NO_FILTERS,
  questionOf,
  type ScreenQuestion,
} from './search-question.ts'
import { useResults } from './use-results.ts'
import './search.css'

const TYPING_MS = 200

/** Everything that can be found, with ways to narrow it. The question stands in the address. */
export function SearchScreen() {
  const { t } = useTranslation('search')
  const navigate = useNavigate()
  const [address, setAddress] = useSearchParams()
  const place = useSearchPlace()
  const mayExport = useMay('search.export')
  const boxRef = useRef<InputRef>(null)
  const listRef = useRef<ResultListHandle>(null)
  const [help, setHelp] = useState(false)
  const addressText = address.toString()
  const question = useMemo(() => questionOf(new URLSearchParams(addressText)), [addressText])
  const ask = useCallback(
    (changes: Partial<ScreenQuestion>) =>
      setAddress(addressOf({ ...questionOf(new URLSearchParams(addressText)), ...changes }), {
        replace: true,
      }),
    [addressText, setAddress],
  )

  // Come back by the rail: the question one left is there again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the screen is opened
  useEffect(() => {
    const { address: left } = useSearchPlace.getState()
    if (addressText === '' && left !== '') setAddress(new URLSearchParams(left), { replace: true })
  }, [])
  const activeIndex = place.address === addressText ? place.activeIndex : 0
  const { stand } = place
  useEffect(() => {
    if (addressText !== '' && useSearchPlace.getState().address !== addressText) stand(addressText, 0)
  }, [addressText, stand])

  const [typed, setTyped] = useTypedQuestion(question.text, (text) => ask({ text }))
  const results = useResults(question)
  const facets = useQuery('search.facets', question.text === '' ? undefined : askedOf(question))
  const rows = useMemo(() => resultRows(results.cases ?? []), [results.cases])

  const open = (row: ResultRow) => {
    const { found } = row
    const asked = { text: question.text, tolerant: question.tolerant }
    const path =
      row.kind === 'hit'
        ? hitAddress(found.caseId, row.hit, asked)
        : row.kind === 'more'
          ? `/cases/${found.caseId}?${new URLSearchParams({ find: question.text, ...(question.tolerant ? { tolerant: '1' } : {}) })}`
          : hitAddress(found.caseId, undefined, asked)
    Promise.resolve(navigate(path)).catch((error: unknown) => console.warn('not opened', error))
  }
  const toBox = () => boxRef.current?.focus({ cursor: 'all' })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event.target) || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      boxRef.current?.focus({ cursor: 'all' })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  const tryText = (text: string) => {
    setTyped(text)
    ask({ text })
    boxRef.current?.focus()
  }

  const asked = question.text !== ''
  const nothing = asked && results.cases?.length === 0 && !results.loading
  return (
    <div className="search-screen">
      {/* biome-ignore lint/a11y/useSemanticElements: <search> is unknown to the oldest runtime */}
      <div className="search-head" role="search" aria-label={t('title')}>
        <Input
          ref={boxRef}
          autoFocus
          size="large"
          className="search-input"
          allowClear
          maxLength={200}
          prefix={<SearchOutlined aria-hidden="true" />}
          suffix={results.loading ? <Spin size="small" /> : <span />}
          placeholder={t('placeholder')}
          aria-label={t('placeholder')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Enter') ask({ text: typed.trim() })
            if (event.key === 'Enter' || event.key === 'ArrowDown') {
              event.preventDefault()
              listRef.current?.focus()
            }
          }}
        />
        <Segmented<ScreenQuestion['order']>
          aria-label={t('order.label')}
          value={question.order}
          options={[
            { value: 'newest', label: t('order.newest') },
            { value: 'best', label: t('order.best') },
          ]}
          onChange={(order) => ask({ order })}
        />
        <Tooltip title={t('tolerant.why')} mouseEnterDelay={0.5}>
          {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch is the control */}
          <label className="search-tolerant">
            <Switch
              size="small"
              checked={question.tolerant}
              onChange={(tolerant) => ask({ tolerant })}
              aria-label={t('tolerant.label')}
            />
            {t('tolerant.label')}
          </label>
        </Tooltip>
        <span className="search-tools">
          <SavedSearches
            question={question}
            onApply={(saved) => setAddress(addressOf(saved), { replace: true })}
          />
          {mayExport && asked && <ExportResults question={question} />}
          <Button
            icon={<QuestionCircleOutlined aria-hidden="true" />}
            aria-label={t('language.title')}
            onClick={() => setHelp(true)}
          />
        </span>
      </div>
      <LanguageSheet open={help} onClose={() => setHelp(false)} onTry={tryText} />
      {!asked ? (
        <EmptyState icon={<SearchOutlined />} title={t('empty.title')} text={t('empty.text')}>
          <LanguageLines onTry={tryText} />
        </EmptyState>
      ) : (
        <div className="search-body">
          <FacetPanel facets={facets.data} question={question} onChange={ask} />
          <section className="search-found">
            <div className="search-line">
              <strong role="status" data-testid="search-total">
                {results.total === undefined
                  ? ''
                  : t(results.total.exact ? 'total.exact' : 'total.about', { count: results.total.count })}
              </strong>
              <UnderstoodQuestion parts={results.understood} />
            </div>
            <ErrorNotice error={results.error ?? facets.error} onRetry={results.reload} />
            {results.cases === undefined && results.loading && (
              <Skeleton active className="search-wait" paragraph={{ rows: 6 }} />
            )}
            {nothing && (
              <EmptyState icon={<SearchOutlined />} title={t('nothing.title')} text={t('nothing.text')}>
                {!question.tolerant && (
                  <Button onClick={() => ask({ tolerant: true })}>{t('nothing.tolerant')}</Button>
                )}
                {filterCount(question) > 0 && (
                  <Button onClick={() => ask(NO_FILTERS)}>{t('nothing.no-filters')}</Button>
                )}
                <Button type="text" onClick={() => setHelp(true)}>
                  {t('language.title')}
                </Button>
              </EmptyState>
            )}
            {rows.length > 0 && (
              <ResultList
                key={addressText}
                ref={listRef}
                rows={rows}
                activeIndex={Math.min(activeIndex, rows.length - 1)}
                onActive={(index) => stand(addressText, index)}
                onOpen={open}
                onLeave={toBox}
                hasMore={results.hasMore}
                loadingMore={results.loadingMore}
                onMore={results.askMore}
              />
            )}
          </section>
        </div>
      )}
    </div>
  )
}

/** What stands in the box: asked when the typing rests, and replaced when the question comes from elsewhere. */
function useTypedQuestion(
  text: string,
  ask: (text: string) => void,
): readonly [string, (text: string) => void] {
  const [typed, setTyped] = useState(text)
  const settled = useSettled(typed.trim(), TYPING_MS)
  const asked = useRef(text)
  const askRef = useRef(ask)
  askRef.current = ask
  useEffect(() => {
    if (settled === asked.current) return
    asked.current = settled
    askRef.current(settled)
  }, [settled])
  useEffect(() => {
    if (text === asked.current) return
    asked.current = text
    setTyped(text)
  }, [text])
  return [typed, setTyped]
}
