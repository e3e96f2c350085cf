import { PrinterOutlined } from '@ant-design/icons'
import { App, Button, Form, Input, InputNumber, Modal, Radio, Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { extentNames, readPageList } from '../../shared/domain/loan-extent.ts'
import { call } from '../app/client.ts'
import { useAction } from '../app/use-call.ts'
import { useMay } from '../state/session.ts'
import { ErrorNotice } from '../widgets/error-notice.tsx'
import type { PageRow } from './page-words.ts'

interface OutputForm {
  readonly kind: 'print' | 'export'
  readonly which: 'current' | 'some'
  readonly pages: string
  readonly purpose: string
  readonly copies: number
}

interface OutputPagesProps {
  readonly volumeId: string
  readonly pages: readonly PageRow[]
  readonly currentPageId: string | null
  readonly caseNumber: string
  /** The purpose of the loan, to begin with. */
  readonly purpose: string
}

/** Prints or exports pages with a watermark; asks what for and how often, because each time is counted. */
export function OutputPages({ volumeId, pages, currentPageId, caseNumber, purpose }: OutputPagesProps) {
  const { t } = useTranslation('viewer')
  const { message } = App.useApp()
  const mayPrint = useMay('page.print')
  const mayExport = useMay('page.export')
  const [open, setOpen] = useState(false)
  const [form] = Form.useForm<OutputForm>()
  const which = Form.useWatch('which', form)
  const write = useAction(async (typed: OutputForm) => {
    const extent = { book: null, pages: typed.pages ?? '' }
    const chosen =
      typed.which === 'current'
        ? pages.filter(({ id }) => id === currentPageId)
        : pages.filter(({ printedNumber }) => extentNames(extent, { book: 1, printedNumber }))
    if (chosen.length === 0) {
      form.setFields([{ name: 'pages', errors: [t('output.none')] }])
      return
    }
    const suggestedName = `${caseNumber}-${t(`output.kind.${typed.kind}`)}.pdf`
    const { path } = await call('shell.chooseSaveFile', { title: t('output.title'), suggestedName })
    if (path === null) return
    const written = await call(typed.kind === 'print' ? 'pages.printPdf' : 'pages.exportPdf', {
      ...{ volumeId, file: path, purpose: typed.purpose, copies: typed.copies },
      pageIds: chosen.map(({ id }) => id),
    })
    setOpen(false)
    void message.success(t('output.done', { job: written.jobNumber, name: written.fileName }))
    if (typed.kind === 'print') await call('shell.openWrittenFile', { path })
  })
  if (!mayPrint && !mayExport) return null
  return (
    <>
      <Tooltip title={t('output.title')} mouseEnterDelay={0.5}>
        <Button
          type="text"
          size="small"
          icon={<PrinterOutlined />}
          aria-label={t('output.title')}
          onClick={() => setOpen(true)}
        />
      </Tooltip>
      {open && (
        <Modal
          open
          title={t('output.title')}
          okText={t('output.do')}
          confirmLoading={write.busy}
          onOk={() => form.submit()}
          onCancel={() => setOpen(false)}
          mask={{ closable: false }}
          destroyOnHidden
        >
          <ErrorNotice error={write.error} />
          <Form
            form={form}
            layout="vertical"
            initialValues={{ kind: mayPrint ? 'print' : 'export', which: 'current', purpose, copies: 1 }}
            onFinish={(typed) => {
              write.run(typed).catch((error: unknown) => console.warn('not written', error))
            }}
          >
            <Form.Item name="kind" label={t('output.how')}>
              <Radio.Group>
                {mayPrint && <Radio value="print">{t('output.kind.print')}</Radio>}
                {mayExport && <Radio value="export">{t('output.kind.export')}</Radio>}
              </Radio.Group>
            </Form.Item>
            <Form.Item name="which" label={t('output.which')}>
              <Radio.Group>
                <Radio value="current">{t('output.current')}</Radio>
                <Radio value="some">{t('output.some')}</Radio>
              </Radio.Group>
            </Form.Item>
            {which === 'some' && (
              <Form.Item
                name="pages"
                label={t('output.pages')}
                extra={t('output.pages-help')}
                rules={[
                  { required: true, message: t('output.pages-required') },
                  {
                    validator: (_, text: string | undefined) =>
                      readPageList(text ?? '') === null
                        ? Promise.reject(new Error(t('output.pages-unreadable')))
                        : Promise.resolve(),
                  },
                ]}
              >
                <Input maxLength={500} />
              </Form.Item>
            )}
            <Form.Item
              name="purpose"
              label={t('output.purpose')}
              rules={[{ required: true, whitespace: true, message: t('output.purpose-required') }]}
            >
              <Input maxLength={300} />
            </Form.Item>
            <Form.Item name="copies" label={t('output.copies')}>
              <InputNumber min={1} max={99} precision={0} />
            </Form.Item>
          </Form>
          <p className="muted">{t('output.counted')}</p>
        </Modal>
      )}
    </>
  )
}
