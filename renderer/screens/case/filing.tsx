import { AuditOutlined, InboxOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { useMay } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { useCaseChange } from './case-change.tsx'
import { timeWords } from './case-words.ts'
import type { CaseTree } from './tree-rows.ts'

interface FilingProps {
  readonly tree: CaseTree
  readonly onFiled: () => void
}

/** 归档: the button that does it, or that it was done, by whom, and the way to change something all the same. */
export function Filing({ tree, onFiled }: FilingProps) {
  const { t } = useTranslation('case')
  const { modal } = App.useApp()
  const navigate = useNavigate()
  const mayFile = useMay('case.file')
  const change = useCaseChange()
  const file = useAction(async () => {
    await call('cases.file', { caseId: tree.case.id })
    onFiled()
  })
  if (tree.filed !== null) {
    return (
      <span className="case-filed">
        <span className="case-filed-words">
          <InboxOutlined aria-hidden="true" /> {t('filed.notice')}
          <span className="muted">
            {' '}
            {t('filed.by', { time: timeWords(tree.filed.at), by: tree.filed.by })}
          </span>
        </span>
        {change.may('change.request') && (
          <Button
            icon={<AuditOutlined aria-hidden="true" />}
            onClick={() => void navigate(`/approvals?case=${tree.case.id}`)}
          >
            {t('filed.approvals')}
          </Button>
        )}
      </span>
    )
  }
  if (!mayFile) return null
  const ask = () =>
    modal.confirm({
      title: t('filed.ask', { number: tree.case.number }),
      content: t('filed.askText'),
      okText: t('filed.do'),
      autoFocusButton: 'cancel',
      onOk: () => file.run(),
    })
  return (
    <>
      <Button icon={<InboxOutlined aria-hidden="true" />} loading={file.busy} onClick={ask}>
        {t('filed.do')}
      </Button>
      <ErrorNotice error={file.error} />
    </>
  )
}
