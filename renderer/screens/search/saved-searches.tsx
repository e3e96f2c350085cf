import { DeleteOutlined, StarOutlined } from '@ant-design/icons'
import { Button, Form, Input, Popover, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { askedOf, type ScreenQuestion, screenOf } from './search-question.ts'

interface SavedSearchesProps {
  readonly question: ScreenQuestion
  readonly onApply: (question: ScreenQuestion) => void
}

/** Questions kept under a name. */
export function SavedSearches({ question, onApply }: SavedSearchesProps) {
  const { t } = useTranslation('search')
  const [open, setOpen] = useState(false)
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      title={t('saved.title')}
      content={
        <SavedList
          question={question}
          onApply={(saved) => {
            setOpen(false)
            onApply(saved)
          }}
        />
      }
    >
      <Button icon={<StarOutlined aria-hidden="true" />} aria-haspopup="dialog">
        {t('saved.button')}
      </Button>
    </Popover>
  )
}

function SavedList({ question, onApply }: SavedSearchesProps) {
  const { t } = useTranslation('search')
  const [form] = Form.useForm<{ readonly name: string }>()
  const list = useQuery('search.saved', {})
  const save = useAction(async ({ name }: { readonly name: string }) => {
    await call('search.save', { name: name.trim(), question: askedOf(question) })
    form.resetFields()
    list.reload()
  })
  const remove = useAction(async (id: string) => {
    await call('search.removeSaved', { id })
    list.reload()
  })
  return (
    <div className="saved-views">
      {list.data === undefined && list.loading && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {list.data?.length === 0 && <p className="muted">{t('saved.empty')}</p>}
      <ul>
        {list.data?.map((saved) => (
          <li key={saved.id}>
            <Button type="link" onClick={() => onApply(screenOf(saved.question))}>
              {saved.name}
            </Button>
            <Button
              type="text"
              icon={<DeleteOutlined aria-hidden="true" />}
              aria-label={t('saved.remove', { name: saved.name })}
              onClick={() => {
                remove.run(saved.id).catch((error: unknown) => console.warn('not removed', error))
              }}
            />
          </li>
        ))}
      </ul>
      {question.text === '' ? (
        <p className="muted">{t('saved.nothing')}</p>
      ) : (
        <Form
          form={form}
          name="save-search"
          layout="inline"
          initialValues={{ name: question.text.slice(0, 60) }}
          onFinish={(typed) => {
            save.run(typed).catch((error: unknown) => console.warn('not saved', error))
          }}
        >
          <Form.Item
            name="name"
            label={t('saved.name')}
            rules={[{ required: true, whitespace: true, message: t('saved.name-required') }]}
          >
            <Input maxLength={60} />
          </Form.Item>
          <Button htmlType="submit" loading={save.busy}>
            {t('saved.save')}
          </Button>
        </Form>
      )}
      <ErrorNotice error={list.error ?? save.error ?? remove.error} />
    </div>
  )
}
