import { CheckOutlined, DisconnectOutlined } from '@ant-design/icons'
import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../app/client.ts'
import { useAction } from '../../app/use-call.ts'
import { pageAddress } from '../../viewer/page-address.ts'
import type { PageRow } from '../../viewer/page-words.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import type { PaperPage, Spot } from './map-layout.ts'
import type { MapWords } from './map-words.ts'

interface MatchChoiceProps {
  readonly volumeId: string
  readonly reconciliationId: string
  readonly spot: Spot
  readonly paper: readonly PaperPage[]
  readonly pages: readonly PageRow[]
  readonly words: MapWords
  readonly onDecided: () => void
  readonly onClose: (() => void) | undefined
  /** Shows a candidate beside the page before it is taken; undefined: the present partner again. */
  readonly onPreview: (pageIndex: number | undefined) => void
}

interface Choice {
  readonly id: string
  readonly imageId: string
  readonly turn: number
  readonly index: number
  readonly confidence: number | undefined
}

/** Reasons with a likeness that says something to a person; other values are the program's own. */
const SHARES: ReadonlySet<string> = new Set(['text-alike', 'text-differs', 'image-alike'])

/** Why the program thinks so, or doubts, in words. */
function useReasons({ match }: Spot): string {
  const { t } = useTranslation('reconcile')
  return (match?.reasons ?? [])
    .map(({ code, value }) => {
      const words = t(`reason.${code}`, { defaultValue: code, place: value ?? '', degrees: value ?? '' })
      return value !== undefined && SHARES.has(code) ? `${words} ${Math.round(value * 100)}\u00a0%` : words
    })
    .join(t('common:list-comma'))
}

/** Asks the person which page belongs to this one: candidates best first, any other by its number, or none. */
export function MatchChoice(props: MatchChoiceProps) {
  const { volumeId, reconciliationId, spot, paper, pages, words } = props
  const { t } = useTranslation('reconcile')
  // An electronic page without paper asks for a paper page; everything else asks for an electronic one.
  const asksPaper = spot.paperIndex === null
  const others: readonly { readonly id: string }[] = asksPaper ? paper : pages
  const [typed, setTyped] = useState<number | null>(null)
  const reasons = useReasons(spot)
  const decide = useAction(async (otherId: string | null) => {
    const own = asksPaper ? pages[spot.pageIndex ?? -1]?.id : paper[spot.paperIndex ?? -1]?.id
    if (own === undefined) return
    await call('reconcile.decideMatch', {
      ...{ volumeId, reconciliationId },
      ...(asksPaper ? { paperPageId: otherId, pageId: own } : { paperPageId: own, pageId: otherId }),
    })
    props.onDecided()
  })
  const choose = (otherId: string | null) => {
    decide.run(otherId).catch((error: unknown) => console.warn('match not decided', error))
  }
  const choiceOf = (id: string, confidence: number | undefined): Choice | undefined => {
    const index = others.findIndex((known) => known.id === id)
    if (index === -1) return undefined
    const page = pages[index]
    return asksPaper
      ? { id, imageId: id, turn: paper[index]?.turn ?? 0, index, confidence }
      : { id, imageId: page?.versionId ?? id, turn: page?.turn ?? 0, index, confidence }
  }
  const present = asksPaper ? null : (pages[spot.pageIndex ?? -1]?.id ?? null)
  const typedPage = typed === null ? undefined : others[typed - 1]
  const choices = [
    ...(present === null ? [] : [choiceOf(present, spot.match?.confidence)]),
    ...(spot.match?.candidates ?? [])
      .filter(({ pageId }) => pageId !== present)
      .map(({ pageId, confidence }) => choiceOf(pageId, confidence)),
    ...(typedPage === undefined ? [] : [choiceOf(typedPage.id, undefined)]),
  ].filter((choice): choice is Choice => choice !== undefined)
  const shown = choices.filter(({ id }, at) => choices.findIndex((other) => other.id === id) === at)
  return (
    <section className="match-choice" aria-label={t('choice.title')} data-testid="match-choice">
      <div className="match-choice-words">
        <strong>{t(asksPaper ? 'choice.which-paper' : 'choice.which-electronic')}</strong>
        {reasons !== '' && <span className="muted">{t('choice.because', { reasons })}</span>}
        <span className="match-choice-steps">
          <InputNumber
            size="small"
            min={1}
            max={others.length}
            precision={0}
            value={typed}
            aria-label={t('choice.number')}
            placeholder={t('choice.number')}
            onChange={setTyped}
          />
          <Button
            size="small"
            icon={<DisconnectOutlined aria-hidden="true" />}
            disabled={decide.busy}
            onClick={() => choose(null)}
          >
            {t(asksPaper ? 'choice.no-paper' : 'choice.no-electronic')}
          </Button>
          {props.onClose !== undefined && (
            <Button size="small" onClick={props.onClose}>
              {t('common:cancel')}
            </Button>
          )}
        </span>
        <ErrorNotice error={decide.error} />
      </div>
      <ul className="match-choice-list">
        {shown.map(({ id, imageId, turn, index, confidence }) => (
          <li key={id}>
            <button
              type="button"
              disabled={decide.busy}
              onClick={() => choose(id)}
              onPointerEnter={() => props.onPreview(index)}
              onPointerLeave={() => props.onPreview(undefined)}
              onFocus={() => props.onPreview(index)}
              onBlur={() => props.onPreview(undefined)}
            >
              <span className="match-choice-picture">
                <img src={pageAddress(imageId, 'thumbnail')} alt="" data-turn={turn} draggable={false} />
              </span>
              <span className="match-choice-name">
                <span className="figures">{asksPaper ? words.paper(index) : words.page(index)}</span>
                {confidence !== undefined && (
                  <span className="figures muted">
                    {t('place.sure', { percent: Math.round(confidence * 100) })}
                  </span>
                )}
                <span className="match-choice-take">
                  <CheckOutlined aria-hidden="true" /> {t('choice.take')}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
