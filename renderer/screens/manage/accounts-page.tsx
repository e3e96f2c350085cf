import {
  CheckCircleOutlined,
  LockOutlined,
  PlusOutlined,
  TeamOutlined,
  UnlockOutlined,
} from '@ant-design/icons'
import { App, Button, Skeleton, Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { call } from '../../app/client.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { AddAccountDialog } from './add-account-dialog.tsx'

type Account = OutputOf<'accounts.list'>[number]

/** 账户: who may sign in, as what, and who for now may not. */
export function AccountsPage() {
  const { t } = useTranslation('manage')
  const { message, modal } = App.useApp()
  const accounts = useQuery('accounts.list', {})
  const [adding, setAdding] = useState(false)
  const lock = useAction(async ({ id, name }: Account, locked: boolean) => {
    await call('accounts.setLocked', { accountId: id, locked })
    accounts.reload()
    void message.success(t(locked ? 'accounts.locked-now' : 'accounts.unlocked-now', { name }))
  })
  const ask = (account: Account, locked: boolean) => {
    const words = locked ? 'accounts.lock-ask' : 'accounts.unlock-ask'
    modal.confirm({
      title: t(`${words}.title`, { name: account.displayName || account.name }),
      content: t(`${words}.text`),
      okText: t(`${words}.do`),
      okButtonProps: { danger: locked },
      autoFocusButton: 'cancel',
      onOk: () => lock.run(account, locked),
    })
  }
  if (accounts.error !== undefined) return <ErrorNotice error={accounts.error} onRetry={accounts.reload} />
  if (accounts.data === undefined) return <Skeleton active paragraph={{ rows: 6 }} />
  const others = accounts.data.some(({ self }) => !self)
  const addButton = (
    <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setAdding(true)}>
      {t('accounts.add')}
    </Button>
  )
  return (
    <div className="manage-page accounts-page">
      <p className="muted">{t('accounts.text')}</p>
      {others && <p>{addButton}</p>}
      <ErrorNotice error={lock.error} />
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('accounts.column.name')}</th>
            <th scope="col">{t('accounts.column.display-name')}</th>
            <th scope="col">{t('accounts.column.roles')}</th>
            <th scope="col">{t('accounts.column.state')}</th>
            <th scope="col">{t('accounts.column.do')}</th>
          </tr>
        </thead>
        <tbody>
          {accounts.data.map((account) => (
            <tr key={account.id} data-locked={account.locked ? '' : undefined}>
              <th scope="row" className="cell-any">
                {account.name}
                {account.self && <span className="muted"> {t('accounts.self')}</span>}
              </th>
              <td className="cell-any">{account.displayName || t('common:none')}</td>
              <td className="cell-any">
                {account.roles.map((role) => t(`common:role.${role}`)).join(t('common:list-comma'))}
              </td>
              <td className="account-state">
                {account.locked ? (
                  <LockOutlined aria-hidden="true" />
                ) : (
                  <CheckCircleOutlined aria-hidden="true" />
                )}{' '}
                {t(account.locked ? 'accounts.locked' : 'accounts.usable')}
              </td>
              <td>
                {account.self ? (
                  <span className="muted">{t('accounts.self-not-lockable')}</span>
                ) : account.locked ? (
                  <Button icon={<UnlockOutlined aria-hidden="true" />} onClick={() => ask(account, false)}>
                    {t('accounts.unlock')}
                  </Button>
                ) : (
                  <Tooltip title={t('accounts.lock-ask.text')} mouseEnterDelay={0.5}>
                    <Button icon={<LockOutlined aria-hidden="true" />} onClick={() => ask(account, true)}>
                      {t('accounts.lock')}
                    </Button>
                  </Tooltip>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {!others && (
        <EmptyState
          icon={<TeamOutlined aria-hidden="true" />}
          title={t('accounts.empty.title')}
          text={t('accounts.empty.text')}
        >
          {addButton}
        </EmptyState>
      )}
      {adding && (
        <AddAccountDialog
          taken={accounts.data.map(({ name }) => name)}
          onCancel={() => setAdding(false)}
          onAdded={(name) => {
            setAdding(false)
            accounts.reload()
            void message.success(t('accounts.added', { name }))
          }}
        />
      )}
    </div>
  )
}
