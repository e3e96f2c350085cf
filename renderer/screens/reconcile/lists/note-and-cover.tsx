import { Input, InputNumber } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { DIFFERENCE_TYPE_INFO } from '../../../../shared/domain/reconcile/difference-type.ts'
import { useTerm } from '../../../app/terms.ts'
import type { Finding } from './list-findings.ts'
import { Said } from './list-said.tsx'
import type { Draft } from './paper-draft.ts'

const NOTE_FIELDS = ['itemCount', 'pageCount', 'filedBy', 'checkedBy', 'filedOn', 'situation'] as const
const COVER_FIELDS = [
  'caseNumber',
  'archiveNumber',
  'cause',
  'parties',
  'handler',
  'acceptedOn',
  'closedOn',
  'retention',
  'secrecy',
  'pageCount',
  'bookCount',
] as const
const COUNTS: ReadonlySet<string> = new Set(['itemCount', 'pageCount', 'bookCount'])
const LONG: ReadonlySet<string> = new Set(['situation', 'parties'])
const MOST: Readonly<Record<string, number>> = { situation: 2000, parties: 1000 }

interface NoteAndCoverProps {
  readonly draft: Draft
  readonly findings: readonly Finding[]
  readonly readOnly: boolean
  readonly onDraft: (draft: Draft) => void
}

/** 备考表 and 封面 as the paper has them, and the sheets counted by hand. What is not written there stays empty. */
export function NoteAndCover({ draft, findings, readOnly, onDraft }: NoteAndCoverProps) {
  const { t } = useTranslation('lists')
  const term = useTerm()
  const counts = findings.filter(({ field }) => field === 'pageCount' || field === 'itemCount')
  const ofCover = (name: string) =>
    findings.find((finding) => finding.field === 'cover' && finding.name === name)
  return (
    <aside className="list-sheets" aria-label={t('sheets')}>
      <section aria-label={t('note.title')}>
        <h3>{t('note.title')}</h3>
        {NOTE_FIELDS.map((name) => (
          <Field
            key={name}
            name={name}
            label={t(`note.${name}`)}
            value={draft.note[name]}
            readOnly={readOnly}
            onChange={(value) => onDraft({ ...draft, note: { ...draft.note, [name]: value } })}
          />
        ))}
        <Field
          name="pageCount"
          label={t('counted')}
          value={draft.countedPages}
          readOnly={readOnly}
          onChange={(value) => onDraft({ ...draft, countedPages: typeof value === 'number' ? value : null })}
        />
        {counts.map((finding) => (
          <div key={finding.field} className="list-said list-counts">
            <b>
              {finding.type}{' '}
              {finding.field === 'itemCount' ? t('item-counts') : term(DIFFERENCE_TYPE_INFO[finding.type])}
            </b>
            <span>{t('paper-says', { words: finding.paper })}</span>
            <span>{t('electronic-says', { words: finding.electronic })}</span>
          </div>
        ))}
      </section>
      <section aria-label={t('cover.title')}>
        <h3>{t('cover.title')}</h3>
        {COVER_FIELDS.map((name) => (
          <Field
            key={name}
            name={name}
            label={t(`cover.${name}`)}
            value={draft.cover[name]}
            finding={ofCover(name)}
            readOnly={readOnly}
            onChange={(value) => onDraft({ ...draft, cover: { ...draft.cover, [name]: value } })}
          />
        ))}
      </section>
    </aside>
  )
}

interface FieldProps {
  readonly name: string
  readonly label: string
  readonly value: string | number | null
  readonly finding?: Finding | undefined
  readonly readOnly: boolean
  readonly onChange: (value: string | number | null) => void
}

function Field({ name, label, value, finding, readOnly, onChange }: FieldProps) {
  const id = useId()
  const common = {
    id,
    size: 'small' as const,
    readOnly,
    'aria-describedby': finding === undefined ? undefined : `${id}-said`,
  }
  const words = value === null ? '' : String(value)
  return (
    <div className="list-field" data-long={LONG.has(name) ? '' : undefined}>
      <label htmlFor={id}>{label}</label>
      {COUNTS.has(name) ? (
        <InputNumber
          {...common}
          min={0}
          precision={0}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => onChange(next)}
        />
      ) : LONG.has(name) ? (
        <Input.TextArea
          {...common}
          autoSize={{ minRows: 2, maxRows: 8 }}
          value={words}
          maxLength={MOST[name] ?? 300}
          onChange={({ target }) => onChange(target.value)}
        />
      ) : (
        <Input {...common} value={words} maxLength={300} onChange={({ target }) => onChange(target.value)} />
      )}
      {finding !== undefined && (
        <span id={`${id}-said`} className="list-said">
          <Said finding={finding} />
        </span>
      )}
    </div>
  )
}
