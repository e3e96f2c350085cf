import { Alert, App, Button, Skeleton } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { OutputOf } from '../../../../shared/contract/index.ts'
import {
  DIFFERENCE_TYPE_INFO,
  type DifferenceType,
} from '../../../../shared/domain/reconcile/difference-type.ts'
import { call } from '../../../app/client.ts'
import { useTerm } from '../../../app/terms.ts'
import { useAction, useQuery } from '../../../app/use-call.ts'
import { useMay } from '../../../state/session.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { commandKey, hasCommandKey, KeyHint } from '../../../widgets/key-hint.tsx'
import type { TabProps } from '../check-tabs.ts'
import { useReconcileChanges } from '../use-checking.ts'
import { useMoment } from '../use-moment.ts'
import { ListSources } from './list-sources.tsx'
import { ListTable } from './list-table.tsx'
import { NoteAndCover } from './note-and-cover.tsx'
import { asCompared, catalogueOf, type Draft, draftOf } from './paper-draft.ts'
import { type KeptLists, useKeptLists } from './use-kept-lists.ts'
import './lists.css'

type Compared = OutputOf<'paperCatalogue.get'>

/** 目录核对: what the paper's catalogue, closing note and cover say, typed, pasted, imported or read, against ours. */
export function ListsTab(props: TabProps) {
  const { volumeId, reconciliationId } = props
  const work = useMemo(() => ({ volumeId, reconciliationId }), [volumeId, reconciliationId])
  const compared = useQuery('paperCatalogue.get', work)
  const checking = useQuery('reconcile.ofVolume', { volumeId })
  const { found, keep } = useKeptLists(reconciliationId)
  const reload = useCallback(() => {
    compared.reload()
    checking.reload()
  }, [compared.reload, checking.reload])
  useReconcileChanges(volumeId, reload)
  const error = compared.error ?? checking.error
  if (error !== undefined && (compared.data === undefined || checking.data === undefined))
    return <ErrorNotice error={error} onRetry={reload} />
  if (compared.data === undefined || checking.data === undefined || found === undefined)
    return <Skeleton active className="check-wait" paragraph={{ rows: 8 }} />
  return (
    <Lists
      {...props}
      compared={compared.data}
      isOpen={checking.data?.id === reconciliationId && checking.data.state === 'open'}
      kept={found.kept}
      keep={keep}
      reload={compared.reload}
    />
  )
}

interface ListsProps extends TabProps {
  readonly compared: Compared
  readonly isOpen: boolean
  readonly kept: KeptLists | null
  readonly keep: (kept: KeptLists | null) => void
  readonly reload: () => void
}

const text = (value: unknown) => JSON.stringify(value)

function Lists({ volumeId, caseId, reconciliationId, compared, isOpen, kept, keep, reload }: ListsProps) {
  const { t } = useTranslation('lists')
  const { message } = App.useApp()
  const moment = useMoment()
  const mayRun = useMay('reconcile.run') && isOpen
  const taken = kept !== null && mayRun ? kept : null
  const [draft, setDraft] = useState<Draft>(() =>
    taken === null ? draftOf(compared.catalogue) : { ...draftOf(taken.catalogue) },
  )
  /** What the core has, as far as this draft knows. */
  const [base, setBase] = useState(() => ({
    givenAt: taken === null ? compared.givenAt : taken.onTopOf,
    words: text(catalogueOf(draftOf(compared.catalogue))),
  }))
  const words = useMemo(() => text(catalogueOf(draft)), [draft])
  const dirty = words !== base.words
  const [restored, setRestored] = useState(taken !== null && dirty)

  const change = (next: Draft) => {
    setDraft(next)
    const catalogue = catalogueOf(next)
    keep(text(catalogue) === base.words ? null : { onTopOf: base.givenAt, catalogue })
  }
  const now = useRef({ words, dirty })
  now.current = { words, dirty }
  const follow = useCallback(({ givenAt, catalogue }: Compared) => {
    const theirs = text(catalogueOf(draftOf(catalogue)))
    if (theirs === now.current.words) setDraft(asCompared)
    else if (now.current.dirty) return
    else setDraft((before) => draftOf(catalogue, before))
    setBase({ givenAt, words: theirs })
  }, [])
  useEffect(() => follow(compared), [compared, follow])

  const save = useAction(async () => {
    const catalogue = catalogueOf(draft)
    const done = await call('paperCatalogue.set', { volumeId, reconciliationId, catalogue })
    keep(null)
    setRestored(false)
    setBase((before) => ({ ...before, words: text(catalogue) }))
    setDraft(asCompared)
    void message.success(t('saved', { count: done.findings, added: done.newDifferences }))
    reload()
  })
  const run = () => {
    save.run().catch((error: unknown) => console.warn('lists not kept', error))
  }
  const runNow = useRef(run)
  runNow.current = run
  useEffect(() => {
    if (!mayRun) return
    const onKey = (event: KeyboardEvent) => {
      if (!hasCommandKey(event) || event.key.toLowerCase() !== 's') return
      event.preventDefault()
      runNow.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [mayRun])

  const overtaken = dirty && compared.givenAt !== base.givenAt
  const given = compared.givenAt !== null
  return (
    <div className="lists-tab">
      <div className="lists-bar">
        {mayRun ? (
          <ListSources
            key={compared.givenAt}
            work={{ volumeId, reconciliationId }}
            draft={draft}
            onDraft={change}
          />
        ) : (
          <span className="muted">{t(isOpen ? 'not-yours' : 'ended')}</span>
        )}
        <span className="lists-given muted">
          {given ? t('given', { by: compared.givenBy, at: moment(compared.givenAt ?? '') }) : t('not-given')}
        </span>
        {mayRun && (
          <Button type="primary" loading={save.busy} disabled={!dirty && !given} onClick={run}>
            {t(dirty || !given ? 'save' : 'again')} <KeyHint keys={`${commandKey}S`} />
          </Button>
        )}
      </div>
      <ErrorNotice error={save.error} />
      {restored && dirty && (
        <Alert
          type="info"
          showIcon
          title={t('restored')}
          action={
            <Button
              size="small"
              onClick={() => {
                change(draftOf(compared.catalogue))
                setBase({
                  givenAt: compared.givenAt,
                  words: text(catalogueOf(draftOf(compared.catalogue))),
                })
                keep(null)
                setRestored(false)
              }}
            >
              {t('restored-away')}
            </Button>
          }
        />
      )}
      {overtaken && <Alert type="warning" showIcon title={t('overtaken', { by: compared.givenBy })} />}
      {!given && !dirty && <p className="lists-purpose">{t('purpose')}</p>}
      {given && (
        <Found
          findings={compared.findings}
          dirty={dirty}
          to={`/reconcile/${caseId}/${volumeId}?tab=compare`}
        />
      )}
      <div className="lists-desk">
        <div className="lists-main">
          <ListTable
            rows={draft.rows}
            compared={compared}
            readOnly={!mayRun}
            onRows={(rows) => change({ ...draft, rows })}
          />
          {mayRun && <Keys />}
        </div>
        <NoteAndCover draft={draft} findings={compared.findings} readOnly={!mayRun} onDraft={change} />
      </div>
    </div>
  )
}

interface FoundProps {
  readonly findings: Compared['findings']
  /** What is typed is no longer what was compared. */
  readonly dirty: boolean
  readonly to: string
}

/** How many differences the lists have, by type, and where they are judged. */
function Found({ findings, dirty, to }: FoundProps) {
  const { t } = useTranslation('lists')
  const term = useTerm()
  const counts = new Map<DifferenceType, number>()
  for (const { type } of findings) counts.set(type, (counts.get(type) ?? 0) + 1)
  return (
    <p className="lists-found" role="status">
      <b>{findings.length === 0 ? t('agrees') : t('found', { count: findings.length })}</b>
      {[...counts].map(([type, count]) => (
        <span key={type} className="figures">
          {type} {term(DIFFERENCE_TYPE_INFO[type])} {count}
        </span>
      ))}
      {findings.length > 0 && <Link to={to}>{t('judge')}</Link>}
      {dirty && <span className="lists-stale">{t('stale')}</span>}
    </p>
  )
}

function Keys() {
  const { t } = useTranslation('lists')
  const keys = [
    ['Tab', 'next'],
    ['Enter', 'down'],
    [`${commandKey}Enter`, 'insert'],
    [`${commandKey}Delete`, 'remove'],
  ] as const
  return (
    <footer className="key-line">
      {keys.map(([key, does]) => (
        <span key={key}>
          <KeyHint keys={key} /> {t(`keys.${does}`)}
        </span>
      ))}
      <span>{t('keys.paste')}</span>
    </footer>
  )
}
