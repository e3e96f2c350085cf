import { WarningOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { useTranslation } from 'react-i18next'

/** Stands in the top bar of a vault whose recovery sheet nobody checked: a lost password would lose everything. */
export function RecoveryWarning() {
  const { t } = useTranslation('frame')
  return (
    <Popover
      trigger="click"
      title={t('recovery.title')}
      content={<p className="recovery-words">{t('recovery.body')}</p>}
    >
      <Button size="small" danger icon={<WarningOutlined aria-hidden="true" />}>
        {t('recovery.label')}
      </Button>
    </Popover>
  )
}
