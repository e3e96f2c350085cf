import { Spin } from 'antd'
import { useTranslation } from 'react-i18next'

/** While the core wakes or a part of the program loads. */
export function Starting() {
  const { t } = useTranslation('frame')
  return (
    <main className="gate gate-waiting" aria-busy="true">
      <Spin size="large" />
      <p role="status">{t('starting')}</p>
    </main>
  )
}
