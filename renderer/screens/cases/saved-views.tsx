import { DeleteOutlined, StarOutlined } from '@ant-design/icons'
import { Button, Form, Input, Popover, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import type { SavedView } from '../../state/case-list.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

interface SavedViewsProps {
  readonly current: SavedView['definition']
  readonly onApply: (view: SavedView['definition']) => void
}

/** Filters, order and columns under a name. */
export function SavedViews({ current, onApply }: SavedViewsProps) {
  const { t } = useTranslation('cases')
  const [open, setOpen] = useState(false)
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      title={t('views.title')}
      content={
        <ViewList
          current={current}
          onApply={(view) => {
            setOpen(false)
            onApply(view)
          }}
        />
      }
    >
      <Button icon={<StarOutlined aria-hidden="true" />} aria-haspopup="dialog">
        {t('views.button')}
      </Button>
    </Popover>
  )
}

function ViewList({ current, onApply }: SavedViewsProps) {
  const { t } = useTranslation('cases')
  const [form] = Form.useForm<{ readonly name: string }>()
  const views = useQuery('cases.savedViews', {})
  const save = useAction(async ({ name }: { readonly name: string }) => {
    await call('cases.saveView', { name: name.trim(), definition: current })
    form.resetFields()
    views.reload()
  })
  const remove = useAction(async (id: string) => {
    await call('cases.removeView', { id })
    views.reload()
  })
  return (
    <div className="saved-views">
      {views.data === undefined && views.loading && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {views.data?.length === 0 && <p className="muted">{t('views.empty')}</p>}
      <ul>
        {views.data?.map((view) => (
          <li key={view.id}>
            <Button type="link" onClick={() => onApply(view.definition)}>
              {view.name}
            </Button>
            <Button
              type="text"
              icon={<DeleteOutlined aria-hidden="true" />}
              aria-label={t('views.remove', { name: view.name })}
              onClick={() => remove.run(view.id)}
            />
          </li>
        ))}
      </ul>
      <Form form={form} name="save-view" layout="inline" onFinish={save.run}>
        <Form.Item
          name="name"
          label={t('views.name')}
          rules={[{ required: true, whitespace: true, message: t('views.name-required') }]}
        >
          <Input maxLength={60} />
        </Form.Item>
        <Button htmlType="submit" loading={save.busy}>
          {t('views.save')}
        </Button>
      </Form>
      <ErrorNotice error={views.error ?? save.error ?? remove.error} />
    </div>
  )
}
