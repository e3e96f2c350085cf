import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Modal, Spin } from 'antd'
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AppError } from '../../shared/errors.ts'
import { ErrorNotice } from '../widgets/error-notice.tsx'
import { useElementSize } from './use-element-size.ts'
import './viewer.css'

interface SourcePdfProps {
  readonly open: boolean
  readonly versionId: string
  readonly name: string
  readonly sizeBytes: number
  /** The page of the file that became the page version, from 1. */
  readonly pageNumber: number
  readonly onClose: () => void
}

/** The PDF that a page came from, as it came, opened on that page. */
export function SourcePdf({ open, versionId, name, sizeBytes, pageNumber, onClose }: SourcePdfProps) {
  const { t } = useTranslation('viewer')
  return (
    <Modal
      open={open}
      title={t('source.title', { name })}
      width="min(1100px, 94vw)"
      style={{ top: 24 }}
      footer={null}
      destroyOnHidden
      onCancel={onClose}
    >
      <SourcePages
        key={versionId}
        versionId={versionId}
        sizeBytes={sizeBytes}
        startPage={Math.max(1, pageNumber)}
      />
    </Modal>
  )
}

interface SourcePagesProps {
  readonly versionId: string
  readonly sizeBytes: number
  readonly startPage: number
}

function asFailure(thrown: unknown): AppError {
  return thrown instanceof AppError ? thrown : new AppError('INTAKE_UNREADABLE_FILE', {}, { cause: thrown })
}

function SourcePages({ versionId, sizeBytes, startPage }: SourcePagesProps) {
  const { t } = useTranslation('viewer')
  const [document, setDocument] = useState<PDFDocumentProxy>()
  const [failure, setFailure] = useState<AppError>()
  const [number, setNumber] = useState(startPage)
  useEffect(() => {
    let wanted = true
    let close = () => {}
    const opening = async () => {
      // pdf.js is large and seldom needed.
      const { openSourcePdf } = await import('./source-pdf-file.ts')
      const { document: opened, close: closeOpened } = openSourcePdf(versionId, sizeBytes)
      close = closeOpened
      if (!wanted) closeOpened()
      return await opened
    }
    opening().then(
      (opened) => {
        if (!wanted) return
        setDocument(opened)
        setNumber((before) => Math.min(before, opened.numPages))
      },
      (thrown: unknown) => {
        if (wanted) setFailure(asFailure(thrown))
      },
    )
    return () => {
      wanted = false
      close()
    }
  }, [versionId, sizeBytes])

  const total = document?.numPages ?? 0
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'ArrowRight' || event.key === 'PageDown') {
        setNumber((before) => Math.min(total, before + 1))
      } else if (event.key === 'ArrowLeft' || event.key === 'PageUp') {
        setNumber((before) => Math.max(1, before - 1))
      } else return
      event.preventDefault()
    }
    // Before the viewer underneath hears the same keys.
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [total])

  if (failure !== undefined) return <ErrorNotice error={failure} />
  return (
    <div className="source-pdf">
      <div className="source-pdf-bar">
        <Button
          size="small"
          icon={<LeftOutlined />}
          aria-label={t('previous')}
          disabled={number <= 1}
          onClick={() => setNumber(number - 1)}
        />
        <span aria-live="polite">{t('source.page', { page: number, total: total === 0 ? '…' : total })}</span>
        <Button
          size="small"
          icon={<RightOutlined />}
          aria-label={t('next')}
          disabled={number >= total}
          onClick={() => setNumber(number + 1)}
        />
      </div>
      {document === undefined ? (
        <div className="source-pdf-wait">
          <Spin description={t('source.opening')}>
            <div style={{ padding: 48 }} />
          </Spin>
        </div>
      ) : (
        <SourcePage
          document={document}
          number={number}
          onFailure={(thrown) => setFailure(asFailure(thrown))}
        />
      )}
    </div>
  )
}

interface SourcePageProps {
  readonly document: PDFDocumentProxy
  readonly number: number
  readonly onFailure: (thrown: unknown) => void
}

function SourcePage({ document, number, onFailure }: SourcePageProps) {
  const { t } = useTranslation('viewer')
  const roomRef = useRef<HTMLDivElement>(null)
  const canvasRef = useRef<HTMLCanvasElement>(null)
  const width = useElementSize(roomRef)?.width
  const failureRef = useRef(onFailure)
  failureRef.current = onFailure
  useEffect(() => {
    const canvas = canvasRef.current
    if (canvas === null || width === undefined || width === 0) return
    let stop = () => {}
    let wanted = true
    const draw = async () => {
      const page = await document.getPage(number)
      if (!wanted) return
      const natural = page.getViewport({ scale: 1 })
      const viewport = page.getViewport({ scale: ((width - 24) / natural.width) * devicePixelRatio })
      canvas.width = Math.round(viewport.width)
      canvas.height = Math.round(viewport.height)
      canvas.style.width = `${viewport.width / devicePixelRatio}px`
      const task = page.render({ canvas, viewport })
      stop = () => task.cancel()
      await task.promise
      canvas.dataset.page = String(number)
    }
    draw().catch((thrown: unknown) => {
      if (wanted) failureRef.current(thrown)
    })
    return () => {
      wanted = false
      stop()
    }
  }, [document, number, width])
  return (
    <div ref={roomRef} className="source-pdf-room">
      <canvas
        ref={canvasRef}
        role="img"
        aria-label={t('source.page', { page: number, total: document.numPages })}
      />
    </div>
  )
}
