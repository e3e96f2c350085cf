import { ExportOutlined, SafetyCertificateOutlined, SignatureOutlined } from '@ant-design/icons'
import { Alert, App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditDamage } from '../../../shared/contract/audit.ts'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { useMay } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { type RecordFilter, RecordFilterBar } from './record-filter-bar.tsx'

/** 校验与证据: prove the log, sign its end, and give out what others can prove. */
export function ProofPage() {
  const { t } = useTranslation('audit')
  const { message } = App.useApp()
  const mayExport = useMay('audit.export')
  const [report, setReport] = useState<OutputOf<'audit.verify'>>()
  const [made, setMade] = useState<OutputOf<'audit.exportEvidence'>>()
  const [filter, setFilter] = useState<RecordFilter>({})
  const verify = useAction(async () => setReport(await call('audit.verify', {})))
  const sign = useAction(async () => {
    const { sequence, fingerprint } = await call('audit.signHead', {})
    void message.success(t('proof.signed', { sequence, fingerprint }))
  })
  const exportFolder = useAction(async () => {
    const [folder] = (await call('shell.chooseFolder', { title: t('proof.choose-folder') })).paths
    if (folder !== undefined) setMade(await call('audit.exportEvidence', { folder, filter }))
  })
  return (
    <div className="manage-page">
      <h2>{t('proof.verify')}</h2>
      <p className="muted">{t('proof.verify-text')}</p>
      <Button
        type="primary"
        icon={<SafetyCertificateOutlined aria-hidden="true" />}
        loading={verify.busy}
        onClick={() => verify.run()}
      >
        {t(verify.busy ? 'proof.verifying' : 'proof.verify')}
      </Button>
      <ErrorNotice error={verify.error} />
      {report !== undefined && <Report report={report} />}
      {mayExport && (
        <>
          <h2>{t('proof.sign')}</h2>
          <p className="muted">{t('proof.sign-text')}</p>
          <Button
            icon={<SignatureOutlined aria-hidden="true" />}
            loading={sign.busy}
            onClick={() => sign.run()}
          >
            {t('proof.sign')}
          </Button>
          <ErrorNotice error={sign.error} />
          <h2>{t('proof.export')}</h2>
          <p className="muted">{t('proof.export-text')}</p>
          <RecordFilterBar filter={filter} onChange={setFilter} />
          <Button
            icon={<ExportOutlined aria-hidden="true" />}
            loading={exportFolder.busy}
            onClick={() => exportFolder.run()}
          >
            {t('proof.export-do')}
          </Button>
          <ErrorNotice error={exportFolder.error} />
          {made !== undefined && (
            <Alert
              type="success"
              showIcon
              className="gate-note"
              title={t('proof.exported', { folder: made.folderName })}
              description={t('proof.exported-text', {
                from: made.from,
                to: made.to,
                shown: made.shownCount,
                fingerprint: made.fingerprint,
              })}
            />
          )}
        </>
      )}
    </div>
  )
}

function Report({ report }: { readonly report: OutputOf<'audit.verify'> }) {
  const { t } = useTranslation('audit')
  const { damages, recordCount, headCount, signedTo, headHash } = report
  const sound = damages.length === 0
  const line = (damage: AuditDamage) =>
    'sequence' in damage
      ? t(`damage.${damage.kind}`, { sequence: damage.sequence })
      : t(`damage.${damage.kind}`, { head: damage.head, where: t(`damage.where.${damage.where}`) })
  return (
    <Alert
      type={sound ? 'success' : 'error'}
      showIcon
      role="alert"
      className="gate-note"
      title={t(sound ? 'proof.sound' : 'proof.damaged', { damages: damages.length })}
      description={
        <>
          <p>{t('proof.counts', { records: recordCount, heads: headCount, signedTo })}</p>
          {damages.length > 0 && (
            <ul>
              {damages.map((damage) => (
                <li key={JSON.stringify(damage)}>{line(damage)}</li>
              ))}
            </ul>
          )}
          <p className="audit-value muted">{t('proof.end-hash', { hash: headHash })}</p>
        </>
      }
    />
  )
}
