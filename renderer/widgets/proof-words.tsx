import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { VolumeProof } from '../../shared/contract/reconcile.ts'

interface ProofWordsProps {
  readonly proof: VolumeProof
  /** Where the report stands. */
  readonly to?: string
}

/** Year, month and day in figures, on the wall clock. */
const DAY = new Intl.DateTimeFormat('sv-SE')

function useProofWords({ at, stands, fell }: VolumeProof): string {
  const { t } = useTranslation('reconcile')
  const day = DAY.format(new Date(at))
  if (stands) return t('proof.stands', { day })
  return t('proof.fell', {
    day,
    why: fell.map((what) => t(`proof.by.${what}`)).join(t('common:list-comma')),
  })
}

const classOf = ({ stands }: VolumeProof) => (stands ? 'proof-stands' : 'proof-fell')

/** Since when paper and electronic are proven to agree, or that the proof fell and why. */
export function ProofWords({ proof, to }: ProofWordsProps) {
  const words = useProofWords(proof)
  return (
    <span className={classOf(proof)}>
      {proof.stands ? <CheckCircleOutlined aria-hidden="true" /> : <WarningOutlined aria-hidden="true" />}{' '}
      {to === undefined ? words : <Link to={to}>{words}</Link>}
    </span>
  )
}

/** The same as a sign alone, where there is no room for words. */
export function ProofMark({ proof }: { readonly proof: VolumeProof }) {
  const words = useProofWords(proof)
  return (
    <span className={classOf(proof)} title={words}>
      {proof.stands ? <CheckCircleOutlined aria-label={words} /> : <WarningOutlined aria-label={words} />}
    </span>
  )
}
