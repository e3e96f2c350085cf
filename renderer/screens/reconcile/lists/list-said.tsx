import { WarningOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { DIFFERENCE_TYPE_INFO } from '../../../../shared/domain/reconcile/difference-type.ts'
import { useTerm } from '../../../app/terms.ts'
import type { Finding } from './list-findings.ts'

/** What the electronic side has in this place, and of which type the difference is. */
export function Said({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation('lists')
  return (
    <>
      <WarningOutlined aria-hidden="true" /> {t('electronic')}{' '}
      <span className="list-value">{finding.electronic || t('electronic-empty')}</span>{' '}
      <TypeMark finding={finding} />
    </>
  )
}

function TypeMark({ finding }: { readonly finding: Finding }) {
  const term = useTerm()
  return (
    <span className="list-type" title={term(DIFFERENCE_TYPE_INFO[finding.type])}>
      {finding.type}
    </span>
  )
}

/** What is wrong with a row as a whole. */
export function Whole({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation('lists')
  const term = useTerm()
  return (
    <>
      <WarningOutlined aria-hidden="true" /> {finding.type} {term(DIFFERENCE_TYPE_INFO[finding.type])}
      {finding.field === 'order' &&
        t('order-says', { paper: finding.paper || '—', electronic: finding.electronic || '—' })}
    </>
  )
}

/** A row that stands in the electronic catalogue alone. */
export function ElectronicOnly({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation('lists')
  const term = useTerm()
  return (
    <p className="list-electronic">
      <WarningOutlined aria-hidden="true" /> {t('only-electronic')} <b>{finding.electronic}</b>{' '}
      <span className="list-type">
        {finding.type} {term(DIFFERENCE_TYPE_INFO[finding.type])}
      </span>
    </p>
  )
}
