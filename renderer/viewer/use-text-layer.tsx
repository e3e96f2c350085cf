import { CopyOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../app/client.ts'
import { useErrorWords } from '../app/error-words.ts'
import { useAction } from '../app/use-call.ts'
import { commandKey, KeyHint } from '../widgets/key-hint.tsx'
import type { PageOverlay } from './page-overlay.tsx'
import type { PageRow } from './page-words.ts'
import { rangeOf, TextLayer, type TextSelection } from './text-layer.tsx'
import { rangeText } from './text-selection.ts'
import { useShownTexts } from './use-shown-texts.ts'

interface TextLayerInput {
  /** The pages on the stage. */
  readonly pages: readonly PageRow[]
  readonly on: boolean
  readonly mayCopy: boolean
}

export interface TextLayerHandle {
  readonly overlay: PageOverlay
  /** What there is to say and to do about the text of the shown pages; null when nothing. */
  readonly bar: ReactNode
  readonly selected: boolean
  readonly copy: () => void
  readonly selectAll: () => void
  readonly clear: () => void
}

/** The words over the pages: selected by mouse or whole, copied when the core has agreed to it. */
export function useTextLayer({ pages, on, mayCopy }: TextLayerInput): TextLayerHandle {
  const { t } = useTranslation('viewer')
  const { message } = App.useApp()
  const texts = useShownTexts(pages, on)
  const [chosen, setChosen] = useState<{ readonly page: PageRow; readonly selection: TextSelection }>()
  const shownKey = pages.map(({ versionId }) => versionId).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: turning the page ends the selection
  useEffect(() => setChosen(undefined), [shownKey, on])

  const shown = chosen === undefined ? undefined : texts.get(chosen.page.versionId)
  const selectedText =
    chosen === undefined || shown?.state !== 'read'
      ? ''
      : rangeText(shown.characters, rangeOf(chosen.selection))
  const characters = [...selectedText].filter((character) => character !== '\n').length
  const copying = useAction(async () => {
    if (chosen === undefined || characters === 0) return
    await call('texts.copy', { pageId: chosen.page.id, characters })
    await navigator.clipboard.writeText(selectedText)
    void message.success(t('text.copied', { count: characters }))
  })
  const copy = () => {
    copying.run().catch((error: unknown) => console.warn('not copied', error))
  }
  const refusal = useErrorWords(copying.error)
  const { clearError } = copying
  const clear = useCallback(() => {
    setChosen(undefined)
    clearError()
  }, [clearError])

  const overlay: PageOverlay = (page, rotation) => {
    const known = on ? texts.get(page.versionId) : undefined
    if (known?.state !== 'read') return null
    return (
      <TextLayer
        shown={known}
        rotation={rotation}
        selection={chosen?.page.versionId === page.versionId ? chosen.selection : undefined}
        onSelect={
          mayCopy
            ? (selection) => {
                clearError()
                setChosen(selection === undefined ? undefined : { page, selection })
              }
            : undefined
        }
      />
    )
  }
  const selectAll = () => {
    const page = chosen?.page ?? pages.find(({ versionId }) => texts.get(versionId)?.state === 'read')
    const known = page === undefined ? undefined : texts.get(page.versionId)
    if (!mayCopy || page === undefined || known?.state !== 'read') return
    setChosen({ page, selection: { anchor: 0, focus: known.characters.total } })
  }

  const states = pages.map(({ versionId }) => texts.get(versionId))
  const failed = states.find((state) => state?.state === 'failed')
  const failure = useErrorWords(failed?.state === 'failed' ? failed.error : undefined)
  const words = () => {
    if (refusal !== undefined) return `${refusal.title} ${refusal.next}`
    if (failure !== undefined) return `${failure.title} ${failure.next}`
    if (characters > 0) return t('text.selected', { count: characters })
    if (states.some((state) => state?.state === 'unread')) return t('text.unread')
    if (states.every((state) => state?.state === 'read' && state.characters.total === 0))
      return t('text.none')
    return t(mayCopy ? 'text.hint' : 'text.mayNotCopy')
  }
  const bar = on ? (
    <div className="viewer-words" role={refusal === undefined ? 'status' : 'alert'}>
      <span className="viewer-words-grow">{words()}</span>
      {characters > 0 && (
        <>
          <Button
            size="small"
            type="primary"
            icon={<CopyOutlined aria-hidden="true" />}
            loading={copying.busy}
            onClick={copy}
          >
            {t('text.copy')} <KeyHint keys={`${commandKey}C`} />
          </Button>
          <Button size="small" onClick={clear}>
            {t('text.clear')} <KeyHint keys="Esc" />
          </Button>
        </>
      )}
    </div>
  ) : null
  return { overlay, bar, selected: characters > 0, copy, selectAll, clear }
}
