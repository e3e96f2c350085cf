import { Button, Skeleton, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../app/use-call.ts'
import { ErrorNotice } from '../../widgets/error-notice.tsx'
import { RuleEditor } from './rule-editor.tsx'

/** 规则: on the left which there are, on the right how one is set and what it would have found. */
export function RulesPage() {
  const { t } = useTranslation('audit')
  const rules = useQuery('audit.rules', {})
  const [chosen, setChosen] = useState('A1')
  if (rules.error !== undefined) return <ErrorNotice error={rules.error} onRetry={rules.reload} />
  if (rules.data === undefined) return <Skeleton active paragraph={{ rows: 8 }} />
  const shown = rules.data.find(({ rule }) => rule === chosen)
  return (
    <div className="templates-page">
      <ul className="template-list" aria-label={t('tabs.rules')}>
        {rules.data.map(({ rule, enabled, changed }) => (
          <li key={rule}>
            <Button
              type="text"
              block
              className="template-choice"
              aria-current={rule === chosen ? 'true' : undefined}
              onClick={() => setChosen(rule)}
            >
              <span>
                {rule} {t(`rule.${rule}.name`)}
              </span>
              <span className="muted">
                {!enabled && <Tag>{t('rules.off')}</Tag>}
                {changed && <Tag>{t('rules.changed')}</Tag>}
              </span>
            </Button>
          </li>
        ))}
      </ul>
      {shown !== undefined && (
        <RuleEditor key={`${shown.rule} ${JSON.stringify(shown)}`} setting={shown} onSaved={rules.reload} />
      )}
    </div>
  )
}
