import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../shared/contract/index.ts'
import { OPEN_DIFFERENCE_STATES } from '../../../../shared/domain/reconcile/handling.ts'
import { PROOF_LACKS, type ProofLack } from '../../../../shared/domain/reconcile/proof.ts'
import { call } from '../../../app/client.ts'
import { useAction } from '../../../app/use-call.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import type { CheckPlace, CheckTab } from '../check-tabs.ts'

interface LackingListProps {
  readonly volumeId: string
  readonly reconciliationId: string
  readonly lacking: OutputOf<'proofs.readiness'>['lacking']
  readonly onGo: (place: CheckPlace) => void
}

/** Where each thing that is lacking is done. */
const TAB_OF: Readonly<Record<ProofLack, CheckTab>> = {
  'no-pages': 'compare',
  'way-missing': 'compare',
  'page-unaccounted': 'compare',
  'match-undecided': 'compare',
  'pass-unfinished': 'sheets',
  'disagreement-unsettled': 'sheets',
  'difference-open': 'compare',
  'dismissal-unchecked': 'compare',
  'paper-unmatched': 'compare',
  'scan-unfinished': 'compare',
  'plan-open': 'plan',
}
const ROWS_LOOKED_AT = 1000
const isLack = (code: string): code is ProofLack => PROOF_LACKS.some((known) => known === code)

/** The first place of what is lacking, so that one stands where the work is. */
async function placeOf(
  work: { readonly volumeId: string; readonly reconciliationId: string },
  code: ProofLack,
): Promise<CheckPlace> {
  const tab = TAB_OF[code]
  if (code === 'match-undecided') {
    const { matches } = await call('reconcile.sides', work)
    return { tab, match: matches.find(({ sure, decidedBy }) => !sure && decidedBy === null)?.id }
  }
  if (code !== 'difference-open' && code !== 'dismissal-unchecked') return { tab }
  const states = code === 'difference-open' ? [...OPEN_DIFFERENCE_STATES] : ['dismissed' as const]
  const filter = { volumeId: work.volumeId, states }
  const { rows } = await call('differences.list', { filter, limit: ROWS_LOOKED_AT })
  return { tab, difference: rows.find(({ checked }) => code === 'difference-open' || checked === null)?.id }
}

/** What is still open before the report, each in words and with the way there. */
export function LackingList({ volumeId, reconciliationId, lacking, onGo }: LackingListProps) {
  const { t } = useTranslation('proofs')
  const go = useAction(async (code: ProofLack) => {
    onGo(await placeOf({ volumeId, reconciliationId }, code))
  })
  return (
    <>
      <ul className="report-lacking">
        {lacking.map(({ code, count }) =>
          isLack(code) ? (
            <li key={code}>
              <span className="figures">{t(`lack.${code}`, { count })}</span>
              <Button
                size="small"
                type="link"
                onClick={() => {
                  go.run(code).catch((thrown: unknown) => console.warn('not gone to', thrown))
                }}
              >
                {t(`go.${TAB_OF[code]}`)}
              </Button>
            </li>
          ) : (
            <li key={code}>{code}</li>
          ),
        )}
      </ul>
      <ErrorNotice error={go.error} />
    </>
  )
}
