import { Badge, Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { useCoreEvent, useQuery } from '../../app/use-call.ts'
import { AlarmsPage } from './alarms-page.tsx'
import { DayPage } from './day-page.tsx'
import { PageHistoryPage } from './page-history-page.tsx'
import { ProofPage } from './proof-page.tsx'
import { RecordsPage } from './records-page.tsx'
import { RulesPage } from './rules-page.tsx'
import './audit.css'

/** 审计: what was done, by whom, what stands out, and the proof that nothing was changed. */
export function AuditScreen() {
  const { t } = useTranslation('audit')
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const alarms = useQuery('audit.alarms', { state: 'open' })
  useCoreEvent('changed', (event) => {
    if (event.what === 'alarms') alarms.reload()
  })
  const open = alarms.data?.openCount ?? 0
  const pages = [
    { key: 'records', label: t('tabs.records'), children: <RecordsPage /> },
    { key: 'day', label: t('tabs.day'), children: <DayPage /> },
    { key: 'page', label: t('tabs.page'), children: <PageHistoryPage /> },
    {
      key: 'alarms',
      label: (
        <Badge count={open} size="small" offset={[10, 0]} title={t('alarms.open-count', { open })}>
          {t('tabs.alarms')}
        </Badge>
      ),
      children: <AlarmsPage onChanged={alarms.reload} />,
    },
    { key: 'rules', label: t('tabs.rules'), children: <RulesPage /> },
    { key: 'proof', label: t('tabs.proof'), children: <ProofPage /> },
  ]
  const wanted = pathname.split('/')[2]
  return (
    <div className="manage-screen audit-screen">
      <header className="screen-head">
        <h1>{t('title')}</h1>
      </header>
      <Tabs
        items={pages}
        activeKey={pages.find(({ key }) => key === wanted)?.key ?? 'records'}
        onChange={(key) => {
          Promise.resolve(navigate(`/audit/${key}`)).catch((error: unknown) =>
            console.warn('navigation', error),
          )
        }}
        destroyOnHidden
      />
    </div>
  )
}
