import type { ReactNode } from 'react'
import type { Rotation } from './geometry.ts'
import type { PageRow } from './page-words.ts'
import { quadPoints, roomierQuad } from './quad-path.ts'
import './page-overlay.css'

/** What is laid over the image of a page, turned with it. */
export type PageOverlay = (page: PageRow, rotation: Rotation) => ReactNode

export interface Marking {
  readonly key: string
  /** Corners as parts (0 to 1) of the image's width and height. */
  readonly places: readonly (readonly number[])[]
  readonly current: boolean
}

interface MarkingsProps {
  readonly markings: readonly Marking[]
}

/** Places on a page, drawn over its image; lets every press through. */
export function Markings({ markings }: MarkingsProps) {
  if (markings.length === 0) return null
  return (
    <svg className="viewer-markings" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      {markings.flatMap(({ key, places, current }) =>
        places.map((quad) => (
          <polygon
            key={`${key} ${quad.join()}`}
            className="viewer-hit"
            data-testid="viewer-hit"
            data-current={current ? '' : undefined}
            points={quadPoints(roomierQuad(quad))}
          />
        )),
      )}
    </svg>
  )
}
