import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Volume } from '../../../shared/contract/model.ts'
import { VOLUME_KIND_INFO } from '../../../shared/domain/volume-kind.ts'
import { call } from '../../app/client.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

interface TemplateChoiceProps {
  readonly volume: Volume
  readonly mayChoose: boolean
  readonly onChosen: () => void
}

/** The list that the volume is catalogued by: proposed for the case type and year, chosen by a person. */
export function TemplateChoice({ volume, mayChoose, onChosen }: TemplateChoiceProps) {
  const { t, i18n } = useTranslation('intake')
  const templates = useQuery('templates.list', {})
  const choose = useAction(async (templateId: string) => {
    await call('cases.setTemplate', { volumeId: volume.id, templateId })
    onChosen()
  })
  const fitting = (templates.data ?? []).filter(
    (template) => template.volume === VOLUME_KIND_INFO[volume.kind].zh || template.id === volume.templateId,
  )
  return (
    <>
      <div className="intake-template">
        <span>{t('target.template')}</span>
        <Select
          value={volume.templateId}
          disabled={!mayChoose}
          loading={templates.loading || choose.busy}
          placeholder={t('target.noTemplate')}
          aria-label={t('target.template')}
          options={fitting.map((template) => ({
            value: template.id,
            label: i18n.language === 'en' ? template.titleEnglish : template.title,
          }))}
          onChange={(templateId: string | null) => {
            if (templateId !== null) choose.run(templateId).catch(() => undefined)
          }}
        />
      </div>
      <ErrorNotice error={templates.error ?? choose.error} onRetry={templates.reload} />
    </>
  )
}
