import { Button, Input, type InputRef } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { FILE_NAME_FIELDS } from '../../../shared/domain/file-name/template.ts'
import { useQuery, useSettled } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

const FORMATS = { none: '', width: ':3', date: ':yyyymmdd' } as const

interface NameTemplateFieldProps {
  readonly editable: boolean
  readonly id?: string
  readonly value?: string
  readonly onChange?: (template: string) => void
}

/** A file name template with its fields at hand, and what it makes as one types. */
export function NameTemplateField({ editable, id, value = '', onChange }: NameTemplateFieldProps) {
  const { t } = useTranslation('manage')
  const input = useRef<InputRef>(null)
  const settled = useSettled(value, 150)
  const preview = useQuery('intake.previewName', { template: settled })

  const insert = (field: string) => {
    const box = input.current?.input
    const from = box?.selectionStart ?? value.length
    const to = box?.selectionEnd ?? from
    onChange?.(value.slice(0, from) + field + value.slice(to))
    requestAnimationFrame(() => {
      box?.focus()
      box?.setSelectionRange(from + field.length, from + field.length)
    })
  }
  const answer = preview.data
  return (
    <div className="name-template">
      <Input
        ref={input}
        {...(id === undefined ? {} : { id })}
        className="share-text"
        value={value}
        maxLength={300}
        spellCheck={false}
        status={answer?.ok === false ? 'error' : ''}
        onChange={(event) => onChange?.(event.target.value)}
      />
      {editable && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset inside the field's own label group would nest
        <div className="name-fields" role="group" aria-label={t('names.fields')}>
          {FILE_NAME_FIELDS.map(({ field, words, format }) => (
            <Button key={field} onClick={() => insert(`{${words[0]}${FORMATS[format]}}`)}>
              {t(`names.field.${field}`)}
            </Button>
          ))}
        </div>
      )}
      <div className="name-preview" aria-live="polite">
        <ErrorNotice error={preview.error} onRetry={preview.reload} />
        {answer?.ok === true && (
          <ul>
            {answer.examples.map((example) => (
              <li key={example}>
                <code>{example}</code>
              </li>
            ))}
          </ul>
        )}
        {answer?.ok === false && (
          <p className="name-problem">
            {t(`names.problem.${answer.problem}`, {
              defaultValue: t('names.problem.other'),
              position: answer.position + 1,
            })}
            <code>
              {settled.slice(0, answer.position)}
              <mark>{settled.slice(answer.position, answer.position + 1) || '␣'}</mark>
              {settled.slice(answer.position + 1)}
            </code>
          </p>
        )}
      </div>
    </div>
  )
}
