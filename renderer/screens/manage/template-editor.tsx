import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  DeleteOutlined,
  EditOutlined,
  PlusOutlined,
} from '@ant-design/icons'
import { App, Button, Form, Input, Skeleton, Space } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type CatalogueTemplate,
  type CatalogueTemplateRow,
  parseTemplate,
} from '../../../shared/domain/catalogue-template.ts'
import { reviseTemplate, type TemplateChange } from '../../../shared/domain/template-revision.ts'
import type { AppError } from '../../../shared/errors.ts'
import { asAppError, call } from '../../app/client.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { useMay } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { TemplateRowDialog } from './template-row-dialog.tsx'

interface TemplateEditorProps {
  readonly templateId: string
  readonly onSaved: () => void
}

export function TemplateEditor({ templateId, onSaved }: TemplateEditorProps) {
  const stored = useQuery('templates.get', { id: templateId })
  const read = useMemo((): { template?: CatalogueTemplate; error?: AppError } => {
    if (stored.data === undefined) return {}
    try {
      return { template: parseTemplate(stored.data) }
    } catch (thrown) {
      return { error: asAppError(thrown) }
    }
  }, [stored.data])
  const error = stored.error ?? read.error
  if (error !== undefined) return <ErrorNotice error={error} onRetry={stored.reload} />
  if (read.template === undefined) return <Skeleton active paragraph={{ rows: 10 }} />
  return <TemplateRows template={read.template} onSaved={onSaved} />
}

interface TemplateRowsProps {
  readonly template: CatalogueTemplate
  readonly onSaved: () => void
}

function TemplateRows({ template, onSaved }: TemplateRowsProps) {
  const { t, i18n } = useTranslation('manage')
  const { message } = App.useApp()
  const mayEdit = useMay('template.edit')
  const [changes, setChanges] = useState<readonly TemplateChange[]>([])
  const [refused, setRefused] = useState<AppError>()
  const [inHand, setInHand] = useState<CatalogueTemplateRow | 'new'>()

  const revised = useMemo(
    () =>
      changes.length === 0
        ? template
        : reviseTemplate(template, { changes, at: new Date().toISOString(), reason: '…' }),
    [changes, template],
  )
  const make = (change: TemplateChange): boolean => {
    const next = [...changes, change]
    try {
      reviseTemplate(template, { changes: next, at: new Date().toISOString(), reason: '…' })
    } catch (thrown) {
      setRefused(asAppError(thrown))
      return false
    }
    setRefused(undefined)
    setChanges(next)
    return true
  }
  const save = useAction(async ({ reason }: { readonly reason: string }) => {
    const next = reviseTemplate(template, { changes, at: new Date().toISOString(), reason: reason.trim() })
    await call('templates.save', { template: next })
    void message.success(t('templates.saved', { version: next.version }))
    onSaved()
  })
  const last = revised.rows.length
  return (
    <section className="template-rows">
      <header>
        <h2>{i18n.language === 'en' ? template.title.en : template.title.zh}</h2>
        <span className="muted">{t('templates.source', { source: template.source.text })}</span>
      </header>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col" className="cell-end">
              {t('templates.column.number')}
            </th>
            <th scope="col">{t('templates.column.title')}</th>
            <th scope="col">{t('templates.column.constraint')}</th>
            <th scope="col">{t('templates.column.class')}</th>
            <th scope="col">{t('templates.column.aliases')}</th>
            {mayEdit && <th scope="col">{t('templates.column.edit')}</th>}
          </tr>
        </thead>
        <tbody>
          {revised.rows.map((row) => (
            <tr key={row.id}>
              <td className="figures cell-end">{row.number}</td>
              <td className="cell-any">{row.title}</td>
              <td>{t(`templates.constraint.${row.constraint}`)}</td>
              <td>{t(`templates.class.${row.materialClass}`)}</td>
              <td className="cell-any muted">{row.aliases.join(t('common:list-comma'))}</td>
              {mayEdit && (
                <td>
                  <Space.Compact>
                    <Button
                      type="text"
                      icon={<EditOutlined aria-hidden="true" />}
                      aria-label={t('templates.edit-row', { title: row.title })}
                      onClick={() => setInHand(row)}
                    />
                    <Button
                      type="text"
                      icon={<ArrowUpOutlined aria-hidden="true" />}
                      disabled={row.number === 1}
                      aria-label={t('templates.move-up', { title: row.title })}
                      onClick={() => make({ kind: 'move-row', rowId: row.id, number: row.number - 1 })}
                    />
                    <Button
                      type="text"
                      icon={<ArrowDownOutlined aria-hidden="true" />}
                      disabled={row.number === last}
                      aria-label={t('templates.move-down', { title: row.title })}
                      onClick={() => make({ kind: 'move-row', rowId: row.id, number: row.number + 1 })}
                    />
                    <Button
                      type="text"
                      icon={<DeleteOutlined aria-hidden="true" />}
                      disabled={last === 1}
                      aria-label={t('templates.remove-row', { title: row.title })}
                      onClick={() => make({ kind: 'remove-row', rowId: row.id })}
                    />
                  </Space.Compact>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <ErrorNotice error={inHand === undefined ? (refused ?? save.error) : undefined} />
      {mayEdit && (
        <footer className="template-foot">
          <Button icon={<PlusOutlined aria-hidden="true" />} onClick={() => setInHand('new')}>
            {t('templates.add-row')}
          </Button>
          {changes.length > 0 && (
            <Form layout="inline" onFinish={save.run}>
              <Button onClick={() => setChanges(changes.slice(0, -1))}>{t('templates.undo')}</Button>
              <Form.Item
                name="reason"
                label={t('templates.reason')}
                rules={[{ required: true, whitespace: true, message: t('templates.reason-required') }]}
              >
                <Input maxLength={200} />
              </Form.Item>
              <Button type="primary" htmlType="submit" loading={save.busy}>
                {t('templates.save', { count: changes.length, changes: changes.length })}
              </Button>
            </Form>
          )}
        </footer>
      )}
      {inHand !== undefined && (
        <TemplateRowDialog
          row={inHand === 'new' ? undefined : inHand}
          error={refused}
          onCancel={() => {
            setRefused(undefined)
            setInHand(undefined)
          }}
          onDone={(content) => {
            const done =
              inHand === 'new'
                ? make({ kind: 'add-row', number: newRowPlace(revised), row: content })
                : make({ kind: 'change-row', rowId: inHand.id, to: content })
            if (done) setInHand(undefined)
          }}
        />
      )}
    </section>
  )
}

/** A new row comes last, but before the one that takes everything else. */
function newRowPlace({ rows }: CatalogueTemplate): number {
  return rows.at(-1)?.catchAll === true ? rows.length : rows.length + 1
}
