import { Button, Input, Select, Tag } from 'antd'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../../shared/contract/index.ts'
import {
  DIFFERENCE_TYPE_INFO,
  DIFFERENCE_TYPES,
  type DifferenceType,
} from '../../../../shared/domain/reconcile/difference-type.ts'
import { useTerm } from '../../../app/terms.ts'
import { isTyping, KeyHint } from '../../../widgets/key-hint.tsx'
import { freshVerdict, type Verdict } from './verdict.ts'

interface VerdictFormProps {
  readonly page: OutputOf<'pages.list'>[number]
  readonly verdict: Verdict | undefined
  readonly closed: boolean
  readonly onAgree: () => void
  readonly onGive: (verdict: Verdict, goOn: boolean) => void
}

/** A key for each type that a page can have; the others belong to whole lists. */
const TYPE_KEYS: readonly (readonly [string, DifferenceType])[] = [
  ['q', 'D02'],
  ['w', 'D03'],
  ['e', 'D04'],
  ['r', 'D05'],
  ['t', 'D06'],
  ['a', 'D07'],
  ['s', 'D08'],
  ['d', 'D09'],
  ['f', 'D10'],
  ['g', 'D18'],
  ['z', 'D19'],
  ['x', 'D20'],
  ['c', 'D21'],
  ['v', 'D22'],
  ['b', 'D24'],
]

/** Keys that go into a field; Enter or Esc leave it again. */
const FIELD_KEYS: Readonly<Record<string, string>> = { n: 'sheet-note', m: 'sheet-missing' }

function leaveField(event: KeyboardEvent<HTMLElement>): void {
  if (event.nativeEvent.isComposing || event.shiftKey || !['Enter', 'Escape'].includes(event.key)) return
  event.preventDefault()
  event.currentTarget.blur()
}

/** The verdict on one sheet: 一致 by one key; 不符 and then the type's key; 存疑; what follows without an image. */
export function VerdictForm({ page, verdict, closed, onAgree, onGive }: VerdictFormProps) {
  const { t } = useTranslation('sheets')
  const term = useTerm()
  const [note, setNote] = useState(verdict?.note ?? '')
  const [missing, setMissing] = useState(verdict?.missingAfter ?? '')
  const [choosing, setChoosing] = useState(false)
  const now = { ...freshVerdict(page), ...verdict, note, missingAfter: missing }
  const differ = (type: DifferenceType) => {
    setChoosing(false)
    onGive({ ...now, verdict: 'differs', type }, true)
  }
  const doubt = () => onGive({ ...now, verdict: 'doubtful', type: null }, true)
  const keyed = useRef({ choosing, differ, doubt })
  keyed.current = { choosing, differ, doubt }
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (closed || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
      const type = TYPE_KEYS.find(([key]) => key === event.key.toLowerCase())?.[1]
      const field = FIELD_KEYS[event.key.toLowerCase()]
      if (event.key === '2') setChoosing(true)
      else if (field !== undefined) document.getElementById(field)?.focus()
      else if (event.key === '3') keyed.current.doubt()
      else if (event.key === 'Escape' && keyed.current.choosing) setChoosing(false)
      else if (keyed.current.choosing && type !== undefined) keyed.current.differ(type)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [closed])
  /** Words typed after the verdict go with it. */
  const keepWords = () => {
    if (verdict !== undefined && (note !== verdict.note || missing !== verdict.missingAfter))
      onGive(now, false)
  }
  return (
    <div className="verdict-form">
      {verdict !== undefined && (
        <p className="verdict-given">
          {t('given')}{' '}
          <Tag color={verdict.verdict === 'agrees' ? 'success' : 'warning'}>
            {t(`verdict.${verdict.verdict}`)}
          </Tag>
          {verdict.type !== null && `${verdict.type} ${term(DIFFERENCE_TYPE_INFO[verdict.type])}`}
        </p>
      )}
      {!closed && (
        <div className="verdict-keys">
          <Button type="primary" onClick={onAgree}>
            {t('verdict.agrees')} <KeyHint keys="1" />
          </Button>
          <Button danger aria-expanded={choosing} onClick={() => setChoosing((before) => !before)}>
            {t('verdict.differs')} <KeyHint keys="2" />
          </Button>
          <Button onClick={doubt}>
            {t('verdict.doubtful')} <KeyHint keys="3" />
          </Button>
        </div>
      )}
      {choosing && (
        <fieldset className="verdict-types">
          <legend>{t('which')}</legend>
          {TYPE_KEYS.map(([key, type]) => (
            <button type="button" key={type} onClick={() => differ(type)}>
              <KeyHint keys={key.toUpperCase()} /> {term(DIFFERENCE_TYPE_INFO[type])}
            </button>
          ))}
          <Select
            size="small"
            placeholder={t('other-type')}
            aria-label={t('other-type')}
            popupMatchSelectWidth={false}
            options={DIFFERENCE_TYPES.filter((type) => TYPE_KEYS.every(([, known]) => known !== type)).map(
              (type) => ({
                value: type,
                label: `${type} ${term(DIFFERENCE_TYPE_INFO[type])}`,
              }),
            )}
            onChange={(type: DifferenceType) => differ(type)}
          />
        </fieldset>
      )}
      <label htmlFor="sheet-note">
        <span>
          {t('note')} {!closed && <KeyHint keys="N" />}
        </span>
        <Input.TextArea
          id="sheet-note"
          value={note}
          disabled={closed}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={500}
          onChange={({ target }) => setNote(target.value)}
          onKeyDown={leaveField}
          onBlur={keepWords}
        />
      </label>
      <label htmlFor="sheet-missing">
        <span>
          {t('missing')} {!closed && <KeyHint keys="M" />}
        </span>
        <Input
          id="sheet-missing"
          value={missing}
          disabled={closed}
          placeholder={t('missing-example')}
          maxLength={200}
          onChange={({ target }) => setMissing(target.value)}
          onKeyDown={leaveField}
          onBlur={keepWords}
        />
      </label>
    </div>
  )
}
