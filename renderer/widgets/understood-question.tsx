import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../shared/contract/index.ts'

export type UnderstoodPart = OutputOf<'search.find'>['understood'][number]

interface UnderstoodQuestionProps {
  readonly parts: readonly UnderstoodPart[]
}

/** The question in words, as it was understood. */
export function UnderstoodQuestion({ parts }: UnderstoodQuestionProps) {
  const { t } = useTranslation('search')
  if (parts.length === 0) return null
  return (
    <span className="understood">
      <span className="muted">{t('understood.label')}</span>
      {parts.map((part, index) => (
        <Tag
          // biome-ignore lint/suspicious/noArrayIndexKey: the same part can stand twice
          key={index}
          color={part.excluded ? 'error' : part.tooShortForPages ? 'warning' : 'default'}
        >
          {[
            part.excluded ? t('understood.excluded') : '',
            part.field === null ? '' : t('understood.in', { field: t(`field.${part.field}`) }),
            t(`understood.${part.kind}`, { text: part.text }),
            part.tooShortForPages ? t('understood.short') : '',
          ]
            .filter((word) => word !== '')
            .join(' ')}
        </Tag>
      ))}
    </span>
  )
}
