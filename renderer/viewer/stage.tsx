import {
  type PointerEvent as ReactPointerEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react'
import {
  type Anchor,
  type Box,
  between,
  clampScale,
  clampView,
  type Fit,
  fitScale,
  layoutSheet,
  openingView,
  type Point,
  type Rotation,
  rotatedSize,
  type SheetPage,
  shownPartOf,
  snapped,
  steppedScale,
  turnedBy,
  type View,
  viewShowing,
  zoomAbout,
} from './geometry.ts'
import { PageImage } from './page-image.tsx'
import type { PageOverlay } from './page-overlay.tsx'
import type { PagePictures } from './page-pictures.ts'
import type { PageRow } from './page-words.ts'
import { useElementSize } from './use-element-size.ts'
import './viewer.css'

/** What the keyboard and the toolbar ask of the stage. */
export interface StageHandle {
  readonly zoomStep: (direction: 1 | -1) => void
  readonly actualSize: () => void
  /** Moves what is shown; false when it stood at that edge already. */
  readonly scroll: (pixels: number) => boolean
  readonly screenful: (direction: 1 | -1) => boolean
}

/** A place to be brought into sight once: `part` is a box in parts of the image's width and height. */
export interface StageAim {
  readonly key: string
  readonly versionId: string
  readonly part: Box
}

interface StageProps {
  readonly pages: readonly PageRow[]
  readonly labels: readonly string[]
  readonly pictures: PagePictures
  readonly rotation: Rotation
  /** `free` after the person zoomed by hand. */
  readonly fit: Fit | 'free'
  /** Where a newly opened sheet begins. */
  readonly anchor: Anchor
  readonly onFree: () => void
  readonly onScale: (devicePixelsPerImagePixel: number) => void
  /** The wheel went on at the end of the sheet. */
  readonly onTurn: (direction: 1 | -1) => void
  readonly overlay?: PageOverlay
  readonly aim?: StageAim | undefined
  readonly ref?: Ref<StageHandle>
}

const ZOOM_ANIMATION_MS = 130
/** How far the wheel must go on at an edge before the page turns, and how long it then rests. */
const TURN_AFTER_PIXELS = 140
const TURN_REST_MS = 320

function sheetPages(pages: readonly PageRow[]): SheetPage[] {
  return pages.map(({ widthPixels, heightPixels, dpi, turn }) => ({
    ...rotatedSize({ width: Math.max(1, widthPixels), height: Math.max(1, heightPixels) }, turn ?? 0),
    dpi,
  }))
}

function partOnSheet(box: Box, rotation: Rotation, part: Box): Box {
  const a = shownPartOf(rotation, part)
  const b = shownPartOf(rotation, { x: part.x + part.width, y: part.y + part.height })
  return {
    x: box.x + Math.min(a.x, b.x) * box.width,
    y: box.y + Math.min(a.y, b.y) * box.height,
    width: Math.abs(a.x - b.x) * box.width,
    height: Math.abs(a.y - b.y) * box.height,
  }
}

/** Shows one sheet, one page or two, and moves it under the mouse, the wheel and two fingers. */
export function Stage({
  pages,
  labels,
  pictures,
  rotation,
  fit,
  anchor,
  onFree,
  onScale,
  onTurn,
  overlay,
  aim,
  ref,
}: StageProps) {
  const stageRef = useRef<HTMLDivElement>(null)
  const sheetRef = useRef<HTMLDivElement>(null)
  const viewRef = useRef<View>({ scale: 1, x: 0, y: 0 })
  const frameRef = useRef(0)
  const stage = useElementSize(stageRef)
  const layout = useMemo(() => layoutSheet(sheetPages(pages), rotation), [pages, rotation])
  const sheetKey = pages.map((page) => page.versionId).join()

  const show = useCallback(
    (view: View) => {
      viewRef.current = view
      const at = snapped(view, devicePixelRatio)
      const sheet = sheetRef.current
      if (sheet === null) return
      sheet.style.transform = `translate(${at.x}px, ${at.y}px) scale(${at.scale})`
      sheet.style.setProperty('--scale', String(at.scale))
      onScale(view.scale * devicePixelRatio)
    },
    [onScale],
  )

  const moveTo = useCallback(
    (target: View) => {
      cancelAnimationFrame(frameRef.current)
      const from = viewRef.current
      if (matchMedia('(prefers-reduced-motion: reduce)').matches) return show(target)
      const started = performance.now()
      const frame = (now: number) => {
        const share = Math.min(1, Math.max(0, (now - started) / ZOOM_ANIMATION_MS))
        show(between(from, target, 1 - (1 - share) ** 3))
        if (share < 1) frameRef.current = requestAnimationFrame(frame)
      }
      frameRef.current = requestAnimationFrame(frame)
    },
    [show],
  )
  useEffect(() => () => cancelAnimationFrame(frameRef.current), [])

  const shownKey = useRef('')
  const shownFit = useRef<Fit | 'free'>('free')
  useLayoutEffect(() => {
    if (stage === undefined || stage.width === 0 || stage.height === 0) return
    cancelAnimationFrame(frameRef.current)
    const opened = shownKey.current !== `${sheetKey} ${rotation}`
    const refitted = fit !== shownFit.current && fit !== 'free'
    shownKey.current = `${sheetKey} ${rotation}`
    shownFit.current = fit
    const scale =
      fit === 'free'
        ? clampScale(viewRef.current.scale, layout.size, stage)
        : fitScale(layout.size, stage, fit)
    show(
      opened || refitted
        ? openingView(layout.size, stage, scale, anchor)
        : clampView({ ...viewRef.current, scale }, layout.size, stage),
    )
  }, [sheetKey, rotation, fit, layout, stage, anchor, show])

  const shownAim = useRef('')
  useLayoutEffect(() => {
    if (aim === undefined || aim.key === shownAim.current || stage === undefined || stage.width === 0) return
    const place = pages.findIndex(({ versionId }) => versionId === aim.versionId)
    const box = layout.boxes[place]
    if (box === undefined) return
    shownAim.current = aim.key
    cancelAnimationFrame(frameRef.current)
    const target = partOnSheet(box, turnedBy(rotation, pages[place]?.turn), aim.part)
    show(clampView(viewShowing(viewRef.current, target, stage), layout.size, stage))
  }, [aim, layout, pages, rotation, show, stage])

  const zoom = useCallback(
    (scale: number, about: Point | undefined, smooth: boolean) => {
      if (stage === undefined) return
      const middle = about ?? { x: stage.width / 2, y: stage.height / 2 }
      const wanted = clampScale(scale, layout.size, stage)
      const target = clampView(zoomAbout(viewRef.current, middle, wanted), layout.size, stage)
      shownFit.current = 'free'
      onFree()
      if (smooth) moveTo(target)
      else {
        cancelAnimationFrame(frameRef.current)
        show(target)
      }
    },
    [layout, moveTo, onFree, show, stage],
  )

  const pan = useCallback(
    (dx: number, dy: number): boolean => {
      if (stage === undefined) return false
      cancelAnimationFrame(frameRef.current)
      const before = viewRef.current
      const after = clampView({ ...before, x: before.x + dx, y: before.y + dy }, layout.size, stage)
      show(after)
      return Math.abs(after.x - before.x) > 0.5 || Math.abs(after.y - before.y) > 0.5
    },
    [layout, show, stage],
  )

  useImperativeHandle(ref, () => ({
    zoomStep: (direction) =>
      zoom(steppedScale(viewRef.current.scale, direction, devicePixelRatio), undefined, true),
    actualSize: () => zoom(1 / devicePixelRatio, undefined, true),
    scroll: (pixels) => pan(0, -pixels),
    screenful: (direction) => pan(0, -direction * ((stage?.height ?? 0) - 60)),
  }))

  const wheelRef = useRef({ beyond: 0, restUntil: 0, at: 0 })
  useEffect(() => {
    const element = stageRef.current
    if (element === null) return
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 18 : 1
      const bounds = element.getBoundingClientRect()
      if (event.ctrlKey || event.metaKey) {
        const delta = event.deltaY * unit
        // A notch of a wheel is about 100, a step of two fingers on a pad about 5.
        const factor = Math.exp(-delta * (Math.abs(delta) >= 40 ? 0.0022 : 0.01))
        const at = { x: event.clientX - bounds.left, y: event.clientY - bounds.top }
        zoom(viewRef.current.scale * factor, at, false)
        return
      }
      const across = event.shiftKey ? event.deltaY : event.deltaX
      const down = event.shiftKey ? 0 : event.deltaY * unit
      const wheel = wheelRef.current
      if (pan(-across * unit, -down) || down === 0) {
        wheel.beyond = 0
        return
      }
      if (event.timeStamp - wheel.at > 400) wheel.beyond = 0
      wheel.at = event.timeStamp
      if (event.timeStamp < wheel.restUntil) return
      wheel.beyond += down
      if (Math.abs(wheel.beyond) < TURN_AFTER_PIXELS) return
      const direction = wheel.beyond > 0 ? 1 : -1
      wheel.beyond = 0
      wheel.restUntil = event.timeStamp + TURN_REST_MS
      onTurn(direction)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [onTurn, pan, zoom])

  const fingers = useRef(new Map<number, Point>())
  const onPointerDown = (event: ReactPointerEvent) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button'))) return
    event.currentTarget.setPointerCapture(event.pointerId)
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    stageRef.current?.setAttribute('data-dragging', '')
  }
  const onPointerMove = (event: ReactPointerEvent) => {
    const before = fingers.current.get(event.pointerId)
    if (before === undefined) return
    const now = { x: event.clientX, y: event.clientY }
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1]
    fingers.current.set(event.pointerId, now)
    if (other === undefined) {
      pan(now.x - before.x, now.y - before.y)
      return
    }
    const bounds = event.currentTarget.getBoundingClientRect()
    const apart = (a: Point, b: Point) => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y))
    const middle = { x: (now.x + other.x) / 2 - bounds.left, y: (now.y + other.y) / 2 - bounds.top }
    pan((now.x - before.x) / 2, (now.y - before.y) / 2)
    zoom((viewRef.current.scale * apart(now, other)) / apart(before, other), middle, false)
  }
  const onPointerEnd = (event: ReactPointerEvent) => {
    fingers.current.delete(event.pointerId)
    if (fingers.current.size === 0) stageRef.current?.removeAttribute('data-dragging')
  }

  return (
    <div
      ref={stageRef}
      className="viewer-stage"
      data-testid="viewer-stage"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
    >
      <div ref={sheetRef} className="viewer-sheet" style={layout.size}>
        {pages.map((page, place) => {
          const box = layout.boxes[place]
          return box === undefined ? null : (
            <PageImage
              key={page.versionId}
              page={page}
              pictures={pictures}
              box={box}
              rotation={turnedBy(rotation, page.turn)}
              label={labels[place] ?? ''}
              overlay={overlay?.(page, turnedBy(rotation, page.turn))}
            />
          )
        })}
      </div>
    </div>
  )
}
