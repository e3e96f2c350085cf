import { Input, type InputRef, Modal } from 'antd'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findPages } from './find-page.ts'
import { type PageRow, usePageWords } from './page-words.ts'

interface GoToPageProps {
  readonly open: boolean
  readonly pages: readonly PageRow[]
  readonly onGo: (index: number) => void
  readonly onClose: () => void
}

/** Asks for a page by its printed number or its place among the images, and shows which page each would be. */
export function GoToPage({ open, pages, onGo, onClose }: GoToPageProps) {
  const { t } = useTranslation('viewer')
  const words = usePageWords()
  const [typed, setTyped] = useState('')
  const [choice, setChoice] = useState(0)
  const inputRef = useRef<InputRef>(null)
  const found = findPages(pages, typed)
  const candidates = [
    { by: t('goTo.byPrinted'), index: found.printed },
    { by: t('goTo.byImage'), index: found.image },
  ].filter((candidate): candidate is { by: string; index: number } => candidate.index !== undefined)
  const chosen = candidates[Math.min(choice, candidates.length - 1)]

  const go = (index: number | undefined) => {
    if (index === undefined) return
    setTyped('')
    setChoice(0)
    onGo(index)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    setChoice((before) => (before === 0 ? 1 : 0))
  }

  return (
    <Modal
      open={open}
      title={t('goTo.title')}
      width={380}
      footer={null}
      destroyOnHidden
      onCancel={onClose}
      afterOpenChange={(isOpen) => {
        if (isOpen) inputRef.current?.focus({ cursor: 'end' })
      }}
    >
      <Input
        ref={inputRef}
        // At once: the digits are typed right after G.
        autoFocus
        value={typed}
        inputMode="numeric"
        placeholder={t('goTo.placeholder')}
        aria-label={t('goTo.title')}
        onChange={(event) => {
          setTyped(event.target.value)
          setChoice(0)
        }}
        onKeyDown={onKeyDown}
        onPressEnter={() => go(chosen?.index)}
      />
      <div className="viewer-go-to" role="listbox" aria-label={t('goTo.title')}>
        {candidates.map((candidate) => {
          const page = pages[candidate.index]
          return page === undefined ? null : (
            <button
              key={candidate.by}
              type="button"
              role="option"
              aria-selected={candidate === chosen}
              onClick={() => go(candidate.index)}
            >
              <span>{candidate.by}</span>
              <b>{words.place(page, candidate.index, pages.length)}</b>
            </button>
          )
        })}
        {typed.trim() !== '' && candidates.length === 0 && (
          <p className="viewer-go-to-none">{t('goTo.none', { typed, total: pages.length })}</p>
        )}
      </div>
    </Modal>
  )
}
