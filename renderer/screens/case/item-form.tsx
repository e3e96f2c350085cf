import { Button, Form, Input, Select } from 'antd'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ParsedInputOf } from '../../../shared/contract/index.ts'
import { parseFieldDate } from '../../../shared/domain/field-date.ts'
import { call } from '../../app/client.ts'
import { useAction, useQuery, useSettled } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { KeyHint } from '../../widgets/key-hint.tsx'
import { type Sent, useCaseChange } from './case-change.tsx'
import type { Item } from './tree-rows.ts'

type Draft = ParsedInputOf<'items.update'>['draft']

const DRAFT_AFTER_MS = 700

interface ItemFormProps {
  readonly item: Item
  readonly volumeId: string
  readonly onCancel: () => void
  readonly onSaved: (sent: Sent) => void
}

function draftOf(item: Item): Draft {
  const { title, documentNumber, responsible, date, remark, templateRow } = item
  return { title, documentNumber, responsible, date, remark, templateRow }
}

/** What was typed before the program ended, if it can still be read. */
function readDraft(text: string): Partial<Draft> {
  try {
    const kept: unknown = JSON.parse(text)
    return typeof kept === 'object' && kept !== null ? kept : {}
  } catch {
    // Kept by another version of the program; the row itself is what counts.
    return {}
  }
}

function asDate(typed: string): string {
  const reading = parseFieldDate(typed)
  return reading.ok ? reading.iso : typed.trim()
}

function warn(error: unknown): void {
  console.warn('draft not kept', error instanceof Error ? error.message : 'unknown')
}

/** Edits a catalogue row where it stands; what is typed survives a crash. */
export function ItemForm({ item, volumeId, onCancel, onSaved }: ItemFormProps) {
  const { t } = useTranslation(['case', 'common'])
  const [form] = Form.useForm<Draft>()
  const change = useCaseChange()
  const [values, setValues] = useState<Draft>(() => draftOf(item))
  const [restored, setRestored] = useState(false)
  const key = `item.${item.id}`
  const title = useSettled(values.title, 250).trim()
  const proposals = useQuery('items.propose', title === '' ? undefined : { volumeId, title })
  const touched = useRef(false)

  useEffect(() => {
    call('drafts.load', { key }).then(({ value }) => {
      if (value === null || touched.current) return
      form.setFieldsValue(readDraft(value))
      setValues(form.getFieldsValue(true))
      setRestored(true)
      touched.current = true
    }, warn)
  }, [form, key])

  const typed = useSettled(values, DRAFT_AFTER_MS)
  useEffect(() => {
    if (!touched.current) return
    call('drafts.save', { key, value: JSON.stringify(typed) }).catch(warn)
  }, [key, typed])

  const forget = () => {
    touched.current = false
    call('drafts.save', { key, value: null }).catch(warn)
  }
  const save = useAction(async (draft: Draft) => {
    const whole = { ...draft, date: asDate(draft.date) }
    const sent = await change.send('items.update', { itemId: item.id, draft: whole })
    if (sent === 'given-up') return
    forget()
    onSaved(sent)
  })
  const cancel = () => {
    if (touched.current) forget()
    onCancel()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') cancel()
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.submit()
    else return
    event.stopPropagation()
  }

  const reading = useDateReading(values.date)
  const best = proposals.data ?? []
  const rows = [
    ...(item.templateRow !== null && best.every(({ row }) => row !== item.templateRow)
      ? [{ value: item.templateRow, label: `${item.templateRow} ${item.templateRowTitle ?? ''}` }]
      : []),
    ...best.map(({ row, title: rowTitle, confidence }) => ({
      value: row,
      label: t('item.proposed', { row, title: rowTitle, percent: Math.round(confidence * 100) }),
    })),
  ]

  return (
    <Form
      form={form}
      className="case-item-form"
      layout="vertical"
      initialValues={draftOf(item)}
      disabled={save.busy}
      onValuesChange={(_changed, all) => {
        touched.current = true
        setValues({ ...values, ...all })
      }}
      onFinish={(draft) => {
        save.run({ ...values, ...draft }).catch(warn)
      }}
      onKeyDown={onKeyDown}
      aria-label={t('item.edit')}
    >
      {restored && <p className="case-item-restored">{t('item.restored')}</p>}
      <Form.Item
        name="title"
        label={t('item.name')}
        rules={[{ required: true, whitespace: true, message: t('item.nameNeeded') }]}
      >
        <Input.TextArea autoFocus autoSize maxLength={300} onPressEnter={(event) => event.preventDefault()} />
      </Form.Item>
      <Form.Item name="templateRow" label={t('item.templateRow')}>
        <Select
          allowClear
          options={rows}
          loading={proposals.loading}
          placeholder={t('item.noTemplateRow')}
          notFoundContent={t('item.noProposal')}
          onClear={() => form.setFieldValue('templateRow', null)}
        />
      </Form.Item>
      <Form.Item
        name="date"
        label={t('item.date')}
        {...(reading === undefined ? {} : { extra: reading })}
        rules={[
          {
            validator: async (_rule, text: string) => {
              const reading = parseFieldDate(text)
              if (!reading.ok && reading.reason === 'no-such-day') throw new Error(t('item.noSuchDay'))
            },
          },
        ]}
      >
        <Input maxLength={40} placeholder="20230314" />
      </Form.Item>
      <Form.Item name="documentNumber" label={t('item.documentNumber')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="responsible" label={t('item.responsible')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="remark" label={t('item.remark')}>
        <Input.TextArea autoSize maxLength={500} />
      </Form.Item>
      <ErrorNotice error={save.error} />
      <div className="case-item-buttons">
        <Button type="primary" htmlType="submit" loading={save.busy}>
          {t(change.filed ? 'filed.request' : 'common:save')} <KeyHint keys="Ctrl Enter" />
        </Button>
        <Button onClick={cancel}>
          {t('common:cancel')} <KeyHint keys="Esc" />
        </Button>
      </div>
    </Form>
  )
}

/** How the typed date is understood, when that is not what stands there already. */
function useDateReading(typed: string): string | undefined {
  const { t } = useTranslation('case')
  const reading = parseFieldDate(typed)
  if (reading.ok) return reading.iso === typed ? undefined : t('item.dateRead', { date: reading.iso })
  return reading.reason === 'unrecognised' ? t('item.dateAsText') : undefined
}
