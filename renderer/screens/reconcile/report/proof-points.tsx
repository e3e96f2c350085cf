import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../shared/contract/index.ts'
import { PROOF_POINT_INFO, PROOF_POINTS, type ProofPoint } from '../../../../shared/domain/reconcile/proof.ts'
import { useTerm } from '../../../app/terms.ts'

const isPoint = (code: string): code is ProofPoint => PROOF_POINTS.some((known) => known === code)

/** What the checker of a report found, point by point. */
export function ProofPoints({ answer }: { readonly answer: OutputOf<'proofs.verify'> }) {
  const { t } = useTranslation('proofs')
  const term = useTerm()
  return (
    <div className="proof-points">
      <Alert type={answer.ok ? 'success' : 'error'} showIcon title={t(answer.ok ? 'holds' : 'fails')} />
      <ul>
        {answer.points.map(({ code, ok, detail }) => (
          <li key={code} className={ok ? 'is-ok' : 'is-bad'}>
            {ok ? (
              <CheckCircleOutlined aria-label={t('right')} />
            ) : (
              <CloseCircleOutlined aria-label={t('wrong')} />
            )}
            <span>{isPoint(code) ? term(PROOF_POINT_INFO[code]) : code}</span>
            <span className="proof-detail">{detail}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
