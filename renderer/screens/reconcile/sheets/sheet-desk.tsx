import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../shared/contract/index.ts'
import type { AppError } from '../../../../shared/errors.ts'
import { asAppError, call } from '../../../app/client.ts'
import { createPagePictures } from '../../../viewer/page-pictures.ts'
import { Stage, type StageHandle } from '../../../viewer/stage.tsx'
import { usePreload } from '../../../viewer/use-preload.ts'
import { ErrorNotice } from '../../../widgets/error-notice.tsx'
import { isTyping, KeyHint } from '../../../widgets/key-hint.tsx'
import { GapTable } from './gap-table.tsx'
import { freshVerdict, type Verdict } from './verdict.ts'
import { VerdictForm } from './verdict-form.tsx'

type Sheets = OutputOf<'sheets.get'>
type Page = OutputOf<'pages.list'>[number]

interface SheetDeskProps {
  readonly work: { readonly volumeId: string; readonly reconciliationId: string }
  readonly pages: readonly Page[]
  readonly verdicts: readonly Verdict[]
  readonly gaps: Sheets['gaps']
  readonly nextPageId: string | null
  /** The pass has ended: to be looked at only. */
  readonly closed: boolean
}

const PICTURES_HELD = 12
const JUDGING_KEYS = [
  ['agrees', '1', 'Space'],
  ['differs', '2'],
  ['doubtful', '3'],
  ['note', 'N'],
  ['missing', 'M'],
] as const
const LOOKING_KEYS = [
  ['turn', '←', '→'],
  ['zoom', '+', '−', '0'],
] as const

/**
 * The page large, the verdict by one key. A verdict shows at once and is kept behind it; one that could not be kept is
 * said so and stands to be given again.
 */
export function SheetDesk({ work, pages, verdicts, gaps, nextPageId, closed }: SheetDeskProps) {
  const { t } = useTranslation('sheets')
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      pages.findIndex(({ id }) => id === nextPageId),
    ),
  )
  const [given, setGiven] = useState<ReadonlyMap<string, Verdict>>(new Map())
  const [error, setError] = useState<AppError>()
  const [pictures] = useState(() => createPagePictures(PICTURES_HELD))
  const [free, setFree] = useState(false)
  const stage = useRef<StageHandle>(null)
  const kept = useMemo(() => new Map(verdicts.map((verdict) => [verdict.pageId, verdict])), [verdicts])
  const page = pages[at]
  const shown = useMemo(() => (page === undefined ? [] : [page]), [page])
  usePreload(pictures, pages, at, 1)
  const verdictOf = useCallback((pageId: string) => given.get(pageId) ?? kept.get(pageId), [given, kept])

  const turn = useCallback(
    (direction: 1 | -1) => {
      setFree(false)
      setAt((before) => Math.min(pages.length - 1, Math.max(0, before + direction)))
    },
    [pages.length],
  )
  const give = useCallback(
    (verdict: Verdict, goOn: boolean) => {
      if (closed) return
      setGiven((before) => new Map(before).set(verdict.pageId, verdict))
      if (goOn) turn(1)
      call('sheets.judge', { ...work, verdict }).then(
        () => setError(undefined),
        (thrown: unknown) => {
          setGiven((before) => {
            const after = new Map(before)
            if (after.get(verdict.pageId) === verdict) after.delete(verdict.pageId)
            return after
          })
          setError(asAppError(thrown))
        },
      )
    },
    [closed, turn, work],
  )
  const agree = useCallback(() => {
    if (page === undefined) return
    const before = verdictOf(page.id)
    give({ ...freshVerdict(page), missingAfter: before?.missingAfter ?? '' }, true)
  }, [give, page, verdictOf])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
      const keys: Readonly<Record<string, () => void>> = {
        ' ': agree,
        '1': agree,
        ArrowRight: () => turn(1),
        ArrowLeft: () => turn(-1),
        '+': () => stage.current?.zoomStep(1),
        '=': () => stage.current?.zoomStep(1),
        '-': () => stage.current?.zoomStep(-1),
        '0': () => setFree(false),
      }
      // On a button the blank presses the button.
      if (event.key === ' ' && event.target instanceof HTMLButtonElement) return
      const act = keys[event.key]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [agree, turn])

  if (page === undefined) return null
  const label = t('page', { position: at + 1, of: pages.length, number: page.printedNumber || '—' })
  const goTo = (pageId: string | null) => {
    const place = pages.findIndex(({ id }) => id === pageId)
    if (place >= 0) setAt(place)
  }
  return (
    <div className="sheet-desk">
      <div className="sheet-stage">
        <Stage
          ref={stage}
          pages={shown}
          labels={[label]}
          pictures={pictures}
          rotation={0}
          fit={free ? 'free' : 'page'}
          anchor="top"
          onFree={() => setFree(true)}
          onScale={() => undefined}
          onTurn={turn}
        />
      </div>
      <aside className="sheet-side">
        <p className="sheet-place">{label}</p>
        <ErrorNotice error={error} />
        <VerdictForm
          key={page.id}
          page={page}
          verdict={verdictOf(page.id)}
          closed={closed}
          onAgree={agree}
          onGive={give}
        />
        <GapTable gaps={gaps} pages={pages} onGo={goTo} />
      </aside>
      <footer className="key-line sheet-keys">
        {(closed ? LOOKING_KEYS : [...JUDGING_KEYS, ...LOOKING_KEYS]).map(([does, ...keys]) => (
          <span key={does}>
            {keys.map((key) => (
              <KeyHint key={key} keys={key} />
            ))}{' '}
            {t(`keys.${does}`)}
          </span>
        ))}
      </footer>
    </div>
  )
}
