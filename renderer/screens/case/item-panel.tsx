import { EditOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { ItemForm } from './item-form.tsx'
import { type Item, printedRange } from './tree-rows.ts'

interface ItemPanelProps {
  readonly item: Item
  readonly volumeId: string
  readonly editing: boolean
  readonly mayEdit: boolean
  readonly onEdit: (editing: boolean) => void
  readonly onSaved: () => void
}

/** The catalogue row that the shown page belongs to. */
export function ItemPanel({ item, volumeId, editing, mayEdit, onEdit, onSaved }: ItemPanelProps) {
  const { t } = useTranslation('case')
  if (editing && mayEdit) {
    return (
      <ItemForm
        key={item.id}
        item={item}
        volumeId={volumeId}
        onCancel={() => onEdit(false)}
        onSaved={() => {
          onEdit(false)
          onSaved()
        }}
      />
    )
  }
  const facts = [
    [t('item.pages'), printedRange(item) === '' ? '' : printedRange(item)],
    [t('item.pageCount'), t('pages', { count: item.pageCount })],
    [t('item.date'), item.date],
    [t('item.documentNumber'), item.documentNumber],
    [t('item.responsible'), item.responsible],
    [
      t('item.templateRow'),
      item.templateRow === null ? '' : `${item.templateRow} ${item.templateRowTitle ?? ''}`,
    ],
    [t('item.remark'), item.remark],
  ].filter(([, value]) => value !== '')
  return (
    <section className="case-item" aria-label={t('item.title')}>
      <div className="case-item-head">
        <h2>
          <span className="case-item-sequence">{item.sequence}</span> {item.title}
        </h2>
        {mayEdit && (
          <Tooltip title={`${t('item.edit')} · E`}>
            <Button
              type="text"
              icon={<EditOutlined />}
              aria-label={t('item.edit')}
              aria-keyshortcuts="E"
              onClick={() => onEdit(true)}
            />
          </Tooltip>
        )}
      </div>
      <dl>
        {facts.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  )
}
