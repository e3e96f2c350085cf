import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  DownOutlined,
  KeyOutlined,
  LockOutlined,
  LogoutOutlined,
} from '@ant-design/icons'
import { Button, Dropdown, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { COMPARTMENT_WORDS, ROLE_WORDS } from '../../../shared/domain/permission-words.ts'
import { useTerm } from '../../app/terms.ts'
import { useSignedIn } from '../../state/session.ts'
import { type Account, type AccountTaskKind, tasksFor } from './account-tasks.ts'

interface AccountRowProps {
  readonly account: Account
  readonly createdBy: string | undefined
  readonly approvedBy: string | undefined
  readonly onTask: (kind: AccountTaskKind) => void
}

const IN_SIGHT = 2
const GRAVE: ReadonlySet<AccountTaskKind> = new Set(['leave', 'lock', 'reject'])
const WAITING: ReadonlySet<AccountTaskKind> = new Set(['approve', 'deliver'])

export function AccountRow({ account, createdBy, approvedBy, onTask }: AccountRowProps) {
  const { t, i18n } = useTranslation('rights')
  const term = useTerm()
  const session = useSignedIn()
  const { kinds, why } = tasksFor(account, session)
  const shown = kinds.length <= IN_SIGHT + 1 ? kinds : kinds.slice(0, IN_SIGHT)
  const more = kinds.slice(shown.length)
  const roles = account.state === 'pending' ? account.proposedRoles : account.roles
  const roleNames = roles.map((role) => term(ROLE_WORDS[role])).join(t('common:list-comma'))
  const people = [
    createdBy === undefined ? '' : t('accounts.created-by', { name: createdBy }),
    approvedBy === undefined ? '' : t('accounts.approved-by', { name: approvedBy }),
  ].filter((text) => text !== '')
  return (
    <tr data-state={account.state}>
      <th scope="row" className="cell-any">
        {account.displayName || account.name}
        {account.self && <span className="muted"> {t('accounts.self')}</span>}
        <div className="muted rights-small">{account.name}</div>
      </th>
      <td className="figures">{account.staffNumber || t('common:none')}</td>
      <td className="cell-any">
        {roleNames || t('common:none')}
        {account.state === 'pending' && <div className="muted rights-small">{t('accounts.proposed')}</div>}
      </td>
      <td className="account-state">
        <StateWords account={account} />
        {people.length > 0 && <div className="muted rights-small">{people.join(' · ')}</div>}
      </td>
      <td>
        {account.keysHeld.map((compartment) => (
          <Tag key={compartment} icon={<KeyOutlined aria-hidden="true" />}>
            {t('accounts.key', { name: term(COMPARTMENT_WORDS[compartment]) })}
          </Tag>
        ))}
        {account.keysDue.map((compartment) => (
          <Tag key={compartment} color="warning" icon={<ClockCircleOutlined aria-hidden="true" />}>
            {t('accounts.key-due', { name: term(COMPARTMENT_WORDS[compartment]) })}
          </Tag>
        ))}
        {account.keysHeld.length + account.keysDue.length === 0 && t('common:none')}
      </td>
      <td className="figures rights-time">
        {account.lastActiveAt === null
          ? t('accounts.never')
          : new Date(account.lastActiveAt).toLocaleString(i18n.language, {
              dateStyle: 'short',
              timeStyle: 'short',
            })}
      </td>
      <td className="rights-do">
        {shown.map((kind) => (
          <Button
            key={kind}
            size="small"
            type={WAITING.has(kind) ? 'primary' : 'default'}
            danger={GRAVE.has(kind)}
            onClick={() => onTask(kind)}
          >
            {t(`task.${kind}.do`)}
          </Button>
        ))}
        {more.length > 0 && (
          <Dropdown
            trigger={['click']}
            menu={{
              items: more.map((kind) => ({
                key: kind,
                label: t(`task.${kind}.do`),
                danger: GRAVE.has(kind),
              })),
              onClick: ({ key }) => {
                const kind = more.find((known) => known === key)
                if (kind !== undefined) onTask(kind)
              },
            }}
          >
            <Button
              size="small"
              aria-haspopup="menu"
              aria-label={t('accounts.more', { name: account.displayName || account.name })}
            >
              {t('accounts.more-short')} <DownOutlined aria-hidden="true" />
            </Button>
          </Dropdown>
        )}
        {why !== null && <span className="muted rights-small">{t(`accounts.why.${why}`)}</span>}
      </td>
    </tr>
  )
}

function StateWords({ account }: { readonly account: Account }) {
  const { t } = useTranslation('rights')
  if (account.state === 'pending')
    return (
      <span>
        <ClockCircleOutlined aria-hidden="true" /> {t('accounts.state.pending')}
      </span>
    )
  if (account.state === 'left')
    return (
      <span>
        <LogoutOutlined aria-hidden="true" /> {t('accounts.state.left')}
      </span>
    )
  return (
    <span>
      {account.locked ? <LockOutlined aria-hidden="true" /> : <CheckCircleOutlined aria-hidden="true" />}{' '}
      {t(account.locked ? 'accounts.state.locked' : 'accounts.state.active')}
    </span>
  )
}
