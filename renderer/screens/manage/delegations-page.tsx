import { PlusOutlined, SwapOutlined } from '@ant-design/icons'
import { App, Button, Popconfirm, Skeleton, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { ROLE_WORDS } from '../../../shared/domain/permission-words.ts'
import { call } from '../../app/client.ts'
import { useTerm } from '../../app/terms.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { useMay } from '../../state/session.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { AddDelegationDialog } from './add-delegation-dialog.tsx'
import './rights.css'

type Delegation = OutputOf<'delegations.list'>[number]

function stateOf({ inForce, endedAt, fromAt }: Delegation, now: string) {
  if (inForce) return 'in-force'
  if (endedAt !== null) return 'ended'
  return fromAt > now ? 'to-come' : 'over'
}

const COLOURS = { 'in-force': 'success', 'to-come': 'processing', ended: 'default', over: 'default' } as const

/** 代理: roles lent from one person to another for dated days. */
export function DelegationsPage() {
  const { t, i18n } = useTranslation('rights')
  const term = useTerm()
  const { message } = App.useApp()
  const mayGrant = useMay('right.grant')
  const delegations = useQuery('delegations.list', {})
  const [adding, setAdding] = useState(false)
  const end = useAction(async (id: string) => {
    await call('delegations.end', { id })
    delegations.reload()
    void message.success(t('delegations.ended-now'))
  })
  if (delegations.error !== undefined)
    return <ErrorNotice error={delegations.error} onRetry={delegations.reload} />
  if (delegations.data === undefined) return <Skeleton active paragraph={{ rows: 6 }} />
  const now = new Date().toISOString()
  const day = (iso: string) => new Date(iso).toLocaleDateString(i18n.language)
  // What is kept is the moment after the last day.
  const lastDay = (iso: string) => day(new Date(Date.parse(iso) - 1).toISOString())
  const add = mayGrant && (
    <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setAdding(true)}>
      {t('delegations.add')}
    </Button>
  )
  return (
    <div className="rights-page">
      <p className="muted">{t('delegations.text')}</p>
      <ErrorNotice error={end.error} />
      {delegations.data.length === 0 ? (
        <EmptyState
          icon={<SwapOutlined aria-hidden="true" />}
          title={t('delegations.empty.title')}
          text={t(mayGrant ? 'delegations.empty.text' : 'delegations.empty.only-read')}
        >
          {add}
        </EmptyState>
      ) : (
        <>
          <div className="rights-bar">{add}</div>
          <table className="plain-table rights-table">
            <thead>
              <tr>
                {(['from', 'to', 'roles', 'days', 'reason', 'state'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`delegations.column.${column}`)}
                  </th>
                ))}
                {mayGrant && <th scope="col">{t('accounts.column.do')}</th>}
              </tr>
            </thead>
            <tbody>
              {delegations.data.map((delegation) => {
                const state = stateOf(delegation, now)
                return (
                  <tr key={delegation.id}>
                    <td>{delegation.fromName}</td>
                    <td>{delegation.toName}</td>
                    <td className="cell-any">
                      {delegation.roles.map((role) => term(ROLE_WORDS[role])).join(t('common:list-comma'))}
                    </td>
                    <td className="figures">
                      {t('delegations.from-to', {
                        from: day(delegation.fromAt),
                        until: lastDay(delegation.untilAt),
                      })}
                    </td>
                    <td className="cell-any">{delegation.reason}</td>
                    <td>
                      <Tag color={COLOURS[state]}>{t(`delegations.state.${state}`)}</Tag>
                    </td>
                    {mayGrant && (
                      <td>
                        {(state === 'in-force' || state === 'to-come') && (
                          <Popconfirm
                            title={t('delegations.end-ask')}
                            okText={t('delegations.end')}
                            cancelText={t('common:cancel')}
                            onConfirm={() => end.run(delegation.id)}
                          >
                            <Button size="small" danger>
                              {t('delegations.end')}
                            </Button>
                          </Popconfirm>
                        )}
                      </td>
                    )}
                  </tr>
                )
              })}
            </tbody>
          </table>
        </>
      )}
      {adding && <AddDelegationDialog onClose={() => setAdding(false)} onDone={delegations.reload} />}
    </div>
  )
}
