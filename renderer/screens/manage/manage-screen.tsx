import { Badge, Tabs } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { useQuery } from '../../app/use-call.ts'
import { useMay, useSignedIn } from '../../state/session.ts'
import { tasksFor } from './account-tasks.ts'
import { AccountsPage } from './accounts-page.tsx'
import { DelegationsPage } from './delegations-page.tsx'
import { MatrixPage } from './matrix-page.tsx'
import { RecognitionPage } from './recognition-page.tsx'
import { ReviewsPage } from './reviews-page.tsx'
import { TemplatesPage } from './templates-page.tsx'
import { UnitPage } from './unit-page.tsx'
import { VaultPage } from './vault-page.tsx'

/** 管理: what the unit decides for everyone. */
export function ManageScreen() {
  const { t } = useTranslation('manage')
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const session = useSignedIn()
  const mayReadTemplates = useMay('template.read')
  const mayReadAccounts = useMay('account.read')
  const mayReadRights = useMay('right.read')
  const mayReview = useMay('right.review')
  const accounts = useQuery('accounts.list', mayReadAccounts ? {} : undefined)
  const reviews = useQuery('reviews.list', mayReview ? {} : undefined)
  const waiting = (accounts.data ?? []).filter((account) =>
    tasksFor(account, session).kinds.some((kind) => kind === 'approve' || kind === 'deliver'),
  ).length
  const due = reviews.data !== undefined && reviews.data.due.state !== 'done' ? 1 : 0
  const counted = (label: string, count: number): ReactNode =>
    count === 0 ? (
      label
    ) : (
      <span>
        {label} <Badge count={count} size="small" title={t('tabs.waiting', { waiting: count })} />
      </span>
    )
  const pages = [
    { key: 'unit', label: t('tabs.unit'), children: <UnitPage />, allowed: true },
    {
      key: 'templates',
      label: t('tabs.templates'),
      children: <TemplatesPage />,
      allowed: mayReadTemplates,
    },
    {
      key: 'accounts',
      label: counted(t('tabs.accounts'), waiting),
      children: <AccountsPage onChanged={accounts.reload} />,
      allowed: mayReadAccounts,
    },
    { key: 'matrix', label: t('tabs.matrix'), children: <MatrixPage />, allowed: mayReadRights },
    {
      key: 'delegations',
      label: t('tabs.delegations'),
      children: <DelegationsPage />,
      allowed: mayReadRights,
    },
    {
      key: 'reviews',
      label: counted(t('tabs.reviews'), due),
      children: <ReviewsPage onChanged={reviews.reload} />,
      allowed: mayReadRights,
    },
    { key: 'recognition', label: t('tabs.recognition'), children: <RecognitionPage />, allowed: true },
    { key: 'vault', label: t('tabs.vault'), children: <VaultPage />, allowed: true },
  ].filter(({ allowed }) => allowed)
  const wanted = pathname.split('/')[2]
  return (
    <div className="manage-screen">
      <header className="screen-head">
        <h1>{t('title')}</h1>
      </header>
      <Tabs
        items={pages.map(({ allowed: _, ...page }) => page)}
        activeKey={pages.find(({ key }) => key === wanted)?.key ?? 'unit'}
        onChange={(key) => {
          Promise.resolve(navigate(`/manage/${key}`)).catch((error: unknown) =>
            console.warn('navigation', error),
          )
        }}
        destroyOnHidden
      />
    </div>
  )
}
