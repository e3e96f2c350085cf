import {
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import type { PageRow } from '../../viewer/page-words.ts'
import { useElementSize } from '../../viewer/use-element-size.ts'
import { drawMap, MAP_HEIGHT, type MapColours, mapColours, rowAt } from './map-draw.ts'
import type { MapLayout, PaperPage } from './map-layout.ts'
import { clampMap, columnAt, type MapView, mapShowing, zoomMap } from './map-view.ts'
import { useMapWords } from './map-words.ts'

interface VolumeMapProps {
  readonly layout: MapLayout
  readonly paper: readonly PaperPage[]
  readonly pages: readonly PageRow[]
  /** The key of the place that is looked at. */
  readonly chosen: string | undefined
  readonly onChoose: (key: string) => void
}

const NO_VIEW: MapView = { scale: 0, offset: 0 }
const CLICK_WITHIN_PIXELS = 4

/** The colours of the map, fetched again when light turns to dark. */
function useMapColours(ref: RefObject<HTMLElement | null>): MapColours | undefined {
  const [colours, setColours] = useState<MapColours>()
  useEffect(() => {
    const element = ref.current
    if (element === null) return
    const take = () => setColours(mapColours(element))
    take()
    const observer = new MutationObserver(take)
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => observer.disconnect()
  }, [ref])
  return colours
}

/** Two ribbons, paper above and electronic below: the order of a whole volume at a glance. */
export function VolumeMap({ layout, paper, pages, chosen, onChoose }: VolumeMapProps) {
  const { t } = useTranslation('reconcile')
  const matched = layout.spots.some(({ match }) => match !== null)
  const words = useMapWords(paper, pages, matched)
  const roomRef = useRef<HTMLDivElement>(null)
  const canvasRef = useRef<HTMLCanvasElement>(null)
  const room = useElementSize(roomRef)
  const width = room?.width ?? 0
  const colours = useMapColours(roomRef)
  const [wanted, setWanted] = useState<MapView>(NO_VIEW)
  const [hover, setHover] = useState<{ readonly at: number; readonly x: number }>()
  const view = clampMap(wanted, layout.columns, Math.max(1, width))
  const viewRef = useRef(view)
  viewRef.current = view
  const chosenAt = chosen === undefined ? undefined : layout.spotOf.get(chosen)
  const hovered = hover?.at

  useEffect(() => {
    const spot = layout.spots[chosenAt ?? -1]
    const column = spot?.paperColumn ?? spot?.pageColumn
    if (column === undefined || column === null || width === 0) return
    setWanted((before) => mapShowing(clampMap(before, layout.columns, width), column, layout.columns, width))
  }, [chosenAt, layout, width])

  useEffect(() => {
    const canvas = canvasRef.current
    const pen = canvas?.getContext('2d')
    if (canvas === null || pen === null || pen === undefined || width === 0 || colours === undefined) return
    const frame = requestAnimationFrame(() => {
      const ratio = devicePixelRatio
      const [across, down] = [Math.round(width * ratio), Math.round(MAP_HEIGHT * ratio)]
      // Setting the size clears the canvas and costs; only when it changed.
      if (canvas.width !== across || canvas.height !== down) {
        canvas.width = across
        canvas.height = down
      }
      pen.setTransform(ratio, 0, 0, ratio, 0, 0)
      drawMap(pen, {
        ...{ layout, view: { scale: view.scale, offset: view.offset }, width, colours, hovered },
        chosen: chosenAt,
        paperLabel: (index) => paper[index]?.printedNumber || String(index + 1),
        pageLabel: (index) => pages[index]?.printedNumber || String(index + 1),
      })
    })
    return () => cancelAnimationFrame(frame)
  }, [layout, view.scale, view.offset, width, colours, hovered, chosenAt, paper, pages])

  const spotAt = useCallback(
    (x: number, y: number): number | undefined => {
      const column = columnAt(viewRef.current, x)
      const [first, second] =
        rowAt(y) === 'paper' ? [layout.paperAt, layout.pageAt] : [layout.pageAt, layout.paperAt]
      // Thin columns: the nearest that asks for a look is what was meant.
      const reach = Math.max(0, Math.round(3 / viewRef.current.scale))
      for (let away = 0; away <= reach; away += 1) {
        for (const near of [column + away, column - away]) {
          const at = [first[near], second[near]].find((found) => found !== undefined && found !== -1)
          if (at !== undefined) return at
        }
      }
      return undefined
    },
    [layout],
  )

  useEffect(() => {
    const canvas = canvasRef.current
    if (canvas === null) return
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const x = event.clientX - canvas.getBoundingClientRect().left
      const along = event.shiftKey ? event.deltaY : event.deltaX
      if (along !== 0) {
        setWanted(() => {
          const { scale, offset } = viewRef.current
          return { scale, offset: offset + along / scale }
        })
        return
      }
      setWanted(() => zoomMap(viewRef.current, x, Math.exp(-event.deltaY * 0.0022), layout.columns, width))
    }
    canvas.addEventListener('wheel', onWheel, { passive: false })
    return () => canvas.removeEventListener('wheel', onWheel)
  }, [layout.columns, width])

  const drag = useRef<{ readonly x: number; readonly offset: number; far: boolean }>(undefined)
  const placeOf = (event: ReactPointerEvent) => {
    const bounds = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top }
  }
  const onPointerDown = (event: ReactPointerEvent) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { x: placeOf(event).x, offset: view.offset, far: false }
  }
  const onPointerMove = (event: ReactPointerEvent) => {
    const { x, y } = placeOf(event)
    const held = drag.current
    if (held === undefined) {
      const at = spotAt(x, y)
      setHover(at === undefined ? undefined : { at, x })
      return
    }
    if (Math.abs(x - held.x) > CLICK_WITHIN_PIXELS) held.far = true
    if (held.far) setWanted({ scale: view.scale, offset: held.offset - (x - held.x) / view.scale })
  }
  const onPointerUp = (event: ReactPointerEvent) => {
    const held = drag.current
    drag.current = undefined
    if (held === undefined || held.far) return
    const { x, y } = placeOf(event)
    const spot = layout.spots[spotAt(x, y) ?? -1]
    if (spot !== undefined) onChoose(spot.key)
  }
  const hoverSpot = layout.spots[hovered ?? -1]
  return (
    <div className="volume-map">
      <div className="volume-map-names" aria-hidden="true">
        <span>{t('map.paper')}</span>
        <span>{t('map.electronic')}</span>
      </div>
      <div ref={roomRef} className="volume-map-room">
        <canvas
          ref={canvasRef}
          className="volume-map-canvas"
          style={{ width, height: MAP_HEIGHT }}
          role="img"
          aria-label={words.summary(layout)}
          data-testid="volume-map"
          data-columns={layout.columns}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerLeave={() => setHover(undefined)}
        />
        {hover !== undefined && hoverSpot !== undefined && (
          <div
            className="volume-map-tip"
            style={hover.x > width / 2 ? { right: width - hover.x + 10 } : { left: hover.x + 10 }}
          >
            {words.spot(hoverSpot)}
          </div>
        )}
      </div>
    </div>
  )
}
