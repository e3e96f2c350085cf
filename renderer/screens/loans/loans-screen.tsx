import { PlusOutlined } from '@ant-design/icons'
import { Button, Tabs } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../state/session.ts'
import { LoansPage } from './loans-page.tsx'
import { NewLoanDialog } from './new-loan-dialog.tsx'
import { OutputsPage } from './outputs-page.tsx'
import { RegisterButtons } from './register-buttons.tsx'
import './loans.css'

const LISTS = ['current', 'overdue', 'past'] as const
type Tab = (typeof LISTS)[number] | 'outputs'

/** 借阅: who has what until when, and the register of what left the room. */
export function LoansScreen() {
  const { t } = useTranslation('loans')
  const mayRequest = useMay('loan.request')
  const mayReadRegisters = useMay('register.read')
  const [chosen, setChosen] = useState<Tab>(mayRequest ? 'current' : 'outputs')
  const [asking, setAsking] = useState(false)
  const [round, setRound] = useState(0)
  const pages = [
    ...(mayRequest
      ? LISTS.map((list) => ({
          key: list,
          label: t(`list.${list}`),
          children: <LoansPage key={`${list}${round}`} list={list} onAsk={() => setAsking(true)} />,
        }))
      : []),
    ...(mayReadRegisters ? [{ key: 'outputs', label: t('list.outputs'), children: <OutputsPage /> }] : []),
  ]
  return (
    <div className="manage-screen loans-screen">
      <header className="screen-head">
        <h1>{t('title')}</h1>
        {mayRequest && (
          <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setAsking(true)}>
            {t('new.title')}
          </Button>
        )}
        {mayReadRegisters && <RegisterButtons />}
      </header>
      <Tabs
        items={pages}
        activeKey={chosen}
        onChange={(key) => setChosen(LISTS.find((list) => list === key) ?? 'outputs')}
        destroyOnHidden
      />
      {asking && (
        <NewLoanDialog
          onClose={() => setAsking(false)}
          onAsked={() => {
            setAsking(false)
            setChosen('current')
            setRound((before) => before + 1)
          }}
        />
      )}
    </div>
  )
}
