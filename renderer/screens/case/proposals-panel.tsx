import { BulbOutlined } from '@ant-design/icons'
import { App, Button, Checkbox, Select, Spin } from 'antd'
import { Fragment, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PROPOSAL_KINDS } from '../../../shared/domain/page-proposal.ts'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { isTyping } from '../../widgets/key-hint.tsx'
import { ReasonDialog } from '../../widgets/reason-dialog.tsx'
import { ProposalCard } from './proposal-card.tsx'
import { useProposalWords } from './proposal-words.ts'
import { AcceptMany, surest } from './proposals-many.tsx'
import type { Proposal, ProposalKind, Proposals } from './use-proposals.ts'
import './proposals.css'

interface ProposalsPanelProps {
  readonly volumeId: string
  readonly filed: boolean
  readonly proposals: Proposals
}

/** So many cards stand at once round the chosen one; a thick volume may have thousands. */
const AROUND = 40

/** The switch that led here, and boxes to tick, take no letters. */
const isTicked = (target: EventTarget | null) =>
  target instanceof HTMLInputElement && ['radio', 'checkbox'].includes(target.type)

const report = (error: unknown) => console.warn('proposal', error)

/** What the text of the open volume suggests, page by page, with the keys to decide. */
export function ProposalsPanel({ volumeId, filed, proposals }: ProposalsPanelProps) {
  const { t } = useTranslation('proposals')
  const { message } = App.useApp()
  const words = useProposalWords()
  const { answer, shown, selected } = proposals
  const [many, setMany] = useState(false)
  const [wanted, setWanted] = useState<Proposal>()

  const decide = useAction(async (what: 'accept' | 'dismiss' | 'reopen', proposal: Proposal) => {
    const one = { volumeId, id: proposal.id }
    if (what === 'accept' && filed && !proposal.notes) return setWanted(proposal)
    await call(`proposals.${what}`, one)
    if (what === 'accept') void message.success(t(proposal.notes ? 'noted' : 'done'))
    if (what === 'dismiss') void message.info(t('gone'))
    answer.reload()
  })
  const request = useAction(async (reason: string) => {
    if (wanted === undefined) return
    await call('proposals.request', { volumeId, id: wanted.id, reason })
    void message.success(t('requested'))
    setWanted(undefined)
    answer.reload()
  })

  const onKey = (key: string): boolean => {
    if (key === 'j') proposals.onStep(1)
    else if (key === 'k') proposals.onStep(-1)
    else if (selected === undefined) return false
    else if (key === 'enter') proposals.onSelect(selected.id)
    else if (!selected.mayDecide || (selected.state !== 'open' && selected.state !== 'requested'))
      return false
    else if (key === 'a') decide.run('accept', selected).catch(report)
    else if (key === 'x') decide.run('dismiss', selected).catch(report)
    else return false
    return true
  }
  const onKeyRef = useRef(onKey)
  onKeyRef.current = onKey
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target } = event
      const takes = isTyping(target) && !isTicked(target)
      if (event.defaultPrevented || takes || event.ctrlKey || event.metaKey || event.altKey) return
      if (target instanceof Element && target.closest('.ant-modal, .ant-select-dropdown') !== null) return
      // A focused button is pressed by Enter, as everywhere.
      if (event.key === 'Enter' && target instanceof HTMLButtonElement) return
      if (onKeyRef.current(event.key.toLowerCase())) event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])

  const { data } = answer
  if (data === undefined) {
    return answer.error === undefined ? (
      <Spin delay={150} className="proposals-wait" />
    ) : (
      <ErrorNotice error={answer.error} onRetry={answer.reload} />
    )
  }
  const counts = new Map<ProposalKind, number>()
  for (const { kind } of data.proposals) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const kinds = PROPOSAL_KINDS.filter((kind) => counts.has(kind))
  const at = selected === undefined ? 0 : shown.indexOf(selected)
  const from = Math.max(0, at - AROUND)
  const cards = shown.slice(from, at + AROUND + 1)
  const after = shown.length - from - cards.length
  const readOnly = data.proposals.length > 0 && data.proposals.every(({ mayDecide }) => !mayDecide)
  return (
    <section className="proposals" aria-label={t('title')}>
      <div className="proposals-tools">
        {kinds.length > 1 && (
          <Select
            size="small"
            className="proposals-kinds"
            aria-label={t('filter')}
            value={proposals.kind ?? ''}
            onChange={(kind) => proposals.onKind(kinds.find((known) => known === kind) ?? null)}
            options={[
              { value: '', label: `${t('all')} ${data.proposals.length}` },
              ...kinds.map((kind) => ({ value: kind, label: `${words.kind(kind)} ${counts.get(kind)}` })),
            ]}
          />
        )}
        {!filed && surest(shown).length > 1 && (
          <Button size="small" onClick={() => setMany(true)}>
            {t('acceptMany')}
          </Button>
        )}
        {(data.dismissed > 0 || proposals.withDismissed) && (
          <Checkbox
            checked={proposals.withDismissed}
            onChange={(event) => proposals.onDismissed(event.target.checked)}
          >
            {t('withDismissed', { count: data.dismissed })}
          </Checkbox>
        )}
      </div>
      {readOnly && <p className="muted">{t('readOnly')}</p>}
      <ErrorNotice error={decide.error ?? answer.error} />
      {shown.length === 0 && (
        <EmptyState
          icon={<BulbOutlined aria-hidden="true" />}
          title={t('empty.title')}
          text={t(
            data.proposals.length > 0 ? 'empty.filtered' : data.unread > 0 ? 'empty.unread' : 'empty.text',
          )}
        />
      )}
      {from > 0 && <p className="muted">{t('before', { count: from })}</p>}
      <ol className="proposals-list" aria-label={t('list')}>
        {cards.map((proposal, place) => (
          <Fragment key={proposal.id}>
            {cards[place - 1]?.pageId !== proposal.pageId && (
              <li className="proposals-page">{words.place(proposal)}</li>
            )}
            <ProposalCard
              proposal={proposal}
              selected={proposal.id === selected?.id}
              filed={filed}
              busy={decide.busy}
              onSelect={() => proposals.onSelect(proposal.id)}
              onAccept={() => decide.run('accept', proposal).catch(report)}
              onDismiss={() => decide.run('dismiss', proposal).catch(report)}
              onReopen={() => decide.run('reopen', proposal).catch(report)}
            />
          </Fragment>
        ))}
      </ol>
      {after > 0 && <p className="muted">{t('after', { count: after })}</p>}
      {shown.length > 0 && data.unread > 0 && <p className="muted">{t('unread', { count: data.unread })}</p>}
      {many && (
        <AcceptMany
          volumeId={volumeId}
          proposals={shown}
          onClose={() => setMany(false)}
          onDone={() => {
            setMany(false)
            answer.reload()
          }}
        />
      )}
      {wanted !== undefined && (
        <ReasonDialog
          title={t('requestTitle')}
          text={t('requestText')}
          label={t('requestReason')}
          doText={t('requestDo')}
          busy={request.busy}
          error={request.error}
          onDo={(reason) => {
            request.run(reason).catch(report)
          }}
          onCancel={() => {
            request.clearError()
            setWanted(undefined)
          }}
        />
      )}
    </section>
  )
}
