import { CheckOutlined, CloseOutlined, ExclamationCircleOutlined } from '@ant-design/icons'
import { Button, Space, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { ROLE_WORDS } from '../../../shared/domain/permission-words.ts'
import { useTerm } from '../../app/terms.ts'
import { useSignedIn } from '../../state/session.ts'
import type { ReviewLine } from './review.ts'

interface ReviewLineRowProps {
  readonly line: ReviewLine
  readonly open: boolean
  readonly onConfirm: () => void
  readonly onRevoke: () => void
}

export function ReviewLineRow({ line, open, onConfirm, onRevoke }: ReviewLineRowProps) {
  const { t, i18n } = useTranslation('rights')
  const term = useTerm()
  const self = useSignedIn().accountId === line.accountId
  const facts = [
    line.lastActiveAt === null
      ? t('reviews.fact.never')
      : t('reviews.fact.last-active', { at: new Date(line.lastActiveAt).toLocaleDateString(i18n.language) }),
    line.approvedBy === '' ? t('reviews.fact.founder') : t('accounts.approved-by', { name: line.approvedBy }),
    line.delegationCount === 0 ? '' : t('reviews.fact.delegations', { count: line.delegationCount }),
    line.singleCaseCount === 0 ? '' : t('reviews.fact.single-cases', { count: line.singleCaseCount }),
  ].filter((fact) => fact !== '')
  return (
    <tr>
      <th scope="row" className="cell-any">
        {line.displayName || line.accountName}
        <div className="muted rights-small">
          {[line.accountName, line.staffNumber].filter((text) => text !== '').join(' · ')}
        </div>
      </th>
      <td>{term(ROLE_WORDS[line.role])}</td>
      <td className="review-facts rights-small">{facts.join(' · ')}</td>
      <td>
        {line.concerns.map((concern) => (
          <Tag
            key={concern}
            className="review-concern"
            color="warning"
            icon={<ExclamationCircleOutlined aria-hidden="true" />}
          >
            {t(`reviews.concern.${concern}`)}
          </Tag>
        ))}
        {line.concerns.length === 0 && t('common:none')}
      </td>
      <td className="review-line-do">
        {line.verdict !== null && (
          <div>
            {line.verdict === 'confirm' ? (
              <CheckOutlined aria-hidden="true" />
            ) : (
              <CloseOutlined aria-hidden="true" />
            )}{' '}
            {t(`reviews.verdict.${line.verdict}`)}
            <span className="muted rights-small"> {line.decidedBy}</span>
            {line.note !== '' && <div className="muted rights-small review-facts">{line.note}</div>}
          </div>
        )}
        {open && line.verdict !== 'revoke' && (
          <Space size={6}>
            {line.verdict === null && (
              <Button size="small" onClick={onConfirm}>
                {t('reviews.confirm')}
              </Button>
            )}
            {self ? (
              <span className="muted rights-small">{t('reviews.self')}</span>
            ) : (
              <Button size="small" danger onClick={onRevoke}>
                {t('reviews.revoke')}
              </Button>
            )}
          </Space>
        )}
      </td>
    </tr>
  )
}
