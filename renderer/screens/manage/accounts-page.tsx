import { PlusOutlined } from '@ant-design/icons'
import { Button, Segmented, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../app/use-call.ts'
import { useMay } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { AccountDialog, type AccountTask } from './account-dialog.tsx'
import { AccountRow } from './account-row.tsx'
import type { Account } from './account-tasks.ts'
import { NewAccountDialog } from './new-account-dialog.tsx'
import './rights.css'

const SHOWN = ['all', 'pending', 'keys-due', 'left'] as const
type Shown = (typeof SHOWN)[number]

const BELONGS: Readonly<Record<Shown, (account: Account) => boolean>> = {
  all: ({ state }) => state !== 'left',
  pending: ({ state }) => state === 'pending',
  'keys-due': ({ state, keysDue }) => state === 'active' && keysDue.length > 0,
  left: ({ state }) => state === 'left',
}

interface AccountsPageProps {
  readonly onChanged: () => void
}

/** 账户: who may sign in, as what, with which keys; each officer sees what is theirs to do. */
export function AccountsPage({ onChanged }: AccountsPageProps) {
  const { t } = useTranslation('rights')
  const accounts = useQuery('accounts.list', {})
  const mayCreate = useMay('account.create')
  const [shown, setShown] = useState<Shown>('all')
  const [creating, setCreating] = useState(false)
  const [task, setTask] = useState<AccountTask>()
  if (accounts.error !== undefined) return <ErrorNotice error={accounts.error} onRetry={accounts.reload} />
  if (accounts.data === undefined) return <Skeleton active paragraph={{ rows: 6 }} />
  const { data } = accounts
  const names = new Map(data.map(({ id, displayName, name }) => [id, displayName || name]))
  const rows = data.filter(BELONGS[shown])
  const changed = () => {
    accounts.reload()
    onChanged()
  }
  return (
    <div className="rights-page">
      <p className="muted">{t('accounts.text')}</p>
      <div className="rights-bar">
        <Segmented<Shown>
          aria-label={t('accounts.shown')}
          value={shown}
          onChange={setShown}
          options={SHOWN.map((value) => ({
            value,
            label: `${t(`accounts.show.${value}`)} ${data.filter(BELONGS[value]).length}`,
          }))}
        />
        {mayCreate && (
          <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setCreating(true)}>
            {t('accounts.create')}
          </Button>
        )}
      </div>
      <table className="plain-table rights-table">
        <thead>
          <tr>
            {(['name', 'staff-number', 'roles', 'state', 'keys', 'last-active', 'do'] as const).map(
              (column) => (
                <th key={column} scope="col">
                  {t(`accounts.column.${column}`)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((account) => (
            <AccountRow
              key={account.id}
              account={account}
              createdBy={names.get(account.createdBy)}
              approvedBy={account.approvedBy === null ? undefined : names.get(account.approvedBy)}
              onTask={(kind) => setTask({ kind, account })}
            />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="muted rights-none">{t(`accounts.none.${shown}`)}</p>}
      {creating && (
        <NewAccountDialog
          taken={data.map(({ name }) => name)}
          onClose={() => setCreating(false)}
          onDone={changed}
        />
      )}
      {task !== undefined && (
        <AccountDialog task={task} onClose={() => setTask(undefined)} onDone={changed} />
      )}
    </div>
  )
}
