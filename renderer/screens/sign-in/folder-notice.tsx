import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'

interface FolderNoticeProps {
  readonly folderState: OutputOf<'vault.inspectFolder'>
  readonly onRetry: () => void
}

/** What is wrong with the remembered folder, before anyone types a password. */
export function FolderNotice({ folderState, onRetry }: FolderNoticeProps) {
  const { t } = useTranslation('sign-in')
  switch (folderState.state) {
    case 'vault':
      return null
    case 'absent':
    case 'empty':
    case 'occupied':
    case 'damaged':
      return (
        <Alert
          type={folderState.state === 'damaged' ? 'error' : 'warning'}
          showIcon
          role="alert"
          className="gate-note"
          title={t(`folder-state.${folderState.state}.title`)}
          description={t(`folder-state.${folderState.state}.next`)}
          action={<Button onClick={onRetry}>{t('look-again')}</Button>}
        />
      )
  }
}
