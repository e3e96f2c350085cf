import { Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { useCaseChange } from './case-change.tsx'
import { bookWords } from './case-words.ts'
import { MarkPages } from './mark-pages.tsx'
import { type PageRow, printedRange, type Volume } from './tree-rows.ts'

interface AssignBarProps {
  readonly volume: Volume
  readonly pages: readonly PageRow[]
  readonly selected: ReadonlySet<string>
  readonly mayCreateItem: boolean
  readonly onDone: () => void
  readonly onClear: () => void
}

const TAKE_OUT = 'none'

/** Says which catalogue row the chosen pages belong to. */
export function AssignBar({ volume, pages, selected, mayCreateItem, onDone, onClear }: AssignBarProps) {
  const { t } = useTranslation('case')
  const [target, setTarget] = useState<string>()
  const [naming, setNaming] = useState(false)
  const chosen = pages.filter((page) => selected.has(page.id))
  const bookId = chosen[0]?.bookId
  const change = useCaseChange()
  const assign = useAction(async (itemId: string | null) => {
    const sent = await change.send('pages.assign', {
      volumeId: volume.id,
      pageIds: chosen.map((page) => page.id),
      itemId,
    })
    if (sent !== 'given-up') setTarget(undefined)
    if (sent === 'done') onDone()
  })
  const create = useAction(async (title: string) => {
    if (bookId === undefined) return
    const item = await call('items.create', { bookId, volumeId: volume.id, draft: { title } })
    await call('pages.assign', {
      volumeId: volume.id,
      pageIds: chosen.map((page) => page.id),
      itemId: item.id,
    })
    setNaming(false)
    onDone()
  })
  const many = volume.books.length > 1
  const options = [
    { value: TAKE_OUT, label: t('assign.takeOut') },
    ...volume.books.flatMap((book) =>
      book.items.map((item) => ({
        value: item.id,
        label: [
          many ? `${bookWords(t, book)} ` : '',
          `${item.sequence} ${item.title}`,
          printedRange(item) === '' ? '' : `（${printedRange(item)}）`,
        ].join(''),
      })),
    ),
  ]
  const run = (work: Promise<unknown>) => {
    work.catch((error: unknown) => console.warn('not assigned', error))
  }
  return (
    <div className="case-assign" role="toolbar" aria-label={t('assign.label')}>
      <b>{t('assign.chosen', { count: chosen.length })}</b>
      <Select
        className="case-assign-target"
        showSearch={{ optionFilterProp: 'label' }}
        value={target}
        options={options}
        placeholder={t('assign.target')}
        aria-label={t('assign.target')}
        onChange={setTarget}
      />
      <Button
        type="primary"
        disabled={target === undefined}
        loading={assign.busy}
        onClick={() => run(assign.run(target === TAKE_OUT || target === undefined ? null : target))}
      >
        {t(change.filed ? 'assign.request' : 'assign.do')}
      </Button>
      {mayCreateItem && <Button onClick={() => setNaming(true)}>{t('assign.create')}</Button>}
      <MarkPages volumeId={volume.id} pageIds={chosen.map((page) => page.id)} onDone={onDone} />
      <Button type="text" onClick={onClear}>
        {t('assign.clear')}
      </Button>
      <ErrorNotice error={assign.error} />
      <Modal
        open={naming}
        title={t('assign.createTitle', { count: chosen.length })}
        footer={null}
        width={420}
        destroyOnHidden
        onCancel={() => setNaming(false)}
      >
        <Form layout="vertical" onFinish={({ title }: { title: string }) => run(create.run(title))}>
          <Form.Item
            name="title"
            label={t('item.name')}
            rules={[{ required: true, whitespace: true, message: t('item.nameNeeded') }]}
          >
            <Input autoFocus maxLength={300} />
          </Form.Item>
          <ErrorNotice error={create.error} />
          <Button type="primary" htmlType="submit" loading={create.busy}>
            {t('assign.createDo')}
          </Button>
        </Form>
      </Modal>
    </div>
  )
}
