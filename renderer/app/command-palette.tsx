import { SearchOutlined } from '@ant-design/icons'
import { Input, Modal, Spin } from 'antd'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Permission } from '../../shared/domain/permission.ts'
import { useJobs } from '../state/jobs.ts'
import { usePreferences } from '../state/preferences.ts'
import { useHitWords } from '../widgets/hit-words.ts'
import { commandKey, hasCommandKey, KeyHint } from '../widgets/key-hint.tsx'
import { type UnderstoodPart, UnderstoodQuestion } from '../widgets/understood-question.tsx'
import { useErrorWords } from './error-words.ts'
import { foundEntries, type PaletteEntry } from './palette-entries.tsx'
import { useQuery, useSettled } from './use-call.ts'

interface CommandPaletteProps {
  readonly permissions: readonly string[]
}

/** One box for finding a case and for going anywhere: Ctrl/⌘ K. */
export function CommandPalette({ permissions }: CommandPaletteProps) {
  const { t } = useTranslation('frame')
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (!hasCommandKey(event) || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      setOpen(true)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <button type="button" className="search-box" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <SearchOutlined aria-hidden="true" />
        <span className="search-box-words">{t('palette.placeholder')}</span>
        <KeyHint keys={`${commandKey}K`} />
      </button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        footer={null}
        closable={false}
        width={680}
        className="palette"
        destroyOnHidden
        title={<span className="visually-hidden">{t('palette.label')}</span>}
      >
        <PaletteBody permissions={permissions} onDone={() => setOpen(false)} />
      </Modal>
    </>
  )
}

interface PaletteBodyProps extends CommandPaletteProps {
  readonly onDone: () => void
}

function PaletteBody({ permissions, onDone }: PaletteBodyProps) {
  const { t } = useTranslation('frame')
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const navigate = useNavigate()
  const settled = useSettled(text.trim(), 150)
  const maySearch = permissions.includes('case.read')
  const found = useQuery(
    'search.find',
    maySearch && settled !== '' ? { text: settled, limit: 30 } : undefined,
  )
  const failure = useErrorWords(found.error)
  const commands = useCommands(permissions)

  const words = useHitWords()
  const open = useCallback(
    (path: string) => {
      Promise.resolve(navigate(path)).catch((error: unknown) => console.warn('navigation', error))
    },
    [navigate],
  )
  const asked = text.trim()
  const wanted = asked.toLowerCase()
  const answer = settled === '' || wanted === '' ? undefined : found.data
  const openAll = useCallback(() => open(`/search?${new URLSearchParams({ q: asked })}`), [asked, open])
  const entries = useMemo(
    (): readonly PaletteEntry[] => [
      ...(answer === undefined
        ? []
        : foundEntries({ answer, text: settled, words, caseHint: t('palette.case'), open })),
      ...(maySearch && asked !== ''
        ? [
            {
              id: 'all-results',
              label:
                answer === undefined
                  ? t('palette.all')
                  : t('palette.all-counted', {
                      total: t(answer.total.exact ? 'search:total.exact' : 'search:total.about', {
                        count: answer.total.count,
                      }),
                    }),
              hint: `${commandKey}Enter`,
              go: openAll,
            },
          ]
        : []),
      ...commands
        .filter(({ words: named }) => wanted === '' || named.toLowerCase().includes(wanted))
        .map(({ id, words: named, go }) => ({ id, label: named, hint: t('palette.command'), go })),
    ],
    [answer, asked, commands, maySearch, open, openAll, settled, t, wanted, words],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list starts at its first entry
  useEffect(() => setActive(0), [settled, wanted])

  const choose = (entry: PaletteEntry | undefined) => {
    if (entry === undefined) return
    onDone()
    entry.go()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const last = entries.length - 1
    const next =
      event.key === 'ArrowDown'
        ? Math.min(active + 1, last)
        : event.key === 'ArrowUp'
          ? Math.max(active - 1, 0)
          : undefined
    if (next !== undefined) {
      event.preventDefault()
      setActive(next)
      document.getElementById(`palette-${entries[next]?.id}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') {
      event.preventDefault()
      choose(hasCommandKey(event) ? entries.find(({ id }) => id === 'all-results') : entries[active])
    }
  }
  const activeId = entries[active]?.id
  return (
    <>
      <Input
        autoFocus
        size="large"
        variant="borderless"
        prefix={<SearchOutlined aria-hidden="true" />}
        suffix={found.loading ? <Spin size="small" /> : <span />}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        placeholder={t('palette.placeholder')}
        role="combobox"
        aria-label={t('palette.placeholder')}
        aria-expanded="true"
        aria-controls="palette-list"
        aria-autocomplete="list"
        aria-activedescendant={activeId === undefined ? undefined : `palette-${activeId}`}
      />
      {failure !== undefined && (
        <p className="palette-note" role="alert">
          {failure.title} {failure.next}
        </p>
      )}
      <div id="palette-list" className="palette-list" role="listbox" aria-label={t('palette.label')}>
        {entries.map((entry, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: reached by aria-activedescendant
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the combobox
          <div
            key={entry.id}
            id={`palette-${entry.id}`}
            role="option"
            aria-selected={index === active}
            className="palette-entry"
            onMouseMove={() => setActive(index)}
            onClick={() => choose(entry)}
          >
            <span>{entry.label}</span>
            <span className="palette-hint">{entry.hint}</span>
          </div>
        ))}
      </div>
      {entries.length === 0 && !found.loading && <p className="palette-note">{t('palette.nothing')}</p>}
      {answer !== undefined && <UnderstoodNote parts={answer.understood} />}
    </>
  )
}

/** Said only where the question was taken for more than plain words. */
function UnderstoodNote({ parts }: { readonly parts: readonly UnderstoodPart[] }) {
  const plain = parts.every(
    ({ kind, field, excluded, tooShortForPages }) =>
      kind === 'words' && field === null && !excluded && !tooShortForPages,
  )
  if (plain) return null
  return (
    <p className="palette-note">
      <UnderstoodQuestion parts={parts} />
    </p>
  )
}

interface PaletteCommand {
  readonly id: string
  readonly words: string
  readonly go: () => void
}

function useCommands(permissions: readonly string[]): readonly PaletteCommand[] {
  const { t } = useTranslation('frame')
  const navigate = useNavigate()
  const openDrawer = useJobs((store) => store.openDrawer)
  const language = usePreferences((preferences) => preferences.language)
  const change = usePreferences((preferences) => preferences.change)
  return useMemo(() => {
    const go = (path: string) => () => {
      Promise.resolve(navigate(path)).catch((error: unknown) => console.warn('navigation', error))
    }
    const all: readonly (PaletteCommand & { readonly needs: Permission | null })[] = [
      { id: 'go-cases', words: t('palette.go-cases'), go: go('/cases'), needs: 'case.read' },
      { id: 'go-search', words: t('palette.go-search'), go: go('/search'), needs: 'case.read' },
      { id: 'new-case', words: t('palette.new-case'), go: go('/cases?new=1'), needs: 'case.create' },
      {
        id: 'go-reconcile',
        words: t('palette.go-reconcile'),
        go: go('/reconcile'),
        needs: 'difference.read',
      },
      { id: 'go-intake', words: t('palette.go-intake'), go: go('/intake'), needs: 'page.add' },
      { id: 'go-backup', words: t('palette.go-backup'), go: go('/backup'), needs: 'backup.read' },
      { id: 'go-audit', words: t('palette.go-audit'), go: go('/audit'), needs: 'audit.read' },
      { id: 'go-manage', words: t('palette.go-manage'), go: go('/manage'), needs: 'settings.read' },
      { id: 'jobs', words: t('palette.jobs'), go: () => openDrawer(), needs: 'job.read' },
      {
        id: 'language',
        words: t('palette.language'),
        go: () => change({ language: language === 'en' ? 'zh-CN' : 'en' }),
        needs: null,
      },
    ]
    return all.filter(({ needs }) => needs === null || permissions.includes(needs))
  }, [change, language, navigate, openDrawer, permissions, t])
}
