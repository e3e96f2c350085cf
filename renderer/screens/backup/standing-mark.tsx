import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'

interface StandingMarkProps {
  readonly standing: 'good' | 'care' | 'bad'
}

const SIGNS = {
  good: <CheckCircleFilled className="sign-good" aria-hidden="true" />,
  care: <ExclamationCircleFilled className="sign-care" aria-hidden="true" />,
  bad: <CloseCircleFilled className="sign-bad" aria-hidden="true" />,
} as const

/** A sign of its own shape for each standing, with its word for those who cannot see it. */
export function StandingMark({ standing }: StandingMarkProps) {
  const { t } = useTranslation('backup')
  return (
    <>
      {SIGNS[standing]}
      <span className="visually-hidden">{t(`standing.${standing}`)}</span>
    </>
  )
}
