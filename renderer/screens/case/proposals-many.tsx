import { App, Button, Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CONFIDENT } from '../../../shared/domain/page-proposal.ts'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { useProposalWords } from './proposal-words.ts'
import type { Proposal } from './use-proposals.ts'

interface AcceptManyProps {
  readonly volumeId: string
  readonly proposals: readonly Proposal[]
  readonly onDone: () => void
  readonly onClose: () => void
}

/** So many are taken at once; the rest comes with the next look. */
const MOST = 500

/** Those that may be accepted together: sure ones, of which every one is in sight first. */
export function surest(proposals: readonly Proposal[]): readonly Proposal[] {
  return proposals
    .filter(
      ({ state, notes, mayDecide, confidence }) =>
        state === 'open' && !notes && mayDecide && confidence >= CONFIDENT,
    )
    .slice(0, MOST)
}

/** The list of sure proposals, each with its tick, before several are accepted. */
export function AcceptMany({ volumeId, proposals, onDone, onClose }: AcceptManyProps) {
  const { t } = useTranslation('proposals')
  const { message } = App.useApp()
  const words = useProposalWords()
  const sure = surest(proposals)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const chosen = sure.filter(({ id }) => !left.has(id))
  const accept = useAction(async () => {
    const ids = chosen.map(({ id }) => id)
    const { accepted, failed } = await call('proposals.acceptMany', { volumeId, ids })
    void message.success(t('many.done', { count: accepted }))
    if (failed.length > 0) void message.warning(t('many.failed', { count: failed.length }))
    onDone()
  })
  const toggle = (id: string) =>
    setLeft(
      (before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]),
    )
  return (
    <Modal
      open
      width={720}
      title={t('many.title')}
      onCancel={onClose}
      footer={
        <Button
          type="primary"
          disabled={chosen.length === 0}
          loading={accept.busy}
          onClick={() => {
            accept.run().catch((error: unknown) => console.warn('not accepted', error))
          }}
        >
          {t('many.do', { count: chosen.length })}
        </Button>
      }
    >
      <p>{t('many.text', { percent: Math.round(CONFIDENT * 100) })}</p>
      <ul className="proposal-many" aria-label={t('many.title')}>
        {sure.map((proposal) => (
          <li key={proposal.id}>
            <Checkbox checked={!left.has(proposal.id)} onChange={() => toggle(proposal.id)}>
              <span className="proposal-many-place">{words.place(proposal)}</span>
              <b>{words.kind(proposal.kind)}</b>{' '}
              {proposal.present !== '' && <del>{words.value(proposal, proposal.present)}</del>}{' '}
              {words.value(proposal, proposal.proposed)}{' '}
              <span className="muted">
                {[words.newItem(proposal), words.confidence(proposal)]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </span>
            </Checkbox>
          </li>
        ))}
      </ul>
      <ErrorNotice error={accept.error} />
    </Modal>
  )
}
