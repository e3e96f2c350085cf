import { Button, Skeleton, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { VOLUME_KIND_INFO, VOLUME_KINDS } from '../../../shared/domain/volume-kind.ts'
import { useTerm } from '../../app/terms.ts'
import { useCoreEvent, useQuery } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { TemplateEditor } from './template-editor.tsx'

/** The catalogue templates: on the left which there are, on the right the rows of one. */
export function TemplatesPage() {
  const { t, i18n } = useTranslation('manage')
  const term = useTerm()
  const templates = useQuery('templates.list', {})
  const [chosen, setChosen] = useState<string>()
  useCoreEvent('changed', (event) => {
    if (event.what === 'templates') templates.reload()
  })
  if (templates.error !== undefined) return <ErrorNotice error={templates.error} onRetry={templates.reload} />
  if (templates.data === undefined) return <Skeleton active paragraph={{ rows: 8 }} />
  const shown = templates.data.find(({ id }) => id === chosen) ?? templates.data[0]
  const volumeName = (volume: string) => {
    const kind = VOLUME_KINDS.find((known) => known === volume)
    return kind === undefined ? volume : term(VOLUME_KIND_INFO[kind])
  }
  return (
    <div className="templates-page">
      <ul className="template-list" aria-label={t('tabs.templates')}>
        {templates.data.map((template) => (
          <li key={template.id}>
            <Button
              type="text"
              block
              className="template-choice"
              aria-current={template.id === shown?.id ? 'true' : undefined}
              onClick={() => setChosen(template.id)}
            >
              <span>{i18n.language === 'en' ? template.titleEnglish : template.title}</span>
              <span className="muted figures">
                {volumeName(template.volume)} ·{' '}
                {t('templates.rows', { count: template.rowCount, rows: template.rowCount })} ·{' '}
                {t('templates.version', { version: template.version })}
                {!template.shipped && <Tag className="template-own">{t('templates.own')}</Tag>}
              </span>
            </Button>
          </li>
        ))}
      </ul>
      {shown !== undefined && (
        <TemplateEditor
          key={`${shown.id}-${shown.version}`}
          templateId={shown.id}
          onSaved={templates.reload}
        />
      )}
    </div>
  )
}
