import { useTranslation } from 'react-i18next'
import { useQuery } from '../../../app/use-call.ts'
import { useReconcileChanges } from '../use-checking.ts'
import { useMoment } from '../use-moment.ts'

/** 备考表 of the electronic volume: the dated lines that settling added. */
export function NoteLines({ volumeId }: { readonly volumeId: string }) {
  const { t } = useTranslation('settling')
  const moment = useMoment()
  const notes = useQuery('settlements.notes', { volumeId })
  useReconcileChanges(volumeId, notes.reload)
  if (notes.data === undefined || notes.data.length === 0) return null
  return (
    <section className="note-lines">
      <h3>{t('notes')}</h3>
      <ul>
        {notes.data.map(({ id, at, by, text }) => (
          <li key={id}>
            <time dateTime={at}>{moment(at)}</time> {text} <span className="muted">{by}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
