import { DeleteOutlined, EyeOutlined, PaperClipOutlined, SaveOutlined, SwapOutlined } from '@ant-design/icons'
import { Button, Popconfirm } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ATTACHED_HANDLINGS, PLANNED_HANDLINGS } from '../../../../shared/domain/reconcile/handling.ts'
import { call } from '../../../app/client.ts'
import { useAction } from '../../../app/use-call.ts'
import { useMay } from '../../../state/session.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { sizeText } from '../../../widgets/size-text.ts'
import type { Difference } from '../use-checking.ts'
import { type Attachment, AttachmentViewer } from './attachment-viewer.tsx'

/** Whether a difference has signed sheets, or is settled by words that may have them. */
export function hasAttachments({ attachments, handling, may }: Difference): boolean {
  return (
    attachments.length > 0 ||
    (may.includes('attach') && handling !== null && !PLANNED_HANDLINGS.has(handling))
  )
}

interface AttachmentsProps {
  readonly difference: Difference
  /** Its handling, as it is being chosen. */
  readonly handling: Difference['handling']
  readonly onChanged: () => void
}

/** The signed sheets of a difference: attached, looked at, saved, replaced and taken away until it is checked. */
export function Attachments({ difference, handling, onChanged }: AttachmentsProps) {
  const { t, i18n } = useTranslation('settling')
  const mayExport = useMay('page.export')
  const [shown, setShown] = useState<Attachment>()
  const { id: differenceId, volumeId, attachments } = difference
  const one = { volumeId, differenceId }
  const mayChange = difference.may.includes('attach')
  const attach = useAction(async (replaces?: string) => {
    const { paths } = await call('shell.chooseFiles', { title: t('attachments.choose'), kind: 'attachment' })
    if (paths.length === 0) return
    await call('differences.attach', { ...one, paths, ...(replaces === undefined ? {} : { replaces }) })
    onChanged()
  })
  const detach = useAction(async (attachmentId: string) => {
    await call('differences.detach', { ...one, attachmentId })
    onChanged()
  })
  const save = useAction(async ({ id, name }: Attachment) => {
    const title = t('attachments.save')
    const { path } = await call('shell.chooseSaveFile', { title, suggestedName: name })
    if (path !== null) await call('differences.exportAttachment', { ...one, attachmentId: id, path })
  })
  const run = (work: Promise<unknown>) => {
    for (const action of [attach, detach, save]) action.clearError()
    work.catch((error: unknown) => console.warn('attachment step not taken', error))
  }
  const button = (label: string, icon: React.ReactNode, onClick?: () => void, busy = false) => (
    <Button
      size="small"
      type="text"
      icon={icon}
      aria-label={label}
      title={label}
      loading={busy}
      onClick={onClick}
    />
  )
  const failure = attach.error ?? detach.error ?? save.error
  const notice = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (failure !== undefined) notice.current?.scrollIntoView({ block: 'nearest' })
  }, [failure])
  const isLacking = attachments.length === 0 && handling !== null && ATTACHED_HANDLINGS.has(handling)
  return (
    <section className="attachments" aria-label={t('attachments.title')}>
      <header>
        <h4>{t('attachments.title')}</h4>
        {mayChange && (
          <Button
            size="small"
            icon={<PaperClipOutlined aria-hidden="true" />}
            loading={attach.busy}
            onClick={() => run(attach.run())}
          >
            {t('attachments.add')}
          </Button>
        )}
      </header>
      {attachments.length === 0 && (
        <p className={isLacking ? 'attachments-lacking' : 'muted'}>
          {t(isLacking ? 'attachments.lacking' : 'attachments.none')}
        </p>
      )}
      <ul>
        {attachments.map((attachment) => (
          <li key={attachment.id}>
            <span className="attachment-name">
              {attachment.readable ? attachment.name : t('attachments.elsewhere')}
            </span>
            <span className="attachment-size figures">
              {[
                sizeText(attachment.sizeBytes, i18n.language),
                ...(attachment.pages.length > 0
                  ? [t('attachments.pages', { count: attachment.pages.length })]
                  : []),
                attachment.addedBy,
              ].join(' · ')}
            </span>
            <span className="attachment-buttons">
              {attachment.pages.length > 0 &&
                button(t('attachments.view'), <EyeOutlined aria-hidden="true" />, () => setShown(attachment))}
              {mayExport &&
                attachment.readable &&
                button(
                  t('attachments.save'),
                  <SaveOutlined aria-hidden="true" />,
                  () => run(save.run(attachment)),
                  save.busy,
                )}
              {mayChange &&
                attachment.readable &&
                button(t('attachments.replace'), <SwapOutlined aria-hidden="true" />, () =>
                  run(attach.run(attachment.id)),
                )}
              {mayChange && attachment.readable && (
                <Popconfirm
                  title={t('attachments.remove-ask')}
                  okText={t('attachments.remove')}
                  onConfirm={() => run(detach.run(attachment.id))}
                >
                  {button(t('attachments.remove'), <DeleteOutlined aria-hidden="true" />)}
                </Popconfirm>
              )}
            </span>
          </li>
        ))}
      </ul>
      {mayChange && <p className="muted attachments-what">{t('attachments.what')}</p>}
      <div ref={notice}>
        <ErrorNotice error={failure} />
      </div>
      {shown !== undefined && <AttachmentViewer attachment={shown} onClose={() => setShown(undefined)} />}
    </section>
  )
}
