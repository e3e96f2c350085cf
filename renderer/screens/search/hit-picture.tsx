import { memo, useState } from 'react'
import { boxAround } from '../../viewer/geometry.ts'
import { pageAddress } from '../../viewer/page-address.ts'
import { Markings } from '../../viewer/page-overlay.tsx'

/** The strip's size, and how many times its width the small picture is drawn. */
const WIDTH = 150
const HEIGHT = 64

interface HitPictureProps {
  readonly versionId: string
  readonly places: readonly (readonly number[])[]
}

/**
 * The part of the page's small picture round the hit, with the hit drawn on it. Not the page itself: looking at
 * that is a reading that is recorded, and the person has not opened it yet.
 */
export const HitPicture = memo(function HitPicture({ versionId, places }: HitPictureProps) {
  const [ratio, setRatio] = useState<number>()
  const [failed, setFailed] = useState(false)
  const box = boxAround(places.slice(0, 1))
  if (failed || box === undefined) return <span className="hit-picture" aria-hidden="true" />
  const height = WIDTH * (ratio ?? Math.SQRT2)
  const middle = (box.y + box.height / 2) * height
  const top = Math.min(0, Math.max(HEIGHT - height, HEIGHT / 2 - middle))
  return (
    <span className="hit-picture" aria-hidden="true" data-testid="hit-picture">
      <span className="hit-picture-page" style={{ width: WIDTH, height, top }}>
        <img
          src={pageAddress(versionId, 'thumbnail')}
          alt=""
          decoding="async"
          draggable={false}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
            if (naturalWidth > 0) setRatio(naturalHeight / naturalWidth)
          }}
          onError={() => setFailed(true)}
        />
        <Markings markings={[{ key: 'hit', places, current: true }]} />
      </span>
    </span>
  )
})
