import { LockOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../widgets/empty-state.tsx'

/** Says why there is nothing here for this person. */
export function NoAccess() {
  const { t } = useTranslation('frame')
  return (
    <EmptyState
      icon={<LockOutlined aria-hidden="true" />}
      title={t('no-access.title')}
      text={t('no-access.text')}
    />
  )
}
