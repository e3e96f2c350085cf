import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface StepButtonsProps {
  readonly onBack?: () => void
  readonly next: string
  readonly busy?: boolean
  readonly disabled?: boolean
  readonly children?: ReactNode
}

/** Back on the left, the way on at the right; Enter goes on. */
export function StepButtons({ onBack, next, busy = false, disabled = false, children }: StepButtonsProps) {
  const { t } = useTranslation()
  return (
    <div className="setup-buttons">
      {onBack !== undefined && (
        <Button size="middle" onClick={onBack} disabled={busy}>
          {t('back')}
        </Button>
      )}
      <span className="setup-buttons-end">
        {children}
        <Button size="middle" type="primary" htmlType="submit" loading={busy} disabled={disabled}>
          {next}
        </Button>
      </span>
    </div>
  )
}
