import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { VolumeProof } from '../../../shared/contract/reconcile.ts'

/** Since when paper and electronic are proven to agree, or that the proof fell and why. */
export function ProofWords({ proof }: { readonly proof: VolumeProof }) {
  const { t } = useTranslation('reconcile')
  const day = proof.at.slice(0, 10)
  if (proof.stands) {
    return (
      <span className="proof-stands">
        <CheckCircleOutlined aria-hidden="true" /> {t('proof.stands', { day })}
      </span>
    )
  }
  return (
    <span className="proof-fell">
      <WarningOutlined aria-hidden="true" />{' '}
      {t('proof.fell', {
        day,
        why: proof.fell.map((what) => t(`proof.by.${what}`)).join(t('common:list-comma')),
      })}
    </span>
  )
}
