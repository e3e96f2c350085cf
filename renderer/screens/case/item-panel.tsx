import { EditOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { MaskedText } from '../../widgets/masked-text.tsx'
import { type Sent, useCaseChange } from './case-change.tsx'
import { ItemForm } from './item-form.tsx'
import { type Item, printedRange } from './tree-rows.ts'

interface ItemPanelProps {
  readonly item: Item
  readonly volumeId: string
  readonly editing: boolean
  readonly mayEdit: boolean
  readonly onEdit: (editing: boolean) => void
  readonly onSaved: (sent: Sent) => void
}

/** The catalogue row that the shown page belongs to. */
export function ItemPanel({ item, volumeId, editing, mayEdit, onEdit, onSaved }: ItemPanelProps) {
  const { t } = useTranslation('case')
  const { filed } = useCaseChange()
  const masked = (field: 'title' | 'documentNumber' | 'responsible' | 'remark') => (
    <MaskedText text={item[field]} kind="item" id={item.id} field={field} />
  )
  if (editing && mayEdit) {
    return (
      <ItemForm
        key={item.id}
        item={item}
        volumeId={volumeId}
        onCancel={() => onEdit(false)}
        onSaved={(sent) => {
          onEdit(false)
          onSaved(sent)
        }}
      />
    )
  }
  const facts: (readonly [string, string, ReactNode?])[] = [
    [t('item.pages'), printedRange(item) === '' ? '' : printedRange(item)],
    [t('item.pageCount'), t('pages', { count: item.pageCount })],
    [t('item.date'), item.date],
    [t('item.documentNumber'), item.documentNumber, masked('documentNumber')],
    [t('item.responsible'), item.responsible, masked('responsible')],
    [
      t('item.templateRow'),
      item.templateRow === null ? '' : `${item.templateRow} ${item.templateRowTitle ?? ''}`,
    ],
    [t('item.remark'), item.remark, masked('remark')],
  ]
  return (
    <section className="case-item" aria-label={t('item.title')}>
      <div className="case-item-head">
        <h2>
          <span className="case-item-sequence">{item.sequence}</span> {masked('title')}
        </h2>
        {mayEdit && (
          <Tooltip title={`${t(filed ? 'filed.request' : 'item.edit')} · E`}>
            <Button
              type="text"
              icon={<EditOutlined />}
              aria-label={t(filed ? 'filed.request' : 'item.edit')}
              aria-keyshortcuts="E"
              onClick={() => onEdit(true)}
            />
          </Tooltip>
        )}
      </div>
      <dl>
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value, shown]) => (
            <Fragment key={name}>
              <dt>{name}</dt>
              <dd>{shown ?? value}</dd>
            </Fragment>
          ))}
      </dl>
    </section>
  )
}
