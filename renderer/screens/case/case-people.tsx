import { TeamOutlined } from '@ant-design/icons'
import { Button, Modal, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { useMay } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { NamePerson, RecusePerson } from './name-person.tsx'

interface CasePeopleProps {
  readonly caseId: string
}

/** 办案人员与回避: whose case this is, who works on it, who must keep away. Absent for who may not decide it. */
export function CasePeople({ caseId }: CasePeopleProps) {
  const { t } = useTranslation('rights')
  const mayAssign = useMay('case.assign')
  const [open, setOpen] = useState(false)
  if (!mayAssign) return null
  return (
    <>
      <Button icon={<TeamOutlined />} onClick={() => setOpen(true)}>
        {t('people.title')}
      </Button>
      {open && <PeopleDialog caseId={caseId} onClose={() => setOpen(false)} />}
    </>
  )
}

function PeopleDialog({ caseId, onClose }: CasePeopleProps & { readonly onClose: () => void }) {
  const { t, i18n } = useTranslation('rights')
  const answer = useQuery('assignments.ofCase', { caseId })
  const end = useAction(async (assignmentId: string) => {
    await call('assignments.end', { caseId, assignmentId })
    answer.reload()
  })
  const lift = useAction(async (accountId: string) => {
    await call('assignments.recuse', { caseId, accountId, reason: null })
    answer.reload()
  })
  const { data } = answer
  return (
    <Modal open title={t('people.title')} width={640} footer={null} onCancel={onClose} destroyOnHidden>
      <ErrorNotice error={answer.error ?? end.error ?? lift.error} onRetry={answer.reload} />
      {data === undefined ? (
        answer.error === undefined && <Skeleton active paragraph={{ rows: 5 }} />
      ) : (
        <>
          <h3>{t('people.working')}</h3>
          <p className="muted">{t('people.working-text')}</p>
          {data.people.length > 0 && (
            <table className="plain-table">
              <tbody>
                {data.people.map((person) => (
                  <tr key={person.id}>
                    <td className="cell-any">{person.accountName}</td>
                    <td>{t(`people.kind.${person.kind}`)}</td>
                    <td className="figures">
                      {person.untilAt === null
                        ? t('people.no-end')
                        : t('people.until', {
                            day: new Date(Date.parse(person.untilAt) - 1).toLocaleDateString(i18n.language),
                          })}
                    </td>
                    <td className="cell-end">
                      <Button size="small" danger loading={end.busy} onClick={() => end.run(person.id)}>
                        {t('people.end')}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <NamePerson caseId={caseId} answer={data} onDone={answer.reload} />
          <h3>{t('people.recused')}</h3>
          <p className="muted">{t('people.recused-text')}</p>
          {data.recused.length > 0 && (
            <table className="plain-table">
              <tbody>
                {data.recused.map((person) => (
                  <tr key={person.accountId}>
                    <td className="cell-any">{person.accountName}</td>
                    <td className="cell-any">{person.reason}</td>
                    <td className="cell-end">
                      <Button size="small" loading={lift.busy} onClick={() => lift.run(person.accountId)}>
                        {t('people.lift')}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <RecusePerson caseId={caseId} answer={data} onDone={answer.reload} />
        </>
      )}
    </Modal>
  )
}
