import { type ReactNode, type Ref, useImperativeHandle, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Box, Rotation, Size } from '../../viewer/geometry.ts'
import { PageImage } from '../../viewer/page-image.tsx'
import type { PagePictures } from '../../viewer/page-pictures.ts'
import { useElementSize } from '../../viewer/use-element-size.ts'
import { type CommonSheet, cssMatrix, type Matrix } from './compare-geometry.ts'
import type { CompareMode } from './compare-keys.ts'
import { CompareMarks, type Mark } from './compare-marks.tsx'
import { useLockedView } from './use-locked-view.ts'

/** One image as it is laid on the common sheet. */
export interface CompareImage {
  /** Of a page version, or of a paper page: both are served by their id. */
  readonly imageId: string
  readonly upright: Size
  readonly turn: Rotation
  readonly label: string
}

export interface CompareStageHandle {
  readonly zoomStep: (direction: 1 | -1) => void
  readonly fit: () => void
  readonly pan: (dx: number, dy: number) => void
}

interface CompareStageProps {
  readonly paper: CompareImage | null
  readonly electronic: CompareImage | null
  readonly sheet: CommonSheet
  readonly sheetKey: string
  /** `side` for text as well. */
  readonly mode: CompareMode
  /** While blinking: which of the two shows. */
  readonly showing: 'paper' | 'electronic'
  /** Share of the width (0 to 1) where the paper begins when swiping. */
  readonly swipe: number
  readonly marks: { readonly paper: readonly Mark[]; readonly electronic: readonly Mark[] }
  readonly aim: { readonly key: string; readonly box: Box } | undefined
  /** Stands where a page has no partner. */
  readonly gap: ReactNode
  readonly pictures: PagePictures
  readonly onChange: (change: number) => void
  readonly onScale: (devicePixelsPerPixel: number) => void
  readonly ref?: Ref<CompareStageHandle>
}

interface LaidImageProps {
  readonly image: CompareImage
  readonly matrix: Matrix
  readonly pictures: PagePictures
}

function LaidImage({ image, matrix, pictures }: LaidImageProps) {
  return (
    <div className="compare-image" style={{ ...image.upright, transform: cssMatrix(matrix) }}>
      <PageImage
        key={image.imageId}
        page={{ versionId: image.imageId }}
        pictures={pictures}
        box={{ x: 0, y: 0, ...image.upright }}
        rotation={image.turn}
        label={image.label}
      />
    </div>
  )
}

/** The two images on one common sheet, beside or over each other, moved and zoomed as one. */
export function CompareStage(props: CompareStageProps) {
  const { paper, electronic, sheet, mode, pictures, marks, gap, onChange, ref } = props
  const { t } = useTranslation('reconcile')
  const stageRef = useRef<HTMLDivElement>(null)
  const room = useElementSize(stageRef)
  const beside = mode === 'side' || mode === 'text'
  const pane = useMemo(
    () =>
      room === undefined
        ? undefined
        : { width: beside ? (room.width - 1) / 2 : room.width, height: room.height },
    [room, beside],
  )
  const { sheetRef, zoomStep, fit, pan } = useLockedView({
    ...{
      stageRef,
      pane,
      content: sheet.size,
      sheetKey: props.sheetKey,
      aim: props.aim,
      fitTo: mode === 'text' ? 'width' : 'page',
    },
    onScale: props.onScale,
  })
  useImperativeHandle(ref, () => ({ zoomStep, fit, pan }), [zoomStep, fit, pan])

  const image = (laid: CompareImage | null, matrix: Matrix | null) =>
    laid !== null && matrix !== null ? (
      <div ref={sheetRef} className="compare-sheet" style={sheet.size}>
        <LaidImage image={laid} matrix={matrix} pictures={pictures} />
      </div>
    ) : (
      gap
    )
  const marksOver = (list: readonly Mark[]) => (
    <div ref={sheetRef} className="compare-sheet compare-marks" style={sheet.size}>
      <CompareMarks marks={list} onChange={onChange} />
    </div>
  )
  if (beside) {
    return (
      <div ref={stageRef} className="compare-stage" data-mode={mode} data-testid="compare-stage">
        <section className="compare-pane" aria-label={t('compare.paper')}>
          {image(paper, sheet.paper)}
          {marksOver(marks.paper)}
          <span className="compare-pane-name">{paper?.label ?? t('compare.paper')}</span>
        </section>
        <section className="compare-pane" aria-label={t('compare.electronic')}>
          {image(electronic, sheet.electronic)}
          {marksOver(marks.electronic)}
          <span className="compare-pane-name">{electronic?.label ?? t('compare.electronic')}</span>
        </section>
      </div>
    )
  }
  const shows = (side: 'paper' | 'electronic') => mode !== 'blink' || props.showing === side
  const percent = `${props.swipe * 100}%`
  return (
    <div ref={stageRef} className="compare-stage" data-mode={mode} data-testid="compare-stage">
      <div className="compare-over" data-side="electronic" data-hidden={shows('electronic') ? undefined : ''}>
        {image(electronic, sheet.electronic)}
        {mode === 'overlay' && <div className="compare-tint" />}
      </div>
      <div
        className="compare-over"
        data-side="paper"
        data-hidden={shows('paper') ? undefined : ''}
        style={mode === 'swipe' ? { clipPath: `inset(0 0 0 ${percent})` } : undefined}
      >
        {image(paper, sheet.paper)}
        {mode === 'overlay' && <div className="compare-tint" />}
      </div>
      {marksOver([
        ...marks.paper,
        ...marks.electronic.filter(({ key }) => marks.paper.every((mark) => mark.key !== key)),
      ])}
      {mode === 'blink' && (
        <span className="compare-pane-name compare-blink-name" aria-hidden="true">
          {(props.showing === 'paper' ? paper : electronic)?.label}
        </span>
      )}
      {mode === 'swipe' && (
        <>
          <span className="compare-pane-name">{electronic?.label}</span>
          <span className="compare-pane-name compare-pane-name-end">{paper?.label}</span>
          <span className="compare-swipe-line" style={{ left: percent }} aria-hidden="true" />
        </>
      )}
    </div>
  )
}
