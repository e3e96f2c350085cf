import { Alert, Form, Input, Select, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import type { PageThenAndNow } from '../../../../shared/contract/restores.ts'
import { VOLUME_KIND_INFO } from '../../../../shared/domain/volume-kind.ts'
import { useTerm } from '../../../app/terms.ts'
import { useQuery } from '../../../app/use-call.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { PagePictures } from './page-pictures.tsx'

interface PageChoiceProps {
  readonly mediumId: string
  readonly snapshotId: string
  readonly caseId: string
  /** After 归档 what a page shows changes only by an approved request. */
  readonly filed: boolean
  readonly page: PageThenAndNow | undefined
  readonly onChoose: (page: PageThenAndNow | undefined) => void
}

/** Lost or damaged, the same version is put back; otherwise the page shows another version from then on. */
export function isMendable({ difference }: PageThenAndNow): boolean {
  return difference === 'missing' || difference === 'damaged'
}

/** Which page, of those that the backup shows otherwise than today; then both sides of it, and why. */
export function PageChoice({ mediumId, snapshotId, caseId, filed, page, onChoose }: PageChoiceProps) {
  const { t } = useTranslation('backup')
  const term = useTerm()
  const found = useQuery('restores.pageVersions', { mediumId, snapshotId, caseId })
  if (found.error !== undefined) return <ErrorNotice error={found.error} onRetry={found.reload} />
  if (found.data === undefined) return <Skeleton active paragraph={{ rows: 2 }} />
  const { rows, total } = found.data
  if (total === 0)
    return <Alert type="success" showIcon title={t('restore.pages-same')} data-testid="pages-same" />
  return (
    <>
      <Form.Item
        name="pageId"
        label={t('restore.page-of', { count: total })}
        rules={[{ required: true, message: t('restore.page-required') }]}
        extra={total > rows.length ? t('restore.page-more', { shown: rows.length, total }) : undefined}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('restore.page-required')}
          onChange={(pageId) => onChoose(rows.find((row) => row.pageId === pageId))}
          options={rows.map((row) => ({
            value: row.pageId,
            label: [
              term(VOLUME_KIND_INFO[row.volumeKind]),
              t('restore.page-place', { book: row.book, position: row.position }),
              row.printedNumber === '' ? '' : t('restore.page-number', { number: row.printedNumber }),
              t(`restore.difference.${row.difference}`),
            ]
              .filter((part) => part !== '')
              .join(' · '),
          }))}
        />
      </Form.Item>
      {page !== undefined && (
        <>
          <PagePictures {...{ mediumId, snapshotId, caseId, page }} key={page.pageId} />
          {page.difference === 'gone' ? (
            <Alert type="warning" showIcon title={t('restore.page-gone')} />
          ) : isMendable(page) ? (
            <Alert type="info" showIcon title={t('restore.page-mend-text')} />
          ) : (
            <>
              <Form.Item
                name="reason"
                label={t('restore.page-reason')}
                rules={[{ required: true, whitespace: true, message: t('restore.page-reason-required') }]}
              >
                <Input maxLength={300} placeholder={t('restore.page-reason-example')} />
              </Form.Item>
              <Alert
                type="info"
                showIcon
                title={t(filed ? 'restore.page-filed-text' : 'restore.page-return-text')}
              />
            </>
          )}
        </>
      )}
    </>
  )
}
