import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pageAddress } from './page-address.ts'
import type { PageRow } from './page-words.ts'

interface ThumbnailProps {
  readonly page: PageRow
  /** While the strip flies past, pictures that have not begun to load wait. */
  readonly wait: boolean
}

/** The small picture of a page; says so in words when it cannot be shown. */
export const Thumbnail = memo(function Thumbnail({ page, wait }: ThumbnailProps) {
  const { t } = useTranslation('viewer')
  const [begun, setBegun] = useState(!wait)
  const [failed, setFailed] = useState(false)
  if (!wait && !begun) setBegun(true)
  if (failed) {
    return (
      <span className="viewer-thumbnail-failed">
        <span aria-hidden="true">⚠</span>
        {t('damaged')}
      </span>
    )
  }
  if (!begun) return <span className="viewer-thumbnail-blank" />
  return (
    <img
      src={pageAddress(page.versionId, 'thumbnail')}
      alt=""
      data-turn={page.turn}
      decoding="async"
      draggable={false}
      onError={() => setFailed(true)}
    />
  )
})
