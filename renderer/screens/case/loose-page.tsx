import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { PageRow } from '../../viewer/page-words.ts'
import { looseKindOf } from './tree-rows.ts'

interface LoosePageProps {
  readonly page: PageRow
  readonly mayArrange: boolean
  /** Left out where the pages to be assigned are being chosen already. */
  readonly onChoosePages: (() => void) | undefined
}

/** In place of its row: a page that belongs to none, and what may be done about it. */
export function LoosePage({ page, mayArrange, onChoosePages }: LoosePageProps) {
  const { t } = useTranslation('case')
  const kind = looseKindOf(page)
  return (
    <section className="case-item">
      <h2>{t(`tree.${kind ?? 'unassigned'}`)}</h2>
      <p className="muted">
        {kind === 'apart' ? t('panelApart') : mayArrange ? t('panelUnassigned') : t('panelUnassignedReader')}
      </p>
      {kind === 'unassigned' && mayArrange && onChoosePages !== undefined && (
        <Button onClick={onChoosePages}>{t('assign.choosePages')}</Button>
      )}
    </section>
  )
}
