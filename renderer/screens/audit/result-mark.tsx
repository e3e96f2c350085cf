import { CheckCircleOutlined, CloseCircleOutlined, StopOutlined } from '@ant-design/icons'
import type { AuditRow } from '../../../shared/contract/audit.ts'
import { useAuditWords } from './audit-words.ts'

const SIGNS = { done: CheckCircleOutlined, refused: StopOutlined, failed: CloseCircleOutlined } as const

/** How it ended: a sign and a word, never a colour alone. */
export function ResultMark({ result }: { readonly result: AuditRow['result'] }) {
  const words = useAuditWords()
  const Sign = SIGNS[result]
  return (
    <span className="audit-result" data-result={result}>
      <Sign aria-hidden="true" /> {words.result(result)}
    </span>
  )
}
