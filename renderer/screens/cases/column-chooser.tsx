import { TableOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover } from 'antd'
import { useTranslation } from 'react-i18next'
import { CASE_COLUMN_KEYS } from './case-columns.tsx'

interface ColumnChooserProps {
  readonly shown: readonly string[]
  readonly onChange: (shown: readonly string[]) => void
}

export function ColumnChooser({ shown, onChange }: ColumnChooserProps) {
  const { t } = useTranslation('cases')
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('columns.title')}
      content={
        <Checkbox.Group
          className="column-choices"
          value={[...shown, 'number']}
          options={CASE_COLUMN_KEYS.map((key) => ({
            value: key,
            label: t(`column.${key}`),
            disabled: key === 'number',
          }))}
          onChange={(chosen) => onChange(CASE_COLUMN_KEYS.filter((key) => chosen.includes(key)))}
        />
      }
    >
      <Button icon={<TableOutlined aria-hidden="true" />} aria-haspopup="dialog">
        {t('columns.button')}
      </Button>
    </Popover>
  )
}
