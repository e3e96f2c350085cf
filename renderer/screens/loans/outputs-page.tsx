import { PrinterOutlined } from '@ant-design/icons'
import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../app/use-call.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

/** 打印与导出登记: every time that pages left the room. */
export function OutputsPage() {
  const { t, i18n } = useTranslation('loans')
  const outputs = useQuery('outputs.list', {})
  if (outputs.error !== undefined) return <ErrorNotice error={outputs.error} onRetry={outputs.reload} />
  if (outputs.data === undefined) return <Skeleton active paragraph={{ rows: 6 }} />
  if (outputs.data.length === 0) {
    return (
      <EmptyState
        icon={<PrinterOutlined aria-hidden="true" />}
        title={t('empty.outputs.title')}
        text={t('empty.outputs.text')}
      />
    )
  }
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <div className="loans-page">
      <table className="plain-table loans-table">
        <thead>
          <tr>
            {['job', 'time', 'who', 'kind', 'case', 'pages', 'copies', 'purpose'].map((column) => (
              <th key={column} scope="col">
                {t(`output.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {outputs.data.map((output) => (
            <tr key={output.id}>
              <th scope="row">{output.jobNumber}</th>
              <td>{time.format(new Date(output.at))}</td>
              <td>{output.accountName}</td>
              <td>{t(`viewer:output.kind.${output.kind}`)}</td>
              <td>{output.caseNumber}</td>
              <td className="cell-any">
                {output.pages} <span className="muted">{t('pages', { count: output.pageCount })}</span>
              </td>
              <td className="cell-end">{output.copies}</td>
              <td className="cell-any">{output.purpose}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
