import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Checkbox, Form, Input, InputNumber, Modal, Select, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import { LOAN_MANNER_INFO, LOAN_MANNERS, type LoanManner } from '../../../shared/domain/loan.ts'
import { readPageList } from '../../../shared/domain/loan-extent.ts'
import { VOLUME_KIND_INFO, VOLUME_KINDS, type VolumeKind } from '../../../shared/domain/volume-kind.ts'
import { call } from '../../app/client.ts'
import { useTerm } from '../../app/terms.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { useMay } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { FieldDateInput, useDayRule } from '../../widgets/field-date-input.tsx'
import { endOfDay } from './loan-days.ts'

interface LoanForm {
  readonly caseNumber: string
  readonly extent: readonly {
    readonly volumeKind: VolumeKind
    readonly book?: number | null
    readonly pages?: string
  }[]
  readonly manners: LoanManner[]
  readonly purpose: string
  readonly until: string
  readonly borrowerAccount?: string
  readonly borrowerName?: string
  readonly unit?: string
  readonly identity?: string
}

interface NewLoanDialogProps {
  readonly onClose: () => void
  readonly onAsked: () => void
}

/** 申请: a case by its number, which volumes or pages, for what, how and until when. */
export function NewLoanDialog({ onClose, onAsked }: NewLoanDialogProps) {
  const { t } = useTranslation('loans')
  const term = useTerm()
  const { message } = App.useApp()
  const dayRule = useDayRule()
  const mayLend = useMay('loan.lend')
  const mayReadAccounts = useMay('account.read')
  const accounts = useQuery('accounts.list', mayLend && mayReadAccounts ? {} : undefined)
  const [form] = Form.useForm<LoanForm>()
  const reader = Form.useWatch('borrowerAccount', form)
  const ask = useAction(async (typed: LoanForm) => {
    const made = await call('loans.request', {
      caseNumber: typed.caseNumber,
      extent: typed.extent.map(({ volumeKind, book, pages }) => ({
        ...{ volumeKind, book: book ?? null, pages: pages ?? '' },
      })),
      manners: typed.manners,
      purpose: typed.purpose,
      untilAt: endOfDay(typed.until),
      unit: typed.unit ?? '',
      identity: typed.identity ?? '',
      borrowerName: typed.borrowerName ?? '',
      borrowerAccount: typed.borrowerAccount ?? null,
    })
    void message.success(t('new.done', { number: made.number }))
    onAsked()
  })
  const required = (message: string) => [{ required: true, whitespace: true, message }]
  return (
    <Modal
      open
      title={t('new.title')}
      width={640}
      okText={t('new.do')}
      confirmLoading={ask.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <ErrorNotice error={ask.error} />
      <Form
        form={form}
        name="new-loan"
        layout="vertical"
        initialValues={{ extent: [{ volumeKind: 'main' }], manners: ['electronic'] }}
        onFinish={(typed) => {
          ask.run(typed).catch((error: unknown) => console.warn('not asked', error))
        }}
      >
        <Form.Item name="caseNumber" label={t('column.case')} rules={required(t('new.case-required'))}>
          <Input maxLength={200} autoFocus placeholder="（2023）云0199民初1024号" />
        </Form.Item>
        <Form.List name="extent">
          {(fields, { add, remove }) => (
            <fieldset className="loan-extent">
              <legend>{t('column.extent')}</legend>
              {fields.map(({ key, name }) => (
                <Space key={key} align="baseline" wrap>
                  <Form.Item name={[name, 'volumeKind']}>
                    <Select
                      aria-label={t('new.volume')}
                      style={{ width: 120 }}
                      options={VOLUME_KINDS.map((kind) => ({
                        value: kind,
                        label: term(VOLUME_KIND_INFO[kind]),
                      }))}
                    />
                  </Form.Item>
                  <Form.Item name={[name, 'book']}>
                    <InputNumber
                      aria-label={t('new.book')}
                      placeholder={t('new.book')}
                      min={1}
                      max={999}
                      precision={0}
                    />
                  </Form.Item>
                  <Form.Item
                    name={[name, 'pages']}
                    rules={[
                      {
                        validator: (_, text: string | undefined) =>
                          readPageList(text ?? '') === null
                            ? Promise.reject(new Error(t('new.pages-unreadable')))
                            : Promise.resolve(),
                      },
                    ]}
                  >
                    <Input
                      aria-label={t('new.pages')}
                      placeholder={t('new.pages-help')}
                      maxLength={500}
                      style={{ width: 260 }}
                    />
                  </Form.Item>
                  {fields.length > 1 && (
                    <Button
                      type="text"
                      icon={<DeleteOutlined aria-hidden="true" />}
                      aria-label={t('new.remove-volume')}
                      onClick={() => remove(name)}
                    />
                  )}
                </Space>
              ))}
              <Button icon={<PlusOutlined aria-hidden="true" />} onClick={() => add({ volumeKind: 'main' })}>
                {t('new.add-volume')}
              </Button>
            </fieldset>
          )}
        </Form.List>
        <Form.Item
          name="manners"
          label={t('column.manner')}
          extra={t('new.manner-help')}
          // `required` would put aria-required on a group, which may not carry it.
          rules={[{ type: 'array', min: 1, message: t('new.manner-required') }]}
        >
          <Checkbox.Group
            options={LOAN_MANNERS.map((manner) => ({ value: manner, label: term(LOAN_MANNER_INFO[manner]) }))}
          />
        </Form.Item>
        <Form.Item name="purpose" label={t('column.purpose')} rules={required(t('new.purpose-required'))}>
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item
          name="until"
          label={t('field.until')}
          rules={[...required(t('field.until-required')), dayRule]}
        >
          <FieldDateInput />
        </Form.Item>
        {mayLend && (
          <>
            <Form.Item name="borrowerAccount" label={t('new.account')} extra={t('new.account-help')}>
              <Select
                allowClear
                options={(accounts.data ?? [])
                  .filter(({ state }) => state === 'active')
                  .map(({ id, displayName, name }) => ({ value: id, label: displayName || name }))}
              />
            </Form.Item>
            {reader === undefined && (
              <Form.Item
                name="borrowerName"
                label={t('column.borrower')}
                rules={required(t('new.borrower-required'))}
              >
                <Input maxLength={60} />
              </Form.Item>
            )}
          </>
        )}
        <Form.Item name="unit" label={t('new.unit')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="identity" label={t('new.identity')}>
          <Input maxLength={100} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
