import { Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction, useQuery } from '../../app/use-call.ts'
import { useMay } from '../../state/session.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

/** Whether everybody's screen is marked. What is read by loan is marked always. */
export function WatermarkSetting() {
  const { t } = useTranslation('loans')
  const mayEdit = useMay('settings.edit')
  const policy = useQuery('outputs.policy', {})
  const change = useAction(async (watermarkAll: boolean) => {
    await call('outputs.setPolicy', { watermarkAll })
    policy.reload()
  })
  return (
    <section className="manage-page">
      <h2>{t('policy.title')}</h2>
      <p>
        <Switch
          aria-label={t('policy.all')}
          checked={policy.data?.watermarkAll ?? false}
          disabled={!mayEdit || policy.data === undefined}
          loading={change.busy}
          onChange={(checked) => {
            change.run(checked).catch((error: unknown) => console.warn('not changed', error))
          }}
        />{' '}
        {t('policy.all')}
      </p>
      <p className="muted">{t('policy.text')}</p>
      <ErrorNotice error={policy.error ?? change.error} />
    </section>
  )
}
