import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../shared/contract/index.ts'

interface GapTableProps {
  readonly gaps: OutputOf<'sheets.get'>['gaps']
  readonly pages: Readonly<OutputOf<'pages.list'>>
  readonly onGo: (pageId: string | null) => void
}

/** 页号与影像对照: where the printed numbers break; a row leads to the page. */
export function GapTable({ gaps, pages, onGo }: GapTableProps) {
  const { t } = useTranslation('sheets')
  if (gaps.length === 0) return <p className="muted">{t('gaps.none')}</p>
  const words = (pageId: string | null) => {
    const page = pages.find(({ id }) => id === pageId)
    return page === undefined
      ? '—'
      : t('gaps.page', { position: page.position, number: page.printedNumber || '—' })
  }
  return (
    <section className="gap-table" aria-label={t('gaps.title')}>
      <h4>{t('gaps.title')}</h4>
      <ul>
        {gaps.map(({ afterPageId, beforePageId, numbers, kind }) => (
          <li key={`${afterPageId} ${beforePageId} ${numbers}`}>
            <button type="button" onClick={() => onGo(beforePageId ?? afterPageId)}>
              <strong>{t(`gaps.${kind}`, { numbers })}</strong>
              <span>
                {words(afterPageId)} → {words(beforePageId)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
