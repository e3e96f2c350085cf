import { CheckCircleFilled, ExclamationCircleFilled } from '@ant-design/icons'
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import {
  type ArchiveNumber,
  archiveNumberWarnings,
  normaliseArchiveNumber,
  parseArchiveNumber,
} from '../../shared/domain/archive-number.ts'

/** What a 档号 says, level by level. */
function levelsOf(number: ArchiveNumber): readonly (readonly [label: string, value: string])[] {
  const levels: (readonly [string, string | null])[] =
    number.style === '1994'
      ? [
          ['fonds', number.fonds],
          ['catalogue', number.catalogue],
          ['volume', number.volume],
          ['item', number.item],
        ]
      : [
          ['fonds', number.fonds],
          ['category', number.category.join('·')],
          ['volume', number.style === 'by-volume' ? number.volume : null],
          ['item', number.item],
          ['page', number.page],
        ]
  return levels.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const]))
}

/** 档号 of a case in a form, with how the program reads it; what is odd about it is said and keeps nobody back. */
export function ArchiveNumberField() {
  const { t } = useTranslation('cases')
  const typed = normaliseArchiveNumber(String(Form.useWatch('archiveNumber', Form.useFormInstance()) ?? ''))
  const number = parseArchiveNumber(typed)
  const warnings = archiveNumberWarnings(typed, { currentYear: new Date().getFullYear() })
  const reading = (
    <span role="status" className="archive-reading">
      {number !== null && (
        <span>
          <CheckCircleFilled className="sign-good" aria-hidden="true" />{' '}
          {levelsOf(number).map(([label, value]) => (
            <span key={label} className="archive-level">
              {t(`archive.level.${label}`)} {value}
            </span>
          ))}
        </span>
      )}
      {warnings.map(({ code, ...params }) => (
        <span key={code}>
          <ExclamationCircleFilled className="sign-care" aria-hidden="true" />{' '}
          {t(`archive.warning.${code}`, params)}
        </span>
      ))}
    </span>
  )
  return (
    <Form.Item
      name="archiveNumber"
      label={t('column.archiveNumber')}
      extra={typed === '' ? undefined : reading}
    >
      <Input className="figures" maxLength={100} spellCheck={false} placeholder={t('archive.later')} />
    </Form.Item>
  )
}
