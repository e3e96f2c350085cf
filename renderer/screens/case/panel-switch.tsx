import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'

export type Panel = 'item' | 'proposals'

interface PanelSwitchProps {
  readonly panel: Panel
  readonly openCount: number
  readonly onPanel: (panel: Panel) => void
}

/** What the right-hand panel shows: the row and the page, or what the text suggests. */
export function PanelSwitch({ panel, openCount, onPanel }: PanelSwitchProps) {
  const { t } = useTranslation('proposals')
  return (
    <Segmented<Panel>
      className="case-panel-switch"
      block
      size="small"
      aria-label={t('show')}
      value={panel}
      onChange={onPanel}
      options={[
        { value: 'item', label: t('panel') },
        { value: 'proposals', label: openCount === 0 ? t('title') : t('open', { count: openCount }) },
      ]}
    />
  )
}
