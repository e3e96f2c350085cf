import { WarningOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/contract/index.ts'
import { errorWords } from '../../app/error-words.ts'
import { sizeText } from '../../widgets/size-text.ts'
import { isErrorCode, splitName } from './intake-words.ts'
import { VirtualLines } from './virtual-lines.tsx'

interface FileListProps {
  readonly plan: OutputOf<'intake.plan'>
}

/** What would be imported, in the order in which it would be: one line a file. */
export function FileList({ plan }: FileListProps) {
  const { t, i18n } = useTranslation('intake')
  const problems = plan.files.filter((file) => file.problem !== null).length
  return (
    <div className="intake-list">
      <p className="intake-list-sum">
        <b>{t('plan.files', { count: plan.files.length })}</b>
        <span>{sizeText(plan.totalBytes, i18n.language)}</span>
        {problems > 0 && (
          <span className="intake-problem">
            <WarningOutlined /> {t('plan.problems', { count: problems })}
          </span>
        )}
        {plan.ignoredCount > 0 && (
          <span className="muted">{t('plan.ignored', { count: plan.ignoredCount })}</span>
        )}
      </p>
      <VirtualLines
        count={plan.files.length}
        label={t('plan.title')}
        line={(index) => {
          const file = plan.files[index]
          if (file === undefined) return null
          const { folder, base } = splitName(file.name)
          return (
            <>
              <span className="intake-line-name">
                {folder !== '' && <span className="muted">{folder}</span>}
                <wbr />
                {base}
              </span>
              {file.problem !== null && (
                <span className="intake-problem">
                  <WarningOutlined />{' '}
                  {isErrorCode(file.problem)
                    ? errorWords(t, { code: file.problem, details: {} }).title
                    : file.problem}
                </span>
              )}
              <span className="intake-line-size">{sizeText(file.sizeBytes, i18n.language)}</span>
            </>
          )
        }}
      />
    </div>
  )
}
