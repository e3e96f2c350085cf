import { CheckCircleFilled, ExclamationCircleFilled, InfoCircleFilled } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { CaseNumber } from '../../widgets/case-number.tsx'

interface NumberReadingLineProps {
  readonly reading: OutputOf<'cases.readNumber'>
  readonly onTake: (number: string) => void
}

/** How the program understands a typed case number. */
export function NumberReadingLine({ reading, onTake }: NumberReadingLineProps) {
  const { t } = useTranslation('cases')
  return (
    <div className="number-reading" role="status">
      {reading.readable ? (
        <p>
          <CheckCircleFilled className="sign-good" aria-hidden="true" />{' '}
          <CaseNumber number={reading.canonical} />{' '}
          <span className="muted">
            {t(`number.scheme.${reading.scheme}`)}
            {reading.parts.map(({ label, value }) => ` · ${t(`number.part.${label}`)} ${value}`).join('')}
          </span>
        </p>
      ) : (
        <p>
          <InfoCircleFilled className="sign-bad" aria-hidden="true" /> {t('number.unreadable')}
        </p>
      )}
      {reading.takenBy !== null && (
        <p>
          <ExclamationCircleFilled className="sign-bad" aria-hidden="true" /> {t('number.taken')}{' '}
          <Link to={`/cases/${reading.takenBy}`}>{t('number.open-taken')}</Link>
        </p>
      )}
      {reading.warnings.map(({ code, params }) => (
        <p key={code}>
          <ExclamationCircleFilled className="sign-care" aria-hidden="true" />{' '}
          {t(`number.warning.${code}`, params)}
        </p>
      ))}
      {reading.suggestions.length > 0 && (
        <p>
          {t('number.suggestions')}{' '}
          {reading.suggestions.map((suggestion) => (
            <Button key={suggestion} onClick={() => onTake(suggestion)}>
              <CaseNumber number={suggestion} />
            </Button>
          ))}
        </p>
      )}
    </div>
  )
}
