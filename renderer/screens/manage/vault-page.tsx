import { SafetyCertificateOutlined } from '@ant-design/icons'
import { Button, Descriptions, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { useJobs } from '../../state/jobs.ts'
import { useMay, useSession } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { sizeText } from '../../widgets/size-text.ts'

/** What the vault holds, and the proof that it holds it. */
export function VaultPage() {
  const { t, i18n } = useTranslation('manage')
  const info = useQuery('vault.info', {})
  const folder = useSession((store) => store.vaultFolder)
  const version = useSession((store) => store.shell?.version)
  const mayCheck = useMay('vault.check')
  const openDrawer = useJobs((store) => store.openDrawer)
  const check = useAction(async () => {
    openDrawer(await call('vault.check', {}))
  })
  if (info.error !== undefined) return <ErrorNotice error={info.error} onRetry={info.reload} />
  if (info.data === undefined) return <Skeleton active paragraph={{ rows: 6 }} />
  const { data } = info
  const count = new Intl.NumberFormat(i18n.language)
  const accounts = data.accounts
    .map(({ name, locked }) => (locked ? t('vault.account-locked', { name }) : name))
    .join(t('common:list-comma'))
  const rows = [
    [t('vault.unit'), data.unitName],
    [t('vault.folder'), folder ?? t('common:none')],
    [t('vault.created'), new Date(data.createdAt).toLocaleString(i18n.language)],
    [t('vault.cases'), count.format(data.caseCount)],
    [t('vault.pages'), count.format(data.pageCount)],
    [t('vault.size'), sizeText(data.objectBytes, i18n.language)],
    [t('vault.accounts'), accounts],
    [t('vault.id'), data.vaultId],
    [t('vault.version'), version ?? t('common:none')],
  ] as const
  return (
    <div className="manage-page">
      <Descriptions
        bordered
        column={1}
        items={rows.map(([label, text]) => ({
          key: label,
          label,
          children: <span className="figures">{text}</span>,
        }))}
      />
      {mayCheck && (
        <section className="vault-check">
          <h2>{t('check.title')}</h2>
          <p className="muted">{t('check.text')}</p>
          <Button
            type="primary"
            icon={<SafetyCertificateOutlined aria-hidden="true" />}
            onClick={() => check.run()}
            loading={check.busy}
          >
            {t('check.start')}
          </Button>
          <ErrorNotice error={check.error} />
        </section>
      )}
    </div>
  )
}
