import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { useMay } from '../../state/session.ts'
import { AccountsPage } from './accounts-page.tsx'
import { TemplatesPage } from './templates-page.tsx'
import { UnitPage } from './unit-page.tsx'
import { VaultPage } from './vault-page.tsx'

/** 管理: what the unit decides for everyone. */
export function ManageScreen() {
  const { t } = useTranslation('manage')
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const mayReadTemplates = useMay('template.read')
  const mayManageAccounts = useMay('account.manage')
  const pages = [
    { key: 'unit', label: t('tabs.unit'), children: <UnitPage /> },
    ...(mayReadTemplates
      ? [{ key: 'templates', label: t('tabs.templates'), children: <TemplatesPage /> }]
      : []),
    ...(mayManageAccounts
      ? [{ key: 'accounts', label: t('tabs.accounts'), children: <AccountsPage /> }]
      : []),
    { key: 'vault', label: t('tabs.vault'), children: <VaultPage /> },
  ]
  const wanted = pathname.split('/')[2]
  return (
    <div className="manage-screen">
      <header className="screen-head">
        <h1>{t('title')}</h1>
      </header>
      <Tabs
        items={pages}
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
