import { CloseOutlined, DownOutlined, SearchOutlined, UpOutlined } from '@ant-design/icons'
import { Button, Input, type InputRef, Spin, Switch } from 'antd'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../shared/errors.ts'
import { useErrorWords } from '../app/error-words.ts'
import { KeyHint } from '../widgets/key-hint.tsx'
import { type Mark, MarkedText } from '../widgets/marked-text.tsx'
import './find-bar.css'

/** One thing found in the case: on a page, or in its catalogue. */
export interface FoundPlace {
  readonly key: string
  readonly volumeId: string | null
  readonly itemId: string | null
  readonly pageId: string | null
  readonly versionId: string | null
  /** Quads in parts of the image's width and height. */
  readonly places: readonly (readonly number[])[]
  /** Where it stands, in words. */
  readonly where: string
  readonly text: string
  readonly marks: readonly Mark[]
}

export interface ViewerFind {
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  readonly text: string
  readonly onText: (text: string) => void
  readonly tolerant: boolean
  readonly onTolerant: (tolerant: boolean) => void
  readonly loading: boolean
  readonly error: AppError | undefined
  readonly hits: readonly FoundPlace[]
  /** There are more than came. */
  readonly more: boolean
  /** Index of the hit one stands on; undefined before the first step. */
  readonly current: number | undefined
  /** Grows with each step, so that the same hit comes into sight again. */
  readonly round: number
  readonly onStep: (direction: 1 | -1) => void
  readonly onChoose: (index: number) => void
}

/** Finding words in this case: what is typed is found while one types, and Enter goes from hit to hit. */
export function FindBar({ find }: { readonly find: ViewerFind }) {
  const { t } = useTranslation('viewer')
  const inputRef = useRef<InputRef>(null)
  const listRef = useRef<HTMLOListElement>(null)
  const failure = useErrorWords(find.error)
  const { current, hits, text } = find
  const began = useRef(find.text === '')
  useEffect(() => {
    // Opened with words from a search: the keyboard stays with the page.
    if (began.current) inputRef.current?.focus({ cursor: 'all' })
  }, [])
  useEffect(() => {
    if (current === undefined) return
    listRef.current?.children[current]?.scrollIntoView({ block: 'nearest' })
  }, [current])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' || event.key === 'F3') find.onStep(event.shiftKey ? -1 : 1)
    else if (event.key === 'ArrowDown') find.onStep(1)
    else if (event.key === 'ArrowUp') find.onStep(-1)
    else if (event.key === 'Escape') find.onOpen(false)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const asked = text.trim() !== ''
  const count = () => {
    if (!asked || find.loading) return ''
    if (hits.length === 0) return t('find.none')
    const total = find.more ? `${hits.length}+` : String(hits.length)
    return current === undefined ? t('find.total', { total }) : `${current + 1} / ${total}`
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is unknown to the oldest runtime
    <div className="viewer-find" role="search" aria-label={t('find.label')}>
      <div className="viewer-find-line">
        <Input
          ref={inputRef}
          size="small"
          allowClear
          maxLength={100}
          prefix={<SearchOutlined aria-hidden="true" />}
          suffix={find.loading && asked ? <Spin size="small" /> : <span />}
          placeholder={t('find.placeholder')}
          aria-label={t('find.label')}
          value={text}
          onChange={(event) => find.onText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <span className="viewer-find-count" role="status" data-testid="viewer-find-count">
          {count()}
        </span>
        <Button
          size="small"
          icon={<UpOutlined aria-hidden="true" />}
          aria-label={t('find.previous')}
          disabled={hits.length === 0}
          onClick={() => find.onStep(-1)}
        />
        <Button
          size="small"
          icon={<DownOutlined aria-hidden="true" />}
          aria-label={t('find.next')}
          disabled={hits.length === 0}
          onClick={() => find.onStep(1)}
        />
        <span className="muted">
          <KeyHint keys="N" /> <KeyHint keys="Shift N" />
        </span>
        <span className="viewer-find-tolerant">
          <Switch
            size="small"
            checked={find.tolerant}
            onChange={find.onTolerant}
            aria-label={t('find.tolerant')}
          />
          {t('find.tolerant')}
        </span>
        <span className="viewer-words-grow" />
        <Button
          size="small"
          type="text"
          icon={<CloseOutlined aria-hidden="true" />}
          aria-label={t('find.close')}
          onClick={() => find.onOpen(false)}
        />
      </div>
      {failure !== undefined && (
        <p className="palette-note" role="alert">
          {failure.title} {failure.next}
        </p>
      )}
      {hits.length > 0 && (
        <ol ref={listRef} className="viewer-find-list" aria-label={t('find.hits')}>
          {hits.map((hit, index) => (
            <li key={hit.key}>
              <button
                type="button"
                className="viewer-find-hit"
                aria-current={index === current ? 'true' : undefined}
                onClick={() => find.onChoose(index)}
              >
                <span>{hit.where}</span>
                <span>
                  <MarkedText text={hit.text} marks={hit.marks} />
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
