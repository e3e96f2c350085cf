import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { VOLUME_KIND_INFO } from '../../../shared/domain/volume-kind.ts'
import { useTerm } from '../../app/terms.ts'
import { CaseNumber } from '../../widgets/case-number.tsx'
import { ProofWords } from '../../widgets/proof-words.tsx'
import type { Checking } from './use-checking.ts'

const STATES = ['found', 'judged', 'handled', 'closed', 'dismissed'] as const

interface CheckHeaderProps {
  readonly checking: Checking
}

/** Which volume is checked, and how far it has come. */
export function CheckHeader({ checking }: CheckHeaderProps) {
  const { t } = useTranslation('reconcile')
  const term = useTerm()
  const { caseId, volumeId, differences } = checking
  const total = STATES.reduce((sum, state) => sum + differences[state], 0)
  return (
    <header className="check-header">
      <h1>
        <Link to={`/cases/${caseId}?volume=${volumeId}`}>
          <CaseNumber number={checking.caseNumber} />
        </Link>{' '}
        {term(VOLUME_KIND_INFO[checking.volumeKind])}
      </h1>
      <span className="check-header-facts figures">
        <span>{t('pages-of', { paper: checking.paperPages, electronic: checking.electronicPages })}</span>
        <span>
          <b>{t('count.total', { count: total })}</b>
        </span>
        {STATES.filter((state) => differences[state] > 0).map((state) => (
          <span key={state}>{t(`count.${state}`, { count: differences[state] })}</span>
        ))}
        {checking.proof !== null && <ProofWords proof={checking.proof} />}
      </span>
    </header>
  )
}
