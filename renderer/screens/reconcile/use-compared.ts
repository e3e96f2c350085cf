import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import type { FoundChange, TextRun } from '../../../shared/contract/reconcile.ts'
import { useQuery } from '../../app/use-call.ts'
import type { PageRow } from '../../viewer/page-words.ts'
import {
  boxOnSheet,
  type CommonSheet,
  commonSheet,
  type Matrix,
  uprightSize,
  uprightTurn,
} from './compare-geometry.ts'
import type { Mark } from './compare-marks.tsx'
import type { CompareImage } from './compare-stage.tsx'
import type { PaperPage, Spot } from './map-layout.ts'
import type { MapWords } from './map-words.ts'

export type Compared = OutputOf<'reconcile.comparison'>

/** A change in one line: what, who saw it, how strong. */
export function useChangeWords(): (change: FoundChange) => string {
  const { t } = useTranslation('reconcile')
  return (change) =>
    [
      t(`change.${change.kind}`),
      change.sources.map((source) => t(`source.${source}`)).join('+'),
      t('strength', { percent: Math.round(change.strength * 100) }),
    ].join(' · ')
}

interface SpotAsked {
  readonly volumeId: string
  readonly reconciliationId: string
  readonly spot: Spot | undefined
  readonly paper: readonly PaperPage[]
  readonly pages: readonly PageRow[]
  readonly words: MapWords
  /** A candidate to be shown as the partner: its index among the pages of the other side. */
  readonly preview: number | undefined
}

export interface ComparedSpot {
  readonly paper: CompareImage | null
  readonly electronic: CompareImage | null
  readonly sheet: CommonSheet
  /** Of this very spot; undefined while it is fetched. */
  readonly compared: Compared | undefined
  readonly changes: readonly FoundChange[]
  readonly answer: ReturnType<typeof useQuery<'reconcile.comparison'>>
}

const NO_CHANGES: readonly FoundChange[] = []

/** The two images of a place, how they lie over each other, and what was found. */
export function useComparedSpot({
  volumeId,
  reconciliationId,
  spot,
  paper,
  pages,
  words,
  preview,
}: SpotAsked): ComparedSpot {
  const match = spot?.match ?? null
  const both = match !== null && spot?.paperIndex != null && spot.pageIndex != null
  const answer = useQuery(
    'reconcile.comparison',
    both ? { volumeId, reconciliationId, matchId: match.id } : undefined,
  )
  const compared = both && answer.data?.matchId === match.id ? answer.data : undefined
  const asksPaper = spot?.paperIndex === null
  const paperIndex = (asksPaper ? preview : undefined) ?? spot?.paperIndex ?? null
  const pageIndex = (asksPaper ? undefined : preview) ?? spot?.pageIndex ?? null
  const previewed = preview !== undefined && (paperIndex !== spot?.paperIndex || pageIndex !== spot.pageIndex)
  const paperPage = paper[paperIndex ?? -1]
  const page = pages[pageIndex ?? -1]
  const transform =
    !previewed && compared?.comparison?.registered === true ? compared.comparison.transform : null
  const laid = useMemo(() => {
    const paperImage: CompareImage | null =
      paperPage === undefined
        ? null
        : {
            imageId: paperPage.id,
            turn: paperPage.turn,
            upright: uprightSize(paperPage, paperPage.turn),
            label: words.paper(paperIndex),
          }
    const turn = page === undefined ? 0 : uprightTurn(both && !previewed ? match : null, page)
    const electronic: CompareImage | null =
      page === undefined
        ? null
        : {
            imageId: page.versionId,
            turn,
            upright: uprightSize(page, turn),
            label: words.page(pageIndex),
          }
    return {
      paper: paperImage,
      electronic,
      sheet: commonSheet(paperImage?.upright ?? null, electronic?.upright ?? null, transform),
    }
  }, [both, match, page, pageIndex, paperIndex, paperPage, previewed, transform, words])
  return {
    ...laid,
    compared,
    changes: previewed ? NO_CHANGES : (compared?.comparison?.changes ?? NO_CHANGES),
    answer,
  }
}

interface MarksAsked {
  readonly shown: ComparedSpot
  readonly chosen: number
  readonly run: TextRun | undefined
  readonly words: (change: FoundChange) => string
}

/** The boxes of the changes, or those of one stretch of text, on both images. */
export function marksOf({ shown, chosen, run, words }: MarksAsked): {
  readonly paper: readonly Mark[]
  readonly electronic: readonly Mark[]
} {
  const { paper, electronic, sheet } = shown
  const boxes: readonly (Pick<FoundChange, 'paperBox' | 'electronicBox' | 'on'> & {
    readonly change: number | null
    readonly words: string
  })[] =
    run !== undefined
      ? [{ paperBox: run.paperBox, electronicBox: run.electronicBox, on: 'both', change: null, words: '' }]
      : shown.changes.map((change, index) => ({ ...change, change: index, words: words(change) }))
  const side = (name: 'paperBox' | 'electronicBox', image: CompareImage | null, matrix: Matrix | null) =>
    image === null || matrix === null
      ? []
      : boxes.flatMap((found) => {
          const box = found[name]
          if (box === null) return []
          return [
            {
              key: found.change === null ? 'run' : `change ${found.change}`,
              box: boxOnSheet(box, image.upright, matrix),
              on: found.on,
              change: found.change,
              chosen: found.change === chosen,
              words: found.words,
            },
          ]
        })
  return {
    paper: side('paperBox', paper, sheet.paper),
    electronic: side('electronicBox', electronic, sheet.electronic),
  }
}
