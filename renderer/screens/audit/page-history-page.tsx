import { FileImageOutlined } from '@ant-design/icons'
import { Input, Skeleton } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../app/use-call.ts'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { RecordTimeline } from './record-timeline.tsx'

const PAGE_ID = /^[0-9A-HJKMNP-TV-Z]{26}$/

/** 页面历史: everything that was ever done to one page, or with it. */
export function PageHistoryPage() {
  const { t } = useTranslation('audit')
  const [typed, setTyped] = useState('')
  const pageId = typed
    .trim()
    .toUpperCase()
    .replace(/^PAGE(-VERSION)?:/, '')
  const isId = PAGE_ID.test(pageId)
  const history = useQuery('audit.pageHistory', isId ? { pageId } : undefined)
  return (
    <div className="manage-page">
      <div className="audit-bar">
        <Input
          aria-label={t('page.id')}
          placeholder={t('page.id')}
          className="audit-page-id"
          maxLength={40}
          value={typed}
          status={typed !== '' && !isId ? 'warning' : ''}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <ErrorNotice error={history.error} onRetry={history.reload} />
      {!isId ? (
        <EmptyState
          icon={<FileImageOutlined aria-hidden="true" />}
          title={t('page.choose.title')}
          text={t('page.choose.text')}
        />
      ) : history.data === undefined ? (
        history.loading && <Skeleton active paragraph={{ rows: 6 }} />
      ) : (
        <RecordTimeline rows={history.data.rows} more={history.data.more} withAccount />
      )}
    </div>
  )
}
