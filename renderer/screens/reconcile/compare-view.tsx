import { LeftOutlined, LinkOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createPagePictures } from '../../viewer/page-pictures.ts'
import type { PageRow } from '../../viewer/page-words.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { KeyHint } from '../../widgets/key-hint.tsx'
import { CompareKeySheet } from './compare-key-sheet.tsx'
import type { CompareCommand, CompareMode } from './compare-keys.ts'
import { CompareStage, type CompareStageHandle } from './compare-stage.tsx'
import { CompareToolbar } from './compare-toolbar.tsx'
import { ComparisonFacts } from './comparison-facts.tsx'
import type { MapLayout, PaperPage } from './map-layout.ts'
import type { MapWords } from './map-words.ts'
import { MatchChoice } from './match-choice.tsx'
import { PartnerGap } from './partner-gap.tsx'
import { neighbourSpot, type Standing, steppedTo } from './stepping.ts'
import { TextDiff } from './text-diff.tsx'
import { useBlink } from './use-blink.ts'
import { useCompareKeys } from './use-compare-keys.ts'
import { marksOf, useChangeWords, useComparedSpot } from './use-compared.ts'

const PICTURES_HELD = 10
const SCROLL_STEP = 80

interface CompareViewProps {
  readonly volumeId: string
  readonly reconciliationId: string
  readonly layout: MapLayout
  readonly paper: readonly PaperPage[]
  readonly pages: readonly PageRow[]
  readonly words: MapWords
  /** The checking is open and the person may say which page is which. */
  readonly mayDecide: boolean
  readonly standing: Standing | undefined
  readonly onStand: (standing: Standing) => void
  readonly onDecided: () => void
}

/** Two pages beside or over each other, the boxes of what differs, and the keys that step through it all. */
export function CompareView(props: CompareViewProps) {
  const { volumeId, reconciliationId, layout, paper, pages, words, standing, onStand } = props
  const { t } = useTranslation('reconcile')
  const [mode, setMode] = useState<CompareMode>('side')
  const [percent, setPercent] = useState(100)
  const [swipe, setSwipe] = useState(0.5)
  const [activeRun, setActiveRun] = useState<number>()
  const [choosing, setChoosing] = useState<string>()
  const [preview, setPreview] = useState<number>()
  const [keySheet, setKeySheet] = useState(false)
  const stageRef = useRef<CompareStageHandle>(null)
  const [pictures] = useState(() => createPagePictures(PICTURES_HELD))
  useEffect(() => () => pictures.clear(), [pictures])

  const spot = layout.spots[layout.spotOf.get(standing?.key ?? '') ?? -1]
  const change = standing?.change ?? -1
  const shown = useComparedSpot({ volumeId, reconciliationId, spot, paper, pages, words, preview })
  const changeWords = useChangeWords()
  const both = shown.paper !== null && shown.electronic !== null
  const shownMode = both ? mode : 'side'
  const blink = useBlink(shownMode === 'blink')

  const spotKey = spot?.key
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place has other text
  useEffect(() => {
    setActiveRun(undefined)
    setPreview(undefined)
  }, [spotKey])
  useEffect(() => {
    // The pages beside come next; they should be there when a key asks for them.
    const timer = setTimeout(() => {
      for (const direction of [1, -1] as const) {
        const key = neighbourSpot(layout, spotKey, direction)
        const next = key === undefined ? undefined : layout.spots[layout.spotOf.get(key) ?? -1]
        const ids = [paper[next?.paperIndex ?? -1]?.id, pages[next?.pageIndex ?? -1]?.versionId]
        for (const id of ids) if (id !== undefined) pictures.prepare(id)
      }
    }, 150)
    return () => clearTimeout(timer)
  }, [layout, pages, paper, pictures, spotKey])

  const text = shown.compared?.text ?? []
  const run = shownMode === 'text' && activeRun !== undefined ? text[activeRun] : undefined
  const marks = marksOf({ shown, chosen: change, run, words: changeWords })
  const aimed = [...marks.paper, ...marks.electronic].find((mark) => mark.chosen || mark.change === null)
  const chosenBox = aimed?.box
  const aimKey =
    aimed === undefined ? undefined : `${spotKey} ${run === undefined ? change : `run ${activeRun}`}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: brought into sight once for each change
  const aim = useMemo(
    () => (aimKey === undefined || chosenBox === undefined ? undefined : { key: aimKey, box: chosenBox }),
    [aimKey],
  )

  const step = (direction: 1 | -1) => {
    const next = steppedTo(layout, standing, direction, shown.changes.length)
    if (next !== undefined) onStand(next)
  }
  const goTo = (key: string | undefined) => {
    if (key !== undefined) onStand({ key, change: -1 })
  }
  const execute = (command: CompareCommand) => {
    switch (command) {
      case 'side':
      case 'overlay':
      case 'swipe':
      case 'text':
        return setMode(command)
      case 'blink':
        return mode === 'blink' ? blink.flip() : setMode('blink')
      case 'next-difference':
        return step(1)
      case 'previous-difference':
        return step(-1)
      case 'next-page':
        return goTo(neighbourSpot(layout, spotKey, 1))
      case 'previous-page':
        return goTo(neighbourSpot(layout, spotKey, -1))
      case 'first-page':
        return goTo(layout.spots[0]?.key)
      case 'last-page':
        return goTo(layout.spots.at(-1)?.key)
      case 'zoom-in':
        return stageRef.current?.zoomStep(1)
      case 'zoom-out':
        return stageRef.current?.zoomStep(-1)
      case 'fit':
        return stageRef.current?.fit()
      case 'scroll-up':
        return stageRef.current?.pan(0, SCROLL_STEP)
      case 'scroll-down':
        return stageRef.current?.pan(0, -SCROLL_STEP)
      case 'keys':
        return setKeySheet(true)
    }
  }
  useCompareKeys(execute)
  const onScale = useCallback((scale: number) => setPercent(Math.round(scale * 100)), [])
  if (spot === undefined) return null
  const asks = props.mayDecide && spot.match !== null && (spot.state === 'unsure' || choosing === spot.key)
  return (
    <div className="compare-view">
      <CompareToolbar
        mode={shownMode}
        both={both}
        percent={percent}
        paused={blink.paused}
        swipe={swipe}
        onSwipe={setSwipe}
        onPause={blink.pause}
        run={execute}
      >
        {props.mayDecide && spot.match !== null && spot.state !== 'unsure' && (
          <Button
            size="small"
            icon={<LinkOutlined aria-hidden="true" />}
            aria-pressed={choosing === spot.key}
            onClick={() => setChoosing(choosing === spot.key ? undefined : spot.key)}
          >
            {t('choice.change')}
          </Button>
        )}
      </CompareToolbar>
      <CompareStage
        ref={stageRef}
        paper={shown.paper}
        electronic={shown.electronic}
        sheet={shown.sheet}
        sheetKey={`${spot.key} ${shownMode}`}
        mode={shownMode}
        showing={blink.showing}
        swipe={swipe}
        marks={marks}
        aim={aim}
        gap={
          <PartnerGap
            spot={spot}
            layout={layout}
            words={words}
            matched={layout.spots.some(({ match }) => match !== null)}
          />
        }
        pictures={pictures}
        onChange={(chosen) => onStand({ key: spot.key, change: chosen })}
        onScale={onScale}
      />
      {asks && (
        <MatchChoice
          key={spot.key}
          volumeId={volumeId}
          reconciliationId={reconciliationId}
          spot={spot}
          paper={paper}
          pages={pages}
          words={words}
          onPreview={setPreview}
          onDecided={() => {
            setChoosing(undefined)
            setPreview(undefined)
            props.onDecided()
          }}
          onClose={spot.state === 'unsure' ? undefined : () => setChoosing(undefined)}
        />
      )}
      {shownMode === 'text' && shown.compared !== undefined && (
        <TextDiff text={text} active={activeRun} onActive={setActiveRun} />
      )}
      <ErrorNotice error={both ? shown.answer.error : undefined} onRetry={shown.answer.reload} />
      <footer className="compare-foot">
        <Button
          size="small"
          icon={<LeftOutlined aria-hidden="true" />}
          aria-label={t('step.previous')}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => step(-1)}
        />
        <Button size="small" onMouseDown={(event) => event.preventDefault()} onClick={() => step(1)}>
          {t('step.next')} <KeyHint keys="Space" /> <RightOutlined aria-hidden="true" />
        </Button>
        <ComparisonFacts spot={spot} shown={shown} change={change} words={words} />
      </footer>
      <CompareKeySheet open={keySheet} onClose={() => setKeySheet(false)} />
    </div>
  )
}
