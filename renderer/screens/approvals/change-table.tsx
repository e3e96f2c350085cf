import { Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTerm } from '../../app/terms.ts'
import { MaskedText } from '../../widgets/masked-text.tsx'
import { type ApprovalDetail, valueWords } from './approval-words.ts'

interface ChangeTableProps {
  readonly approval: ApprovalDetail
}

/** Before and after side by side, and how it stands now; what stays the same only when asked for. */
export function ChangeTable({ approval }: ChangeTableProps) {
  const { t } = useTranslation(['approvals', 'common'])
  const term = useTerm()
  const [all, setAll] = useState(false)
  const placed = approval.changes.map((change, place) => ({ ...change, place }))
  const differing = placed.filter(({ differs }) => differs)
  const shown = all ? placed : differing
  const words = (field: string, value: string | null) => valueWords(t, term, field, value)
  const side = (place: number, field: string, which: 'before' | 'after', value: string | null) => (
    <MaskedText
      text={words(field, value)}
      kind="approval"
      id={approval.id}
      field={`change.${place}.${which}`}
    />
  )
  return (
    <section aria-label={t('changes.label')}>
      <div className="approval-changes-head">
        <h3>{t('changes.title', { count: differing.length })}</h3>
        {differing.length < approval.changes.length && (
          <Checkbox checked={all} onChange={({ target }) => setAll(target.checked)}>
            {t('changes.all')}
          </Checkbox>
        )}
      </div>
      <table className="plain-table approval-changes">
        <thead>
          <tr>
            <th scope="col">{t('changes.field')}</th>
            <th scope="col">{t('changes.before')}</th>
            <th scope="col">{t('changes.after')}</th>
            {approval.nowKnown && <th scope="col">{t('changes.now')}</th>}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ field, subject, before, after, now, differs, place }) => (
            <tr key={place} data-same={differs ? undefined : ''}>
              <th scope="row" className="cell-any">
                {t(`field.${field}`, { defaultValue: field })}
                {subject !== '' && <span className="muted figures"> {subject}</span>}
              </th>
              <td className="cell-any">
                {differs ? (
                  <del>{side(place, field, 'before', before)}</del>
                ) : (
                  side(place, field, 'before', before)
                )}
              </td>
              <td className="cell-any">
                {differs ? (
                  <ins>{side(place, field, 'after', after)}</ins>
                ) : (
                  side(place, field, 'after', after)
                )}
              </td>
              {approval.nowKnown && (
                <td className="cell-any">
                  {words(field, now)}
                  {now !== before && now !== after && (
                    <span className="approval-otherwise"> {t('changes.otherwise')}</span>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
