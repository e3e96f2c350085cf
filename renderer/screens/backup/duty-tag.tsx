import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Duty } from '../../../shared/contract/backup.ts'

const COLOURS: Readonly<Record<Duty['state'], string>> = {
  never: 'error',
  overdue: 'error',
  soon: 'warning',
  done: 'success',
  off: 'default',
}

/** How a duty stands, in words; the colour only follows. */
export function DutyTag({ state }: { readonly state: Duty['state'] }) {
  const { t } = useTranslation('backup')
  return <Tag color={COLOURS[state]}>{t(`duty-state.${state}`)}</Tag>
}
