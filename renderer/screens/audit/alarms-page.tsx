import { BellOutlined } from '@ant-design/icons'
import { App, Button, Input, Modal, Segmented, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlarmRow } from '../../../shared/contract/audit.ts'
import { call } from '../../app/client.ts'
import { useAction, useCoreEvent, useQuery } from '../../app/use-call.ts'
import { useMay } from '../../state/session.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { useAuditWords } from './audit-words.ts'
import { sequenceText } from './sequence-text.ts'

const STATES = ['open', 'closed', 'all'] as const

/** 告警: what stood out, each to be looked into and closed with a note. */
export function AlarmsPage({ onChanged }: { readonly onChanged: () => void }) {
  const { t } = useTranslation('audit')
  const { message } = App.useApp()
  const words = useAuditWords()
  const mayClose = useMay('alarm.close')
  const [state, setState] = useState<(typeof STATES)[number]>('open')
  const alarms = useQuery('audit.alarms', { state })
  const [closing, setClosing] = useState<AlarmRow>()
  useCoreEvent('changed', (event) => {
    if (event.what === 'alarms') alarms.reload()
  })
  if (alarms.error !== undefined) return <ErrorNotice error={alarms.error} onRetry={alarms.reload} />
  if (alarms.data === undefined) return <Skeleton active paragraph={{ rows: 6 }} />
  return (
    <div className="audit-page">
      <div className="audit-bar">
        <Segmented
          aria-label={t('alarms.state')}
          value={state}
          options={STATES.map((value) => ({ value, label: t(`alarms.${value}`) }))}
          onChange={setState}
        />
      </div>
      {alarms.data.alarms.length === 0 ? (
        <EmptyState
          icon={<BellOutlined aria-hidden="true" />}
          title={t('alarms.empty.title')}
          text={t('alarms.empty.text')}
        />
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              {['rule', 'raised', 'account', 'what', 'records', 'handling'].map((column) => (
                <th key={column} scope="col">
                  {t(`alarms.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {alarms.data.alarms.map((alarm) => (
              <tr key={alarm.id}>
                <th scope="row">
                  {alarm.rule} {t(`rule.${alarm.rule}.name`)}
                </th>
                <td className="figures">{words.time(alarm.raisedAt)}</td>
                <td className="cell-any">{alarm.accountName || t('common:none')}</td>
                <td>{t(`what.${alarm.what}`, { defaultValue: alarm.what })}</td>
                <td className="cell-any figures">{sequenceText(alarm.records)}</td>
                <td className="cell-any">
                  {alarm.closedAt !== null ? (
                    <>
                      {alarm.note}
                      <br />
                      <span className="muted">
                        {alarm.closedByName} {words.time(alarm.closedAt)}
                      </span>
                    </>
                  ) : mayClose ? (
                    <Button onClick={() => setClosing(alarm)}>{t('alarms.close')}</Button>
                  ) : (
                    <span className="muted">{t('alarms.open')}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {closing !== undefined && (
        <CloseAlarmDialog
          alarm={closing}
          onCancel={() => setClosing(undefined)}
          onClosed={() => {
            setClosing(undefined)
            alarms.reload()
            onChanged()
            void message.success(t('alarms.closed-now'))
          }}
        />
      )}
    </div>
  )
}

interface CloseAlarmDialogProps {
  readonly alarm: AlarmRow
  readonly onCancel: () => void
  readonly onClosed: () => void
}

function CloseAlarmDialog({ alarm, onCancel, onClosed }: CloseAlarmDialogProps) {
  const { t } = useTranslation('audit')
  const [note, setNote] = useState('')
  const close = useAction(async () => {
    await call('audit.closeAlarm', { id: alarm.id, note: note.trim() })
    onClosed()
  })
  return (
    <Modal
      open
      title={`${alarm.rule} ${t(`rule.${alarm.rule}.name`)}`}
      okText={t('alarms.close')}
      okButtonProps={{ disabled: note.trim() === '' }}
      confirmLoading={close.busy}
      onOk={() => close.run()}
      onCancel={onCancel}
      mask={{ closable: false }}
    >
      <p>{t('alarms.close-text')}</p>
      <Input.TextArea
        autoFocus
        aria-label={t('alarms.note')}
        placeholder={t('alarms.note')}
        rows={4}
        maxLength={1000}
        showCount
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <ErrorNotice error={close.error} />
    </Modal>
  )
}
