import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TextRun } from '../../../shared/contract/reconcile.ts'
import { differs, textRows } from './text-rows.ts'

interface TextDiffProps {
  readonly text: readonly TextRun[]
  /** Index of the run whose places are marked on both images. */
  readonly active: number | undefined
  readonly onActive: (index: number | undefined) => void
}

type Side = 'paper' | 'electronic'

interface RunWordsProps {
  readonly run: TextRun
  readonly index: number
  readonly side: Side
  readonly active: boolean
  readonly onActive: (index: number | undefined) => void
}

function RunWords({ run, index, side, active, onActive }: RunWordsProps) {
  const { t } = useTranslation('reconcile')
  const words = side === 'paper' ? run.paper : run.electronic
  if (words === '') return null
  const mark = { 'data-kind': run.kind, 'data-doubtful': run.doubtful ? '' : undefined }
  if (!differs(run)) {
    return (
      <span className="text-run" data-active={active ? '' : undefined} onPointerEnter={() => onActive(index)}>
        {words}
      </span>
    )
  }
  return (
    <button
      type="button"
      className="text-run"
      {...mark}
      data-active={active ? '' : undefined}
      aria-pressed={active}
      title={t(run.doubtful ? 'text.doubtful' : `text.kind.${run.kind}`)}
      onPointerEnter={() => onActive(index)}
      onFocus={() => onActive(index)}
      onClick={() => onActive(index)}
    >
      {words}
      <span className="visually-hidden">
        {t('common:list-comma')}
        {t(run.doubtful ? 'text.doubtful' : `text.kind.${run.kind}`)}
      </span>
    </button>
  )
}

/** Both texts line by line, what differs marked; pointing at a stretch shows its place on both images. */
export function TextDiff({ text, active, onActive }: TextDiffProps) {
  const { t } = useTranslation('reconcile')
  const rows = useMemo(() => textRows(text), [text])
  const [onlyDifferent, setOnlyDifferent] = useState(false)
  const shown = onlyDifferent ? rows.filter(({ runs }) => runs.some(({ run }) => differs(run))) : rows
  const count = text.filter((run) => differs(run) && !run.doubtful).length
  const doubtful = text.filter((run) => differs(run) && run.doubtful).length
  if (text.length === 0) return <p className="compare-note">{t('text.none')}</p>
  const column = (side: Side, runs: (typeof rows)[number]['runs']) =>
    runs.map(({ run, index }) => (
      <RunWords
        key={index}
        run={run}
        index={index}
        side={side}
        active={index === active}
        onActive={onActive}
      />
    ))
  return (
    <section className="text-diff" aria-label={t('text.title')}>
      <header className="text-diff-head">
        <span>{t('text.count', { count })}</span>
        {doubtful > 0 && <span className="muted">{t('text.doubtful-count', { count: doubtful })}</span>}
        <Button
          size="small"
          aria-pressed={onlyDifferent}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setOnlyDifferent(!onlyDifferent)}
        >
          {t(onlyDifferent ? 'text.all-lines' : 'text.only-different')}
        </Button>
      </header>
      <div className="text-diff-columns" aria-hidden="true">
        <span>{t('compare.paper')}</span>
        <span>{t('compare.electronic')}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <div className="text-diff-lines" tabIndex={0}>
        {shown.map(({ key, runs }) => (
          <div
            key={key}
            className="text-diff-line"
            data-differs={runs.some(({ run }) => differs(run)) ? '' : undefined}
          >
            <p>{column('paper', runs)}</p>
            <p>{column('electronic', runs)}</p>
          </div>
        ))}
      </div>
    </section>
  )
}
