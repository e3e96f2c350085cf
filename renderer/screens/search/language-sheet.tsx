import { Modal } from 'antd'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'

/** What can be typed: keys of the words in the locale, each with an example to try. */
export const LANGUAGE_LINES = [
  'words',
  'number',
  'phrase',
  'without',
  'field',
  'beginning',
  'initials',
  'date',
] as const

interface LanguageLinesProps {
  readonly onTry: (text: string) => void
}

/** Every way to ask, with an example that a press puts into the box. */
export function LanguageLines({ onTry }: LanguageLinesProps) {
  const { t } = useTranslation('search')
  return (
    <dl className="search-language">
      {LANGUAGE_LINES.map((name) => (
        <Fragment key={name}>
          <dt>
            <button type="button" onClick={() => onTry(t(`language.${name}.example`))}>
              {t(`language.${name}.example`)}
            </button>
          </dt>
          <dd>{t(`language.${name}.meaning`)}</dd>
        </Fragment>
      ))}
    </dl>
  )
}

interface LanguageSheetProps extends LanguageLinesProps {
  readonly open: boolean
  readonly onClose: () => void
}

export function LanguageSheet({ open, onClose, onTry }: LanguageSheetProps) {
  const { t } = useTranslation('search')
  return (
    <Modal open={open} title={t('language.title')} width={640} footer={null} onCancel={onClose}>
      <LanguageLines
        onTry={(text) => {
          onClose()
          onTry(text)
        }}
      />
      <p className="muted">{t('language.note')}</p>
    </Modal>
  )
}
