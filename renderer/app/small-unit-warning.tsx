import { WarningOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { useTranslation } from 'react-i18next'

/** Stands in everybody's top bar while one person is two officers (三员分立, domain.md §7). */
export function SmallUnitWarning() {
  const { t } = useTranslation('frame')
  return (
    <Popover
      trigger="click"
      title={t('small-unit.title')}
      content={<p className="recovery-words">{t('small-unit.body')}</p>}
    >
      <Button size="small" danger icon={<WarningOutlined aria-hidden="true" />}>
        {t('small-unit.label')}
      </Button>
    </Popover>
  )
}
