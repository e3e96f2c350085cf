import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { RETENTION_LABELS } from '../../../shared/domain/retention.ts'
import { useTerm } from '../../app/terms.ts'
import { CaseNumber } from '../../widgets/case-number.tsx'
import { useHitWords } from '../../widgets/hit-words.ts'
import { MarkedText } from '../../widgets/marked-text.tsx'
import { HitPicture } from './hit-picture.tsx'
import type { ResultRow } from './result-rows.ts'

interface RowProps {
  readonly row: ResultRow
}

/** What one line of the results shows. */
export function ResultRowContent({ row }: RowProps) {
  switch (row.kind) {
    case 'case':
      return <CaseLine row={row} />
    case 'hit':
      return <HitLine row={row} />
    case 'more':
      return <MoreLine row={row} />
  }
}

function CaseLine({ row: { found, ofCase } }: { readonly row: Extract<ResultRow, { kind: 'case' }> }) {
  const words = useHitWords()
  const term = useTerm()
  const number = ofCase.find(({ field }) => field === 'number')
  return (
    <span className="result-case">
      <span className="result-case-number">
        {number === undefined ? (
          <CaseNumber number={found.number} />
        ) : (
          <span className="case-number">
            <MarkedText text={number.text} marks={number.marks} />
          </span>
        )}
      </span>
      <span className="result-case-title">{found.title}</span>
      {found.retention !== null && <span className="muted">{term(RETENTION_LABELS[found.retention])}</span>}
      {ofCase
        .filter(({ field }) => field !== 'number')
        .map((hit) => (
          <span key={`${hit.field} ${hit.text}`} className="result-case-hit">
            <span className="muted">{words.field(hit)}</span> <MarkedText text={hit.text} marks={hit.marks} />
          </span>
        ))}
    </span>
  )
}

function HitLine({ row: { hit } }: { readonly row: Extract<ResultRow, { kind: 'hit' }> }) {
  const { t } = useTranslation('search')
  const words = useHitWords()
  return (
    <span className="result-hit">
      {hit.versionId !== null && hit.places.length > 0 ? (
        <HitPicture key={hit.versionId} versionId={hit.versionId} places={hit.places} />
      ) : (
        <span className="hit-picture hit-picture-none" aria-hidden="true" />
      )}
      <span className="result-hit-words">
        <span className="result-hit-text">
          <MarkedText text={hit.text} marks={hit.marks} />
        </span>
        <span className="muted">
          {words.field(hit)} · {words.place(hit)}
          {hit.doubtful && (
            <Tag className="result-doubtful" color="warning" title={t('doubtful.why')}>
              {t('doubtful.mark')}
            </Tag>
          )}
        </span>
      </span>
    </span>
  )
}

function MoreLine({ row: { found } }: { readonly row: Extract<ResultRow, { kind: 'more' }> }) {
  const { t } = useTranslation('search')
  return <span className="result-more">{t('more-in-case', { number: found.number })}</span>
}
