import { CheckCircleFilled, ExclamationCircleFilled } from '@ant-design/icons'
import { Form, Input } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../shared/contract/index.ts'
import { call } from '../app/client.ts'
import { useSettled } from '../app/use-call.ts'

type Strength = OutputOf<'vault.passwordStrength'>

interface NewPasswordFieldsProps {
  /** Names that the password must not hold. */
  readonly hints: readonly string[]
  readonly autoFocus?: boolean
}

/** A new password typed twice, with its strength as it grows. Fields `password` and `again` of the form around. */
export function NewPasswordFields({ hints, autoFocus = false }: NewPasswordFieldsProps) {
  const { t } = useTranslation()
  const form = Form.useFormInstance()
  const password: string = Form.useWatch('password', form) ?? ''
  const settled = useSettled(password, 120)
  const [strength, setStrength] = useState<Strength>()
  const hintText = hints.filter((hint) => hint !== '').join('\n')
  useEffect(() => {
    if (settled === '') {
      setStrength(undefined)
      return
    }
    let wanted = true
    call('vault.passwordStrength', {
      password: settled,
      hints: hintText === '' ? [] : hintText.split('\n'),
    }).then(
      (answer) => {
        if (wanted) setStrength(answer)
      },
      () => {
        // Without an answer the core still refuses a weak password when it is set.
        if (wanted) setStrength(undefined)
      },
    )
    return () => {
      wanted = false
    }
  }, [settled, hintText])
  return (
    <>
      <Form.Item
        name="password"
        label={t('password.new')}
        extra={<StrengthLine strength={strength} />}
        rules={[
          { required: true, message: t('password.required') },
          {
            validator: async (_rule, value: string | undefined) => {
              if (value === undefined || value === '') return
              const answer = await call('vault.passwordStrength', {
                password: value,
                hints: hintText === '' ? [] : hintText.split('\n'),
              })
              if (!answer.acceptable) throw new Error(t('password.not-acceptable'))
            },
          },
        ]}
        validateTrigger="onSubmit"
      >
        <Input.Password
          autoComplete="new-password"
          autoFocus={autoFocus}
          aria-describedby="password-strength"
        />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('password.again')}
        dependencies={['password']}
        validateTrigger="onBlur"
        rules={[
          { required: true, message: t('password.required') },
          {
            validator: async (_rule, value: string | undefined) => {
              if (value && value !== form.getFieldValue('password')) throw new Error(t('password.differs'))
            },
          },
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  )
}

function StrengthLine({ strength }: { readonly strength: Strength | undefined }) {
  const { t } = useTranslation()
  if (strength === undefined) {
    return (
      <span id="password-strength" className="strength">
        {t('password.policy')}
      </span>
    )
  }
  return (
    <span id="password-strength" className="strength" role="status">
      <span className="strength-bar" aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <i key={step} className={strength.score >= step ? `on score-${strength.score}` : ''} />
        ))}
      </span>
      <span>
        {strength.acceptable ? (
          <CheckCircleFilled aria-hidden="true" />
        ) : (
          <ExclamationCircleFilled aria-hidden="true" />
        )}{' '}
        {t(`password.score.${strength.score}`)}
        {strength.problems.length > 0 &&
          `：${strength.problems.map((problem) => t(`password.problem.${problem}`)).join(t('list-comma'))}`}
      </span>
    </span>
  )
}
