import { CheckCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../app/use-call.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'

interface DoneStepProps {
  readonly unitName: string
  readonly onEnter: () => Promise<void>
}

export function DoneStep({ unitName, onEnter }: DoneStepProps) {
  const { t } = useTranslation('setup')
  const enter = useAction(onEnter)
  return (
    <>
      <EmptyState
        icon={<CheckCircleOutlined aria-hidden="true" />}
        title={t('done.title', { unitName })}
        text={t('done.text')}
      >
        <Button type="primary" size="large" autoFocus onClick={() => enter.run()} loading={enter.busy}>
          {t('done.enter')}
        </Button>
      </EmptyState>
      <ErrorNotice error={enter.error} />
    </>
  )
}
