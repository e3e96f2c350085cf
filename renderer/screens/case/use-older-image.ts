import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageRow } from '../../viewer/page-words.ts'
import type { OlderImage } from '../../viewer/viewer.tsx'
import { timeWords } from './case-words.ts'
import type { PageVersion } from './page-facts.tsx'

/** An older image of the page that is open, as long as that page is. */
export function useOlderImage(page: PageRow | undefined, onShown: () => void) {
  const { t } = useTranslation('case')
  const [chosen, setChosen] = useState<OlderImage>()
  const leave = useCallback(() => setChosen(undefined), [])
  const show = (version: PageVersion) => {
    if (page === undefined || version.id === page.versionId) return leave()
    onShown()
    const { id, number, widthPixels, heightPixels, dpiX, colourMode, createdAt, createdBy } = version
    const { turn = 0 } = version
    setChosen({
      pageId: page.id,
      image: { versionId: id, versionNumber: number, widthPixels, heightPixels, dpi: dpiX, colourMode, turn },
      words: t('history.older', {
        number,
        current: page.versionNumber,
        time: timeWords(createdAt),
        by: createdBy,
      }),
    })
  }
  return { older: chosen?.pageId === page?.id ? chosen : undefined, show, leave }
}
