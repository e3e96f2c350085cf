import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import {
  type Box,
  clampScale,
  clampView,
  type Fit,
  fitScale,
  openingView,
  type Point,
  type Size,
  snapped,
  steppedScale,
  type View,
  viewShowing,
  zoomAbout,
} from '../../viewer/geometry.ts'

export interface LockedView {
  /** For every sheet that moves with the others. */
  readonly sheetRef: (sheet: HTMLElement | null) => (() => void) | undefined
  readonly zoomStep: (direction: 1 | -1) => void
  readonly fit: () => void
  readonly pan: (dx: number, dy: number) => void
}

interface LockedViewAsked {
  readonly stageRef: RefObject<HTMLElement | null>
  /** Of one pane; panes side by side are equally large. */
  readonly pane: Size | undefined
  readonly content: Size
  /** What a page is shown as until the person zooms: whole, or as wide as the pane. */
  readonly fitTo: Fit
  /** Another page: shown anew, unless the person zoomed by hand. */
  readonly sheetKey: string
  /** Brought into sight once for each key. */
  readonly aim: { readonly key: string; readonly box: Box } | undefined
  readonly onScale: (devicePixelsPerPixel: number) => void
}

const WHOLE: View = { scale: 1, x: 0, y: 0 }

/** One view for all panes: what is moved or zoomed in one moves in the others. */
export function useLockedView(asked: LockedViewAsked): LockedView {
  const { stageRef, pane, content, fitTo, sheetKey, aim, onScale } = asked
  const sheets = useRef(new Set<HTMLElement>())
  const viewRef = useRef(WHOLE)
  const free = useRef(false)

  const apply = useCallback((sheet: HTMLElement) => {
    const at = snapped(viewRef.current, devicePixelRatio)
    sheet.style.transform = `translate(${at.x}px, ${at.y}px) scale(${at.scale})`
    sheet.style.setProperty('--scale', String(at.scale))
  }, [])
  const show = useCallback(
    (view: View) => {
      viewRef.current = view
      for (const sheet of sheets.current) apply(sheet)
      onScale(view.scale * devicePixelRatio)
    },
    [apply, onScale],
  )
  const sheetRef = useCallback(
    (sheet: HTMLElement | null) => {
      if (sheet === null) return undefined
      sheets.current.add(sheet)
      apply(sheet)
      return () => {
        sheets.current.delete(sheet)
      }
    },
    [apply],
  )

  const shownKey = useRef('')
  useLayoutEffect(() => {
    if (pane === undefined || pane.width < 1 || pane.height < 1) return
    const opened = shownKey.current !== sheetKey
    shownKey.current = sheetKey
    if (!free.current) show(openingView(content, pane, fitScale(content, pane, fitTo), 'top'))
    else {
      const scale = clampScale(viewRef.current.scale, content, pane)
      show(
        opened
          ? openingView(content, pane, scale, 'top')
          : clampView({ ...viewRef.current, scale }, content, pane),
      )
    }
  }, [pane, content, fitTo, sheetKey, show])

  const shownAim = useRef('')
  useLayoutEffect(() => {
    if (aim === undefined || aim.key === shownAim.current || pane === undefined || pane.width < 1) return
    shownAim.current = aim.key
    show(clampView(viewShowing(viewRef.current, aim.box, pane), content, pane))
  }, [aim, content, pane, show])

  const zoom = useCallback(
    (scale: number, about: Point | undefined) => {
      if (pane === undefined) return
      const middle = about ?? { x: pane.width / 2, y: pane.height / 2 }
      free.current = true
      show(clampView(zoomAbout(viewRef.current, middle, clampScale(scale, content, pane)), content, pane))
    },
    [content, pane, show],
  )
  const pan = useCallback(
    (dx: number, dy: number) => {
      if (pane === undefined) return
      const { scale, x, y } = viewRef.current
      show(clampView({ scale, x: x + dx, y: y + dy }, content, pane))
    },
    [content, pane, show],
  )

  useEffect(() => {
    const stage = stageRef.current
    if (stage === null || pane === undefined) return
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 18 : 1
      if (event.ctrlKey || event.metaKey) {
        const bounds = stage.getBoundingClientRect()
        const delta = event.deltaY * unit
        // A notch of a wheel is about 100, a step of two fingers on a pad about 5.
        const factor = Math.exp(-delta * (Math.abs(delta) >= 40 ? 0.0022 : 0.01))
        const x = (event.clientX - bounds.left) % (pane.width + 1)
        zoom(viewRef.current.scale * factor, { x, y: event.clientY - bounds.top })
      } else if (event.shiftKey) pan(-event.deltaY * unit, 0)
      else pan(-event.deltaX * unit, -event.deltaY * unit)
    }
    let held: Point | undefined
    const onDown = (event: PointerEvent) => {
      if (
        event.button !== 0 ||
        (event.target instanceof Element && event.target.closest('button, input, a, p'))
      )
        return
      stage.setPointerCapture(event.pointerId)
      held = { x: event.clientX, y: event.clientY }
      stage.setAttribute('data-dragging', '')
    }
    const onMove = (event: PointerEvent) => {
      if (held === undefined) return
      pan(event.clientX - held.x, event.clientY - held.y)
      held = { x: event.clientX, y: event.clientY }
    }
    const onEnd = () => {
      held = undefined
      stage.removeAttribute('data-dragging')
    }
    stage.addEventListener('wheel', onWheel, { passive: false })
    stage.addEventListener('pointerdown', onDown)
    stage.addEventListener('pointermove', onMove)
    stage.addEventListener('pointerup', onEnd)
    stage.addEventListener('pointercancel', onEnd)
    return () => {
      stage.removeEventListener('wheel', onWheel)
      stage.removeEventListener('pointerdown', onDown)
      stage.removeEventListener('pointermove', onMove)
      stage.removeEventListener('pointerup', onEnd)
      stage.removeEventListener('pointercancel', onEnd)
    }
  }, [pan, pane, stageRef, zoom])

  const zoomStep = useCallback(
    (direction: 1 | -1) => zoom(steppedScale(viewRef.current.scale, direction, devicePixelRatio), undefined),
    [zoom],
  )
  const fit = useCallback(() => {
    free.current = false
    if (pane !== undefined) show(openingView(content, pane, fitScale(content, pane, fitTo), 'top'))
  }, [content, fitTo, pane, show])
  return { sheetRef, zoomStep, fit, pan }
}
