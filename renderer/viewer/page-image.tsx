import { Button, Spin } from 'antd'
import { type CSSProperties, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AppError } from '../../shared/errors.ts'
import { useErrorWords } from '../app/error-words.ts'
import type { Box, Rotation } from './geometry.ts'
import { pageAddress } from './page-address.ts'
import type { PagePictures, Picture } from './page-pictures.ts'
import type { PageRow } from './page-words.ts'
import './viewer.css'

/** A wait shorter than this shows nothing: a flash of a spinner is worse than the wait. */
const PATIENCE_MS = 150

interface PageImageProps {
  readonly page: Pick<PageRow, 'versionId'>
  readonly pictures: PagePictures
  readonly box: Box
  readonly rotation: Rotation
  readonly label: string
  /** Laid over the image in its place, turned with it. */
  readonly overlay?: ReactNode
}

/** Follows one picture from its fetching to its end. */
function usePicture(
  pictures: PagePictures,
  versionId: string,
): { readonly picture: Picture; readonly again: () => void; readonly broken: () => void } {
  const [, setRound] = useState(0)
  const [broken, setBroken] = useState(false)
  const found = pictures.of(versionId)
  const picture: Picture = broken ? { state: 'failed', error: new AppError('VAULT_OBJECT_DAMAGED') } : found
  const settled = found.state === 'waiting' ? found.settled : undefined
  useEffect(() => {
    if (settled === undefined) return
    let wanted = true
    settled.then(
      () => wanted && setRound((before) => before + 1),
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [settled])
  const again = () => {
    pictures.forget(versionId)
    setBroken(false)
    setRound((before) => before + 1)
  }
  return { picture, again, broken: () => setBroken(true) }
}

/** One page at its place on the sheet. */
export function PageImage({ page, pictures, box, rotation, label, overlay }: PageImageProps) {
  const { picture, again, broken } = usePicture(pictures, page.versionId)
  const [painted, setPainted] = useState(false)
  const [late, setLate] = useState(false)
  const waiting = picture.state !== 'failed' && !painted
  useEffect(() => {
    if (!waiting) return
    const timer = setTimeout(() => setLate(true), PATIENCE_MS)
    return () => {
      clearTimeout(timer)
      setLate(false)
    }
  }, [waiting])
  const turned = rotation === 90 || rotation === 270
  const width = turned ? box.height : box.width
  const height = turned ? box.width : box.height
  const place: CSSProperties = {
    width,
    height,
    left: (box.width - width) / 2,
    top: (box.height - height) / 2,
    transform: rotation === 0 ? undefined : `rotate(${rotation}deg)`,
  }

  return (
    <div
      className="viewer-page"
      data-state={picture.state === 'failed' ? 'failed' : painted ? 'shown' : 'waiting'}
      data-testid="viewer-page"
      style={{
        left: box.x,
        top: box.y,
        width: box.width,
        height: box.height,
        ['--page-width' as string]: box.width,
        ['--page-height' as string]: box.height,
      }}
    >
      {waiting && (
        <img
          className="viewer-image"
          style={place}
          src={pageAddress(page.versionId, 'thumbnail')}
          alt=""
          aria-hidden="true"
          draggable={false}
          onError={(event) => {
            event.currentTarget.hidden = true
          }}
        />
      )}
      {picture.state === 'ready' && (
        <img
          className="viewer-image"
          style={place}
          src={picture.url}
          alt={label}
          draggable={false}
          onLoad={() => setPainted(true)}
          onError={broken}
        />
      )}
      {picture.state !== 'failed' && overlay !== undefined && (
        <div className="viewer-overlay" style={place}>
          {overlay}
        </div>
      )}
      {waiting && late && (
        <div className="viewer-over">
          <Spin />
        </div>
      )}
      {picture.state === 'failed' && <PageFailure failure={picture.error} label={label} onRetry={again} />}
    </div>
  )
}

interface PageFailureProps {
  readonly failure: AppError
  readonly label: string
  readonly onRetry: () => void
}

function PageFailure({ failure, label, onRetry }: PageFailureProps) {
  const { t } = useTranslation('viewer')
  const words = useErrorWords(failure)
  return (
    <div className="viewer-over" role="alert">
      <div className="viewer-failure">
        <div className="viewer-failure-mark" aria-hidden="true">
          ⚠
        </div>
        <strong>{words?.title}</strong>
        <div>{label}</div>
        <p>{words?.body}</p>
        <p>{words?.next}</p>
        <Button size="small" onClick={onRetry}>
          {t('retry')}
        </Button>
        <div className="viewer-failure-code">{failure.code}</div>
      </div>
    </div>
  )
}
