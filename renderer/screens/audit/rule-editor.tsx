import { App, Button, Form, Input, InputNumber, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlarmRule } from '../../../shared/contract/audit.ts'
import type { OutputOf } from '../../../shared/contract/index.ts'
import {
  ALARM_RULES,
  shippedThresholds,
  type ThresholdKind,
  type ThresholdValue,
  wrongThreshold,
} from '../../../shared/domain/alarm-rule.ts'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { useMay } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { ReplayResult } from './replay-result.tsx'

interface RuleEditorProps {
  readonly setting: AlarmRule
  readonly onSaved: () => void
}

/** One rule: its thresholds, whether it runs, and a replay over history before anything is saved. */
export function RuleEditor({ setting, onSaved }: RuleEditorProps) {
  const { t } = useTranslation('audit')
  const { message } = App.useApp()
  const mayEdit = useMay('audit.rule')
  const { rule } = setting
  const [enabled, setEnabled] = useState(setting.enabled)
  const [thresholds, setThresholds] = useState(setting.thresholds)
  const [reason, setReason] = useState('')
  const [found, setFound] = useState<OutputOf<'audit.replayRule'>>()
  const wrong = wrongThreshold(rule, thresholds)
  const replay = useAction(async () => setFound(await call('audit.replayRule', { rule, thresholds })))
  const save = useAction(async () => {
    await call('audit.setRule', { rule, enabled, thresholds, reason: reason.trim() })
    void message.success(t('rules.saved', { rule }))
    onSaved()
  })
  return (
    <Form className="manage-page audit-rule" layout="vertical" requiredMark={false}>
      <h2>
        {rule} {t(`rule.${rule}.name`)}
      </h2>
      <p className="muted">{t(`rule.${rule}.text`)}</p>
      {Object.entries(ALARM_RULES[rule]).map(([name, kind]) => (
        <Form.Item
          key={name}
          label={t(`threshold.${name}`)}
          htmlFor={`threshold-${name}`}
          validateStatus={wrong === name ? 'error' : ''}
          help={wrong === name ? t(`rules.wrong.${kind.kind}`, { least: kind.least, most: kind.most }) : null}
        >
          <ThresholdField
            id={`threshold-${name}`}
            kind={kind}
            value={thresholds[name] ?? kind.shipped}
            disabled={!mayEdit}
            onChange={(value) => setThresholds((before) => ({ ...before, [name]: value }))}
          />
        </Form.Item>
      ))}
      <Form.Item label={t('rules.enabled')} htmlFor="rule-enabled">
        <Switch id="rule-enabled" checked={enabled} disabled={!mayEdit} onChange={setEnabled} />
      </Form.Item>
      <p className="audit-bar">
        <Button onClick={() => replay.run()} loading={replay.busy} disabled={wrong !== undefined}>
          {t('rules.replay')}
        </Button>
        {mayEdit && (
          <Button onClick={() => setThresholds(shippedThresholds(rule))}>{t('rules.as-shipped')}</Button>
        )}
      </p>
      <ErrorNotice error={replay.error} />
      {found !== undefined && <ReplayResult found={found} />}
      {mayEdit && (
        <>
          <Form.Item label={t('rules.reason')} htmlFor="rule-reason">
            <Input
              id="rule-reason"
              maxLength={300}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Form.Item>
          <ErrorNotice error={save.error} />
          <Button
            type="primary"
            loading={save.busy}
            disabled={wrong !== undefined || reason.trim() === ''}
            onClick={() => save.run()}
          >
            {t('common:save')}
          </Button>
        </>
      )}
    </Form>
  )
}

interface ThresholdFieldProps {
  readonly id: string
  readonly kind: ThresholdKind
  readonly value: ThresholdValue
  readonly disabled: boolean
  readonly onChange: (value: ThresholdValue) => void
}

function ThresholdField({ id, kind, value, disabled, onChange }: ThresholdFieldProps) {
  const { t } = useTranslation('audit')
  if (kind.kind === 'yes-no') {
    return <Switch id={id} checked={value === true} disabled={disabled} onChange={onChange} />
  }
  if (kind.kind === 'number') {
    return (
      <InputNumber
        id={id}
        value={Number(value)}
        precision={0}
        disabled={disabled}
        onChange={(typed) => onChange(typed ?? Number.NaN)}
      />
    )
  }
  return (
    <Input
      id={id}
      value={String(value)}
      placeholder={t(`rules.form.${kind.kind}`)}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value.trim())}
    />
  )
}
