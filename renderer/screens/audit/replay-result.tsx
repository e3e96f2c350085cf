import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { useAuditWords } from './audit-words.ts'
import { sequenceText } from './sequence-text.ts'

/** What a rule would have raised; nothing was. */
export function ReplayResult({ found }: { readonly found: OutputOf<'audit.replayRule'> }) {
  const { t } = useTranslation('audit')
  const words = useAuditWords()
  const { findings, more } = found
  return (
    <section aria-live="polite" className="audit-replay">
      <p>{t(more ? 'rules.replayed-more' : 'rules.replayed', { times: findings.length })}</p>
      {findings.length > 0 && (
        <table className="plain-table">
          <tbody>
            {findings.map(({ at, accountName, what, records }) => (
              <tr key={`${what} ${records.join(' ')}`}>
                <td className="figures">{words.time(at)}</td>
                <td className="cell-any">{accountName || t('common:none')}</td>
                <td>{t(`what.${what}`, { defaultValue: what })}</td>
                <td className="cell-any figures">{sequenceText(records)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
