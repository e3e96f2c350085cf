import { Button, Tag } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../widgets/key-hint.tsx'
import { levelOf, useProposalWords } from './proposal-words.ts'
import type { Proposal } from './use-proposals.ts'

interface ProposalCardProps {
  readonly proposal: Proposal
  readonly selected: boolean
  readonly filed: boolean
  readonly busy: boolean
  readonly onSelect: () => void
  readonly onAccept: () => void
  readonly onDismiss: () => void
  readonly onReopen: () => void
}

/** One suggestion: what it says, why, and what may be done with it. */
export function ProposalCard({ proposal, selected, filed, busy, ...does }: ProposalCardProps) {
  const { t } = useTranslation('proposals')
  const words = useProposalWords()
  const ref = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (selected) ref.current?.scrollIntoView({ block: 'nearest' })
  }, [selected])
  const { kind, state, present, proposed, notes, mayDecide } = proposal
  const isOpen = state === 'open' || state === 'requested'
  const compares = !notes && kind !== 'new-item'
  return (
    <li ref={ref} className="proposal" data-selected={selected ? '' : undefined} data-kind={kind}>
      <button type="button" className="proposal-words" aria-pressed={selected} onClick={does.onSelect}>
        <span className="proposal-head">
          <b>{words.kind(kind)}</b>
          <span className="proposal-confidence" data-level={levelOf(proposal)}>
            {words.confidence(proposal)}
          </span>
        </span>
        <span className="proposal-value">
          {compares && present !== '' && (
            <>
              <del>{words.value(proposal, present)}</del> <span aria-hidden="true">→</span>{' '}
            </>
          )}
          <span className="proposal-proposed">{words.value(proposal, proposed)}</span>
        </span>
        {proposal.newItem !== null && <span className="proposal-more">{words.newItem(proposal)}</span>}
        {proposal.itemTitle !== null && <span className="proposal-more">{proposal.itemTitle}</span>}
        {state !== 'open' && <Tag>{t(`state.${state}`)}</Tag>}
      </button>
      {selected && (
        <>
          <ul className="proposal-reasons">
            {words.reasons(proposal).map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
          {mayDecide && (
            <div className="proposal-buttons">
              {isOpen && (
                <>
                  <Button
                    size="small"
                    type="primary"
                    loading={busy}
                    aria-keyshortcuts="A"
                    onClick={does.onAccept}
                  >
                    {t(notes ? 'confirm' : filed ? 'request' : 'accept')} <KeyHint keys="A" />
                  </Button>
                  <Button size="small" disabled={busy} aria-keyshortcuts="X" onClick={does.onDismiss}>
                    {t('dismiss')} <KeyHint keys="X" />
                  </Button>
                </>
              )}
              {(state === 'dismissed' || state === 'accepted') && (
                <Button size="small" loading={busy} onClick={does.onReopen}>
                  {t('reopen')}
                </Button>
              )}
            </div>
          )}
        </>
      )}
    </li>
  )
}
