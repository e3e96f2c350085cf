import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageImage } from '../../../viewer/page-image.tsx'
import { createPagePictures } from '../../../viewer/page-pictures.ts'
import { useElementSize } from '../../../viewer/use-element-size.ts'
import type { Difference } from '../use-checking.ts'

export type Attachment = Difference['attachments'][number]

interface AttachmentViewerProps {
  readonly attachment: Attachment
  readonly onClose: () => void
}

const PICTURES_HELD = 4
const MARGIN = 12

/** A signed sheet that is attached to a difference, page by page, at the width of the dialog. */
export function AttachmentViewer({ attachment, onClose }: AttachmentViewerProps) {
  return (
    <Modal
      open
      title={attachment.name}
      width="min(900px, 94vw)"
      style={{ top: 24 }}
      footer={null}
      destroyOnHidden
      onCancel={onClose}
    >
      <Sheets attachment={attachment} />
    </Modal>
  )
}

function Sheets({ attachment: { name, pages } }: Pick<AttachmentViewerProps, 'attachment'>) {
  const { t } = useTranslation('settling')
  const [at, setAt] = useState(0)
  const [pictures] = useState(() => createPagePictures(PICTURES_HELD))
  useEffect(() => () => pictures.clear(), [pictures])
  const room = useRef<HTMLDivElement>(null)
  const size = useElementSize(room)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'ArrowRight' || event.key === 'PageDown')
        setAt((before) => Math.min(pages.length - 1, before + 1))
      else if (event.key === 'ArrowLeft' || event.key === 'PageUp') setAt((before) => Math.max(0, before - 1))
      else return
      event.preventDefault()
    }
    // Before the comparing underneath hears the same keys.
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [pages.length])
  const page = pages[at]
  if (page === undefined) return <p className="muted">{t('attachments.no-pictures')}</p>
  const width = Math.max(0, (size?.width ?? 0) - 2 * MARGIN)
  const height = (width * page.heightPixels) / page.widthPixels
  return (
    <div className="attachment-sheets">
      {pages.length > 1 && (
        <div className="source-pdf-bar">
          <Button
            size="small"
            icon={<LeftOutlined aria-hidden="true" />}
            aria-label={t('attachments.previous')}
            disabled={at === 0}
            onClick={() => setAt(at - 1)}
          />
          <span aria-live="polite">{t('attachments.page', { page: at + 1, total: pages.length })}</span>
          <Button
            size="small"
            icon={<RightOutlined aria-hidden="true" />}
            aria-label={t('attachments.next')}
            disabled={at === pages.length - 1}
            onClick={() => setAt(at + 1)}
          />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
      <section className="attachment-room" ref={room} tabIndex={0} aria-label={name}>
        <div style={{ position: 'relative', height: height + 2 * MARGIN }}>
          {width > 0 && (
            <PageImage
              key={page.versionId}
              page={page}
              pictures={pictures}
              box={{ x: MARGIN, y: MARGIN, width, height }}
              rotation={0}
              label={t('attachments.page-of', { name, page: at + 1 })}
            />
          )}
        </div>
      </section>
    </div>
  )
}
