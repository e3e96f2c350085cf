import { PlusOutlined } from '@ant-design/icons'
import { Button, Tabs } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Route, Routes, useLocation, useNavigate } from 'react-router'
import { useMay } from '../../state/session.ts'
import { BeginDialog } from './begin-dialog.tsx'
import { CheckScreen } from './check-screen.tsx'
import { CheckingList } from './checking-list.tsx'
import { RegisterScreen } from './register/register-screen.tsx'
import { StatisticsScreen } from './statistics/statistics-screen.tsx'
import './compare.css'
import './text-diff.css'
import './rescan.css'
import './reconcile.css'

const PAGES = ['open', 'ended', 'register', 'statistics'] as const
type Page = (typeof PAGES)[number]

const pathOf = (page: Page) => (page === 'open' ? '/reconcile' : `/reconcile/${page}`)

/** 核对: checkings under way and ended, the register of differences, figures; or one checking. */
export function ReconcileScreen() {
  return (
    <Routes>
      <Route path=":caseId/:volumeId" element={<CheckScreen />} />
      <Route path="*" element={<ReconcileDesk />} />
    </Routes>
  )
}

function ReconcileDesk() {
  const { t } = useTranslation('reconcile')
  const mayRun = useMay('reconcile.run')
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const [beginning, setBeginning] = useState(false)
  const page = PAGES.find((known) => pathname === pathOf(known)) ?? 'open'
  const open = (path: string) => {
    Promise.resolve(navigate(path)).catch((error: unknown) => console.warn('navigation', error))
  }
  const onBegin = mayRun ? () => setBeginning(true) : undefined
  const contents: Readonly<Record<Page, React.ReactNode>> = {
    open: <CheckingList key="open" ended={false} onBegin={onBegin} />,
    ended: <CheckingList key="ended" ended onBegin={undefined} />,
    register: <RegisterScreen />,
    statistics: <StatisticsScreen />,
  }
  return (
    <div className="manage-screen reconcile-screen">
      <header className="screen-head">
        <h1>{t('title')}</h1>
        {onBegin !== undefined && (
          <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={onBegin}>
            {t('new.title')}
          </Button>
        )}
      </header>
      <Tabs
        items={PAGES.map((key) => ({ key, label: t(`page.${key}`), children: contents[key] }))}
        activeKey={page}
        onChange={(key) => open(pathOf(PAGES.find((known) => known === key) ?? 'open'))}
        destroyOnHidden
      />
      {beginning && (
        <BeginDialog
          onClose={() => setBeginning(false)}
          onBegun={(caseId, volumeId) => open(`/reconcile/${caseId}/${volumeId}`)}
        />
      )}
    </div>
  )
}
