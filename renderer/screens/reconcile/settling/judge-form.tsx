import { Button, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { InputOf } from '../../../../shared/contract/index.ts'
import {
  DIFFERENCE_CAUSES,
  DIFFERENCE_TYPE_INFO,
  DIFFERENCE_TYPES,
  ORIGIN_STAGES,
} from '../../../../shared/domain/reconcile/difference-type.ts'
import {
  CAUSE_WORDS,
  HANDLING_WORDS,
  ORIGIN_STAGE_WORDS,
  SEVERITY_WORDS,
} from '../../../../shared/domain/reconcile/difference-words.ts'
import { ATTACHED_HANDLINGS, HANDLINGS, SEVERITIES } from '../../../../shared/domain/reconcile/handling.ts'
import { call } from '../../../app/client.ts'
import { useTerm } from '../../../app/terms.ts'
import { useAction } from '../../../app/use-call.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { KeyHint } from '../../../widgets/key-hint.tsx'
import type { Difference } from '../use-checking.ts'
import { useGroundWords } from '../use-place-words.ts'
import { Attachments } from './attachments.tsx'
import { lastJudged, rememberJudged } from './last-judged.ts'

type Judgement = Omit<InputOf<'differences.judge'>, 'volumeId' | 'differenceId'>

interface JudgeFormProps {
  readonly difference: Difference
  /** Something was attached or taken away. */
  readonly onChanged: () => void
  readonly onJudged: () => void
}

/** Handlings that are words only: they need a reason. */
const NEEDS_BASIS: ReadonlySet<string> = new Set(['leave', 'explanation'])

/** 判定: type, severity, cause, stage and handling. What was chosen last for the type stands ready; Enter submits. */
export function JudgeForm({ difference, onChanged, onJudged }: JudgeFormProps) {
  const { t } = useTranslation('settling')
  const term = useTerm()
  const [form] = Form.useForm<Judgement>()
  const handling = Form.useWatch('handling', form)
  const last = lastJudged(difference.type)
  const groundWords = useGroundWords()
  const proposedBasis = difference.ground === null ? difference.basis : groundWords(difference.ground)
  const judge = useAction(async (values: Judgement) => {
    await call('differences.judge', {
      ...values,
      // The record is in Chinese: what the program proposed goes into it as it was, whatever the screen's language.
      basis: values.basis === proposedBasis ? difference.basis : values.basis,
      volumeId: difference.volumeId,
      differenceId: difference.id,
    })
    rememberJudged(difference.type, values)
    onJudged()
  })
  const suggested = difference.suggested
  const handlings = [...suggested, ...HANDLINGS.filter((each) => !suggested.includes(each))]
  return (
    <Form<Judgement>
      form={form}
      layout="vertical"
      size="small"
      requiredMark={false}
      className="judge-form"
      initialValues={{
        type: difference.type,
        severity: difference.severity,
        cause: difference.cause ?? last?.cause,
        originStage: difference.originStage ?? last?.originStage,
        originPerson: difference.originPerson || last?.originPerson,
        handling: difference.handling ?? last?.handling ?? suggested[0],
        basis: proposedBasis,
        trainingMeasure: difference.trainingMeasure,
      }}
      onFinish={(values) => {
        judge.run(values).catch((error: unknown) => console.warn('not judged', error))
      }}
    >
      <div className="judge-row">
        <Form.Item name="type" label={t('judge.type')}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            popupMatchSelectWidth={false}
            options={DIFFERENCE_TYPES.map((value) => ({
              value,
              label: `${value} ${term(DIFFERENCE_TYPE_INFO[value])}`,
            }))}
          />
        </Form.Item>
        <Form.Item
          name="severity"
          label={t('judge.severity')}
          {...(difference.severityRule === ''
            ? {}
            : { extra: t(`rule.${difference.severityRule}`, { defaultValue: difference.severityRule }) })}
        >
          <Select options={SEVERITIES.map((value) => ({ value, label: term(SEVERITY_WORDS[value]) }))} />
        </Form.Item>
      </div>
      <Form.Item name="handling" label={t('judge.handling')}>
        <Select
          options={handlings.map((value, place) => ({
            value,
            label:
              place === 0
                ? t('judge.suggested', { handling: term(HANDLING_WORDS[value]) })
                : term(HANDLING_WORDS[value]),
          }))}
        />
      </Form.Item>
      <div className="judge-row">
        <Form.Item
          name="cause"
          label={t('judge.cause')}
          rules={[{ required: true, message: t('judge.needed') }]}
        >
          <Select options={DIFFERENCE_CAUSES.map((value) => ({ value, label: term(CAUSE_WORDS[value]) }))} />
        </Form.Item>
        <Form.Item
          name="originStage"
          label={t('judge.stage')}
          rules={[{ required: true, message: t('judge.needed') }]}
        >
          <Select
            options={ORIGIN_STAGES.map((value) => ({ value, label: term(ORIGIN_STAGE_WORDS[value]) }))}
          />
        </Form.Item>
      </div>
      <Form.Item name="originPerson" label={t('judge.person')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="basis"
        label={t('judge.basis')}
        rules={
          NEEDS_BASIS.has(handling ?? '')
            ? [{ required: true, whitespace: true, message: t('judge.basis-needed') }]
            : []
        }
      >
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} maxLength={1000} />
      </Form.Item>
      <Form.Item name="trainingMeasure" label={t('judge.measure')}>
        <Input maxLength={1000} />
      </Form.Item>
      {(difference.attachments.length > 0 || ATTACHED_HANDLINGS.has(handling ?? 'leave')) && (
        <Attachments difference={difference} handling={handling ?? null} onChanged={onChanged} />
      )}
      <ErrorNotice error={judge.error} />
      <Button type="primary" htmlType="submit" size="small" loading={judge.busy}>
        {t('judge.do')} <KeyHint keys="Enter" />
      </Button>
    </Form>
  )
}
