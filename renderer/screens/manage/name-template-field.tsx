import { Button, Input, type InputRef } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type FileNameValues, renderFileName } from '../../../shared/domain/file-name/render.ts'
import { FILE_NAME_FIELDS, parseFileNameTemplate } from '../../../shared/domain/file-name/template.ts'
import { useQuery, useSettled } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

const FORMATS = { none: '', width: ':3', date: ':yyyymmdd' } as const

interface NameTemplateFieldProps {
  readonly makes: 'page-image' | 'exported-document'
  readonly editable: boolean
  readonly id?: string
  readonly value?: string
  readonly onChange?: (template: string) => void
}

const SAMPLE: FileNameValues = {
  archiveNumber: 'J045-ZY·SS·2023·D60-0001',
  caseNumber: '2023_云0199_民初_00123',
  volumeKind: '正卷',
  volumeMark: '正',
  book: 1,
  itemNumber: 4,
  title: '起诉状',
  documentNumber: '',
  responsible: '王某',
  date: '2023-03-14',
  year: 2023,
  firstPage: '3',
  lastPage: '9',
  pageCount: 7,
  counter: 1,
}

/** What the template makes of the sample; null when it is not well formed. */
function exportedName(template: string): string | null {
  const read = parseFileNameTemplate(template)
  if (!read.ok) return null
  const name = renderFileName(read.template, SAMPLE)
  return name.ok ? name.name : null
}

/** A file name template with its fields at hand, and what it makes as one types. */
export function NameTemplateField({ makes, editable, id, value = '', onChange }: NameTemplateFieldProps) {
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
  // The core knows the names of page images; a document given out has more to tell, shown by a sample.
  const example = makes === 'exported-document' && preview.data?.ok === true ? exportedName(settled) : null
  const answer = example === null ? preview.data : { ok: true as const, examples: [example] }
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
