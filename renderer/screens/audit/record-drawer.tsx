import { Descriptions, Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AuditRow } from '../../../shared/contract/audit.ts'
import { useAuditWords } from './audit-words.ts'

interface RecordDrawerProps {
  readonly record: AuditRow | undefined
  readonly onClose: () => void
}

/** Everything that one record says. */
export function RecordDrawer({ record, onClose }: RecordDrawerProps) {
  const { t } = useTranslation('audit')
  const words = useAuditWords()
  if (record === undefined) return null
  const details = Object.entries(record.details).map(([name, value]) => `${name}: ${value}`)
  const fields: readonly (readonly [string, string | null])[] = [
    ['time', words.time(record.at)],
    ['account', record.accountName],
    ['roles', words.roles(record.role)],
    ['action', `${words.action(record.action)} (${record.action})`],
    ['subject', words.subject(record.subject)],
    ['case', record.caseNumber],
    ['archive-number', record.archiveNumber],
    ['page', record.page],
    ['result', `${words.result(record.result)}${record.code === null ? '' : ` · ${record.code}`}`],
    ['reason', record.reason],
    ['approval', record.approvalId],
    ['machine', record.machine],
    ['os-user', record.osUser],
    ['session', record.sessionId],
    ['details', details.join('\n')],
    ['before-digest', record.beforeDigest],
    ['after-digest', record.afterDigest],
    ['hash', record.hash],
  ]
  const items = fields
    .filter(([, text]) => text !== null && text !== '')
    .map(([name, text]) => ({
      key: name,
      label: t(`field.${name}`),
      children: <span className="audit-value figures">{text}</span>,
    }))
  return (
    <Drawer open size={560} title={t('record', { sequence: record.sequence })} onClose={onClose}>
      <Descriptions bordered column={1} size="small" items={items} />
    </Drawer>
  )
}
