import { Descriptions, Form, Input, InputNumber, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { LOAN_MANNER_INFO, lendsPaper } from '../../../shared/domain/loan.ts'
import { call } from '../../app/client.ts'
import { useTerm } from '../../app/terms.ts'
import { useAction } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { FieldDateInput, useDayRule } from '../../widgets/field-date-input.tsx'
import { dayWords, endOfDay, type Loan, type Step } from './loan-days.ts'

interface StepForm {
  readonly reason?: string
  readonly until?: string
  readonly pageCount?: number | null
  readonly note?: string
  readonly effect?: string
}

async function take(loan: Loan, step: Step, typed: StepForm): Promise<void> {
  const one = { loanId: loan.id }
  const reason = typed.reason ?? ''
  const renewal = { ...one, reason, untilAt: endOfDay(typed.until ?? '') }
  switch (step) {
    case 'approve':
      await call('loans.approve', one)
      return
    case 'approve-second':
      await call('loans.approveSecond', one)
      return
    case 'refuse':
      await call(loan.state === 'requested' ? 'loans.refuse' : 'loans.refuseSecond', { ...one, reason })
      return
    case 'withdraw':
      await call('loans.withdraw', one)
      return
    case 'hand-out':
      await call('loans.handOut', { ...one, pageCount: typed.pageCount ?? null })
      return
    case 'renew':
      await call(loan.needsSecond ? 'loans.renewRestricted' : 'loans.renew', renewal)
      return
    case 'take-back':
      await call('loans.takeBack', {
        ...one,
        countedPages: typed.pageCount ?? null,
        note: typed.note ?? '',
      })
      return
    case 'close':
      await call('loans.close', { ...one, effect: typed.effect ?? '' })
      return
  }
}

interface StepDialogProps {
  readonly loan: Loan
  readonly step: Step
  readonly onClose: () => void
  readonly onDone: () => void
}

/** One step of one loan: what it is about, what the step asks, and the button. */
export function StepDialog({ loan, step, onClose, onDone }: StepDialogProps) {
  const { t } = useTranslation('loans')
  const term = useTerm()
  const dayRule = useDayRule()
  const [form] = Form.useForm<StepForm>()
  const action = useAction(async (typed: StepForm) => {
    await take(loan, step, typed)
    onDone()
  })
  const paper = lendsPaper(loan.manners)
  const required = (message: string) => [{ required: true, whitespace: true, message }]
  return (
    <Modal
      open
      title={t(`step.${step}.title`)}
      okText={t(`step.${step}.name`)}
      okButtonProps={{ danger: step === 'refuse' }}
      confirmLoading={action.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <ErrorNotice error={action.error} />
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'case', label: t('column.case'), children: loan.caseNumber },
          {
            key: 'borrower',
            label: t('column.borrower'),
            children: [loan.borrowerName, loan.unit, loan.identity].filter(Boolean).join('　'),
          },
          { key: 'extent', label: t('column.extent'), children: loan.extentWords },
          {
            key: 'manner',
            label: t('column.manner'),
            children: loan.manners
              .map((manner) => term(LOAN_MANNER_INFO[manner]))
              .join(t('common:list-comma')),
          },
          { key: 'purpose', label: t('column.purpose'), children: loan.purpose },
          { key: 'until', label: t('column.until'), children: dayWords(loan.untilAt) },
        ]}
      />
      <p className="muted">{t(`step.${step}.text`)}</p>
      <Form
        form={form}
        layout="vertical"
        onFinish={(typed) => {
          action.run(typed).catch((error: unknown) => console.warn('step not taken', error))
        }}
      >
        {step === 'renew' && (
          <Form.Item
            name="until"
            label={t('field.until')}
            rules={[...required(t('field.until-required')), dayRule]}
          >
            <FieldDateInput />
          </Form.Item>
        )}
        {(step === 'refuse' || step === 'renew') && (
          <Form.Item name="reason" label={t('field.reason')} rules={required(t('field.reason-required'))}>
            <Input maxLength={300} />
          </Form.Item>
        )}
        {step === 'hand-out' && paper && (
          <Form.Item name="pageCount" label={t('field.page-count')} extra={t('field.page-count-help')}>
            <InputNumber min={0} max={100_000} precision={0} />
          </Form.Item>
        )}
        {step === 'take-back' && paper && (
          <>
            <Form.Item
              name="pageCount"
              label={t('field.counted', { lent: loan.pageCount })}
              rules={[{ required: true, message: t('field.counted-required') }]}
            >
              <InputNumber min={0} max={100_000} precision={0} />
            </Form.Item>
            <Form.Item name="note" label={t('field.note')} extra={t('field.note-help')}>
              <Input maxLength={300} />
            </Form.Item>
          </>
        )}
        {step === 'close' && (
          <Form.Item name="effect" label={t('field.effect')} rules={required(t('field.effect-required'))}>
            <Input.TextArea rows={3} maxLength={500} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  )
}
