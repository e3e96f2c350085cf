import { HistoryOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../widgets/key-hint.tsx'
import { Filmstrip } from './filmstrip.tsx'
import { FindBar, type ViewerFind } from './find-bar.tsx'
import { itemStep } from './find-page.ts'
import { type Anchor, neighbourOf, type Rotation, spreadAt } from './geometry.ts'
import { GoToPage } from './go-to-page.tsx'
import { KeySheet } from './key-sheet.tsx'
import type { KeyLine, ViewerCommand } from './keys.ts'
import type { PageOverlay } from './page-overlay.tsx'
import { createPagePictures } from './page-pictures.ts'
import { type Item, type PageRow, usePageWords } from './page-words.ts'
import { useViewerPreferences } from './preferences.ts'
import { Stage, type StageHandle } from './stage.tsx'
import { ThumbnailGrid } from './thumbnail-grid.tsx'
import { useFirstSettled } from './use-first-settled.ts'
import { useFoundPlaces } from './use-found-places.tsx'
import { useFullScreen } from './use-full-screen.ts'
import { usePreload } from './use-preload.ts'
import { useTextLayer } from './use-text-layer.tsx'
import { useViewerKeys } from './use-viewer-keys.ts'
import { ViewerToolbar } from './viewer-toolbar.tsx'
import { type Watermark, WatermarkFoot, WatermarkOverlay } from './watermark.tsx'
import './viewer.css'

/** What the stage shows instead of a page's present image, with the words of the band over it. */
export interface OlderImage {
  readonly pageId: string
  readonly image: Pick<
    PageRow,
    'versionId' | 'versionNumber' | 'widthPixels' | 'heightPixels' | 'dpi' | 'colourMode' | 'turn'
  >
  readonly words: string
}

export interface ViewerProps {
  /** Every page that can be turned to, in image order. */
  readonly pages: readonly PageRow[]
  /** How many pages there will be while only the first are there. */
  readonly comingTotal?: number | undefined
  /** The first picture came, or failed to: there is time for the other pages. */
  readonly onFirstSettled?: () => void
  readonly items: readonly Item[]
  readonly currentPageId: string | null
  readonly onChange: (pageId: string) => void
  readonly grid: boolean
  readonly onGrid: (grid: boolean) => void
  readonly selected?: ReadonlySet<string>
  /** Allows pages to be chosen in the grid. */
  readonly onSelect?: (ids: ReadonlySet<string>) => void
  /** Keys that the screen round the viewer answers itself, for the sheet of keys. */
  readonly moreKeys?: readonly KeyLine[]
  /** An earlier image of one page, shown in its place until the person goes back to the present one. */
  readonly older?: OlderImage | undefined
  readonly onLeaveOlder?: () => void
  /** Laid over what is read by loan, or over everything where the unit wants it. */
  readonly watermark?: Watermark | undefined
  /** Further tools at the left end of the toolbar. */
  readonly tools?: ReactNode
  /** Finding words in the case; absent where there is nothing to ask. */
  readonly find?: ViewerFind
  /** Text of these pages may be put on the clipboard. */
  readonly mayCopy?: boolean
  /** Drawn over each page besides: evidence of a proposal, say. */
  readonly overlay?: PageOverlay
}

const NOTHING: ReadonlySet<string> = new Set()
const NO_KEYS: readonly KeyLine[] = []
/** What would go astray while only the first pages are there. */
const NEEDS_ALL: ReadonlySet<ViewerCommand> = new Set(['last', 'next-item', 'previous-item', 'go-to', 'grid'])
const FINDING: ReadonlySet<ViewerCommand> = new Set(['find', 'next-hit', 'previous-hit'])
const SCROLL_STEP = 80
const PICTURES_HELD = 12
const TURNS: Readonly<Record<Rotation, { readonly right: Rotation; readonly left: Rotation }>> = {
  0: { right: 90, left: 270 },
  90: { right: 180, left: 0 },
  180: { right: 270, left: 90 },
  270: { right: 0, left: 180 },
}

/** Shows the pages of a volume one sheet at a time, with all its keys while it stands. */
export function Viewer(props: ViewerProps) {
  const { pages, items, currentPageId, onChange, grid, onGrid, selected = NOTHING, onSelect } = props
  const { t } = useTranslation('viewer')
  const words = usePageWords()
  const preferences = useViewerPreferences()
  const stageRef = useRef<StageHandle>(null)
  const [rotation, setRotation] = useState<Rotation>(0)
  const [free, setFree] = useState(false)
  const [anchor, setAnchor] = useState<Anchor>('top')
  const [percent, setPercent] = useState(100)
  const [goTo, setGoTo] = useState(false)
  const [keySheet, setKeySheet] = useState(false)
  const fullScreen = useFullScreen()

  const places = useMemo(() => new Map(pages.map((page, index) => [page.id, index])), [pages])
  const index = Math.min(Math.max(0, pages.length - 1), places.get(currentPageId ?? '') ?? 0)
  const rule = useMemo(
    () => ({ spread: preferences.spread, coverAlone: preferences.coverAlone }),
    [preferences.spread, preferences.coverAlone],
  )
  const { start, count } = spreadAt(index, pages.length, rule)
  const older = grid ? undefined : props.older
  const shown = useMemo(
    () =>
      pages
        .slice(start, start + count)
        .map((page) => (page.id === older?.pageId ? { ...page, ...older.image } : page)),
    [pages, start, count, older],
  )
  const olderShown = older !== undefined && shown.some((page) => page.id === older.pageId)
  const found = useFoundPlaces(props.find, shown)
  const textLayer = useTextLayer({
    pages: shown,
    on: preferences.text && !grid,
    mayCopy: props.mayCopy ?? false,
  })
  const drawn = props.overlay
  const overlay: PageOverlay = (page, turned) => (
    <>
      {found.overlay(page, turned)}
      {drawn?.(page, turned)}
      {textLayer.overlay(page, turned)}
    </>
  )
  const [pictures] = useState(() => createPagePictures(PICTURES_HELD))
  useEffect(() => () => pictures.clear(), [pictures])
  usePreload(pictures, pages, start, count)
  const stripStart = useDeferredValue(start)
  const { comingTotal, onFirstSettled } = props
  const coming = comingTotal !== undefined
  const total = comingTotal ?? pages.length
  const firstVersionId = shown[0]?.versionId
  useFirstSettled(pictures, coming ? firstVersionId : undefined, onFirstSettled)

  const open = useCallback(
    (target: number, at: Anchor = 'top') => {
      const page = pages[target]
      if (page === undefined) return
      setAnchor(at)
      onChange(page.id)
    },
    [pages, onChange],
  )
  const turn = useCallback(
    (direction: 1 | -1, at: Anchor = 'top') => {
      const target = neighbourOf(index, pages.length, rule, direction)
      if (target !== index) open(target, at)
    },
    [index, open, pages.length, rule],
  )

  const run = (command: ViewerCommand) => {
    if (coming && NEEDS_ALL.has(command)) return
    switch (command) {
      case 'next':
        return turn(1)
      case 'previous':
        return turn(-1)
      case 'first':
        return open(0)
      case 'last':
        return open(pages.length - 1)
      case 'next-item':
        return open(itemStep(pages, index, 1))
      case 'previous-item':
        return open(itemStep(pages, index, -1))
      case 'go-to':
        return setGoTo(true)
      case 'scroll-down':
        return void stageRef.current?.scroll(SCROLL_STEP)
      case 'scroll-up':
        return void stageRef.current?.scroll(-SCROLL_STEP)
      case 'screen-down':
        return stageRef.current?.screenful(1) === false ? turn(1) : undefined
      case 'screen-up':
        return stageRef.current?.screenful(-1) === false ? turn(-1, 'bottom') : undefined
      case 'zoom-in':
        return stageRef.current?.zoomStep(1)
      case 'zoom-out':
        return stageRef.current?.zoomStep(-1)
      case 'actual-size':
        return stageRef.current?.actualSize()
      case 'fit-page':
      case 'fit-width':
        setFree(false)
        return preferences.change({ fit: command === 'fit-page' ? 'page' : 'width' })
      case 'rotate':
        return setRotation(TURNS[rotation].right)
      case 'rotate-back':
        return setRotation(TURNS[rotation].left)
      case 'full-screen':
        return fullScreen.toggle()
      case 'text':
        return preferences.change({ text: !preferences.text })
      case 'select-all':
        return textLayer.selectAll()
      case 'copy':
        return textLayer.copy()
      case 'find':
        return props.find?.onOpen(true)
      case 'next-hit':
        return props.find?.onStep(1)
      case 'previous-hit':
        return props.find?.onStep(-1)
      case 'leave':
        if (olderShown) return props.onLeaveOlder?.()
        if (textLayer.selected) return textLayer.clear()
        if (props.find?.open === true) return props.find.onOpen(false)
        if (fullScreen.full) return fullScreen.leave()
        return grid ? onGrid(false) : undefined
      case 'grid':
        return onGrid(!grid)
      case 'spread':
        return preferences.change({ spread: !preferences.spread })
      case 'cover-alone':
        return preferences.change({ coverAlone: !preferences.coverAlone })
      case 'filmstrip':
        return preferences.change({ filmstrip: !preferences.filmstrip })
      case 'keys':
        return setKeySheet(true)
    }
  }
  useViewerKeys({
    run,
    // Keys that mean something else to the window while there is nothing here for them.
    leavesAlone: (command) =>
      (command === 'copy' && !textLayer.selected) ||
      (command === 'select-all' && !preferences.text) ||
      (FINDING.has(command) && props.find === undefined),
  })

  const onScale = useCallback((share: number) => setPercent(Math.round(share * 100)), [])
  const onFree = useCallback(() => setFree(true), [])
  const onTurn = useCallback(
    (direction: 1 | -1) => turn(direction, direction === 1 ? 'top' : 'bottom'),
    [turn],
  )
  const labels = useMemo(
    () => shown.map((page, place) => words.place(page, start + place, total)),
    [total, shown, start, words],
  )
  const [left, right] = shown
  const place =
    left !== undefined && right !== undefined
      ? t('spreadOf', {
          left: words.printed(left),
          right: words.printed(right),
          from: start + 1,
          to: start + 2,
          total,
        })
      : (labels[0] ?? '')

  return (
    <section className="viewer" data-full={fullScreen.full ? '' : undefined} aria-label={t('viewer')}>
      <ViewerToolbar
        place={place}
        percent={percent}
        fit={free ? 'free' : preferences.fit}
        grid={grid}
        spread={preferences.spread}
        coverAlone={preferences.coverAlone}
        filmstrip={preferences.filmstrip}
        text={preferences.text}
        mayFind={props.find !== undefined}
        fullScreen={fullScreen.full}
        atStart={start === 0}
        atEnd={start + count >= total}
        run={run}
      >
        {props.tools}
      </ViewerToolbar>
      {props.find?.open === true && <FindBar find={props.find} />}
      {textLayer.bar}
      {olderShown && (
        <div className="viewer-older" role="status">
          <HistoryOutlined aria-hidden="true" />
          <b>{older.words}</b>
          <Button size="small" onClick={props.onLeaveOlder} aria-keyshortcuts="Escape">
            {t('older.leave')} <KeyHint keys="Esc" />
          </Button>
        </div>
      )}
      {grid ? (
        <ThumbnailGrid
          pages={pages}
          items={items}
          currentIndex={index}
          selected={selected}
          onSelect={onSelect}
          onMove={open}
          onOpen={(target) => {
            open(target)
            onGrid(false)
          }}
        />
      ) : (
        <>
          <div className="viewer-marked">
            <Stage
              ref={stageRef}
              pages={shown}
              labels={labels}
              pictures={pictures}
              rotation={rotation}
              fit={free ? 'free' : preferences.fit}
              anchor={anchor}
              onFree={onFree}
              onScale={onScale}
              onTurn={onTurn}
              overlay={overlay}
              aim={found.aim}
            />
            {props.watermark !== undefined && <WatermarkOverlay mark={props.watermark} />}
          </div>
          {preferences.filmstrip && coming && <div className="viewer-filmstrip" />}
          {preferences.filmstrip && !coming && (
            <Filmstrip pages={pages} start={stripStart} count={count} onOpen={open} />
          )}
        </>
      )}
      {props.watermark !== undefined && <WatermarkFoot mark={props.watermark} />}
      <GoToPage
        open={goTo}
        pages={pages}
        onGo={(target) => {
          setGoTo(false)
          open(target)
        }}
        onClose={() => setGoTo(false)}
      />
      <KeySheet open={keySheet} more={props.moreKeys ?? NO_KEYS} onClose={() => setKeySheet(false)} />
    </section>
  )
}
