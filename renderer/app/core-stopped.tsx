import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'

/** The core has gone: the window stands still until the shell has brought it back. */
export function CoreStopped() {
  const { t } = useTranslation('frame')
  return (
    <main className="gate">
      <Alert
        type="warning"
        showIcon
        role="alert"
        title={t('core-stopped.title')}
        description={
          <>
            <p>{t('core-stopped.body')}</p>
            <p>{t('core-stopped.next')}</p>
            <Button
              onClick={() => {
                window.location.reload()
              }}
            >
              {t('core-stopped.reload')}
            </Button>
          </>
        }
      />
    </main>
  )
}
