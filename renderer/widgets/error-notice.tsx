import { Alert, Button, Space } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../shared/errors.ts'
import { useErrorWords } from '../app/error-words.ts'

interface ErrorNoticeProps {
  readonly error: AppError | undefined
  readonly onRetry?: () => void
  /** Further ways on, beside trying again. */
  readonly children?: ReactNode
}

/** What happened, what is safe, what to do next: the one way in which a failed call is shown. */
export function ErrorNotice({ error, onRetry, children }: ErrorNoticeProps) {
  const { t } = useTranslation()
  const words = useErrorWords(error)
  if (error === undefined || words === undefined) return null
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      className="error-notice"
      title={words.title}
      description={
        <>
          <p>{words.body}</p>
          <p>{words.next}</p>
          {(onRetry !== undefined || Boolean(children)) && (
            <Space wrap>
              {onRetry !== undefined && <Button onClick={onRetry}>{t('retry')}</Button>}
              {children}
            </Space>
          )}
          <p className="error-code">{error.code}</p>
        </>
      }
    />
  )
}
