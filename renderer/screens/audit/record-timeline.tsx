import { Button, Timeline } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditRow } from '../../../shared/contract/audit.ts'
import { useAuditWords } from './audit-words.ts'
import { RecordDrawer } from './record-drawer.tsx'
import { ResultMark } from './result-mark.tsx'

interface RecordTimelineProps {
  readonly rows: readonly AuditRow[]
  readonly more: boolean
  /** Says who did it; a person's own day need not. */
  readonly withAccount?: boolean
}

/** Records one after the other, oldest first; a click shows all of one. */
export function RecordTimeline({ rows, more, withAccount = false }: RecordTimelineProps) {
  const { t } = useTranslation('audit')
  const words = useAuditWords()
  const [opened, setOpened] = useState<AuditRow>()
  return (
    <>
      <p className="muted" aria-live="polite">
        {t(more ? 'records.shown-more' : 'records.shown', { count: rows.length, shown: rows.length })}
      </p>
      <Timeline
        items={rows.map((row) => ({
          key: row.sequence,
          content: (
            <span className="audit-event">
              <span className="figures muted">{words.time(row.at)}</span>
              {withAccount && <strong>{row.accountName}</strong>}
              <Button type="link" size="small" onClick={() => setOpened(row)}>
                {words.action(row.action)}
              </Button>
              {row.caseNumber !== null && <span className="case-number">{row.caseNumber}</span>}
              {row.result !== 'done' && <ResultMark result={row.result} />}
              {row.reason !== null && <span className="muted">{row.reason}</span>}
            </span>
          ),
        }))}
      />
      <RecordDrawer record={opened} onClose={() => setOpened(undefined)} />
    </>
  )
}
