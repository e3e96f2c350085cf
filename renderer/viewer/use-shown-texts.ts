import { useEffect, useRef, useState } from 'react'
import type { OutputOf } from '../../shared/contract/index.ts'
import type { AppError } from '../../shared/errors.ts'
import { asAppError, call } from '../app/client.ts'
import type { PageRow } from './page-words.ts'
import { charactersOf, type PageCharacters } from './text-selection.ts'

type PageText = NonNullable<OutputOf<'texts.page'>['text']>

export type ShownText =
  | { readonly state: 'read'; readonly text: PageText; readonly characters: PageCharacters }
  | { readonly state: 'unread' }
  | { readonly state: 'failed'; readonly error: AppError }

const TEXTS_HELD = 12

/** The texts of the pages on the stage, by version id; asked for only while they are wanted. */
export function useShownTexts(pages: readonly PageRow[], wanted: boolean): ReadonlyMap<string, ShownText> {
  const held = useRef(new Map<string, ShownText>())
  const [shown, setShown] = useState<ReadonlyMap<string, ShownText>>(new Map())
  useEffect(() => {
    if (!wanted) return
    let here = true
    const keep = (versionId: string, text: ShownText) => {
      // What was not read may have been read when the page is opened again.
      if (text.state === 'read') {
        held.current.delete(versionId)
        held.current.set(versionId, text)
        for (const oldest of held.current.keys()) {
          if (held.current.size <= TEXTS_HELD) break
          held.current.delete(oldest)
        }
      }
      if (here) setShown((before) => new Map(before).set(versionId, text))
    }
    setShown(
      new Map(
        pages.flatMap(({ versionId }) => {
          const known = held.current.get(versionId)
          return known === undefined ? [] : [[versionId, known]]
        }),
      ),
    )
    for (const { id, versionId } of pages) {
      if (held.current.has(versionId)) continue
      call('texts.page', { pageId: id, versionId }).then(
        ({ text }) =>
          keep(
            versionId,
            text === null
              ? { state: 'unread' }
              : { state: 'read', text, characters: charactersOf(text.lines) },
          ),
        (thrown: unknown) => keep(versionId, { state: 'failed', error: asAppError(thrown) }),
      )
    }
    return () => {
      here = false
    }
  }, [pages, wanted])
  return shown
}
